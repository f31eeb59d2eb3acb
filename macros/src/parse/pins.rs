//! `pin!(x);` and `pin_mut!(x);` as statements, spelled out.
//!
//! Input: a body. Output: the same, in which such a macro, of whatever crate, is what it declares: `let mut x =
//! pin!(x);` with the standard library's. To have it so is to take a macro for what its name says, and so a
//! [`marker::PINS`] before it has the twin try the user's own on a value of ours.

use proc_macro2::Span;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Ident, Item, Macro, Stmt, StmtMacro, Token};

use crate::body::marker;
use crate::syntax;

/// Spells out all of them.
pub fn spell_out(block: &mut Block) {
    SpellOut.visit_block_mut(block);
}

struct SpellOut;

impl VisitMut for SpellOut {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let statements = std::mem::take(&mut block.stmts);
        for statement in statements {
            match spelled_out(&statement) {
                Some(spelled) => block.stmts.extend(spelled),
                None => block.stmts.push(statement),
            }
        }
        visit_mut::visit_block_mut(self, block);
    }

    // What an inner `async` block or closure pins is its own.
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
}

fn spelled_out(statement: &Stmt) -> Option<Vec<Stmt>> {
    let Stmt::Macro(StmtMacro {
        attrs,
        mac,
        semi_token,
    }) = statement
    else {
        return None;
    };
    let is_statement =
        semi_token.is_some() || matches!(mac.delimiter, syn::MacroDelimiter::Brace(_));
    if !is_statement || !attrs.is_empty() || !declares(mac) {
        return None;
    }
    let pins: Pins = mac.parse_body().ok()?;
    let (names, path) = (pins.names(), &mac.path);
    let (marker, form) = (Ident::new(marker::PINS, Span::call_site()), pins.form());
    let mut spelled: Vec<Stmt> = vec![syn::parse_quote!(#marker!(#path, #form, #(#names),*);)];
    for pin in &pins.0 {
        let (name, span) = (&pin.name, Span::mixed_site().located_at(pin.name.span()));
        if let Some(value) = &pin.value {
            spelled.push(syn::parse_quote_spanned!(span=> let #name = #value;));
        }
        spelled.push(syn::parse_quote_spanned!(span=>
            #[allow(unused_mut)] let mut #name = ::core::pin::pin!(#name);
        ));
    }
    Some(spelled)
}

/// Whether a macro of this name declares what it pins. (The standard library's own is an expression.)
fn declares(mac: &Macro) -> bool {
    let first = mac.path.segments.first();
    let standard = first.is_some_and(|first| first.ident == "std" || first.ident == "core");
    ["pin", "pin_mut"].contains(&syntax::macro_name(&mac.path).as_str()) && !standard
}

/// `a, b`, or `let a = value; let b = value;`
struct Pins(Vec<PinOf>);

struct PinOf {
    name: Ident,
    value: Option<Expr>,
}

impl Pins {
    fn names(&self) -> Vec<&Ident> {
        self.0.iter().map(|pin| &pin.name).collect()
    }

    /// The word that says whether the values stand among the tokens.
    fn form(&self) -> proc_macro2::TokenStream {
        match self.0.iter().any(|pin| pin.value.is_some()) {
            true => quote!(let),
            false => quote!(_),
        }
    }
}

impl Parse for Pins {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![let]) {
            let names = Punctuated::<Ident, Token![,]>::parse_terminated(input)?;
            let pins = names.into_iter().map(|name| PinOf { name, value: None });
            let pins: Vec<_> = pins.collect();
            return match pins.is_empty() {
                true => Err(input.error("no name")),
                false => Ok(Pins(pins)),
            };
        }
        let mut pins = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![let]>()?;
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            let value = Some(input.parse()?);
            input.parse::<Token![;]>()?;
            pins.push(PinOf { name, value });
        }
        Ok(Pins(pins))
    }
}
