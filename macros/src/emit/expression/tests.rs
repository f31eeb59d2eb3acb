//! What the machine's code for a statement is, by golden tokens.
//!
//! Locals whose names end in `_` here are held (`a_` has the place `a__`), all others are plain.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Pat;
use syn::parse::Parser;

use super::{Names, Rewriter, Storage};
use crate::body::{Body, FieldUse, LocalId};
use crate::parts::{Part, Parts};
use crate::resolve::resolve;
use crate::words::Words;

mod fields;
mod macros;

struct ByName<'a>(&'a Body);

impl Names for ByName<'_> {
    fn place(&self, local: LocalId) -> Ident {
        format_ident!("{}at", self.0.local(local).name, span = Span::mixed_site())
    }
    fn live(&self, local: LocalId) -> Ident {
        format_ident!(
            "{}live",
            self.0.local(local).name,
            span = Span::mixed_site()
        )
    }
}

/// The statements of `body`, with every receiver asked about.
fn emitted(arguments: &[&str], body: TokenStream) -> TokenStream {
    let block = syn::parse2(quote!({ #body })).expect("the test's body parses");
    let patterns: Vec<Pat> = arguments
        .iter()
        .map(|pattern| {
            Pat::parse_single
                .parse_str(pattern)
                .expect("the test's pattern parses")
        })
        .collect();
    let body = resolve(&patterns, &[], &block, &mut |_, message| {
        panic!("{message}")
    });
    let rewriter = Rewriter {
        body: &body,
        names: &ByName(&body),
        private: &Words::of(quote!(p)),
        output: &quote!(R),
        storage: &|local| match body.local(local).name.to_string().ends_with('_') {
            true => Storage::Slot,
            false => Storage::Plain,
        },
        ask: &|_| true,
        doubtful: &|_| None,
        called: &|_| false,
        spent: &|_| false,
        parts: &moved(&body),
        jump: &|block| quote!({ at = #block; continue 'done }),
    };
    body.block
        .stmts
        .iter()
        .map(|stmt| rewriter.statement(stmt))
        .collect()
}

#[track_caller]
fn check(arguments: &[&str], body: TokenStream, expected: TokenStream) {
    let packed = |tokens: TokenStream| tokens.to_string().replace(' ', "");
    let emitted = packed(emitted(arguments, body));
    let expected = packed(expected);
    assert_eq!(emitted, expected, "\n{emitted}\n{expected}\n");
}

/// The fields that are read by value.
fn moved(body: &Body) -> Parts {
    let mut parts = Parts::default();
    for mention in &body.mentions {
        if let Some(FieldUse::Moved(path)) = &mention.field {
            parts.add(mention.local, Part::whole(path));
        }
    }
    parts
}

#[test]
fn plain_locals_keep_the_users_names() {
    let body = quote!(
        let S { x, y: ref z, .. } = x;
        let c = move |a: u8| a + x;
        S { x, y: z };
        println!("{x}");
    );
    let expected = quote!(
        let S { x, y: ref z, .. } = x;
        let c = move |a: u8| a + x;
        S { x, y: z };
        println!("{x}", x = *p::Shown(&x).display());
    );
    check(&["x"], body, expected);
}

#[test]
fn held_locals_are_taken_or_used_in_place() {
    check(
        &["a_", "b_"],
        quote!(f(a_, &b_); a_ = b_; a_.f = b_[0]; a_ += 1; match a_.f { _ => a_ == b_ };),
        quote!(
            f((a_live).take(), &(*(*b_at)));
            a_live.assign((b_live).take());
            (*(*a_at)).f = (*(*b_at))[0];
            (*(*a_at)) += 1;
            match (*(*a_at)).f { _ => (*(*a_at)) == (*(*b_at)), _ => ::core::unreachable!(), };
        ),
    );
}

#[test]
fn what_certainly_copies_is_read_in_place() {
    let block: syn::Block = syn::parse_quote!({
        let a_ = 1;
        let b_ = &mut a_;
        f(a_, b_)
    });
    let body = resolve(&[], &[], &block, &mut |_, _| {});
    let rewriter = Rewriter {
        body: &body,
        names: &ByName(&body),
        private: &Words::of(quote!(p)),
        output: &quote!(R),
        storage: &|_| Storage::Slot,
        ask: &|_| true,
        doubtful: &|_| None,
        called: &|_| false,
        spent: &|_| false,
        parts: &moved(&body),
        jump: &|_| quote!(),
    };
    let call = rewriter.statement(&body.block.stmts[2]);
    assert_eq!(
        call.to_string(),
        quote!(f((a_live).take(), (b_live).take())).to_string()
    );
}

#[test]
fn leaving_breaks_to_the_end_of_the_machine_but_not_out_of_closures() {
    check(
        &["a_"],
        quote!(let x = f(a_)?; if x { return; } g(|| { h()?; return 1 }); return a_;),
        quote!(
            let x = (match p::Try(f((a_live).take())).branch() {
                p::core::ops::ControlFlow::Continue(value) => value,
                p::core::ops::ControlFlow::Break(residual) => break 'done
                    p::Step::Complete { 0: p::Early::<_, R>::new(residual).result() },
            });
            if x { (break 'done p::Step::Complete { 0: p::unit() }); }
            g(|| { h()?; return 1 });
            (break 'done p::Step::Complete { 0: (a_live).take() });
        ),
    );
}

#[test]
fn destructuring_assignment_goes_through_temporaries() {
    check(
        &["a_", "b"],
        quote!((a_, [b, a_.f, _], ..) = f(b);),
        quote!(
            {
                let (part0, [part1, part2, _], ..) = f(b);
                a_live.assign(part0);
                b = part1;
                (*(*a_at)).f = part2;
            };
        ),
    );
}

#[test]
fn move_closures_take_first() {
    check(
        &["a_", "b_", "self"],
        quote!(g(move || a_.len() + b_.f + self.f); h(async move { let _ = a_; b_.await });),
        quote!(
            g({
                let mut a_ = a_live.take();
                let mut b_ = {
                    use p::closure::{TakeBoth as _, TakeCopies as _, TakeCopy as _, TakeDropped as _,
                        TakeFields as _, TakePointer as _, TakeUnsure as _,};
                    struct Captured<Captured0> { f: Captured0 }
                    let types = p::closure::fields(&|| (p::closure::field(&raw const (*(*b_at)).f), ()));
                    let parts = &&&&&&&p::Parts(*b_at, b_live, types);
                    parts.take(|| Captured {
                        f: p::closure::captured_field(&raw const (*(*b_at)).f)
                    })
                };
                move || a_.len() + b_.f + self.f
            });
            h({ let mut b_ = b_live.take(); async move { let _ = (*(*a_at)); b_.await } });
        ),
    );
}

#[test]
fn other_closures_capture_spots() {
    check(
        &["a_", "b_"],
        quote!(g(|x| a_.f + x); h(|| drop(b_)); k(|| spawn(move || a_.len()));),
        quote!(
            g({ let a_ = p::Spot::borrowed(*a_at, life); move |x| (*a_.at()).f + x });
            h({
                let b_ = {
                    use p::closure::{CaptureCopy as _, CaptureMoved as _, CaptureUnique as _,};
                    (&&&p::Asking(*b_at, b_live)).capture_alone(life)
                };
                move || drop(b_.value())
            });
            k({
                let a_ = {
                    use p::closure::{CaptureCopy as _, CaptureMoved as _, CaptureUnique as _,};
                    (&&&p::Asking(*a_at, a_live)).capture(life)
                };
                move || spawn({ let mut a_ = a_.value(); move || a_.len() })
            });
        ),
    );
}

#[test]
fn a_closure_asks_about_the_one_receiver_that_it_may_consume() {
    check(
        &["a_", "x"],
        quote!(g(|| a_.close()); g(|| a_.close(x)); g(|| (a_.one(), a_.two())); g(|| a_.len());),
        quote!(
            g({
                let a_ = p::question::capture!(a_at a_live life alone . close []);
                move || a_.receiver().close()
            });
            g({ let a_ = p::Spot::new(*a_at, life); || (*a_.at()).close(x) });
            g({
                let a_ = p::Spot::borrowed(*a_at, life);
                move || ((*a_.at()).one(), (*a_.at()).two())
            });
            g({ let a_ = p::Spot::borrowed(*a_at, life); move || (*a_.at()).len() });
        ),
    );
}

#[test]
fn a_closure_that_may_borrow_plain_locals_keeps_its_captures() {
    check(
        &["a_", "x"],
        quote!(g(|| f(a_, x)); g(|| a_.f + x);),
        quote!(
            g({
                let a_ = {
                    use p::closure::{CaptureCopy as _, CaptureMoved as _, CaptureUnique as _,};
                    (&&&p::Asking(*a_at, a_live)).capture(life)
                };
                || f(a_.value(), x)
            });
            g({ let a_ = p::Spot::new(*a_at, life); || (*a_.at()).f + x });
        ),
    );
}

#[test]
fn a_closure_literal_is_called_by_what_it_captures() {
    check(
        &[],
        quote!({
            let c_ = || 1;
            let d_ = c_;
            d_();
            let e_ = move || 1;
            e_();
        }),
        quote!({
            let c_ = || 1;
            let d_ = (c_live).take();
            (d_live).take()();
            let e_ = move || 1;
            (match () {
                arguments => {
                    if once_2.consumes() {
                        once_2.pass();
                        e_live.take()()
                    } else {
                        once_2.stop();
                        (**e_at)()
                    }
                }
            });
        }),
    );
}

#[test]
fn the_last_receiver_asks() {
    check(
        &["a_", "b_"],
        quote!(
            a_.text(); a_.len(); a_.put(b_, 1); a_.get_as::<u8>(); a_.into(); a_.into_iter();
            a_.map(|x| x + 1); a_.collect(); a_.with(|x| x.y());
        ),
        quote!(
            p::question::receiver!(a_at a_live . text [] [] ());
            (*(*a_at)).len();
            (match (p::question::Given((b_live).take()), p::question::Given(1),) {
                (argument0, argument1,) => p::question::receiver!(
                    a_at a_live . put [] [] (argument0 = (argument0).given(), argument1 = (argument1).given()))
            });
            p::question::receiver!(a_at a_live . get_as [G0 = u8] [::<u8>] ());
            (a_live).take().into();
            p::question::into_iter!(a_at a_live . into_iter);
            p::question::steer!(a_at a_live Yes Yes Yes Yes Yes).map(|x| x + 1);
            p::question::open!([asking_behind_closures] a_at a_live . collect [] [] ());
            (*p::question::calling::call!(
                [asking_behind_closures] a_at a_live . with [] [] [signature0]
                (|taken0| {
                    ::core::panic!();
                    signature0.costate_takes((taken0,));
                    signature0.costate_gives(match taken0 { x => x.y() })
                })
                (argument0 = |taken0| {
                    ::core::panic!();
                    signature0.costate_takes((taken0,));
                    signature0.costate_result()
                })
            )).with(|x| x.y());
        ),
    );
}

#[test]
fn a_callee_asks() {
    check(
        &["f_", "x"],
        quote!(f_(x, 1); f_(|a| 2);),
        quote!(
            (match (x, 1,) {
                arguments => p::question::callee!(f_at f_live (arguments 0 1))
            });
            (*(*f_at))(|a| 2);
        ),
    );
}

#[test]
fn markers_become_what_they_stand_for() {
    let block: syn::Block = syn::parse_quote!({
        let a_ = f();
        a_.f
    });
    let body = resolve(&[], &[], &block, &mut |_, _| {});
    let rewriter = Rewriter {
        body: &body,
        names: &ByName(&body),
        private: &Words::of(quote!(p)),
        output: &quote!(R),
        storage: &|_| Storage::Slot,
        ask: &|_| true,
        doubtful: &|_| None,
        called: &|_| false,
        spent: &|_| false,
        parts: &moved(&body),
        jump: &|block| quote!({ at = #block; continue 'done }),
    };
    let expr = |tokens: TokenStream| {
        let expr: syn::Expr = syn::parse2(tokens).expect("the test's expression parses");
        rewriter
            .expression(&expr)
            .into_token_stream()
            .to_string()
            .replace(' ', "")
    };
    assert_eq!(
        expr(quote!(__costate_init!(__costate_l0, g(__costate_m0)))),
        "a_live.init(g((*(*a_at))))"
    );
    assert_eq!(
        expr(quote!(__costate_hold!(__costate_l0, g()).x)),
        "(*a_live.hold(g(),life)).x"
    );
    assert_eq!(expr(quote!(__costate_jump!(3))), "{at=3u32;continue'done}");
    assert_eq!(
        expr(quote!(__costate_jump!(3, f()))),
        "{f();{at=3u32;continue'done}}"
    );
    assert_eq!(
        expr(quote!(h(__costate_value!()))),
        "h((ready_value).output())"
    );
}
