// Package msn holds the built-in subject: "Is MSN dead yet?".
//
// The subject is data. Networks and their servers, versions, clients, the rule
// of the verdict, the record, the texts and the news by people are YAML and Markdown
// files in this folder that anyone can edit; README.md says how. This one Go
// file puts them into the program, so that it needs no other file to run.
//
// Use it where a program or a test wants the subject and was given none.
// Package config turns the files into nouns:
//
//	subject, err := config.LoadSubject(msn.FS(), ".")
package msn

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml networks/*.yaml record/*.yaml clients/*.yaml texts/*.md texts/*/*.md news/*.md news/*/*.md words/*.po
var files embed.FS

// FS returns the files of the subject. Its root is the subject's folder. It is
// read-only and may be used by several goroutines.
func FS() fs.FS { return files }
