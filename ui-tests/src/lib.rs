//! What a user of the macro sees: its messages (`tests/fail`), what passes without a word
//! (`tests/pass`), what its expansions look like (`expansions`), and the rules of this house.
