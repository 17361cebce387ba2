package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a file. They are far above what anybody writes by hand.
const (
	maxBytes = 1 << 20
	maxDepth = 16
	maxNodes = 100_000
)

// reader collects the mistakes of one load.
type reader struct {
	errs  Errors
	nodes int
}

// value is a node of the tree with its place. A value without a node stands
// for a key that is missing; reading it gives zero values and no mistakes.
type value struct {
	r    *reader
	file string
	key  string
	node ast.Node
	in   ast.Node // the mapping in which the key is missing, for its place
}

// parse reads YAML into a tree. A syntax mistake gives a missing value. shift
// is the number of lines before data in its file.
func (r *reader) parse(file string, data []byte, shift int) value {
	v := value{r: r, file: file}
	if len(data) > maxBytes {
		r.errs = append(r.errs, Error{File: file, Message: fmt.Sprintf("the file is longer than %d bytes", maxBytes)})
		return v
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		r.errs = append(r.errs, syntax(file, err, shift))
		return v
	}
	if len(tree.Docs) > 1 {
		r.errs = append(r.errs, Error{File: file, Line: shift + 1, Column: 1, Message: "more than one document; want a single one, without a line of ---"})
		return v
	}
	if len(tree.Docs) == 1 && tree.Docs[0].Body != nil {
		v.node = shifted(tree.Docs[0].Body, shift)
		v.node = v.plain(v.node, 0)
	}
	return v
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

func syntax(file string, err error, shift int) Error {
	e := Error{File: file, Message: "not YAML: " + err.Error()}
	var at yaml.Error
	if errors.As(err, &at) {
		e.Message = "not YAML: " + at.GetMessage()
		if t := at.GetToken(); t != nil {
			e.Line, e.Column = t.Position.Line+shift, t.Position.Column
		}
	}
	return e
}

// plain refuses what these files have no use for and hostile ones have: tags,
// anchors, aliases, merges, depth, sheer number. What it refuses is taken out.
func (v value) plain(n ast.Node, depth int) ast.Node {
	v.node = n
	v.r.nodes++
	if depth > maxDepth || v.r.nodes > maxNodes {
		v.wrong("the file is nested too deeply or has too many parts")
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

// wrong notes a mistake at v.
func (v value) wrong(format string, args ...any) {
	e := Error{File: v.file, Key: v.key, Message: fmt.Sprintf(format, args...)}
	if t := place(v.node, v.in); t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	v.r.errs = append(v.r.errs, e)
}

// place returns the token at which the first node that is there begins.
func place(nodes ...ast.Node) *token.Token {
	for _, n := range nodes {
		switch n := n.(type) {
		case nil:
		case *ast.MappingNode:
			if len(n.Values) > 0 {
				return n.Values[0].Key.GetToken()
			}
			return n.GetToken()
		case *ast.MappingValueNode:
			return n.Key.GetToken()
		default:
			return n.GetToken()
		}
	}
	return nil
}

// missing reports whether there is nothing at v.
func (v value) missing() bool {
	_, null := v.node.(*ast.NullNode)
	return v.node == nil || null
}

// child is the value below v of that key.
func (v value) child(key string, n ast.Node) value {
	path := key
	if v.key != "" {
		path = v.key + "." + key
	}
	return value{r: v.r, file: v.file, key: path, node: n, in: v.node}
}

// fields reads a mapping whose keys must be among known.
func (v value) fields(known ...string) map[string]value {
	out := make(map[string]value, len(known))
	for _, k := range known {
		out[k] = v.child(k, nil)
	}
	seen := make(map[string]bool)
	for _, kv := range v.pairs() {
		name := strings.TrimSpace(keyText(kv.Key))
		at := v.child(name, kv.Key)
		if _, ok := out[name]; !ok {
			at.wrong("unknown key; want one of %s%s", strings.Join(known, ", "), near(name, known))
			continue
		}
		if seen[name] {
			at.wrong("the key stands twice")
			continue
		}
		seen[name] = true
		out[name] = v.child(name, kv.Value)
	}
	return out
}

// keyText is the text of a mapping's key.
func keyText(n ast.MapKeyNode) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return n.String()
}

// pairs returns the entries of a mapping.
func (v value) pairs() []*ast.MappingValueNode {
	switch n := v.node.(type) {
	case nil, *ast.NullNode:
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	default:
		v.wrong("want keys and values")
	}
	return nil
}

// entries reads a mapping with free keys.
func (v value) entries() (keys []string, values map[string]value) {
	values = make(map[string]value)
	for _, kv := range v.pairs() {
		name := keyText(kv.Key)
		if _, twice := values[name]; twice {
			v.child(name, kv.Key).wrong("the key stands twice")
			continue
		}
		keys = append(keys, name)
		values[name] = v.child(name, kv.Value)
	}
	return keys, values
}

// list reads a sequence.
func (v value) list() (out []value) {
	if v.missing() {
		return nil
	}
	n, ok := v.node.(*ast.SequenceNode)
	if !ok {
		v.wrong("want a list")
		return nil
	}
	for i, item := range n.Values {
		out = append(out, value{r: v.r, file: v.file, key: fmt.Sprintf("%s[%d]", v.key, i), node: item, in: v.node})
	}
	return out
}
