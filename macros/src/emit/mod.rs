//! Stage: tokens.

pub mod expression;
pub mod signature;
pub mod twin;
