//go:build !linux

package main

import (
	"errors"
	"testing"
)

func holdNamespace(testing.TB) (pid int, err error) {
	return 0, errors.New("make a network namespace: only Linux has them")
}
