//! Of a pattern, what leads to its bindings by value.

use super::walk::is_rest;
use crate::body::LocalId;
use proc_macro2::Ident;
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Pat, Token};

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
                Some(Pat::Tuple(syn::PatTuple { elems, ..p.clone() }))
            }
            Pat::TupleStruct(p) => {
                let elems = self.elems(&p.elems)?;
                Some(Pat::TupleStruct(syn::PatTupleStruct { elems, ..p.clone() }))
            }
            Pat::Slice(p) => {
                let elems = self.elems(&p.elems)?;
                Some(Pat::Slice(syn::PatSlice { elems, ..p.clone() }))
            }
            Pat::Struct(p) => self.fields(p),
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
        // It stands where the user's stands, so that rustc says of both at once what is wrong with them.
        let ident = format_ident!("__part{at}", span = p.ident.span());
        let subpat = p.subpat.clone().filter(|(_, inner)| is_rest(inner));
        Some(Pat::Ident(syn::PatIdent {
            ident,
            subpat,
            mutability: None,
            ..p.clone()
        }))
    }

    fn fields(&mut self, p: &syn::PatStruct) -> Option<Pat> {
        let fields = p.fields.iter().filter_map(|field| {
            let pat = Box::new(self.pattern(&field.pat)?);
            let colon_token = Some(Default::default());
            let field = field.clone();
            Some(syn::FieldPat {
                pat,
                colon_token,
                ..field
            })
        });
        let mut fields: Punctuated<_, _> = fields.collect();
        if fields.is_empty() {
            return None;
        }
        fields.push_punct(Default::default());
        let rest = Some(syn::PatRest {
            attrs: Vec::new(),
            dot2_token: Default::default(),
        });
        Some(Pat::Struct(syn::PatStruct {
            fields,
            rest,
            ..p.clone()
        }))
    }

    fn elems(&mut self, elems: &Punctuated<Pat, Token![,]>) -> Option<Punctuated<Pat, Token![,]>> {
        let mut any = false;
        let mut kept = Punctuated::new();
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
        if !kept.empty_or_trailing() {
            kept.push_punct(Default::default());
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
