//! Who may enter: the answer of the service becomes a decision. Pure: time comes in as an argument.

mod decision;
mod policy;

pub use decision::{Cause, Decision, Reason};
pub use policy::decide;
