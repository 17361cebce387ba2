package site_test

import (
	"bytes"
	"image/png"
	"os"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

// The preview is a small picture of the right size, the same each time, and
// drawn whatever the answer is.
func TestPreview_IsAPictureOfTheAnswer(t *testing.T) {
	long := sitetest.Small()
	long.Verdict.Says = "YES, but so is everything else"
	long.Verdict.Reason = strings.Repeat("All protocol versions up to MSNP22 are gone. ", 12)
	for name, e := range map[string]deadyet.Edition{
		"small": sitetest.Small(), "long": long, "hostile": sitetest.Hostile(), "simulated": simulated(), "next to nothing": {Subject: deadyet.Subject{Question: "?"}},
	} {
		body := mustPage(t, mustSite(t, e), site.PreviewPath)
		if !bytes.Equal(body, mustPage(t, mustSite(t, e), site.PreviewPath)) {
			t.Errorf("%s: another picture the second time", name)
		}
		p, err := png.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if b := p.Bounds(); b.Dx() != site.PreviewWidth || b.Dy() != site.PreviewHeight || len(body) > 40<<10 {
			t.Errorf("%s: got %v, %d bytes", name, b, len(body))
		}
		if dir := os.Getenv("PREVIEWS"); dir != "" {
			if err := os.WriteFile(dir+"/"+name+".png", body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%s: %d bytes", name, len(body))
	}
}

func BenchmarkPreview(b *testing.B) {
	s := mustSite(b, sitetest.Small())
	for b.Loop() {
		mustPage(b, s, site.PreviewPath)
	}
}
