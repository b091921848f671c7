//! Who may enter: the answer of the service becomes a decision. Pure: time comes in as an argument.

mod clock;
mod decision;
mod identity;
mod looked_up;
mod policy;

pub use clock::{clock_doubt, decide_in_doubt, may_delete};
pub use decision::{Cause, Decision, Reason};
pub use identity::{Identity, LastDigits, NotLastDigits, decide_identity};
pub use looked_up::{LookedUp, decide_looked_up};
pub use policy::{Policy, ProtectedBy, Protection, decide, decide_held};
