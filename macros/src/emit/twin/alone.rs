//! The twin that stands in a function of its own: a closure of what it captures.

use proc_macro2::extra::DelimSpan;
use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Pat, Type};

use crate::spans;
use crate::words::Words;

/// Whether it is a reference that nothing else is made of.
pub fn is_captured(pattern: &Pat, ty: &Type) -> bool {
    let is_plain = matches!(pattern, Pat::Ident(pattern) if pattern.mutability.is_none()
        && pattern.by_ref.is_none()
        && pattern.subpat.is_none()
        && !pattern.ident.to_string().starts_with('_'));
    is_plain && matches!(ty, Type::Reference(_))
}

/// `if false { let _ = (&a, &b); check_body(move || -> T { match a { a => match b { mut b => { .. BODY .. } } } }); }`
///
/// Each argument is a local of the closure then, which outlives the temporaries of the body's tail in every edition, and of
/// its own type, in which rustc sees where it comes from. But for references, which are captured whole: of one that is to
/// live longer than it does rustc says so where it is used, and not where another local is made of it.
pub fn alone<'a>(
    private: &Words,
    output: &Type,
    (result, braces): (TokenStream, DelimSpan),
    arguments: impl DoubleEndedIterator<Item = (&'a Ident, &'a &'a Pat)> + Clone,
) -> TokenStream {
    let names: Vec<&Ident> = arguments.clone().map(|(name, _)| name).collect();
    let used = (!names.is_empty()).then(|| quote!(let _ = (#(&#names,)*);));
    let mut body = result;
    for (name, pattern) in arguments.rev() {
        let whole = match pattern {
            Pat::Ident(_) => quote!(#name),
            _ => quote!({ #name }),
        };
        body = quote!(match #whole { #pattern => { #body } });
    }
    // It stands where the body does: of what a closure of a macro's captures rustc doesn't say the name.
    let keyword = quote_spanned!(braces.open()=> move);
    let body = spans::group(Delimiter::Brace, body, braces.join());
    quote! {
        if false {
            #used
            #private::check_body(#keyword || -> #output #body);
        }
    }
}
