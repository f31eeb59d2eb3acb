//! The differential tests (see `main.rs`) about what becomes of values: how they are bound, borrowed, moved, and when they drop.

// The bodies are specimens: they hold what they never mention, assign what nobody reads, and
// write the long way what a linter would shorten, because that is what is being tested.
#![allow(
    unused_variables,
    unused_assignments,
    unused_mut,
    unreachable_code,
    dead_code,
    unused_labels
)]
#![allow(non_upper_case_globals, non_camel_case_types, dropping_copy_types)]
#![allow(clippy::all)]

mod arrays;
mod assignments;
mod bindings;
mod borrows;
mod boxes;
mod boxes_by_reference;
mod by_value_names;
mod captured_drops;
mod captured_fields;
mod captures;
mod consumed_fields;
mod drops;
mod elements;
mod endings;
mod extended_parts;
mod extended_places;
mod extended_references;
mod extended_values;
mod extension;
mod extensions;
mod given;
mod given_closures;
mod lent;
mod lent_fields;
mod lent_receivers;
mod lifetimes;
mod moves;
mod once;
mod once_fields;
mod parts;
mod patterns;
mod pins;
mod places;
mod receivers;
mod refills;
mod replaced;
mod rests;
mod room;
mod rvalues;
mod seen;
mod shadowing;
mod spent;
mod tail_operands;
mod tails;
mod tails_that_panic;
mod taken;
mod temporaries;
mod upper_case;
mod variants;
