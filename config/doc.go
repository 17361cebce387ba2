// Package config turns files into validated nouns.
//
// [LoadSubject] reads a subject from a folder of YAML and Markdown, [LoadSite]
// reads the operator's own settings from one YAML file. Both are strict: an
// unknown key, a wrong type, a date that is none, a server that stands twice
// is a mistake. All mistakes are reported at once, as [Errors], each with its
// file, line, column and key and with what was expected there.
//
//	subject, err := config.LoadSubject(msn.FS(), ".")
//	site, err := config.LoadSite("deadyet.yaml", data)
//	subject, err = site.Apply(subject)
//
// It does no I/O but through the file system that it is given. YAML is read
// into a tree with positions, and the tree is read by small typed accessors,
// so that a mistake never stops the search for more.
package config
