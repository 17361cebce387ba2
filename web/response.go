package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"deadyet/site"
)

// response is a page in both encodings, with its headers made. The slices go
// into the headers of every answer as they are and are never changed.
type response struct {
	plain, packed variant
	mediaType     []string
	control       []string
	language      []string // nil for what has none
	open          bool     // other sites' scripts may read it
}

// variant is a page in one encoding.
type variant struct {
	body   []byte
	etag   []string
	length []string
}

func makeVariant(body []byte, etag string) variant {
	return variant{body, []string{etag}, []string{strconv.Itoa(len(body))}}
}

// makeResponse compresses a page as well as can be: it is done once.
func makeResponse(p site.Page) (*response, error) { return pack(p, gzip.BestCompression) }

// quickCompression is for pages that somebody waits for.
const quickCompression = 4

func pack(p site.Page, level int) (*response, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		return nil, fmt.Errorf("compress %s: %w", p.Path, err)
	}
	if _, err := z.Write(p.Body); err != nil {
		return nil, fmt.Errorf("compress %s: %w", p.Path, err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compress %s: %w", p.Path, err)
	}
	sum := sha256.Sum256(p.Body)
	hash := hex.EncodeToString(sum[:12])
	r := &response{
		plain:     makeVariant(p.Body, `"`+hash+`"`),
		packed:    makeVariant(b.Bytes(), `"`+hash+`-gzip"`),
		mediaType: []string{p.Type},
		control:   []string{"no-cache"},
		open:      forMachines(p),
	}
	if p.Language != "" {
		r.language = []string{string(p.Language)}
	}
	if p.Fixed {
		r.control = []string{"public, max-age=31536000, immutable"}
	}
	return r, nil
}

// forMachines reports whether scripts of other sites may read a page: all that
// is made for programs.
func forMachines(p site.Page) bool {
	return strings.HasPrefix(p.Path, apiPrefix) || strings.HasPrefix(p.Path, "/badge/") ||
		strings.HasSuffix(p.Path, site.FeedPath) || p.Path == site.VerdictPath || p.Path == site.PlainPath
}

// size is what the response takes in memory.
func (r *response) size() int { return len(r.plain.body) + len(r.packed.body) }

// serve writes the response in the encoding that the visitor takes, and says on
// what else it depended. It returns the status.
func (r *response) serve(w http.ResponseWriter, req visit, front bool) int {
	v := &r.plain
	h := w.Header()
	h["Vary"] = req.vary(r.mediaType[0], front)
	if r.language != nil {
		h["Content-Language"] = r.language
	}
	if takesGzip(req.Header["Accept-Encoding"]) && len(r.packed.body) < len(r.plain.body) {
		v = &r.packed
		h["Content-Encoding"] = gzipEncoding
	}
	h["Etag"] = v.etag
	h["Cache-Control"] = r.control
	if r.open {
		h["Access-Control-Allow-Origin"] = anyOrigin
	}
	if matches(req.Header["If-None-Match"], v.etag[0]) {
		delete(h, "Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	}
	h["Content-Type"] = r.mediaType
	h["Content-Length"] = v.length
	w.WriteHeader(http.StatusOK)
	if req.Method != http.MethodHead {
		w.Write(v.body) // the visitor may be gone: nobody is left to be told
	}
	return http.StatusOK
}

// Header values that are the same in every answer. They are shared, and never
// changed.
var (
	varyEncoding = []string{"Accept-Encoding"}
	varyLanguage = []string{"Accept-Encoding, Accept-Language"}
	varyForm     = []string{"Accept-Encoding, Accept, User-Agent"}
	varyFront    = []string{"Accept-Encoding, Accept-Language, Accept, User-Agent"}
	gzipEncoding = []string{"gzip"}
	anyOrigin    = []string{"*"}
)
