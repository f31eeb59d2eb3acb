//! The oracle of the differential tests.
//!
//! Input: the function, trait or `impl` that `#[costate::coroutine]` is given elsewhere, token for
//! token. Output: the same with `async` before each `fn` that is a coroutine, and nothing else
//! changed, so that rustc's own `async fn` says what the body means.
//!
//! In a trait or an `impl` the coroutines are the methods marked `#[coroutine]`, or, where none is
//! marked, those that contain an `.await`: the rule of `#[costate::coroutine]`.
//!
//! And a macro such as the tests are about, which only a crate of this kind can have.
#![forbid(unsafe_code)]

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Writes `async` before the `fn`.
#[proc_macro_attribute]
pub fn coroutine(_attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    match tokens.iter().find_map(kind) {
        Some(Kind::Function) => mark_first_function(&mut tokens),
        Some(Kind::Block) => rewrite_block(&mut tokens),
        None => panic!("expected a function, a trait or an impl"),
    }
    tokens.into_iter().collect()
}

enum Kind {
    Function,
    Block,
}

fn kind(token: &TokenTree) -> Option<Kind> {
    match word(token)?.as_str() {
        "fn" => Some(Kind::Function),
        "trait" | "impl" => Some(Kind::Block),
        _ => None,
    }
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_word(token: &TokenTree, expected: &str) -> bool {
    word(token).as_deref() == Some(expected)
}

/// Puts `async` before the first `fn`, or before the `unsafe` in front of it.
fn mark_first_function(tokens: &mut Vec<TokenTree>) {
    let Some(mut at) = tokens.iter().position(|token| is_word(token, "fn")) else {
        return;
    };
    if at > 0 && is_word(&tokens[at - 1], "unsafe") {
        at -= 1;
    }
    tokens.insert(at, TokenTree::Ident(Ident::new("async", Span::call_site())));
}

fn rewrite_block(tokens: &mut [TokenTree]) {
    let Some(TokenTree::Group(body)) = tokens.last_mut() else {
        panic!("expected the braces of a trait or an impl");
    };
    let mut members = members(body.stream());
    let any_is_marked = members.iter().any(|member| mark(member).is_some());
    for member in &mut members {
        match mark(member) {
            Some(at) => {
                member.drain(at..at + 2);
                mark_first_function(member);
            }
            None if !any_is_marked && awaits(member) => mark_first_function(member),
            None => {}
        }
    }
    let span = body.span();
    *body = Group::new(Delimiter::Brace, members.into_iter().flatten().collect());
    body.set_span(span);
}

/// Cuts the inside of a block after each `;` and each brace group.
fn members(inside: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut members = vec![Vec::new()];
    for token in inside {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        members.last_mut().expect("never empty").push(token);
        if ends {
            members.push(Vec::new());
        }
    }
    members
}

/// Where `#[coroutine]`, by whatever path, stands in front of a member.
fn mark(member: &[TokenTree]) -> Option<usize> {
    member.windows(2).position(|pair| match pair {
        [TokenTree::Punct(hash), TokenTree::Group(attribute)] if hash.as_char() == '#' => attribute
            .stream()
            .into_iter()
            .last()
            .is_some_and(|token| is_word(&token, "coroutine")),
        _ => false,
    })
}

fn awaits(member: &[TokenTree]) -> bool {
    member.iter().any(|token| match token {
        TokenTree::Group(group) => awaits(&group.stream().into_iter().collect::<Vec<_>>()),
        token => is_word(token, "await"),
    })
}

/// Declares `x` under the name that stands where it is called: unhygienic, as procedural macros may be.
#[proc_macro]
pub fn declare_x(_: TokenStream) -> TokenStream {
    "let x = 5u8;".parse().expect("a statement")
}
