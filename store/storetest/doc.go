// Package storetest holds what every store must do: one suite that each of them
// passes, so that a ledger can be moved from one to another.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t testing.TB, dir string) storetest.Store {
//			s, err := sqlite.Open(t.Context(), filepath.Join(dir, "deadyet.db"))
//			if err != nil {
//				t.Fatal(err)
//			}
//			return s
//		})
//	}
package storetest
