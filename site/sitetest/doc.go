// Package sitetest makes editions for the tests of pages: a small one with
// everything in it, a fleet of any size, and one in which every string is
// hostile. Nothing in them is real; all addresses are of the ranges that are
// kept for documentation.
//
// Package site tests its pages with them and package web its answers:
//
//	s, err := site.New(sitetest.Small())
package sitetest
