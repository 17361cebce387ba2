package config

import "deadyet"

// WithRule returns the subject with the rule of another file, of the form of
// rule.yaml, in place of its own. The error is [Errors].
func WithRule(s deadyet.Subject, file string, data []byte) (deadyet.Subject, error) {
	r := &reader{}
	top := r.parse(file, data, 0)
	rule := readRule(top)
	if rule.Reference != "" && !s.Counts(rule.Reference) {
		top.fields("reference", "half", "after", "says")["reference"].wrong("%s is no version that counts", rule.Reference)
	}
	if err := r.errs.sorted(); err != nil {
		return deadyet.Subject{}, err
	}
	s.Rule = rule
	return s, nil
}

// WithRecord returns the subject with the facts of another file, of the form of
// those in record/, in place of its own record. The error is [Errors].
func WithRecord(s deadyet.Subject, file string, data []byte) (deadyet.Subject, error) {
	r := &reader{}
	s.Record, s.Revisions = nil, nil
	readFacts(r.parse(file, data, 0), file, &s, make(map[deadyet.FactID]bool))
	if err := r.errs.sorted(); err != nil {
		return deadyet.Subject{}, err
	}
	return s, nil
}
