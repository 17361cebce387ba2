// Package clients says who gets in: how each client of the catalogue and each
// network go together at a moment, since when, and why.
//
// It is pure: everything follows from the spans of checks, the lists of
// servers and the catalogue, and the same of these give the same. [Follow]
// goes through the spans once; [Course.Matrix] then tells of any moment.
//
//	course := clients.Follow(subject, spans)
//	for _, a := range course.Matrix(at) {
//		fmt.Println(a.Client, a.Network, a.Fit) // wlm-2012 microsoft works_patched
//	}
//
// # The rule
//
// A client gets in where a listed server takes one of its versions over one of
// its ways, and where the client can be brought to that server: because it is
// a front door of the network whose address is built into the client, because
// the client can be given another server, or because a patch does it. A
// client whose sign-in needs a host of its own, and can be given a server but
// no such host, would be taken and can't sign in. What turns a client away, by
// the record or the catalogue, comes on top of it, and a patch for the network
// gets round it. An answer that is no longer asked for stays what it was, as
// for the verdict; what was never asked is not known, and never a no.
package clients
