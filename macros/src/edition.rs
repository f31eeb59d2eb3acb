//! Edition rules: which of them a piece of the user's code follows is known to rustc alone.
//!
//! Where it matters, the stages run once for every answer, and the expansion asks: `gen` is a
//! keyword since edition 2024 by the span of the token, and so no type there. Code from macros of
//! another crate may follow other rules than the code around it: pieces are asked about together
//! only if they stand in the same expansion, and rustc refuses if they differ all the same.

use crate::hygiene;
use crate::names::made;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What is asked about at most: each doubles the expansion.
const MOST: usize = 2;

/// What has been asked, and the answers of one run.
#[derive(Default)]
pub struct Editions {
    questions: Vec<Question>,
}

/// Pieces of the user's code that follow the same rules.
struct Question {
    asked_by: Vec<Span>,
    answer: bool,
}

impl Editions {
    /// Whether the code at `span` follows the rules of before edition 2024.
    pub fn is_older(&mut self, span: Span) -> bool {
        let count = self.questions.len();
        let same = |q: &Question| is_same_expansion(q.asked_by[0], span);
        let known = self.questions.iter().position(same);
        let index = known.unwrap_or(if count < MOST { count } else { MOST - 1 });
        if index == count {
            self.questions.push(Question {
                asked_by: Vec::new(),
                answer: false,
            });
        }
        let question = &mut self.questions[index];
        // Where the same is asked twice, nothing but text is saved.
        let place = |s: &Span| format!("{s:?}");
        if !question.asked_by.iter().any(|s| place(s) == place(&span)) {
            question.asked_by.push(span);
        }
        question.answer
    }

    fn answer(&mut self, answers: usize) {
        for (index, question) in self.questions.iter_mut().enumerate() {
            question.answer = answers >> index & 1 == 1;
        }
    }
}

/// To save text; where it is wrong, that is an error in the expansion.
fn is_same_expansion(one: Span, other: Span) -> bool {
    hygiene::owner(one) == hygiene::owner(other)
}

/// What `run` makes, for the editions that the code follows.
pub fn expand(mut run: impl FnMut(&mut Editions) -> TokenStream) -> TokenStream {
    let mut editions = Editions::default();
    let mut newest = run(&mut editions);
    loop {
        let count = editions.questions.len();
        if count == 0 {
            return newest;
        }
        let older: Vec<_> = (1..1 << count)
            .map(|answers| {
                editions.answer(answers);
                run(&mut editions)
            })
            .collect();
        if editions.questions.len() == count {
            let versions: Vec<_> = std::iter::once(newest).chain(older).collect();
            return choice(&editions, &versions);
        }
        // An older edition asked for more, which the newest might answer otherwise.
        editions.answer(0);
        newest = run(&mut editions);
    }
}

/// All versions but those that make no difference.
fn choice(editions: &Editions, versions: &[TokenStream]) -> TokenStream {
    let mut versions = versions.to_vec();
    let mut asked = false;
    for question in &editions.questions {
        let pairs = versions.chunks(2).map(|pair| {
            let [newer, older] = pair else {
                unreachable!("two answers to each question")
            };
            if newer.to_string() == older.to_string() {
                return newer.clone();
            }
            asked = true;
            ask(question, newer, older)
        });
        versions = pairs.collect();
    }
    let chosen = versions.pop().expect("one is left");
    let rules = asked.then(rules);
    quote!(#rules #chosen)
}

fn name() -> Ident {
    made("__costate_by_edition")
}

fn ask(question: &Question, newer: &TokenStream, older: &TokenStream) -> TokenStream {
    let name = name();
    let asked_by = question
        .asked_by
        .iter()
        .map(|span| Ident::new("gen", *span));
    quote!(#name!([#(#asked_by,)*] { #newer } { #older }))
}

fn rules() -> TokenStream {
    let name = name();
    let message = "parts of this function come from macros of several editions, which differ in when they drop \
        temporaries; bind the values of tail expressions and of `if let` to locals first";
    quote! {
        macro_rules! #name {
            ([$($older:ty,)*] $newest:tt { $($code:tt)* }) => {{ $($code)* }};
            ([gen, $($rest:tt)*] $($versions:tt)*) => { #name!(@newest [$($rest)*] $($versions)*) };
            (@newest [] { $($code:tt)* } $older:tt) => {{ $($code)* }};
            (@newest [$other:ty, $($rest:tt)*] $($versions:tt)*) => { ::core::compile_error!(#message) };
            (@newest [gen, $($rest:tt)*] $($versions:tt)*) => { #name!(@newest [$($rest)*] $($versions)*) };
            ([$($rest:tt)*] $($versions:tt)*) => { ::core::compile_error!(#message) };
        }
    }
}
