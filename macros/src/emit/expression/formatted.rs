//! The arguments of a format string.
//!
//! rustc expands the macro twice, in the twin and in the machine, so what it says of an argument that lacks a trait it
//! would say twice. In the machine such an argument is shown as something else.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, Macro, Token};

use super::pass::{Pass, made_at};
use crate::invocation::format_string::placeholders;
use crate::invocation::{Argument, shape};
use crate::syntax;

impl Pass<'_, '_> {
    /// Wraps what is shown in one way only, `{}` or `{:?}`.
    pub fn formatted(&self, mac: &Macro, list: &mut Punctuated<Argument, Token![,]>) {
        // Its temporaries may live longer than the call.
        if syntax::macro_name(&mac.path) == "format_args" {
            return;
        }
        let Some(text_at) = shape(&mac.path).text_at() else {
            return;
        };
        let Some(text) = list.iter().nth(text_at).and_then(Argument::text) else {
            return;
        };
        let text = text.value();
        let names = list.iter().skip(text_at + 1);
        let names: Vec<_> = names.map(|argument| argument.name.clone()).collect();
        let methods = methods(&text, &names);
        let arguments = list.iter_mut().skip(text_at + 1);
        for (argument, method) in arguments.zip(methods) {
            if let Some(method) = method
                && !matches!(argument.value, Expr::Lit(_))
            {
                argument.value = Expr::Verbatim(self.shown(&argument.value, method));
            }
        }
    }

    fn shown(&self, value: &Expr, method: &str) -> TokenStream {
        let (private, at) = (self.rewriter.private, made_at(value.span()));
        let method = format_ident!("{method}", span = at);
        match is_operand(value) {
            true => quote_spanned!(at=> *#private::Shown(&#value).#method()),
            false => quote_spanned!(at=> *#private::Shown(&(#value)).#method()),
        }
    }
}

/// Whether `&` binds to all of it.
fn is_operand(value: &Expr) -> bool {
    match value {
        Expr::Verbatim(tokens) => tokens.clone().into_iter().count() == 1,
        Expr::Path(_) | Expr::Paren(_) | Expr::Field(_) | Expr::Call(_) | Expr::MethodCall(_) => {
            true
        }
        _ => false,
    }
}

/// Of each argument the method that says how it is shown, if it is in one way only.
fn methods(text: &str, names: &[Option<Ident>]) -> Vec<Option<&'static str>> {
    let mut ways: Vec<Vec<Option<&'static str>>> = vec![Vec::new(); names.len()];
    let mut next = 0;
    for (argument, spec) in placeholders(text) {
        // A width or precision from an argument counts arguments in its own way.
        if spec.contains(['$', '*']) {
            return vec![None; names.len()];
        }
        let at = match argument.parse::<usize>() {
            Ok(at) => Some(at),
            Err(_) if argument.is_empty() => {
                next += 1;
                Some(next - 1)
            }
            Err(_) => names
                .iter()
                .position(|name| name.as_ref().is_some_and(|name| name == argument)),
        };
        match at.map(|at| ways.get_mut(at)) {
            Some(Some(ways)) => ways.push(method(spec)),
            // There are too few, which is said of those that there are.
            Some(None) => return vec![None; names.len()],
            None => {}
        }
    }
    if ways.contains(&Vec::new()) {
        return vec![None; names.len()];
    }
    let only = |ways: Vec<Option<&'static str>>| {
        let first = *ways.first()?;
        ways.iter().all(|way| *way == first).then_some(first)?
    };
    ways.into_iter().map(only).collect()
}

fn method(spec: &str) -> Option<&'static str> {
    match spec.trim_end() {
        debug if debug.ends_with("x?") || debug.ends_with("X?") => None,
        debug if debug.ends_with('?') => Some("debug"),
        other if other.ends_with(char::is_alphabetic) => None,
        _ => Some("display"),
    }
}

#[cfg(test)]
mod tests {
    use super::methods;

    #[test]
    fn an_argument_is_shown_in_one_way_or_in_none() {
        let x = proc_macro2::Ident::new("x", proc_macro2::Span::call_site());
        let names = [None, None, Some(x)];
        let of = |text: &str| methods(text, &names);
        let (display, debug) = (Some("display"), Some("debug"));
        assert_eq!(of("{} {:?} {x}"), [display, debug, display]);
        assert_eq!(of("{{}} {1:#?} {x:>8}{0}"), [display, debug, display]);
        assert_eq!(of("{} {0:?} {x:x} {1:.3}"), [None, display, None]);
        assert_eq!(of("{:.3} {:02x?} {x} {"), [display, None, display]);
        let none = [None; 3];
        assert_eq!(of("{:1$} {x}"), none);
        assert_eq!(of("{} {:?} {} {}"), none);
        assert_eq!(of("{} {}"), none);
    }
}
