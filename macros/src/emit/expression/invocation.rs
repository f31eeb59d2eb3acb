//! Macro invocations: the expressions among their arguments, and the markers of `body`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Expr, Ident, LitInt, Macro, Token};

use super::expects::is_told;
use super::mention::Form;
use super::pass::{Pass, made_at};
use super::whole::Whole;
use crate::ask;
use crate::body::{LocalId, MentionId, held, marker};
use crate::invocation::{Arguments, Shape, shape};
use crate::names::made;
use crate::spans::{self, Place};
use crate::syntax::bare;
use syn::spanned::Spanned;

impl Pass<'_, '_> {
    /// Rewrites the arguments of a macro where they are; the tokens of a marker are what it stands
    /// for.
    pub fn invocation(&mut self, mac: &mut Macro) -> Option<TokenStream> {
        let unknown = usize::from(shape(&mac.path) == Shape::Unknown);
        match shape(&mac.path) {
            Shape::Untouched => return None,
            Shape::Marker => return Some(self.marker(mac)),
            _ => {}
        }
        let whole = std::mem::take(&mut self.statement);
        let mut arguments = Arguments::parse(mac);
        if unknown == 1
            && let Some(local) = self.sole_name(mac, whole)
        {
            return Some(self.in_place_by_name(mac, local, whole));
        }
        let whole = match whole {
            _ if ask::logs(&mac.path) && whole < Whole::Value => Whole::Value,
            Whole::Argument => Whole::No,
            _ => whole,
        };
        let named = match unknown == 1 {
            true => self.names_in(&arguments, ask::logs(&mac.path), whole),
            false => Vec::new(),
        };
        self.named.extend(named.iter().map(|(id, _)| *id));
        self.unknown_macros += unknown;
        match &mut arguments {
            Arguments::List(list) => {
                for argument in list.iter_mut() {
                    self.statement = match unknown {
                        0 => Whole::No,
                        _ => Whole::Argument,
                    };
                    self.visit_expr_mut(&mut argument.value);
                }
                self.formatted(mac, list);
            }
            Arguments::Repeat(value, length) => {
                self.visit_expr_mut(value);
                self.visit_expr_mut(length);
            }
            Arguments::Matches(matches) => {
                self.visit_expr_mut(&mut matches.scrutinee);
                self.visit_pat_mut(&mut matches.pattern);
                if let Some(guard) = &mut matches.guard {
                    self.visit_expr_mut(guard);
                }
            }
            Arguments::Tokens(tokens) => *tokens = self.tokens(std::mem::take(tokens)),
        }
        self.unknown_macros -= unknown;
        mac.tokens = arguments.into_token_stream();
        (!named.is_empty()).then(|| self.with_names(mac, &named, whole))
    }

    /// A temporary in its slot, for rustc where the value stands.
    fn held_value(&mut self, local: LocalId, value: Expr) -> TokenStream {
        let place = Place::of(&value, Span::mixed_site());
        let held = self.given_to("hold", local, value);
        let temporary = quote_spanned!(place.start=> *);
        // What ends with it ends there, too.
        spans::parentheses(quote!(#temporary #held), place.end).into_token_stream()
    }

    /// `&hold!(l7, value)` in one piece, where what is expected of the reference is to be expected of the value.
    pub fn lent(&mut self, reference: &syn::ExprReference) -> Option<TokenStream> {
        let Expr::Macro(slot) = bare(&reference.expr) else {
            return None;
        };
        let (local, value) = held(&slot.mac).filter(|(_, value)| is_told(value))?;
        let how = match reference.mutability {
            Some(_) => "hold",
            None => "lend",
        };
        Some(self.given_to(how, local, value))
    }

    /// Gives a value to a slot, by this method.
    fn given_to(&mut self, how: &str, local: LocalId, mut value: Expr) -> TokenStream {
        let place = Place::of(&value, Span::mixed_site());
        self.statement = Whole::No;
        self.visit_expr_mut(&mut value);
        let (live, life) = (self.rewriter.names.live(local), self.rewriter.names.life());
        let given = spans::parentheses(quote!(#value, #life), place.end);
        let how = made(how);
        quote!(#live.#how #given)
    }

    fn marker(&mut self, mac: &Macro) -> TokenStream {
        let name = mac
            .path
            .get_ident()
            .map(Ident::to_string)
            .unwrap_or_default();
        let tokens = mac.tokens.clone();
        let expanded = match name.as_str() {
            marker::INIT => initialiser.parse2(tokens).map(|(local, mut value)| {
                // A part of the expression around.
                self.statement = Whole::No;
                self.visit_expr_mut(&mut value);
                let live = self.rewriter.names.live(local);
                quote!(#live.init(#value))
            }),
            marker::HOLD => initialiser
                .parse2(tokens)
                .map(|(local, value)| self.held_value(local, value)),
            marker::REST => taken_apart
                .parse2(tokens)
                .map(|(local, _, value)| self.held_value(local, value)),
            marker::STEADY | marker::SHARED => syn::parse2(tokens).map(|mut place| {
                self.visit_expr_mut(&mut place);
                let (private, life) = (self.rewriter.private, self.rewriter.names.life());
                let steady = quote!(#private::operand::steady!(#life, #place));
                match name.as_str() {
                    marker::SHARED => quote!(#private::operand::Shared(#steady)),
                    _ => steady,
                }
            }),
            marker::COPY => syn::parse2(tokens).map(|mut place| {
                let span = made_at(Spanned::span(&place));
                self.visit_expr_mut(&mut place);
                let private = self.rewriter.private;
                quote_spanned!(span=> #private::operand::Copied::of(&raw const #place))
            }),
            marker::TYPED => typed.parse2(tokens).map(|typed| self.typed(typed)),
            marker::ORDER => order.parse2(tokens).map(|order| self.order(&order)),
            marker::FAILED => failed.parse2(tokens).map(|(equal, mut place)| {
                self.visit_expr_mut(&mut place);
                let private = self.rewriter.private;
                quote!(#private::Failed::<_, #equal>::new(&#place))
            }),
            marker::JUMP => jump.parse2(tokens).map(|(block, value)| {
                let jump = (self.rewriter.jump)(block);
                match value {
                    None => jump,
                    Some(mut value) => {
                        self.visit_expr_mut(&mut value);
                        quote!({ #value; #jump })
                    }
                }
            }),
            marker::CANCELLED => {
                let (done, private) = (self.rewriter.names.done(), self.rewriter.private);
                Ok(quote!(break #done #private::Step::CleanUp(#private::CleanUp::Ended)))
            }
            marker::CANCELLING => {
                let introduce = made("introduce");
                Ok(quote!(#introduce.cleans_up()))
            }
            marker::DROPPING => {
                let introduce = made("introduce");
                Ok(quote!(#introduce.skips()))
            }
            marker::UNWINDING => {
                let introduce = made("introduce");
                Ok(quote!(#introduce.unwinds()))
            }
            marker::ALIAS => alias
                .parse2(tokens)
                .map(|(names, inner)| self.alias(names, inner)),
            _ => Ok(self.value(mac)),
        };
        // Markers are made by this crate, so this is a bug in it, which the user should see.
        expanded.unwrap_or_else(|error| error.into_compile_error())
    }

    /// What the suspension before gave: a temporary, as it is for the user, and in the twin's words if it is wrong.
    fn value(&self, mac: &Macro) -> TokenStream {
        let (value, end) = (self.rewriter.names.value(), mac.path.span());
        let start = mac.tokens.clone().into_iter().next();
        let start = start.map_or(end, |token| token.span());
        let place = Place { start, end };
        spans::method(
            value.into_token_stream(),
            quote!(output),
            TokenStream::new(),
            place,
        )
    }

    /// What follows a panic is for the type checker alone.
    fn typed(&mut self, mut typed: Typed) -> TokenStream {
        let (Typed::Initialised(_, value) | Typed::Returned(value) | Typed::Dropped(value)) =
            &mut typed;
        self.visit_expr_mut(value);
        let (private, names) = (self.rewriter.private, self.rewriter.names);
        let done = names.done();
        let value = match typed {
            Typed::Initialised(local, value) => {
                let live = names.live(local);
                quote!(#live.init(#value);)
            }
            Typed::Returned(value) => {
                let step = names.completed(private, &value.to_token_stream());
                quote!(break #done #step;)
            }
            Typed::Dropped(value) => quote!(_ = #value;),
        };
        quote!(if #private::question::never() { ::core::panic!(); #value })
    }

    /// Of operands that leave at once the first says that it is.
    fn order(&self, order: &Order) -> TokenStream {
        let names = self.rewriter.names;
        let (place, value) = (names.place(order.place), names.place(order.value));
        let (op, private) = (&order.op, self.rewriter.private);
        quote!('order: {
            *{ break 'order true; #private::operand::target(*#place) }
                #op { break 'order false; ::core::ptr::read(*#value) };
            ::core::unreachable!()
        })
    }

    /// Puts the held locals into scope under the user's names, by reference.
    fn alias(&mut self, names: Vec<(Ident, MentionId)>, mut inner: Expr) -> TokenStream {
        self.visit_expr_mut(&mut inner);
        let (mut aliases, mut places) = (Vec::new(), Vec::new());
        for (name, id) in names {
            if self.form(self.rewriter.body.mention(id).local) != Form::Plain {
                places.push(self.mention(id, name.span()));
                aliases.push(name);
            }
        }
        match aliases.is_empty() {
            true => inner.into_token_stream(),
            false => quote!((match (#(&#places,)*) { (#(#aliases,)*) => #inner })),
        }
    }
}

fn initialiser(input: ParseStream<'_>) -> syn::Result<(LocalId, Expr)> {
    let name: Ident = input.parse()?;
    let local = LocalId::of(&name).ok_or_else(|| input.error("not the placeholder of a local"))?;
    input.parse::<Token![,]>()?;
    Ok((local, input.parse()?))
}

/// What [`marker::REST`] is about.
pub fn taken_apart(input: ParseStream<'_>) -> syn::Result<(LocalId, MentionId, Expr)> {
    let name: Ident = input.parse()?;
    let local = LocalId::of(&name).ok_or_else(|| input.error("not the placeholder of a local"))?;
    input.parse::<Token![,]>()?;
    let name: Ident = input.parse()?;
    let mention = MentionId::of(&name).ok_or_else(|| input.error("not a mention"))?;
    input.parse::<Token![,]>()?;
    Ok((local, mention, input.parse()?))
}

/// What [`marker::TYPED`] is about.
enum Typed {
    Initialised(LocalId, Expr),
    Returned(Expr),
    Dropped(Expr),
}

fn typed(input: ParseStream<'_>) -> syn::Result<Typed> {
    let is_returned = input.parse::<Option<Token![return]>>()?.is_some();
    let is_dropped = input.parse::<Option<Token![_]>>()?.is_some();
    if !is_returned && !is_dropped {
        return initialiser(input).map(|(local, value)| Typed::Initialised(local, value));
    }
    input.parse::<Token![,]>()?;
    let value = input.parse()?;
    Ok(match is_returned {
        true => Typed::Returned(value),
        false => Typed::Dropped(value),
    })
}

/// What [`marker::ORDER`] asks.
struct Order {
    place: LocalId,
    value: LocalId,
    op: syn::BinOp,
}

fn order(input: ParseStream<'_>) -> syn::Result<Order> {
    let local = |input: ParseStream<'_>| {
        let name: Ident = input.parse()?;
        input.parse::<Token![,]>()?;
        LocalId::of(&name).ok_or_else(|| input.error("not the placeholder of a local"))
    };
    let (place, value) = (local(input)?, local(input)?);
    let op = input.parse()?;
    Ok(Order { place, value, op })
}

fn failed(input: ParseStream<'_>) -> syn::Result<(syn::LitBool, Expr)> {
    let equal = input.parse()?;
    input.parse::<Token![,]>()?;
    Ok((equal, input.parse()?))
}

fn jump(input: ParseStream<'_>) -> syn::Result<(u32, Option<Expr>)> {
    let block = input.parse::<LitInt>()?.base10_parse()?;
    let value = match input.parse::<Option<Token![,]>>()? {
        Some(_) => Some(input.parse()?),
        None => None,
    };
    Ok((block, value))
}

fn alias(input: ParseStream<'_>) -> syn::Result<(Vec<(Ident, MentionId)>, Expr)> {
    let list;
    syn::bracketed!(list in input);
    let one = |input: ParseStream<'_>| {
        let name = input.call(syn::ext::IdentExt::parse_any)?;
        input.parse::<Token![=]>()?;
        let mention: Ident = input.parse()?;
        let id = MentionId::of(&mention).ok_or_else(|| input.error("not a mention"))?;
        Ok((name, id))
    };
    let names = Punctuated::<_, Token![,]>::parse_terminated_with(&list, one)?;
    Ok((names.into_iter().collect(), input.parse()?))
}
