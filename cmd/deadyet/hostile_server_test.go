package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"deadyet/site/sitetest"
)

// poison is what hostile servers say, in one line: header fields and commands
// end at its end.
var poison = strings.NewReplacer("\r", "", "\n", "").Replace(sitetest.Poison) + "\x1b]0;owned\x07\u009b2J\x00<iframe onload=alert(9)>"

// poisoner answers whatever it hears by a poisoned text, in which {poison} is
// the poison and {id} the second word of what it heard.
type poisoner struct {
	host  string
	port  uint16
	text  []string // one for each message that is heard; the last one for all others
	https bool
}

// poisoners say the worst in every field that a server can fill.
func poisoners() (all []poisoner) {
	head := "HTTP/1.1 200 OK\r\nContent-Type: application/x-msn-messenger\r\nServer: {poison}\r\nX-{poison}: 1\r\n"
	gateway := func(body string) string {
		return head + "X-MSN-Messenger: SessionID={poison}; GW-IP={poison}\r\nContent-Length: " + fmt.Sprint(len(body)-len("{poison}")+len(poison)) + "\r\n\r\n" + body
	}
	redirect := "HTTP/1.1 302 {poison}\r\nLocation: http://{poison}/\r\nServer: {poison}\r\nContent-Length: 0\r\n\r\n"
	good := "VER {id} MSNP21 MSNP18 MSNP12 CVR0\r\n"
	for i, texts := range [][]string{
		{"VER {id} {poison} CVR0\r\n"},
		{good, "CVR {id} {poison} {poison} {poison} http://{poison} {poison}\r\n", "XFR {id} NS {poison}:1863 0 {poison}:1863\r\n"},
		{"XFR {id} NS {poison}:1863 0\r\n"},
		{"{poison}\r\n" + strings.Repeat(poison, 1<<20/len(poison))},
		{poison},
	} {
		host := fmt.Sprintf("198.18.66.%d", i+1)
		all = append(all, poisoner{host: host, port: 1863, text: texts})
		for port, https := range map[uint16]bool{80: false, 443: true} {
			web := gateway("VER 1 {poison}\r\n")
			switch i {
			case 1:
				web = head + "X-MSN-Messenger: SessionID={poison}; GW-IP={poison}\r\nContent-Length: 35\r\n\r\nVER 1 MSNP21 MSNP18 MSNP12 CVR0 x\r\n"
			case 2:
				web = redirect
			case 3:
				web = head + "Content-Length: 1048576\r\n\r\n" + strings.Repeat(poison, 1<<20/len(poison))
			case 4:
				web = "HTTP/1.1 {poison}\r\n\r\n"
			}
			all = append(all, poisoner{host: host, port: port, text: []string{web}, https: https})
		}
	}
	return all
}

// poisoned starts them and returns their dial map.
func poisoned(t *testing.T) map[string]string {
	t.Helper()
	cert := poisonedCertificate(t)
	dialMap := make(map[string]string)
	for _, p := range poisoners() {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if dialMap[net.JoinHostPort(p.host, fmt.Sprint(p.port))] = l.Addr().String(); p.https {
			l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}})
		}
		p.serve(t, l)
	}
	return dialMap
}

func (p poisoner) serve(t *testing.T, l net.Listener) {
	var conns sync.WaitGroup
	ended := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-ended; conns.Wait() })
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { defer conn.Close(); p.talk(conn) })
		}
	}()
}

// talk answers line by line, or request by request.
func (p poisoner) talk(conn net.Conn) {
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	in := bufio.NewReader(conn)
	for n := 0; ; n++ {
		id := "1"
		if p.port == 1863 {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if words := strings.Fields(line); len(words) > 1 {
				id = words[1]
			}
		} else if req, err := http.ReadRequest(in); err != nil {
			return
		} else if _, err := req.Body.Read(make([]byte, 4096)); err != nil {
			_ = err // the body has ended, or there is none
		}
		text := strings.NewReplacer("{poison}", poison, "{id}", id).Replace(p.text[min(n, len(p.text)-1)])
		if _, err := conn.Write([]byte(text)); err != nil {
			return
		}
	}
}

// poisonedCertificate has poison wherever a certificate has text.
func poisonedCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.ToValidUTF8(poison, "?")
	name := pkix.Name{CommonName: words, Organization: []string{words}, OrganizationalUnit: []string{words}, Country: []string{words}}
	ascii := strings.Map(func(r rune) rune {
		if r > 0x7e {
			return -1
		}
		return r
	}, words)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: name, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{ascii, "*." + ascii}, EmailAddresses: []string{ascii},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
