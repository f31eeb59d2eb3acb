//! Macro invocations: the expressions among the tokens, and the names in format strings.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Macro, Token};

use super::{Resolver, written};
use crate::body::MentionKind::{self, Place, Scrutinee, Value};
use crate::body::{Mention, MentionId};
use crate::invocation::format_string::captured_names;
use crate::invocation::{Argument, Arguments, Shape, choice, shape, substitute};
use crate::syntax;

impl Resolver<'_> {
    /// Resolves a macro; one whose strings name locals, and which is not known, is put into an
    /// alias marker.
    pub fn macro_expression(&mut self, expr: &mut Expr) {
        if self.closures.is_empty() && self.pin_expression(expr) {
            return;
        }
        let Expr::Macro(invocation) = expr else {
            return;
        };
        let mac = &mut invocation.mac;
        let shape = shape(&mac.path);
        match shape {
            Shape::Untouched | Shape::Items | Shape::Marker => return,
            // In a closure it leaves the closure alone.
            Shape::HidesReturn if self.closures.is_empty() => {
                match self.return_spelled_out(mac) {
                    Some(spelled) => *expr = spelled,
                    None => self.refuse(mac),
                }
                return;
            }
            _ => {}
        }
        let original = mac.tokens.clone();
        let mut arguments = Arguments::parse(mac);
        self.edit(shape, &mut arguments, &original);
        mac.tokens = arguments.to_token_stream();
        match shape {
            Shape::Unknown => self.alias(expr, original),
            Shape::Matches if syntax::macro_suspends(mac) => *expr = choice(mac),
            Shape::Expressions(_) if mac.path.segments.iter().any(|s| s.ident == "dbg") => {
                if let Some(spelled) = self.dbg_spelled_out(&mac.path, arguments, original) {
                    *expr = spelled;
                }
            }
            _ => {}
        }
    }

    fn edit(&mut self, shape: Shape, arguments: &mut Arguments, original: &TokenStream) {
        match arguments {
            Arguments::List(list) => {
                for argument in list.iter_mut() {
                    self.expression(&mut argument.value, argument_kind(shape));
                }
                self.complete(shape, list, original);
            }
            Arguments::Repeat(value, length) => {
                self.expression(value, Value);
                self.expression(length, Value);
            }
            Arguments::Matches(matches) => self.scoped(|this| {
                this.expression(&mut matches.scrutinee, Scrutinee);
                this.bind(&mut matches.pattern);
                if let Some(guard) = &mut matches.guard {
                    this.expression(guard, Value);
                }
            }),
            Arguments::Tokens(tokens) => {
                *tokens = substitute(std::mem::take(tokens), &mut |name| {
                    Some(self.mention(name, Place)?.into_token_stream())
                });
            }
        }
    }

    /// `bail!(..)` and `ensure!(condition, ..)`: the `return` in them is a closure's, whose result is
    /// returned.
    fn return_spelled_out(&mut self, mac: &Macro) -> Option<Expr> {
        let name = syntax::macro_name(&mac.path);
        let Arguments::List(mut list) = Arguments::parse(mac) else {
            return None;
        };
        let original = mac.tokens.clone();
        let path = &mac.path;
        let failure = usize::from(name == "ensure");
        if !["bail", "ensure"].contains(&name.as_str()) || list.len() <= failure {
            return None;
        }
        let condition = (failure == 1).then(|| {
            self.expression(&mut list[0].value, Value);
            std::mem::replace(&mut list[0].value, syn::parse_quote!(false))
        });
        self.capturing(false, |this| {
            let kind = match list[failure].text() {
                Some(_) => Place,
                None => Value,
            };
            for argument in list.iter_mut().skip(failure) {
                this.expression(&mut argument.value, kind);
            }
            this.complete(Shape::HidesReturn, &mut list, &original);
        });
        let span = path.segments.last()?.ident.span();
        Some(
            syn::parse2(match condition {
                None => quote_spanned!(span=> return (|| { #path!(#list) })()),
                Some(condition) => quote_spanned!(span=> if !(#condition) {
                    return (|| { #path!(#list); ::core::unreachable!() })();
                }),
            })
            .expect("made as an expression"),
        )
    }

    fn refuse(&mut self, mac: &Macro) {
        let path = &mac.path;
        let name = quote!(#path).to_string().replace(' ', "");
        let message = format!(
            "`{name}!` hides a `return`, which a coroutine cannot see; \
             write the `return` (or a `match`) out"
        );
        let span = path.segments.last().map(|segment| segment.ident.span());
        (self.sink)(span.unwrap_or_else(proc_macro2::Span::call_site), &message);
    }

    /// Captured names become named arguments, and an `assert!` keeps its text as its message.
    fn complete(
        &mut self,
        shape: Shape,
        list: &mut Punctuated<Argument, Token![,]>,
        original: &TokenStream,
    ) {
        let before = match shape.text_at() {
            Some(before) => before,
            None if shape == Shape::HidesReturn => {
                usize::from(list.len() > 1 && list[0].text().is_none())
            }
            None => return,
        };
        if shape == Shape::Assert && list.len() == 1 {
            list.push(assertion_text(original));
            return;
        }
        let Some(text) = list.iter().nth(before).and_then(Argument::text) else {
            return;
        };
        let span = text.span();
        for name in captured_names(&text.value()) {
            let Some(name) = identifier(&name, span) else {
                continue;
            };
            let given = |argument: &Argument| argument.name.as_ref() == Some(&name);
            if list.iter().any(given) {
                continue;
            }
            if let Some(mention) = self.mention(&name, Place) {
                list.push(Argument {
                    name: Some(name),
                    value: syn::parse_quote!(#mention),
                });
            }
        }
    }

    /// The names that strings in an unknown macro may capture are put in scope around it.
    fn alias(&mut self, expr: &mut Expr, original: TokenStream) {
        let mut names = Vec::new();
        captured_in(original, &mut names);
        let mut aliases = Vec::new();
        for name in names {
            if let Some(mention) = self.mention(&name, Place) {
                aliases.push(quote!(#name = #mention));
            }
        }
        if !aliases.is_empty() {
            let marker = Ident::new(crate::body::marker::ALIAS, proc_macro2::Span::call_site());
            *expr = syn::parse_quote!(#marker!([#(#aliases),*] #expr));
        }
    }

    /// `dbg!(value)`, which prints the text of its argument: as it expands, with the text as written.
    fn dbg_spelled_out(
        &mut self,
        path: &syn::Path,
        arguments: Arguments,
        original: TokenStream,
    ) -> Option<Expr> {
        let Arguments::List(list) = arguments else {
            return None;
        };
        let span = path.segments.last()?.ident.span();
        let all = Punctuated::<Expr, Token![,]>::parse_terminated;
        let original = all.parse2(original).ok()?;
        let spelled = list.iter().zip(&original).map(|(argument, original)| {
            let (argument, text) = (&argument.value, written::written(original));
            let [binding, shown, value] = self.dbg_value();
            quote_spanned!(span=> match #argument {
                #binding => {
                    ::std::eprintln!(
                        "[{}:{}:{}] {} = {:#?}",
                        ::core::file!(), ::core::line!(), ::core::column!(), #text, &#shown,
                    );
                    #value
                }
            })
        });
        let spelled: Vec<_> = spelled.collect();
        let tokens = match &spelled[..] {
            [] => return None,
            [one] => quote!((#one)),
            many => quote!((#(#many),*)),
        };
        syn::parse2(tokens).ok()
    }

    /// What a `dbg!` binds, and its two mentions. In a closure it is the closure's own.
    fn dbg_value(&mut self) -> [Ident; 3] {
        let name = Ident::new("value", proc_macro2::Span::mixed_site());
        if !self.closures.is_empty() {
            return [name.clone(), name.clone(), name];
        }
        let span = name.span();
        let local = self.add_local(name, false);
        let [shown, value] = [Place, Value].map(|kind| {
            self.mentions.push(Mention::new(local, kind));
            MentionId(self.mentions.len() as u32 - 1).placeholder(span)
        });
        [local.placeholder(span), shown, value]
    }
}

fn argument_kind(shape: Shape) -> MentionKind {
    match shape {
        Shape::Expressions(kind) => kind,
        // Format arguments, both sides of `assert_eq!` and the target of `write!` are borrowed.
        _ => Place,
    }
}

/// The message of an `assert!` that has none.
fn assertion_text(condition: &TokenStream) -> Argument {
    let condition = match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(condition.clone())
    {
        Ok(list) => list.first().map(written::written),
        Err(_) => None,
    };
    let text = format!("assertion failed: {}", condition.unwrap_or_default());
    let literal = written::literal(&text);
    Argument {
        name: None,
        value: syn::parse_quote!(#literal),
    }
}

pub fn captured_in(tokens: TokenStream, names: &mut Vec<Ident>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => captured_in(group.stream(), names),
            TokenTree::Literal(literal) => names_in_literal(&literal, names),
            _ => {}
        }
    }
}

fn names_in_literal(literal: &Literal, names: &mut Vec<Ident>) {
    let Lit::Str(text) = Lit::new(literal.clone()) else {
        return;
    };
    for name in captured_names(&text.value()) {
        if let Some(name) = identifier(&name, literal.span())
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
}

/// The identifier that a format string means by `name`: of a keyword, the raw one.
fn identifier(name: &str, span: proc_macro2::Span) -> Option<Ident> {
    match (name, syn::parse_str::<Ident>(name)) {
        ("self", _) => Some(Ident::new("self", span)),
        ("_" | "super" | "crate" | "Self", _) => None,
        (_, Ok(_)) => Some(Ident::new(name, span)),
        (_, Err(_)) => Some(Ident::new_raw(name, span)),
    }
}
