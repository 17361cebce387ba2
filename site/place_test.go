package site_test

import (
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

// A server that left the configuration keeps its page and its document as long
// as anything is known of it, even when its whole network left.
func TestServer_ThatLeftTheConfigurationKeepsItsPast(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	front := string(s.Front())
	for path, network := range map[string]string{"contoso/old.contoso.example": "Contoso", "tailspin/192.0.2.250": "tailspin"} {
		page := string(mustPage(t, s, "/server/"+path))
		inOrder(t, page, `">`+network+"</a></td>", "not in the configuration any more", "tcp, port 1863", "is it open?", "MSNP18", "Not asked any more.")
		if strings.Contains(page, "MSNP2<") || strings.Contains(page, "Name it is asked by") || strings.Contains(page, "Listed</th>") {
			t.Errorf("%s: the page says more than is known", path)
		}
		if !strings.Contains(front, `href="server/`+path+`"`) {
			t.Errorf("%s: the front page has no link to it", path)
		}
		v := decode(t, s, "/api/v1/servers/"+path)
		if n := len(v["checks"].([]any)); n != 2 || v["listed"] != false || len(v["endpoints"].([]any)) != 1 {
			t.Errorf("%s: got %d checks, listed %v, %v", path, n, v["listed"], v["endpoints"])
		}
	}
	inOrder(t, front, `id="servers-contoso"`, "1 server with a past", "old.contoso.example", `id="servers-tailspin"`, "This network is not in the configuration any more")
	for doc, key := range map[string]string{"servers": "servers", "checks": "checks"} {
		n := 0
		for _, x := range decode(t, s, "/api/v1/"+doc)[key].([]any) {
			if name := x.(map[string]any)["server"]; name == "old.contoso.example" || name == "192.0.2.250" {
				n++
			}
		}
		if want := map[string]int{"servers": 2, "checks": 4}[doc]; n != want {
			t.Errorf("%s: got %d rows of them, want %d", doc, n, want)
		}
	}
}
