//! Data: what is known about the arguments of a macro invocation in a body.
//!
//! Input: a `syn::Macro`. Output: its arguments as syntax ([`Arguments`]) and how the macro uses
//! them ([`Shape`]). `resolve` and `emit::expression` both edit arguments through it, so that the
//! two agree on what was an expression. A user's macro of the same name as a known one is only
//! ever given tokens that mean the same.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitStr, Macro, Pat, Token};

use crate::body::{MentionKind, marker};

mod bound;
pub mod format_string;

/// How a macro uses its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `stringify!`, `concat!`: no argument is evaluated.
    Untouched,
    /// `thread_local!`, and `task_local!` of other crates, taken for what its name says: declares items.
    Items,
    /// `write!` and its kind: this many expressions, then a format string and its arguments.
    Format(usize),
    /// `assert!`: a condition, whose text is the message if there is none.
    Assert,
    /// `vec!`, `dbg!`: expressions, all used this way.
    Expressions(MentionKind),
    /// `matches!`.
    Matches,
    /// `bail!`: contains a `return` that can't be seen.
    HidesReturn,
    /// One of `body::marker`.
    Marker,
    /// Any other macro.
    Unknown,
}

impl Shape {
    /// Where among the arguments the format string stands, if there is one.
    pub fn text_at(self) -> Option<usize> {
        match self {
            Shape::Format(before) => Some(before),
            Shape::Assert => Some(1),
            _ => None,
        }
    }
}

/// The arguments, parsed as far as they can be.
pub enum Arguments {
    List(Punctuated<Argument, Token![,]>),
    /// `vec![value; length]`
    Repeat(Box<Expr>, Box<Expr>),
    Matches(Box<MatchesArguments>),
    /// Not a list of expressions.
    Tokens(TokenStream),
}

/// `value`, or `name = value`.
pub struct Argument {
    pub name: Option<Ident>,
    pub value: Expr,
}

impl Argument {
    /// The text, if it is one that is written out.
    pub fn text(&self) -> Option<&LitStr> {
        match &self.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}

/// `scrutinee, pattern if guard`
pub struct MatchesArguments {
    pub scrutinee: Expr,
    pub pattern: Pat,
    pub guard: Option<Expr>,
    trailing: Option<Token![,]>,
}

/// The shape of the macro of this path. A longer path is known if it begins in the standard library.
pub fn shape(path: &syn::Path) -> Shape {
    let Some(last) = path.segments.last() else {
        return Shape::Unknown;
    };
    let name = last.ident.to_string();
    let first = path.segments[0].ident.to_string();
    let standard = ["std", "core", "alloc"].contains(&first.as_str());
    match name.as_str() {
        marker::INIT | marker::HOLD | marker::STEADY | marker::COPY | marker::ORDER => {
            Shape::Marker
        }
        marker::TYPED | marker::FAILED | marker::LASTS | marker::REST => Shape::Marker,
        marker::SHARED | marker::JUMP | marker::VALUE | marker::PINS => Shape::Marker,
        marker::CANCELLED | marker::CANCELLING | marker::DROPPING => Shape::Marker,
        marker::UNWINDING | marker::CONTAINED | marker::ALIAS => Shape::Marker,
        "yield_" => Shape::Expressions(MentionKind::Value),
        "bail" | "ensure" | "try" | "ready" => Shape::HidesReturn,
        "task_local" | "lazy_static" => Shape::Items,
        _ if path.segments.len() > 1 && !standard => Shape::Unknown,
        name => by_name(name),
    }
}

fn by_name(name: &str) -> Shape {
    match name {
        "stringify"
        | "concat"
        | "include"
        | "include_str"
        | "include_bytes"
        | "env"
        | "option_env"
        | "line"
        | "file"
        | "column"
        | "module_path"
        | "cfg"
        | "compile_error"
        | "is_x86_feature_detected" => Shape::Untouched,
        "thread_local" | "macro_rules" => Shape::Items,
        "print" | "println" | "eprint" | "eprintln" | "format" | "format_args" | "panic"
        | "unreachable" | "todo" | "unimplemented" => Shape::Format(0),
        "write" | "writeln" => Shape::Format(1),
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => Shape::Format(2),
        "assert" | "debug_assert" => Shape::Assert,
        "vec" | "dbg" | "pin" => Shape::Expressions(MentionKind::Value),
        "addr_of" | "addr_of_mut" | "offset_of" => Shape::Expressions(MentionKind::Place),
        "matches" | "assert_matches" | "debug_assert_matches" => Shape::Matches,
        _ => Shape::Unknown,
    }
}

/// Whether it certainly evaluates each of its arguments: no other macro can have this name where the expansion stands.
pub fn evaluates_all(mac: &Macro) -> bool {
    let name = crate::syntax::macro_name(&mac.path);
    let known = matches!(name.as_str(), "vec" | "dbg" | "yield_");
    known && matches!(shape(&mac.path), Shape::Expressions(_))
}

/// Whether it is this macro of ours: by its name alone, or as `costate::name`.
pub fn is_ours(path: &syn::Path, name: &str) -> bool {
    let ours = path.segments.len() == 2 && path.segments[0].ident == "costate";
    path.is_ident(name) || ours && path.segments[1].ident == name
}

/// Whether it is `matches!`.
pub fn is_choice(mac: &Macro) -> bool {
    shape(&mac.path) == Shape::Matches && crate::syntax::macro_name(&mac.path) == "matches"
}

/// `matches!(scrutinee, pattern if guard)`, spelled out.
pub fn choice(mac: &Macro) -> Expr {
    let (true, Arguments::Matches(arguments)) = (is_choice(mac), Arguments::parse(mac)) else {
        let mac = mac.clone();
        return Expr::Macro(syn::ExprMacro {
            attrs: Vec::new(),
            mac,
        });
    };
    let MatchesArguments {
        scrutinee,
        pattern,
        guard,
        ..
    } = *arguments;
    let guard = guard.map(|guard| quote!(if #guard));
    syn::parse_quote!(match #scrutinee { #pattern #guard => true, _ => false })
}

/// Whether names may stand among the tokens, or in the expansion, that nobody sees.
pub fn may_hide_names(mac: &Macro) -> bool {
    match shape(&mac.path) {
        Shape::Unknown => true,
        Shape::Untouched | Shape::Items | Shape::Marker => false,
        _ => matches!(Arguments::parse(mac), Arguments::Tokens(_)),
    }
}

/// Edits the expressions among the arguments of a macro that is known, where there are such.
pub fn edit(mac: &mut Macro, with: &mut dyn FnMut(&mut Expr)) {
    if !is_seen_through(mac) {
        return;
    }
    let mut arguments = Arguments::parse(mac);
    if arguments.each_mut(with) {
        mac.tokens = arguments.into_token_stream();
    }
}

/// Edits the condition of an `ensure!`, which alone of what it is given stands outside of its `return`.
pub fn edit_condition(mac: &mut Macro, with: &mut dyn FnMut(&mut Expr)) {
    if crate::syntax::macro_name(&mac.path) != "ensure" {
        return;
    }
    if let Arguments::List(mut list) = Arguments::parse(mac)
        && list.len() > 1
    {
        with(&mut list[0].value);
        mac.tokens = list.into_token_stream();
    }
}

fn is_seen_through(mac: &Macro) -> bool {
    !matches!(
        shape(&mac.path),
        Shape::Unknown | Shape::Marker | Shape::HidesReturn
    )
}

/// Looks at the same expressions; whether there were such.
pub fn visit(mac: &Macro, look: &mut dyn FnMut(&Expr)) -> bool {
    is_seen_through(mac) && Arguments::parse(mac).each_mut(&mut |e| look(e))
}

impl Arguments {
    /// Hands out the expressions; whether there were any.
    fn each_mut(&mut self, with: &mut dyn FnMut(&mut Expr)) -> bool {
        match self {
            Arguments::List(list) => list.iter_mut().for_each(|a| with(&mut a.value)),
            Arguments::Repeat(value, length) => {
                with(value);
                with(length);
            }
            Arguments::Matches(arguments) => {
                with(&mut arguments.scrutinee);
                arguments.guard.iter_mut().for_each(with);
            }
            Arguments::Tokens(_) => return false,
        }
        true
    }

    /// Parses what stands between the delimiters; what does not parse stays tokens.
    pub fn parse(invocation: &Macro) -> Arguments {
        let tokens = invocation.tokens.clone();
        let shape = shape(&invocation.path);
        match shape {
            Shape::Untouched | Shape::Items | Shape::Marker => return Arguments::Tokens(tokens),
            Shape::Matches => {
                if let Ok(arguments) = syn::parse2::<MatchesArguments>(tokens.clone()) {
                    return Arguments::Matches(Box::new(arguments));
                }
                return Arguments::Tokens(tokens);
            }
            Shape::Expressions(_) => {
                if let Ok((value, length)) = repeat.parse2(tokens.clone()) {
                    return Arguments::Repeat(Box::new(value), Box::new(length));
                }
            }
            _ => {}
        }
        match Punctuated::parse_terminated.parse2(tokens.clone()) {
            // A block of statements parses as one expression only where it is meant as one.
            Ok(list) => Arguments::List(list),
            Err(_) => Arguments::Tokens(tokens),
        }
    }
}

fn repeat(input: ParseStream<'_>) -> syn::Result<(Expr, Expr)> {
    let value = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok((value, input.parse()?))
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let named = input.peek(syn::Ident)
            && input.peek2(Token![=])
            && !input.peek2(Token![==])
            && !input.peek2(Token![=>]);
        let mut name = None;
        if named {
            name = Some(input.parse()?);
            input.parse::<Token![=]>()?;
        }
        let value: Expr = input.parse()?;
        if matches!(value, Expr::Verbatim(_)) {
            return Err(input.error("not an expression"));
        }
        Ok(Argument { name, value })
    }
}

impl Parse for MatchesArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let scrutinee = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        let trailing = input.parse()?;
        Ok(MatchesArguments {
            scrutinee,
            pattern,
            guard,
            trailing,
        })
    }
}

impl ToTokens for Argument {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(name) = &self.name {
            tokens.append_all(quote!(#name =));
        }
        self.value.to_tokens(tokens);
    }
}

impl ToTokens for Arguments {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Arguments::List(list) => list.to_tokens(tokens),
            Arguments::Repeat(value, length) => tokens.append_all(quote!(#value; #length)),
            Arguments::Matches(arguments) => {
                let MatchesArguments {
                    scrutinee,
                    pattern,
                    guard,
                    trailing,
                } = &**arguments;
                let guard = guard.as_ref().map(|guard| quote!(if #guard));
                tokens.append_all(quote!(#scrutinee, #pattern #guard #trailing));
            }
            Arguments::Tokens(raw) => raw.to_tokens(tokens),
        }
    }
}

/// Replaces the identifiers of `tokens` that may name a local, by `replace`.
///
/// Left alone: fields and methods (`.x`), path segments, macro names, lifetimes, and names
/// before a single `:` or `=`; names that the tokens themselves may bind. A local that is missed through that is an error in the machine,
/// where the user's name is poisoned.
pub fn substitute(
    tokens: TokenStream,
    replace: &mut dyn FnMut(&Ident) -> Option<TokenStream>,
) -> TokenStream {
    let bound = bound::names(&tokens);
    substitute_all(
        tokens,
        &mut |name| match bound.iter().any(|bound| name == bound) {
            true => None,
            false => replace(name),
        },
    )
}

fn substitute_all(
    tokens: TokenStream,
    replace: &mut dyn FnMut(&Ident) -> Option<TokenStream>,
) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut result = TokenStream::new();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => {
                let inner = substitute_all(group.stream(), replace);
                let mut rebuilt = proc_macro2::Group::new(group.delimiter(), inner);
                rebuilt.set_span(group.span());
                result.append(rebuilt);
            }
            TokenTree::Ident(name) if may_name_a_local(&trees, at) => match replace(name) {
                Some(replacement) => result.append_all(replacement),
                None => result.append(name.clone()),
            },
            other => result.append(other.clone()),
        }
    }
    result
}

fn may_name_a_local(trees: &[TokenTree], at: usize) -> bool {
    let punct = |index: Option<usize>| match index.and_then(|index| trees.get(index)) {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => ' ',
    };
    let before = punct(at.checked_sub(1));
    let second_before = punct(at.checked_sub(2));
    let (after, second_after) = (punct(Some(at + 1)), punct(Some(at + 2)));
    let is_member = before == '.' && second_before != '.';
    let in_path = (before == ':' && second_before == ':') || after == ':';
    let is_macro = after == '!' && second_after != '=';
    let is_named = after == '=' && second_after != '=' && second_after != '>';
    // A `$x` belongs to a macro definition.
    !(is_member || in_path || is_macro || is_named || before == '\'' || before == '$')
}
