package msnpwire

// split cuts a line into its words. The draft allows runs of white space
// between them.
func split(line string, most int) ([]string, error) {
	n := countWords(line)
	if n > most {
		return nil, &LimitError{What: "words", Limit: most}
	}
	words := make([]string, 0, n)
	for i := 0; i < len(line); {
		j := i
		for j < len(line) && !isSpace(line[j]) {
			j++
		}
		if j > i {
			words = append(words, line[i:j])
		}
		i = j + 1
	}
	if len(words) == 0 || len(words[0]) != 3 || !isLetters(words[0]) && !isDigits(words[0]) {
		return nil, &SyntaxError{Line: cut(line), Reason: "no command", Foreign: true}
	}
	return words, nil
}

func countWords(line string) int {
	n, inside := 0, false
	for i := range len(line) {
		space := isSpace(line[i])
		if !space && !inside {
			n++
		}
		inside = !space
	}
	return n
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }
