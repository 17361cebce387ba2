package config

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// value is a node of the tree with its place. A value without a node stands
// for a key that is missing; reading it gives zero values and no mistakes.
type value struct {
	r    *reader
	file string
	key  string
	node ast.Node
	in   ast.Node // the mapping in which the key is missing, for its place
	lost bool     // its file can't be read, which is mistake enough
}

// wrong notes a mistake at v. Only the first one in a row at a place counts.
func (v value) wrong(format string, args ...any) {
	if v.lost {
		return
	}
	e := v.place()
	e.Message = fmt.Sprintf(format, args...)
	if n := len(v.r.errs); n > 0 && v.r.errs[n-1].at() == e.at() {
		return // the first one said it: text where a number is wanted is one mistake
	}
	v.r.errs = append(v.r.errs, e)
}

// place returns where v is, as a mistake without a message.
func (v value) place() Error {
	e := Error{File: v.file, Key: v.key}
	if t := begin(v.node, v.in); t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	return e
}

// begin returns the token at which the first node that is there begins.
func begin(nodes ...ast.Node) *token.Token {
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
	return value{r: v.r, file: v.file, key: path, node: n, in: v.node, lost: v.lost}
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

// keyText is the text of a mapping's key, shortened: no key is that long.
func keyText(n ast.MapKeyNode) string {
	text := n.GetToken().Value
	if s, ok := n.(*ast.StringNode); ok {
		text = s.Value
	}
	return short(text)
}

// short ends a text that stands in a message after 60 letters.
func short(s string) string {
	const most = 60
	if r := []rune(s[:min(len(s), 5*most)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
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
