//! What an expansion calls into. Not public API.

pub use super::branch::{Branch, FromResidual};
pub use super::closure::{self, Asking, Parts, Spot};
pub use super::fields::{FieldsRest, LiveFields};
pub use super::question;
pub use super::slot::{Held, Live, LivePart, Rest, Slot};
