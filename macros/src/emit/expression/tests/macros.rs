//! Macro invocations.

use super::*;

#[test]
fn macros_are_rewritten_by_their_arguments() {
    check(
        &["a_", "x"],
        quote!(
            println!("{a_} {}", f(a_)?); vec![a_; 2]; matches!(a_, Some(y) if y);
            log!("{a_}{x}", ?a_); stringify!(a_);
        ),
        quote!(
            println!("{a_} {}", *p::Shown(&(match p::Try(f((a_live).take())).branch() {
                p::core::ops::ControlFlow::Continue(value) => value,
                p::core::ops::ControlFlow::Break(residual) => break 'done
                    p::Step::Complete { 0: p::Early::<_, R>::new(residual).result() },
            })).display(), a_ = *p::Shown(&(*(*a_at))).display());
            vec![(a_live).take(); 2];
            matches!((*(*a_at)), Some(y) if y);
            (match (&(*(*a_at)),) {
                (a_,) => 'named: {
                    match (*(*a_at)) {
                        a_ if {
                            let borrowed;
                            { log!("{a_}{x}", ?a_); borrowed = (&a_,); }
                            _ = borrowed;
                            break 'named
                        } => ::core::unreachable!(),
                        _ => ::core::unreachable!(),
                    }
                }
            });
            stringify!(a_);
        ),
    );
}

#[test]
fn an_unknown_macro_gets_names_where_it_is_a_statement() {
    check(
        &["a_", "mut b_"],
        quote!(let c = m!(a_, b_); f(m!(a_));),
        quote!(
            let c = {
                use p::named::{Other as _, Unique as _};
                let gate = &&p::named::Named(*a_at);
                if gate.is_unique() {
                    gate.if_unique();
                    match ::core::ptr::read(*a_at) { a_ => m!(a_, (*(*b_at))) }
                } else {
                    gate.if_other();
                    'named: {
                        match (*(*a_at)) {
                            a_ if { break 'named m!(a_, (*(*b_at))) } => ::core::unreachable!(),
                            _ => ::core::unreachable!(),
                        }
                    }
                }
            };
            f(m!((*(*a_at))));
        ),
    );
}

#[test]
fn a_macro_changes_in_a_closure_what_it_is_given_by_name() {
    check(
        &["mut b_"],
        quote!(
            m!(b_);
            let c = n!(m!(b_));
            loop {
                m!(b_);
            }
        ),
        quote!(
            {
                let code = p::named::Code::OPEN;
                if p::question::never() {
                    ::core::panic!();
                    match ::core::ptr::read(*b_at) {
                        mut b_ => {
                            code.keeps(|| {
                                let borrowed;
                                {
                                    m!(b_);
                                    borrowed = (&b_,);
                                }
                                _ = borrowed;
                                p::named::Given(())
                            });
                        }
                    }
                }
                code.run(*b_at)
            };
            let c = n!({
                let code = p::named::Code::OPEN;
                if p::question::never() {
                    ::core::panic!();
                    match ::core::ptr::read(*b_at) {
                        mut b_ => {
                            code.moves_nothing(|| p::question::checked(m!(b_)));
                            code.is(|| {
                                _ = &b_;
                                p::named::Given(m!(b_))
                            });
                        }
                    }
                }
                code.run(*b_at)
            });
            loop {
                m!((*(*b_at)));
            }
        ),
    );
}
