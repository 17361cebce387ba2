package msnpclient_test

import (
	"context"
	"errors"
	"fmt"
	"net"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

// Ask a server which of three versions it would speak.
func Example() {
	if err := askEscargot(); err != nil {
		fmt.Println(err)
	}
	// Output: [MSNP18]
}

func askEscargot() error {
	ctx := context.Background()
	face, _ := msnpserver.FaceByName("escargot")
	ours, theirs := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		msnpserver.New(msnpserver.Options{Face: face}).ServeConn(ctx, theirs)
	}()

	s := msnpclient.NewTCP(ours, msnpclient.Limits{})
	got, err := s.Version(ctx, 21, 18, 2)
	if err != nil {
		return err
	}
	fmt.Println(got.Versions)
	err = errors.Join(s.Out(ctx), s.Close())
	<-done
	return err
}

// Ask a gateway for several versions over one connection.
func ExampleGateway() {
	if err := askGateway(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// MSNP21: VER 1 MSNP21
	// MSNP13: VER 1 0
}

func askGateway() error {
	ctx := context.Background()
	face, _ := msnpserver.FaceByName("microsoft-2012")
	ours, theirs := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		msnpserver.NewGateway(msnpserver.Options{Face: face}).ServeConn(ctx, theirs)
	}()

	g := msnpclient.NewGateway(ours, msnpclient.GatewayOptions{Host: "gateway.example"})
	for _, v := range []msnp.Version{21, 13} {
		s := g.Session()
		got, err := s.Version(ctx, v)
		if err != nil {
			return err
		}
		fmt.Printf("%v: %s\n", v, got.Line)
		if err := s.Out(ctx); err != nil {
			return err
		}
	}
	err := g.Close()
	<-done
	return err
}
