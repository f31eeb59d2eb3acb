//! What the lowering left inside opaque code: where its jumps go, and what it initialises.

use crate::body::{LocalId, MentionId, marker};
use crate::cfg::*;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;

/// The blocks that jumps inside a statement go to.
pub fn of_statement(statement: &Statement) -> Vec<BlockId> {
    let mut found = Vec::new();
    match statement {
        Statement::Opaque(s) => search(s.to_token_stream(), &mut found),
        Statement::Let(l) => {
            search(l.value.to_token_stream(), &mut found);
            search(l.diverge.to_token_stream(), &mut found);
        }
        Statement::Init(_, value) | Statement::Outlived(_, value, _) => {
            search(value.to_token_stream(), &mut found)
        }
        Statement::Uninit(..) | Statement::End(..) => {}
    }
    found
}

/// The same for the expression of a terminator.
pub fn of_terminator(terminator: &Terminator) -> Vec<BlockId> {
    let mut found = Vec::new();
    match terminator {
        Terminator::Branch { condition: e, .. }
        | Terminator::Suspend { operand: e, .. }
        | Terminator::Complete(e, _) => search(e.to_token_stream(), &mut found),
        Terminator::Match(m) => search(m.scrutinee.to_token_stream(), &mut found),
        Terminator::Goto(_) | Terminator::Cancelled | Terminator::Unreachable => {}
    }
    found
}

fn search(tokens: TokenStream, found: &mut Vec<BlockId>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let marked = index >= 2
            && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == marker::JUMP);
        match group.stream().into_iter().next() {
            Some(TokenTree::Literal(number)) if marked => {
                let number = number.to_string().parse().expect("a block's number");
                found.push(BlockId(number));
            }
            _ => search(group.stream(), found),
        }
    }
}

/// A marker that gives a local its value.
pub struct Marked {
    pub local: LocalId,
    pub value: Expr,
    /// Then a literal takes a part of it.
    pub rest: Option<MentionId>,
}

pub fn marked(m: &syn::Macro) -> Option<Marked> {
    let name = m.path.get_ident()?;
    if name != marker::INIT && name != marker::HOLD && name != marker::REST {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let local: Ident = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        let rest = match name == marker::REST {
            true => Some(input.parse::<Ident>()?),
            false => None,
        };
        rest.iter()
            .try_for_each(|_| input.parse::<syn::Token![,]>().map(|_| ()))?;
        Ok((local, rest, input.parse::<Expr>()?))
    };
    let (local, rest, value) = syn::parse::Parser::parse2(parse, m.tokens.clone()).ok()?;
    Some(Marked {
        local: LocalId::of(&local)?,
        value,
        rest: rest.as_ref().and_then(MentionId::of),
    })
}
