package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// until waits until what is looked at holds all of want.
func until(t *testing.T, look func() string, want ...string) {
	t.Helper()
	patience := time.Now().Add(5 * time.Minute)
	for {
		seen, missing := look(), ""
		for _, w := range want {
			if !strings.Contains(seen, w) {
				missing = w
			}
		}
		if missing == "" {
			return
		}
		if time.Now().After(patience) {
			t.Fatalf("no %q after five minutes: %s", missing, seen)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (r *running) page(t *testing.T) func() string {
	return func() string {
		_, page := get(t, r.url)
		return strings.ReplaceAll(page, "\u00a0", " ")
	}
}

// What the simulated servers take is on the page, at the time of the stage, and
// every output says that it is made up.
func TestDemo_page(t *testing.T) {
	r := begin(t, "demo", "--from", "2017-03-20", "--pause-at", "2017-03-20", "--interval", "1ms")
	until(t, r.log.String, "paused on 20 March 2017")
	page := r.page(t)()
	for _, want := range []string{"SIMULATED", "MOSTLY", "MSNP21", "✔ yes", "✘ no", "64.4.45.62", "20 March 2017"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, "127.0.0.1") {
		t.Error("the page shows where the simulated servers really are")
	}
	for _, path := range []string{"/api/v1/edition", "/api/v1/checks", "/api/v1/verdict"} {
		if _, body := get(t, r.url+path); !strings.Contains(body, `"simulated":true`) && !strings.Contains(body, `"simulated": true`) {
			t.Errorf("%s does not say that it is simulated", path)
		}
	}
	if _, server := get(t, r.url+"/server/microsoft/64.4.45.62"); !strings.Contains(server, `<th scope="row"><time datetime="2017-03-20">`) {
		t.Error("the page of a server does not say how fast it answered on the day of the stage")
	}
	if _, server := get(t, r.url+"/api/v1/servers/microsoft/64.4.45.62"); !strings.Contains(server, `"latency":{"count":`) {
		t.Error("its document does not say how fast it answered")
	}
	if _, body := get(t, r.url+"/healthz"); !strings.Contains(body, `"age_seconds":-`) && !strings.Contains(body, `"age_seconds":0`) {
		t.Errorf("the last round is not of the page's own time: %s", body)
	}
	if got := r.end(); got != exitOK {
		t.Errorf("it ended with %d: %s", got, r.log)
	}
	for line := range strings.Lines(r.log.String()) {
		if strings.Contains(line, "INF") && !strings.Contains(line, "SIMULATED") {
			t.Errorf("a line does not say that it is simulated: %s", line)
		}
	}
}

// It dies, the page stays, and it can be played again at the same address.
func TestDemo_theEnd(t *testing.T) {
	read, typed := io.Pipe()
	defer typed.Close()
	r := beginTyping(t, read, "demo", "--from", "2017-05-17", "--interval", "1ms", "--pause-at", "2017-05-17")
	until(t, r.log.String, "Is MSN dead yet? MOSTLY", "paused on 17 May 2017")
	fmt.Fprintln(typed, "p")
	until(t, r.log.String,
		"news of 18 May 2017: Many bn2, co4 and db5 servers do not answer", "Is MSN dead yet? YES", "news of 19 May 2017: All servers are gone", "this is the end")
	until(t, r.page(t), "YES", "All servers are gone")
	fmt.Fprintln(typed, "x")
	until(t, r.log.String, "it has ended")
	fmt.Fprintln(typed, "r")
	until(t, func() string { return fmt.Sprint(strings.Count(r.log.String(), "paused on 17 May 2017")) }, "2")
	until(t, r.page(t), "MOSTLY")
	if got := r.end(); got != exitOK {
		t.Errorf("it ended with %d: %s", got, r.log)
	}
}

func TestDemo_saysWhatIsWrong(t *testing.T) {
	for flags, want := range map[string]string{
		"--interval 0s":           "want more than nothing",
		"--from 2013-01-01":       "want a day from 2014-11-01",
		"--from 2018-01-01":       "to 2017-05-21",
		"--pause-at tomorrow":     "want a date like",
		"--from 2015-02-26T03:00": "want a date like",
	} {
		var said bytes.Buffer
		code := execute(t.Context(), append([]string{"demo"}, strings.Fields(flags)...), stdio{strings.NewReader(""), &said, &said})
		if code != exitUsage || !strings.Contains(said.String(), want) {
			t.Errorf("%s: got %d: %s", flags, code, said.String())
		}
	}
}
