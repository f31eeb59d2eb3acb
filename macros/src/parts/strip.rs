//! Of a pattern, what leads to its bindings by value.

use super::walk::is_rest;
use crate::body::LocalId;
use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident, quote};
use syn::Pat;
use syn::parse::Parser;

/// A pattern that has matched, with nothing but what leads to its bindings by value. They get names of the macro's:
/// what it binds is gone also if it looks different by now.
#[derive(Default)]
pub struct Strip {
    pub bindings: Vec<LocalId>,
    /// Alternatives bind at different places, and nothing tells which has matched.
    pub ambiguous: bool,
}

impl Strip {
    /// `None` if nothing in it is bound by value.
    pub fn pattern(&mut self, pattern: &Pat) -> Option<Pat> {
        match pattern {
            Pat::Ident(p) => self.binding(p),
            Pat::Paren(p) => self.pattern(&p.pat),
            Pat::Type(p) => self.pattern(&p.pat),
            Pat::Tuple(p) => {
                let elems = self.elems(&p.elems)?;
                Some(syn::parse_quote!((#(#elems,)*)))
            }
            Pat::TupleStruct(p) => {
                let (path, elems) = (&p.path, self.elems(&p.elems)?);
                Some(syn::parse_quote!(#path(#(#elems,)*)))
            }
            Pat::Slice(p) => {
                let elems = self.elems(&p.elems)?;
                Some(syn::parse_quote!([#(#elems,)*]))
            }
            Pat::Struct(p) => {
                let fields = p.fields.iter().filter_map(|f| {
                    let (member, inner) = (&f.member, self.pattern(&f.pat)?);
                    Some(quote!(#member: #inner))
                });
                let fields: Vec<_> = fields.collect();
                let path = &p.path;
                (!fields.is_empty()).then(|| syn::parse_quote!(#path { #(#fields,)* .. }))
            }
            Pat::Or(p) => self.or(p),
            _ => None,
        }
    }

    fn binding(&mut self, p: &syn::PatIdent) -> Option<Pat> {
        let local = LocalId::of(&p.ident).filter(|_| p.by_ref.is_none())?;
        let known = self.bindings.iter().position(|b| *b == local);
        let at = known.unwrap_or(self.bindings.len());
        if known.is_none() {
            self.bindings.push(local);
        }
        let name = format_ident!("part{at}", span = Span::mixed_site());
        let rest = p.subpat.iter().any(|(_, inner)| is_rest(inner));
        let rest = rest.then(|| quote!(@ ..));
        Pat::parse_single.parse2(quote!(#name #rest)).ok()
    }

    fn elems<P>(&mut self, elems: &syn::punctuated::Punctuated<Pat, P>) -> Option<Vec<Pat>> {
        let mut any = false;
        let mut kept = Vec::new();
        for elem in elems {
            kept.push(match elem {
                Pat::Rest(_) => elem.clone(),
                elem => match self.pattern(elem) {
                    Some(inner) => {
                        any = true;
                        inner
                    }
                    None => syn::parse_quote!(_),
                },
            });
        }
        any.then_some(kept)
    }

    /// The alternatives, each once; they bind the same names.
    fn or(&mut self, pattern: &syn::PatOr) -> Option<Pat> {
        let text = |case: &Pat| case.to_token_stream().to_string();
        let mut cases: Vec<Pat> = Vec::new();
        for case in &pattern.cases {
            let case = self.pattern(case)?;
            if !cases.iter().any(|known| text(known) == text(&case)) {
                self.ambiguous |= cases.iter().any(|known| !differ(known, &case));
                cases.push(case);
            }
        }
        Pat::parse_multi.parse2(quote!(#(#cases)|*)).ok()
    }
}

/// Whether two patterns are certainly of different variants.
fn differ(one: &Pat, other: &Pat) -> bool {
    let variant = |pattern: &Pat| match pattern {
        Pat::TupleStruct(p) => p.path.segments.last().map(|s| s.ident.clone()),
        Pat::Struct(p) => p.path.segments.last().map(|s| s.ident.clone()),
        _ => None,
    };
    matches!((variant(one), variant(other)), (Some(one), Some(other)) if one != other)
}

/// The names that a pattern of `strip`'s binds.
pub fn names(pattern: &Pat) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'ast> syn::visit::Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, p: &'ast syn::PatIdent) {
            if !self.0.contains(&p.ident) {
                self.0.push(p.ident.clone());
            }
        }
    }
    let mut found = Names(Vec::new());
    syn::visit::Visit::visit_pat(&mut found, pattern);
    found.0
}
