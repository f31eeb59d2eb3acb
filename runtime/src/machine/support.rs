//! What an expansion calls into. Not public API.
