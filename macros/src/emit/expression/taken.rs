//! What of a closure's captures patterns and well-known methods in it take, as questions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Pat;
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};

use crate::body::is_upper_case;
use crate::words::Words;

/// Whether a pattern moves something out of a capture: a question for each of its bindings by value.
pub fn by(private: &Words, name: &TokenStream, pattern: &Pat) -> Vec<TokenStream> {
    let mut pattern = match pattern {
        Pat::Type(typed) => (*typed.pat).clone(),
        other => other.clone(),
    };
    let mut rename = Rename(Vec::new());
    rename.visit_pat_mut(&mut pattern);
    let ask = |binding: &Ident| {
        quote!(match #private::question::any_at(&raw const #name) {
            #pattern => (&&#private::question::Used::of(&raw const #binding)).if_consumes(),
            #[allow(unreachable_patterns)]
            _ => loop {},
        })
    };
    rename.0.iter().map(ask).collect()
}

/// Whether it is of one of the types that have the method by value, and is not `Copy`.
pub fn by_known(private: &Words, name: &TokenStream, types: [bool; 5]) -> TokenStream {
    let known = types.map(|known| Ident::new(if known { "Yes" } else { "No" }, Span::mixed_site()));
    quote!({
        let (used, known) = (#private::question::Gate::OPEN, #private::question::Gate::OPEN);
        used.tell(|| (&&#private::question::Used::of(&raw const #name)).if_consumes());
        known.tell(|| #private::question::steer!(@ &raw const #name, #(#known)*));
        used.and(known).pass()
    })
}

/// Gives what a pattern binds by value names of the macro's, and collects them.
struct Rename(Vec<Ident>);

impl VisitMut for Rename {
    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        field.colon_token.get_or_insert_default();
        visit_mut::visit_field_pat_mut(self, field);
    }

    fn visit_pat_ident_mut(&mut self, binding: &mut syn::PatIdent) {
        // In a closure bindings have their own names.
        if is_upper_case(&binding.ident) {
            return;
        }
        let name = format!("taken_{}", binding.ident.unraw());
        binding.ident = Ident::new(&name, Span::mixed_site());
        binding.mutability = None;
        let known = binding.by_ref.is_some() || self.0.contains(&binding.ident);
        self.0.extend((!known).then(|| binding.ident.clone()));
        visit_mut::visit_pat_ident_mut(self, binding);
    }
}
