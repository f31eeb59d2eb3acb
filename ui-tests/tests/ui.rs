//! What the compiler says about each program in `fail/`, word for word, and that each in `pass/`
//! compiles and runs. `TRYBUILD=overwrite cargo test -p costate-ui-tests --test ui` writes the
//! messages anew: read every changed one as the user who gets it.

#[test]
fn programs_that_are_right_run() {
    trybuild::TestCases::new().pass("tests/pass/*.rs");
}

/// One test for all: trybuild builds them as one project, and each project would build costate again.
#[test]
fn programs_that_are_wrong_get_the_error_that_was_read() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/fail/*.rs");
    cases.compile_fail("tests/fail/attacks/*.rs");
}
