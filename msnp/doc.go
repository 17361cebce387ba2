// Package msnp describes MSNP, the protocol of MSN Messenger: its versions,
// commands, error codes and referrals, as data. It does no I/O.
//
// Use it when a program has to name what goes over the wire. To talk to a
// server use package msnpclient, to be one use package msnpserver; both stand
// on this package and on the coder in internal/msnpwire.
//
//	v, err := msnp.ParseVersion("MSNP18")
//	if err != nil {
//		return err
//	}
//	fmt.Println(v, v.Scheme()) // MSNP18 SSO
//
// MSNP was published once, for version 2 (draft-movva-msn-messenger-protocol-00,
// 1999). Everything after that is known from clients, open servers and notes of
// people who watched; where a comment gives no source, several of them agree.
package msnp
