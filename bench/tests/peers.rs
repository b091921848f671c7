//! Each reader reads what is easy, and one that hangs or ends is started again.

use std::path::Path;

use hes_kiosk_bench::lobby::{easy_visitor, passers_by};
use hes_kiosk_bench::peers::{Peer, PeerProcess};

const PROGRAM: &str = env!("CARGO_BIN_EXE_scan");

#[test]
fn each_peer_reads_an_easy_visitor_and_nothing_of_passers_by() {
    let visitor = easy_visitor(5);
    let (with, without) = (visitor.frames[0].grey(), passers_by(5)[0].grey());
    for peer in Peer::ALL {
        let mut process = PeerProcess::new(Path::new(PROGRAM), peer);
        assert_eq!(process.look(&with).unwrap().texts, [visitor.text.as_str()], "{peer:?}");
        assert!(process.look(&without).unwrap().texts.is_empty(), "{peer:?}");
        assert!(!process.look(&with).unwrap().cpu.is_zero(), "{peer:?}");
    }
}

#[test]
fn a_peer_that_ends_has_read_nothing() {
    // It ends at once, whatever it is asked.
    let mut process = PeerProcess::new(Path::new("/bin/true"), Peer::Zxing);
    let frame = easy_visitor(5).frames[0].grey();
    for _ in 0..2 {
        assert!(process.look(&frame).unwrap().texts.is_empty());
    }
}
