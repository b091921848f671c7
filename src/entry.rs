//! Who may enter: the answer of the service becomes a decision. Pure: time comes in as an argument.

mod clock;
mod decision;
mod identity;
mod policy;

pub use clock::{clock_doubt, decide_in_doubt, may_delete};
pub use decision::{Cause, Decision, Reason};
pub use identity::{Identity, LastDigits, NotLastDigits, decide_identity};
pub use policy::{Policy, ProtectedBy, Protection, decide, decide_held};
