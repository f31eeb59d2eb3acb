//! What is written in the attribute's parentheses.
//!
//! Input: the tokens. Output: [`Options`]; mistakes go to the sink and leave the default in place.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Lifetime, Path, Token, Type, TypeReference};

use crate::diagnostics::Diagnostics;
use crate::words::Words;

/// By which the macro tells itself that every `cfg` is decided (see `parse::cfg`).
pub const CFG_DECIDED: &str = "__cfg_decided";

const KNOWN: &str = "`yield = TYPE`, `boxed`, `Send`, `sizes` and `crate = PATH`";

/// The options of one coroutine.
#[derive(Clone)]
pub struct Options {
    /// `crate = PATH`: by what path `costate` is reached; `::costate` if it is not said.
    pub crate_path: TokenStream,
    /// `yield = TYPE`: the function is a generator.
    pub yields: Option<Type>,
    /// `boxed`: the function returns its machine in a box, by a type that can be named.
    pub boxed: bool,
    /// `Send`: the machine is `Send`, and the compiler is to say at the definition why it is not.
    pub send: bool,
    /// `sizes`: the machine can tell what it holds, and in how many bytes.
    pub sizes: bool,
    /// The attributes of the item say which `cfg` predicates hold.
    pub cfg_decided: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            crate_path: quote!(::costate),
            yields: None,
            boxed: false,
            send: false,
            sizes: false,
            cfg_decided: false,
        }
    }
}

impl Options {
    /// `::costate::__private`
    pub fn private(&self) -> Words {
        let path = &self.crate_path;
        Words::of(quote!(#path::__private))
    }

    /// These options, changed by what `tokens` say.
    pub fn with(&self, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Options {
        let mut reader = Reader {
            options: self.clone(),
            seen: Vec::new(),
            diagnostics,
        };
        let parsed = (|input: ParseStream| reader.all(input)).parse2(tokens);
        let Reader {
            options,
            diagnostics,
            ..
        } = reader;
        if let Err(error) = parsed {
            diagnostics.push(error);
        }
        options
    }
}

struct Reader<'d> {
    options: Options,
    seen: Vec<Ident>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn all(&mut self, input: ParseStream) -> syn::Result<()> {
        while !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            self.one(&name, input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    fn one(&mut self, name: &Ident, input: ParseStream) -> syn::Result<()> {
        if self.seen.contains(name) {
            let message = format!("`{name}` is given twice: leave one of the two out");
            self.diagnostics.error(name.span(), message);
        }
        self.seen.push(name.clone());
        match name.to_string().as_str() {
            "yield" => {
                input.parse::<Token![=]>()?;
                let ty: Type = input.parse()?;
                self.check_lifetimes(&ty);
                self.options.yields = Some(ty);
            }
            "crate" => {
                input.parse::<Token![=]>()?;
                let path = input.call(Path::parse_mod_style)?;
                self.options.crate_path = quote!(#path);
            }
            "boxed" => self.options.boxed = true,
            "Send" => self.options.send = true,
            "sizes" => self.options.sizes = true,
            CFG_DECIDED => self.options.cfg_decided = true,
            _ => self.unknown(name, input)?,
        }
        Ok(())
    }

    fn unknown(&mut self, name: &Ident, input: ParseStream) -> syn::Result<()> {
        let message = format!("there is no option `{name}`: there are {KNOWN}");
        self.diagnostics.error(name.span(), message);
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        Ok(())
    }

    fn check_lifetimes(&mut self, ty: &Type) {
        let mut elided = Elided(Vec::new());
        elided.visit_type(ty);
        for span in elided.0 {
            self.diagnostics.error(
                span,
                "a lifetime in `yield = ..` has to have a name, as nothing says which is meant: \
                 declare it on the function and write it here",
            );
        }
    }
}

/// Where lifetimes are left out.
struct Elided(Vec<Span>);

impl<'ast> Visit<'ast> for Elided {
    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        if reference.lifetime.is_none() {
            self.0.push(reference.and_token.span());
        }
        visit::visit_type_reference(self, reference);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        if lifetime.ident == "_" {
            self.0.push(lifetime.span());
        }
    }

    // Those of `fn(&T)` and `Fn(&T)` are bound where they stand.
    fn visit_type_bare_fn(&mut self, _: &'ast syn::TypeBareFn) {}
    fn visit_parenthesized_generic_arguments(
        &mut self,
        _: &'ast syn::ParenthesizedGenericArguments,
    ) {
    }
}
