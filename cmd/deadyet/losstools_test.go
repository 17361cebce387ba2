package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// labTool is a scanner that others have made, on its share of the same job. found
// tells how many open ports, or servers that answered, it saw.
type labTool struct {
	name string
	of   string // the command that must be there
	args func(dir string, o labOrder) ([]string, error)
	seen *regexp.Regexp // once for each in what it printed
}

func labTools() []labTool {
	return []labTool{
		{"nmap -n -p 80,443,1863", "nmap", nmapArgs, regexp.MustCompile(`/open/tcp`)},
		{"curl -m10 -Z --parallel-max 200, one version, https", "curl", curlArgs, regexp.MustCompile(`(?m)^200$`)},
		{"zmap -p 80, one probe", "zmap", nil, regexp.MustCompile(`(?m)^10\.77\.`)},
	}
}

func nmapArgs(dir string, o labOrder) ([]string, error) {
	var hosts strings.Builder
	for i := range o.Servers {
		fmt.Fprintln(&hosts, o.sim().Address(i))
	}
	list := filepath.Join(dir, "hosts")
	return []string{"-n", "-p", "80,443,1863", "-oG", "-", "-iL", list}, os.WriteFile(list, []byte(hosts.String()), 0o644)
}

func curlArgs(dir string, o labOrder) ([]string, error) {
	var urls strings.Builder
	for i := range o.Servers {
		fmt.Fprintf(&urls, "url = \"https://%s/gateway/gateway.dll?Action=open&Server=NS&IP=a.example\"\noutput = /dev/null\n", o.sim().Address(i))
	}
	list := filepath.Join(dir, "urls")
	return []string{"-sk", "-m10", "-Z", "--parallel-max", "200", "-d", "VER 1 MSNP8\r\n", "-w", "%{http_code}\\n", "-K", list}, os.WriteFile(list, []byte(urls.String()), 0o644)
}

// zmapArgs needs to know the way. Its network has all servers but the last.
func (l *lab) zmapArgs(dir string) ([]string, error) {
	said, err := l.at(l.line, "ip", "-o", "link", "show", "toclient").Output()
	if err != nil {
		return nil, err
	}
	mac := regexp.MustCompile(`link/ether ([0-9a-f:]+)`).FindSubmatch(said)
	if mac == nil {
		return nil, fmt.Errorf("the line has no hardware address: %s", said)
	}
	none := filepath.Join(dir, "nobody")
	return []string{"-q", "-i", "toline", "-G", string(mac[1]), "-S", labClient, "-p", "80", "-r", "3000", "-b", none, "-c", "3", "-o", "-", "10.77.0.0/22"}, os.WriteFile(none, nil, 0o644)
}

// run lets a tool do its share. missed counts what it did not see.
func (l *lab) run(t labTool, o labOrder) (seen int, took time.Duration, err error) {
	dir, args := l.tb.TempDir(), []string(nil)
	if t.args != nil {
		args, err = t.args(dir, o)
	} else {
		args, err = l.zmapArgs(dir)
	}
	if err != nil {
		return 0, 0, err
	}
	var out bytes.Buffer
	cmd := l.at(l.client, t.of, args...)
	cmd.Stdout = &out
	began := time.Now()
	if err := cmd.Run(); err != nil && !tolerable(err) {
		return 0, 0, fmt.Errorf("%s: %w", t.name, err)
	}
	return len(t.seen.FindAll(out.Bytes(), -1)), time.Since(began), nil
}

// tolerable reports whether a tool ran and only says by its exit code that
// something failed, as curl does.
func tolerable(err error) bool {
	_, ran := err.(*exec.ExitError)
	return ran
}
