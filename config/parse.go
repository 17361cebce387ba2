package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file. They are far above what anybody writes by hand.
const (
	maxBytes = 1 << 20
	maxDepth = 16
	maxKeys  = 10_000
	maxNodes = 100_000
)

// reader collects the mistakes of one load.
type reader struct {
	errs  Errors
	nodes int // of the file at hand
}

// parse reads YAML into a tree. What can't be read gives a lost value. shift is
// the number of lines before data in its file.
func (r *reader) parse(file string, data []byte, shift int) value {
	v := value{r: r, file: file}
	r.nodes = 0
	refuse := func(line int, format string, args ...any) value {
		r.errs = append(r.errs, Error{File: file, Line: line, Column: min(line, 1), Message: fmt.Sprintf(format, args...)})
		return value{r: r, file: file, lost: true}
	}
	if len(data) > maxBytes {
		return refuse(0, "the file is too long; want at most %d bytes", maxBytes)
	}
	if line := notText(data); line > 0 {
		return refuse(line+shift, "the line is not text; want a file in UTF-8")
	}
	tokens := lexer.Tokenize(string(plainLines(data)))
	if line := deepLine(tokens); line > 0 {
		return refuse(line+shift, "too deep; want at most %d levels", maxDepth)
	}
	if keysIn(tokens) > maxKeys {
		return refuse(0, "too many keys; want at most %d in a file", maxKeys)
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // fields finds those, and goes on
	if err != nil {
		line, column, message := syntax(err)
		v = refuse(line+shift, "%s", message)
		r.errs[len(r.errs)-1].Column = column
		return v
	}
	if len(tree.Docs) > 1 {
		return refuse(shift+1, "more than one document; want a single one, without a line of ---")
	}
	if len(tree.Docs) == 1 && tree.Docs[0].Body != nil {
		v.node = shifted(tree.Docs[0].Body, shift)
		v.node = v.plain(v.node, 0)
	}
	if r.nodes > maxNodes {
		return refuse(0, "too many parts; want at most %d in a file", maxNodes)
	}
	return v
}

// plainLines takes away what editors on Windows add: the mark at the beginning
// of a file and the carriage returns.
func plainLines(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// notText returns the first line, from 1, that is no UTF-8 or that hides a
// control character; 0 if there is none.
func notText(data []byte) int {
	for i := 0; i < len(data); {
		c, n := utf8.DecodeRune(data[i:])
		if (c == utf8.RuneError && n == 1) || (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
		i += n
	}
	return 0
}

// deepLine returns the first line that is nested too deeply, 0 if there is
// none. It looks at brackets, at lists in lists on one line, and at how far
// lines are set in. The parser's own time grows with the square of the depth,
// so this comes before it.
func deepLine(tokens token.Tokens) int {
	var columns []int // at which the lines around this one begin
	brackets, inLine, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, inLine = t.Position.Line, 0
			columns = slices.DeleteFunc(columns, func(c int) bool { return c >= t.Position.Column })
			columns = append(columns, t.Position.Column)
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets = max(0, brackets-1)
		case token.SequenceEntryType, token.MappingKeyType:
			inLine++
		}
		if len(columns)+brackets+inLine > 2*maxDepth {
			return line
		}
	}
	return 0
}

// keysIn counts keys, before the parser copies them again and again.
func keysIn(tokens token.Tokens) (n int) {
	for _, t := range tokens {
		if t.Type == token.MappingValueType {
			n++
		}
	}
	return n
}

// shifted moves all positions down by the lines of what stands before.
func shifted(n ast.Node, lines int) ast.Node {
	if lines > 0 {
		ast.Walk(mover(lines), n)
	}
	return n
}

type mover int

// Visit moves one node. Nodes may share a token, which is moved once: the
// offset tells, since no token of a file begins at a negative one.
func (m mover) Visit(n ast.Node) ast.Visitor {
	if t := n.GetToken(); t != nil && t.Position != nil && t.Position.Offset >= 0 {
		t.Position.Line += int(m)
		t.Position.Offset = -1
	}
	return m
}

// syntax says where and why data is no YAML. It does not use the error's own
// text, which prints the source around the place, at length.
func syntax(err error) (line, column int, message string) {
	var at yaml.Error
	if !errors.As(err, &at) {
		return 1, 1, "not YAML: " + short(err.Error())
	}
	if t := at.GetToken(); t != nil {
		return t.Position.Line, t.Position.Column, "not YAML: " + short(at.GetMessage())
	}
	return 1, 1, "not YAML: " + short(at.GetMessage())
}

// plain refuses what these files have no use for and hostile ones have: tags,
// anchors, aliases, merges, depth, sheer number. What it refuses is taken out.
func (v value) plain(n ast.Node, depth int) ast.Node {
	v.node = n
	v.r.nodes++
	if v.r.nodes > maxNodes {
		return nil
	}
	if depth > maxDepth {
		v.wrong("too deep; want at most %d levels", maxDepth)
		return nil
	}
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode, *ast.DirectiveNode:
		v.wrong("anchors, aliases, tags and merges are not used here; write it out")
		return nil
	case *ast.MappingNode:
		for _, kv := range n.Values {
			kv.Value = v.plain(kv.Value, depth+1)
		}
	case *ast.MappingValueNode:
		n.Value = v.plain(n.Value, depth+1)
	case *ast.SequenceNode:
		for i := range n.Values {
			n.Values[i] = v.plain(n.Values[i], depth+1)
		}
	}
	return n
}
