//! Field paths among tokens that are not syntax.

use super::{FieldPath, Step};
use crate::body::MentionId;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// All mentions in some tokens, with the field paths that follow them.
pub fn places(tokens: TokenStream) -> Vec<(MentionId, FieldPath)> {
    let mut found = Vec::new();
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(places(group.stream())),
            TokenTree::Ident(ident) => {
                let path = || FieldPath(members(&tokens[at + 1..]).0);
                found.extend(MentionId::of(ident).map(|id| (id, path())));
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// The members that tokens begin with, `.left.0`, and how many tokens these are.
pub fn members(tokens: &[TokenTree]) -> (Vec<Step>, usize) {
    let mut steps = Vec::new();
    let mut count = 0;
    while let [TokenTree::Punct(dot), member, rest @ ..] = &tokens[count..]
        && dot.as_char() == '.'
    {
        let called = matches!(rest.first(), Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis);
        match member {
            TokenTree::Ident(name) if !called && name != "await" => {
                steps.push(Step::Member(name.clone().into()));
            }
            // `.0.1` has one literal.
            TokenTree::Literal(number) => {
                let number = number.to_string();
                let indices = number.split('.').map(str::parse::<usize>);
                let Ok(indices) = indices.collect::<Result<Vec<_>, _>>() else {
                    break;
                };
                steps.extend(indices.into_iter().map(|index| Step::Member(index.into())));
            }
            _ => break,
        }
        count += 2;
    }
    (steps, count)
}

impl Step {
    /// All members of this struct that its literal does not list.
    pub fn others(literal: &syn::ExprStruct) -> Step {
        let listed = literal.fields.iter().map(|field| field.member.clone());
        Step::Others(literal.path.clone(), listed.collect())
    }
}
