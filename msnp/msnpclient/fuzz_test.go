package msnpclient_test

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"deadyet/msnp/msnpclient"
)

func FuzzGatewayResponse(f *testing.F) {
	f.Add([]byte(response("SessionID=1.1; GW-IP=10.0.0.1", "VER 1 MSNP18\r\n", "X-MSN-Host: a\r\nServer: b\r\n")))
	f.Add([]byte(response("SessionID=1.1;Session=close", "VER 1 0\r\n", "Connection: close\r\n")))
	f.Add([]byte(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\nVER \r\nA\r\n1 MSNP18\r\n\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"))
	f.Add([]byte("HTTP/1.0 200 OK\r\n\r\n\x00"))
	f.Add([]byte("SSH-2.0-x\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, info, err := readGateway(in)
		if err != nil {
			if !reflect.DeepEqual(got, msnpclient.VersionReply{}) {
				t.Fatalf("a reply and an error: %+v, %v", got, err)
			}
			return
		}
		again, infoAgain, err := readGateway(writeGateway(info, got.Line))
		if err != nil || !reflect.DeepEqual(again, got) || infoAgain != info {
			t.Fatalf("got %+v %+v %v, want %+v %+v", again, infoAgain, err, got, info)
		}
	})
}

func readGateway(in []byte) (msnpclient.VersionReply, msnpclient.GatewayInfo, error) {
	g := msnpclient.NewGateway(&tape{in: bytes.NewReader(in)}, msnpclient.GatewayOptions{PollEvery: time.Nanosecond})
	got, err := g.Session().Version(context.Background(), 18)
	return got, g.Last(), err
}

// writeGateway makes the canonical response that says the same.
func writeGateway(i msnpclient.GatewayInfo, line string) []byte {
	pairs := []string{"SessionID=" + i.SessionID, "GW-IP=" + i.GWIP}
	if i.SessionClosed {
		pairs = append(pairs, "Session=close")
	}
	return []byte(response(strings.Join(pairs, "; "), line+"\r\n",
		"X-MSN-Host: "+i.MSNHost+"\r\n", "X-MSNSERVER: "+i.MSNServer+"\r\n", "Server: "+i.Server+"\r\n", "Location: "+i.Location+"\r\n"))
}
