//! What stands before the camera.

use hes_kiosk_bench::lobby::{Frame, Visitor, easy_visitor, empty_hall, passers_by};

/// So many visitors take turns, so that each was gone long enough when it is its turn again.
const VISITORS: usize = 16;

/// The scenes, made once.
pub struct Lobby {
    /// People walk by.
    pub passers_by: Vec<Frame>,
    /// Nobody is there.
    pub empty: Vec<Frame>,
    /// Visitors with a code that the simulator answers at once.
    pub visitors: Vec<Visitor>,
}

impl Lobby {
    pub fn new() -> Self {
        // At codes that end otherwise the simulator fails, which after some times changes how long it is waited for.
        let is_answered = |visitor: &Visitor| !visitor.text.ends_with(['6', '7', '8', '9']);
        Self {
            passers_by: passers_by(1),
            empty: empty_hall(1),
            visitors: (0..).map(easy_visitor).filter(is_answered).take(VISITORS).collect(),
        }
    }
}
