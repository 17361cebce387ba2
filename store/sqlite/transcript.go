package sqlite

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"deadyet"
)

// A transcript is kept as one byte that names the format, and the rest packed
// by DEFLATE with a dictionary: most transcripts are shorter than the words
// that all of them have in common. The rest is JSON on one line, without the
// exchanges; these come behind it, each with its direction, its time and its
// bytes. Older programs kept JSON in gzip, which begins with 0x1f.
const withDictionary = 1

// The dictionary of the first format can never be changed; another one needs a
// format of its own. What is most common stands last.
var dictionary = []byte(`,"tls":{"version":"TLS 1.2","suite":"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","server_name":"","subject":"CN=","issuer":"CN=","names":["www.` +
	`"],"not_before":"20","not_after":"20","fingerprint":"","problem":"x509: certificate signed by unknown authority"}` +
	"POST http://gateway.messenger.hotmail.com/gateway/gateway.dll?Action=open&Server=NS&IP=messenger.hotmail.com HTTP/1.1\r\nAccept: */*\r\n" +
	"Host: \r\nProxy-Connection: Keep-Alive\r\nConnection: Keep-Alive\r\nPragma: no-cache\r\nContent-Type: application/x-msn-messenger\r\n" +
	"Content-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=; GW-IP=\r\n" +
	"XFR 3 NS :1863 0 USR 3 TWN I USR 3 TWN S ct= 911 601 CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5.1302 msmsgs http://msgr.dlservice.microsoft.com http://messenger.live.com\r\n" +
	"VER 1 0\r\nVER 1 MSNP21 MSNP20 MSNP19 MSNP18 MSNP17 MSNP16 MSNP15 MSNP14 MSNP13 MSNP12 MSNP11 MSNP10 MSNP9 MSNP8 MSNP7 MSNP6 MSNP5 MSNP4 MSNP3 MSNP2 CVR0\r\nOUT\r\n" +
	`{"endpoint":{"Server":"","Transport":"https","Port":443},"endpoint":{"Server":"","Transport":"http","Port":80},` +
	`"the server hung up","connection refused","i/o timeout","endpoint":{"Server":"microsoft/","Transport":"tcp","Port":1863},"remote":":1863","began":"2026-12-T` +
	`Z","took":000000,"end":""}`)

// packers and unpackers are used again: a new packer takes a megabyte.
var (
	packers = sync.Pool{New: func() any {
		z, err := flate.NewWriterDict(nil, flate.DefaultCompression, dictionary)
		if err != nil {
			panic("make a packer: " + err.Error()) // the level is one that there is
		}
		return z
	}}
	unpackers = sync.Pool{New: func() any { return flate.NewReaderDict(bytes.NewReader(nil), dictionary) }}
)

// pack writes a transcript.
func pack(t *deadyet.Transcript) ([]byte, error) {
	head := *t
	head.Exchanges = nil
	text, err := json.Marshal(head)
	if err != nil {
		return nil, fmt.Errorf("write transcript: %w", err)
	}
	text = append(text, '\n')
	for _, e := range t.Exchanges {
		text = binary.AppendUvarint(text, uint64(len(e.Dir)))
		text = append(text, e.Dir...)
		text = binary.AppendVarint(text, int64(e.At))
		if e.Bytes == nil { // not even no bytes
			text = binary.AppendVarint(text, -1)
			continue
		}
		text = binary.AppendVarint(text, int64(len(e.Bytes)))
		text = append(text, e.Bytes...)
	}
	var b bytes.Buffer
	b.WriteByte(withDictionary)
	z := packers.Get().(*flate.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	if _, err := z.Write(text); err != nil {
		return nil, fmt.Errorf("write transcript: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write transcript: %w", err)
	}
	return b.Bytes(), nil
}

// transcriptBytes bounds what is read back: a transcript is far smaller.
const transcriptBytes = 1 << 20

// unpack reads what pack wrote, or an older program.
func unpack(b []byte) (t *deadyet.Transcript, err error) {
	switch {
	case len(b) > 0 && b[0] == withDictionary:
		t, err = unpackDictionary(b[1:])
	default:
		t, err = unpackGzip(b)
	}
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	return t, nil
}

func unpackDictionary(b []byte) (*deadyet.Transcript, error) {
	z := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(z)
	if err := z.(flate.Resetter).Reset(bytes.NewReader(b), dictionary); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(z, transcriptBytes))
	if err != nil {
		return nil, err
	}
	head, rest, _ := bytes.Cut(text, []byte("\n"))
	var t deadyet.Transcript
	if err := json.Unmarshal(head, &t); err != nil {
		return nil, err
	}
	for len(rest) > 0 {
		var e deadyet.Exchange
		if e, rest, err = exchange(rest); err != nil {
			return nil, err
		}
		t.Exchanges = append(t.Exchanges, e)
	}
	return &t, nil
}

var errShort = errors.New("it is shorter than it says")

// exchange reads one exchange, and returns what is behind it.
func exchange(b []byte) (e deadyet.Exchange, rest []byte, err error) {
	dir, n := binary.Uvarint(b)
	if n <= 0 || dir > uint64(len(b)-n) {
		return e, nil, errShort
	}
	b = b[n:]
	switch d := b[:dir]; string(d) {
	case string(deadyet.Sent):
		e.Dir = deadyet.Sent
	case string(deadyet.Received):
		e.Dir = deadyet.Received
	default:
		e.Dir = deadyet.Direction(d)
	}
	b = b[dir:]
	at, n := binary.Varint(b)
	if n <= 0 {
		return e, nil, errShort
	}
	e.At, b = time.Duration(at), b[n:]
	size, n := binary.Varint(b)
	if n <= 0 || size > int64(len(b)-n) {
		return e, nil, errShort
	}
	b = b[n:]
	if size < 0 {
		return e, b, nil
	}
	e.Bytes = bytes.Clone(b[:size:size])
	return e, b[size:], nil
}

func unpackGzip(b []byte) (*deadyet.Transcript, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	var t deadyet.Transcript
	if err := json.NewDecoder(io.LimitReader(z, transcriptBytes)).Decode(&t); err != nil {
		return nil, err
	}
	return &t, nil
}
