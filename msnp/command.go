package msnp

// The commands of a sign-in, and those that a server may send unasked. The
// draft calls them case-sensitive: always send upper case.
const (
	CommandVER = "VER" // negotiates the version
	CommandINF = "INF" // asks for the scheme, versions 2–7
	CommandCVR = "CVR" // names the client, is told which one is recommended
	CommandCVQ = "CVQ" // the same for a client without a common version
	CommandUSR = "USR" // names the user, then proves it
	CommandXFR = "XFR" // refers the client to another server
	CommandGCF = "GCF" // policies; also sent unasked before the answer to USR
	CommandPNG = "PNG" // asks for a sign of life
	CommandQNG = "QNG" // is one
	CommandOUT = "OUT" // ends the session
	CommandANS = "ANS" // answers an invitation, on a switchboard
	CommandCNT = "CNT" // MSNP24's hello
)

// CVR0 is the pseudo-version that ends an offer. It permits a session in
// which a client without a common version learns where to get a newer one.
const CVR0 = "CVR0"

// DefaultPort is the TCP port of a dispatch or notification server.
const DefaultPort = 1863

// GatewayPath is where the HTTP gateway listens.
const GatewayPath = "/gateway/gateway.dll"

// DefaultDispatch is the classic name of the dispatch: what a client writes
// into the gateway's IP= when it knows nothing better.
const DefaultDispatch = "messenger.hotmail.com"
