//! Who may enter: the answer of the service becomes a decision. Pure: time comes in as an argument.

mod decision;
mod identity;
mod policy;

pub use decision::{Cause, Decision, Reason};
pub use identity::{LastDigits, NotLastDigits};
pub use policy::{Policy, ProtectedBy, Protection, decide};
