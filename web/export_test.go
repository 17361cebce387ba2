package web

// Crowd fills all places of listeners until release is called.
func Crowd(s *Server) (release func()) {
	s.bell.listeners.Add(listenersLimit)
	return func() { s.bell.listeners.Add(-listenersLimit) }
}
