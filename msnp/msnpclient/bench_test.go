package msnpclient_test

func serveBenchmarks() bool { return false }
