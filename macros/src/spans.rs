//! Where rustc says that the code of the macro stands.
//!
//! The machine repeats the user's code, and so rustc repeats what it finds wrong with it, unless both times it says the
//! same of the same place: then it is said once. The place of an expression reaches from its first token to its last
//! and counts as the user's own if both of these are; what stands between them may be of the macro's.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};

/// From the first token of something to its last.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub start: Span,
    pub end: Span,
}

impl Place {
    /// Of one token.
    pub fn at(token: Span) -> Place {
        Place {
            start: token,
            end: token,
        }
    }

    /// Of tokens of the user's.
    pub fn of(tokens: impl ToTokens, otherwise: Span) -> Place {
        let mut tokens = tokens.into_token_stream().into_iter();
        let first = tokens.next();
        let last = tokens.last().or_else(|| first.clone());
        Place {
            start: first.map_or(otherwise, |token| open(&token)),
            end: last.map_or(otherwise, |token| close(&token)),
        }
    }
}

impl Place {
    /// `({ ::path::<> })(argument)`, the path standing here: what is asked of the argument is said here, and not where the
    /// argument stands, as of a function that is called by its path. No name stands here, so that editors don't take it
    /// for the user's.
    pub fn call(self, path: TokenStream, argument: impl ToTokens) -> TokenStream {
        let (before, after) = (
            quote_spanned!(self.start=> ::),
            quote_spanned!(self.end=> >),
        );
        let callee = quote!({ #before #path::<#after });
        call(callee, argument.into_token_stream(), self)
    }
}

/// A group whose parentheses stand at `span`.
pub fn parentheses(tokens: TokenStream, span: Span) -> Group {
    group(Delimiter::Parenthesis, tokens, span)
}

/// A group that stands at `span`.
pub fn group(delimiter: Delimiter, tokens: TokenStream, span: Span) -> Group {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(span);
    group
}

fn open(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_open(),
        TokenTree::Group(group) => Place::of(group.stream(), group.span()).start,
        other => other.span(),
    }
}

fn close(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_close(),
        TokenTree::Group(group) => Place::of(group.stream(), group.span()).end,
        other => other.span(),
    }
}

/// `(callee)(argument)`, which for rustc stands at `place`.
pub fn call(callee: TokenStream, argument: TokenStream, place: Place) -> TokenStream {
    let mut tokens = TokenStream::new();
    tokens.append(parentheses(callee, place.start));
    tokens.append(parentheses(argument, place.end));
    tokens
}

/// `(receiver).name(argument)`, which for rustc stands at `place`.
pub fn method(
    receiver: TokenStream,
    name: TokenStream,
    argument: TokenStream,
    place: Place,
) -> TokenStream {
    let mut tokens = TokenStream::new();
    tokens.append(parentheses(receiver, place.start));
    tokens.extend(quote!(.#name));
    tokens.append(parentheses(argument, place.end));
    tokens
}

/// `match Ready(value) { value => (value).output() }`, the last call at `place`: of the value of a `let` that says a type, so
/// that if it is of another one rustc forgets that type, as it does of an `.await`, and finds nothing wrong with what follows.
pub fn typed(private: impl ToTokens, value: TokenStream, place: Place) -> TokenStream {
    let name = Ident::new("value", Span::mixed_site());
    let output = method(
        name.to_token_stream(),
        quote!(output),
        TokenStream::new(),
        place,
    );
    quote!(match #private::Ready(#value) { #name => #output })
}

/// Tokens of the macro's at the place of the user's; what stands in a group of theirs stays where it is.
pub fn located(tokens: TokenStream, place: Span) -> TokenStream {
    let tokens = tokens.into_iter().map(|mut token| {
        // A `$crate` among them is found by its span.
        token.set_span(token.span().located_at(place));
        token
    });
    tokens.collect()
}

/// `let rest;`, at the place of the user's.
pub fn statement(place: Option<Place>, rest: TokenStream) -> TokenStream {
    let of_the_macro = Span::mixed_site();
    let (start, end) = place.map_or((of_the_macro, of_the_macro), |p| (p.start, p.end));
    let (keyword, semicolon) = (quote_spanned!(start=> let), quote_spanned!(end=> ;));
    quote!(#keyword #rest #semicolon)
}

/// `Head(value).iterator()`, at the place of the head of a `for` loop.
pub fn iterated(private: impl ToTokens, value: impl ToTokens, head: &impl ToTokens) -> TokenStream {
    let place = Place::of(head, Span::call_site());
    let head = call(quote!(#private::Head), value.into_token_stream(), place);
    let parentheses = parentheses(TokenStream::new(), place.end);
    quote!(#head.iterator #parentheses)
}
