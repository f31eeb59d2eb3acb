//! The macro, on one screen: parse, resolve, lower, analyse, lay out, verify, emit.
