//! Stage: tokens.

pub mod expression;
