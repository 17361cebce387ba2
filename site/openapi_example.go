package site

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// exampleOf is a document with its lists and texts cut short. Lists are cut before
// anything is read: most of a document of a fleet is one list.
func exampleOf(view any) (any, error) {
	body, err := json.Marshal(view)
	if err != nil {
		return nil, fmt.Errorf("write an example: %w", err)
	}
	short, _ := jsonText(body).shorten(nil, 0)
	d := json.NewDecoder(bytes.NewReader(short))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("read an example: %w", err)
	}
	return cutTexts(v), nil
}

// cutTexts keeps the beginning of each text.
func cutTexts(v any) any {
	const longest = 200
	switch v := v.(type) {
	case object:
		for k, x := range v {
			v[k] = cutTexts(x)
		}
	case []any:
		for k, x := range v {
			v[k] = cutTexts(x)
		}
	case string:
		if runes := []rune(v); len(runes) > longest {
			return string(runes[:longest]) + "…"
		}
	}
	return v
}

// jsonText is JSON as [json.Marshal] writes it: valid, and without white space.
type jsonText []byte

// shorten appends the value that begins at i to out, of each list only the element
// that shows the most, and returns where the value ends.
func (d jsonText) shorten(out []byte, i int) ([]byte, int) {
	switch d[i] {
	case '{':
		for d[i] != '}' { // at what stands before a key
			key := d.text(i + 1)
			if key == i+1 { // there is none
				return append(out, "{}"...), i + 2
			}
			out = append(out, d[i:key+1]...)
			out, i = d.shorten(out, key+1)
		}
		return append(out, '}'), i + 1
	case '[':
		best, end := d.heaviest(i)
		out = append(out, '[')
		if best > 0 {
			out, _ = d.shorten(out, best)
		}
		return append(out, ']'), end
	}
	end, _ := d.weigh(i)
	return append(out, d[i:end]...), end
}

// heaviest returns where the first of the heaviest elements of a list begins, 0 if
// it has none, and where the list ends.
func (d jsonText) heaviest(i int) (best, end int) {
	most := -1
	for d[i] != ']' { // at what stands before an element
		i++
		if d[i] == ']' {
			break
		}
		next, weight := d.weigh(i)
		if weight > most {
			best, most = i, weight
		}
		i = next
	}
	return best, i + 1
}

// weigh returns where a value ends, and counts its keys and those of its objects.
func (d jsonText) weigh(i int) (end, weight int) {
	switch d[i] {
	case '"':
		return d.text(i), 0
	case '{':
		for d[i] != '}' {
			key := d.text(i + 1)
			if key == i+1 {
				return i + 2, 0
			}
			next, w := d.weigh(key + 1)
			weight, i = weight+1+w, next
		}
		return i + 1, weight
	case '[':
		_, end = d.heaviest(i)
		return end, 0
	}
	for i < len(d) && d[i] != ',' && d[i] != ']' && d[i] != '}' {
		i++
	}
	return i, 0
}

// text returns where the text that begins at i ends; i itself if none does.
func (d jsonText) text(i int) int {
	if d[i] != '"' {
		return i
	}
	for i++; d[i] != '"'; i++ {
		if d[i] == '\\' {
			i++
		}
	}
	return i + 1
}
