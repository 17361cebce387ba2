// Package web serves the pages of an edition over HTTP. It decides nothing
// about what they say: package site does.
//
// A [Server] holds one edition at a time. [Server.Publish] swaps in the next
// one whole: a visitor gets all of the old one or all of the new one. Pages are
// made and compressed once for each edition, not for each visitor, and carry a
// strong ETag.
//
//	pages := web.New(web.Options{})
//	l.Subscribe(func(e deadyet.Edition) {
//		if err := pages.Publish(e); err != nil {
//			log.Error("edition not shown", "error", err)
//		}
//	})
//	err := web.HTTPServer(":8080", pages).ListenAndServe()
//
// Beside the pages of package site it serves /healthz, /metrics and
// /favicon.ico. It speaks plain HTTP and never redirects to HTTPS: browsers of
// the age of the clients that the page is about can't follow.
package web
