package msnpwire

import (
	"math"
	"strings"
)

// Which messages carry a payload: the name, and how many words there are at
// least when they do (name and length included). Known from the tables of
// clients and of an open server; no specification has the whole list.
//
// UUX from a server has a 0 that is no length. GCF from a client asks for a
// file by name. ADL and RML end with OK where they answer.
var (
	serverPayload = map[string]int{
		"MSG": 4, "UBX": 3, "UBN": 4, "UBM": 4, "GCF": 3, "NFY": 3, "NOT": 2, "IPG": 2,
		"PUT": 3, "DEL": 3, "SDG": 3, "ADL": 3, "RML": 3, "FQY": 3,
		"CNT": 4, "ATH": 4, "BND": 4, "GET": 4,
	}
	clientPayload = map[string]int{
		"MSG": 4, "UUX": 3, "QRY": 4, "NOT": 2, "ADL": 3, "RML": 3, "FQY": 3, "UUN": 4,
		"UUM": 4, "PUT": 3, "DEL": 3, "SDG": 3, "VAS": 3, "SDC": 3,
		"CNT": 4, "ATH": 4, "BND": 4, "GET": 4,
	}
)

// hasPayload reports whether the last of words is the length of a payload.
func hasPayload(dir Direction, words []string) bool {
	last := words[len(words)-1]
	if last == "OK" {
		return false
	}
	if isDigits(words[0]) {
		// An error reply of MSNP21 and later may explain itself. In earlier
		// ones nothing numeric stands behind the transaction id.
		return dir == FromServer && len(words) >= 3 && isDigits(last)
	}
	if words[0] == "XFR" {
		return dir == FromServer && len(words) == 4 && strings.HasPrefix(words[2], "CON")
	}
	table := serverPayload
	if dir == FromClient {
		table = clientPayload
	}
	least, ok := table[words[0]]
	return ok && len(words) >= least
}

// parseLength reads a decimal number without sign. What is too large for an
// int64 comes back as the largest one: it is past every limit anyway.
func parseLength(word string) (n int64, ok bool) {
	if !isDigits(word) {
		return 0, false
	}
	for i := range len(word) {
		digit := int64(word[i] - '0')
		if n > (math.MaxInt64-digit)/10 {
			return math.MaxInt64, true
		}
		n = n*10 + digit
	}
	return n, true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isLetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}
