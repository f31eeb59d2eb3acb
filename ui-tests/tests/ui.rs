//! What the compiler says about each program in `fail/`, word for word, and that each in `pass/`
//! compiles and runs. `TRYBUILD=overwrite cargo test -p costate-ui-tests --test ui` writes the
//! messages anew: read every changed one as the user who gets it. One program alone:
//! `cargo test -p costate-ui-tests --test ui -- programs trybuild=moves-in-a-loop`.

/// One test for all: trybuild builds what it is given as one project. And because some of these
/// programs have to run, it builds rather than checks, without which a type of infinite size
/// goes unnoticed.
#[test]
fn programs_run_or_get_the_error_that_was_read() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/pass/*.rs");
    cases.compile_fail("tests/fail/*.rs");
    cases.compile_fail("tests/fail/attacks/*.rs");
}
