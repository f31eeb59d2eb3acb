//! Data: a body whose names are settled.
//!
//! `resolve` replaces every identifier that names a local of the function by a *placeholder* (a binding by `__costate_l3`, a
//! mention by `__costate_m17`, with the user's span), so that no later stage ever compares names. `emit::expression` puts the final code there.

mod field_use;

pub use field_use::FieldUse;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::Expr;
use syn::spanned::Spanned;

use crate::hash::HashMap;
use crate::parts::FieldPath;
use crate::spans::Place;

/// A local of the function: an argument, a binding, or a temporary that the lowering made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LocalId(pub u32);

/// Where a value stands; one that was waited for says it itself.
pub fn stands(value: &Expr) -> Place {
    match value {
        Expr::Macro(m) if m.mac.path.is_ident(marker::VALUE) => Place {
            start: m.mac.tokens.span(),
            end: m.mac.path.span(),
        },
        _ => Place::of(value, value.span()),
    }
}

/// One place in the text where a local is named.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct MentionId(pub u32);

#[derive(Clone, Debug)]
pub struct Local {
    /// As the user wrote it (`self` included); made up for arguments without a name and temporaries.
    pub name: Ident,
    /// Whether `name` is the user's (and so is to be poisoned in the machine).
    pub named: bool,
    /// `let x: T`, an argument's type: known where written next to a plain name.
    pub ty: Option<syn::Type>,
    /// Certainly `Copy` or a reference by the look of its initialiser or type: never asked.
    pub plain_data: bool,
    /// `plain_data` that is, or may hold, a `&mut`: it is read out rather than copied.
    pub unique: bool,
    /// How many bytes it likely has, if they are fewer than a word's.
    pub bytes: Option<u32>,
    /// A local `macro_rules!` names it, so it has to be a slot for the whole function.
    pub in_local_macro: bool,
    /// It may be assigned, or is a reference that its pattern makes.
    pub mutable: bool,
    /// What a guard of its own arm sees of a binding: in its slot is where the value lies.
    pub seen: bool,
    /// Its initialiser is a closure literal: rustc cannot be asked yet what calling it does.
    pub closure: Option<Closure>,
    /// An operand that is the value of another local if a call consumes that.
    pub lent: Option<Lent>,
    /// Of a value that has no name: where it stands, and so each mention of it.
    pub stands: Option<Place>,
}

/// A local that is the receiver of a call whose arguments suspend: asked about where its operand is evaluated, used in the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lent {
    pub local: LocalId,
    pub asked: MentionId,
    pub used: MentionId,
}

/// A closure literal that a local holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closure {
    pub how: Capture,
    /// The local that it was made for.
    pub of: LocalId,
}

/// How a closure or an inner `async` block captures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capture {
    /// `move`
    ByMove,
    /// By reference, but for what it consumes.
    AsUsed,
}

/// How a mention uses its local.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MentionKind {
    /// `f(x)`, `let y = x`, `x + 1`, `x?`, `S { x }`: a move or a copy.
    Value,
    /// `x.m(..)`, and the callee of `x(..)`: whether the call consumes is rustc's to say.
    Receiver,
    /// `&x`, `x.f`, `x[i]`, `*x`, `x == y`, `x += 1`, macro arguments: used in place.
    Place,
    /// `x = e`: the whole local is assigned.
    Assign,
    /// The scrutinee of `match`/`if let`/`let`: used in place, may be moved out of by the pattern.
    Scrutinee,
    /// Any use by a visible `move` closure or `async move` block that captures it.
    Capture,
}

#[derive(Clone, Debug)]
pub struct Mention {
    pub local: LocalId,
    pub kind: MentionKind,
    /// Inside a closure or an async block (never asked, never taken there).
    pub in_closure: bool,
    /// The closure or block that it is in, and no other is around, is `move`.
    pub by_move: bool,
    /// In the rules of a local macro, which may do with it what it likes, and when.
    pub in_local_macro: bool,
    /// The use itself, which `kind` forgets when it is `Capture`; else the same as `kind`.
    pub within: MentionKind,
    /// What the text looks at of it: of `x.f.m()` the path `.f`.
    pub path: FieldPath,
    /// What happens to that part, if it may leave the local.
    pub field: Option<FieldUse>,
    /// A closure stands before it, and may be part of the local's type.
    pub behind_closure: bool,
    /// It is, or a part of it is, an operand that a comparison looks at, or that is copied: `x == y`, `x.f + 1`.
    pub read: bool,
}

/// The body, with placeholders, and what they stand for.
#[derive(Clone)]
pub struct Body {
    pub block: syn::Block,
    /// The function's arguments in order are locals `0..arguments.len()`: a simple name is the local itself; a pattern is
    /// `Some(pattern)` (with binding placeholders), destructured at the start.
    pub arguments: Vec<Option<syn::Pat>>,
    pub locals: Vec<Local>,
    pub mentions: Vec<Mention>,
}

/// Whether a name looks like that of a constant or a type.
pub fn is_upper_case(name: &Ident) -> bool {
    let text = name.to_string();
    text.trim_start_matches('_').starts_with(char::is_uppercase)
}

impl Local {
    /// Whether reading it copies it, certainly.
    pub fn copies(&self) -> bool {
        self.plain_data && !self.unique
    }

    pub fn new(name: Ident, named: bool) -> Self {
        Local {
            name,
            named,
            ty: None,
            plain_data: false,
            unique: false,
            bytes: None,
            in_local_macro: false,
            mutable: false,
            seen: false,
            closure: None,
            lent: None,
            stands: None,
        }
    }
}

impl Mention {
    /// Whether it may be one of this part of the local, of what that is in or of what is in it.
    pub fn may_overlap(&self, local: LocalId, path: &FieldPath) -> bool {
        self.local == local && !self.path.is_beside(path)
    }

    /// It is the base of a field path: `x.f`, `x.f.g`, `x.f.m()`.
    pub fn projected(&self) -> bool {
        !self.path.0.is_empty()
    }

    /// A `move` closure takes the whole local where it is made.
    pub fn is_taken(&self) -> bool {
        let whole = !self.projected() && self.within != MentionKind::Scrutinee;
        self.kind == MentionKind::Capture && self.by_move && whole
    }

    /// The local, or a field of it, gets another value here.
    pub fn assigns(&self) -> bool {
        self.kind == MentionKind::Assign || matches!(self.field, Some(FieldUse::Assigned(_)))
    }

    pub fn new(local: LocalId, kind: MentionKind) -> Self {
        Mention {
            local,
            kind,
            in_closure: false,
            by_move: false,
            in_local_macro: false,
            within: kind,
            path: FieldPath::default(),
            field: None,
            behind_closure: false,
            read: false,
        }
    }
}

impl Body {
    pub fn add_local(&mut self, name: Ident, named: bool) -> LocalId {
        self.locals.push(Local::new(name, named));
        LocalId(self.locals.len() as u32 - 1)
    }

    pub fn add_mention(&mut self, local: LocalId, kind: MentionKind, span: Span) -> Ident {
        self.add(Mention::new(local, kind), span)
    }

    pub fn add(&mut self, mention: Mention, span: Span) -> Ident {
        self.mentions.push(mention);
        MentionId(self.mentions.len() as u32 - 1).placeholder(span)
    }

    /// The same tokens over locals of their own: what is bound in them is another local.
    pub fn renamed(&mut self, tokens: TokenStream) -> TokenStream {
        let mut bound = HashMap::default();
        each_name(tokens.clone(), &mut |name| {
            if let Some(local) = LocalId::of(name) {
                bound.entry(local).or_insert_with(|| {
                    self.locals.push(self.locals[local.0 as usize].clone());
                    LocalId(self.locals.len() as u32 - 1)
                });
            }
            None
        });
        let tokens = each_name(tokens, &mut |name| {
            Some(bound[&LocalId::of(name)?].placeholder(name.span()))
        });
        self.mentioned_instead(tokens, &bound)
    }

    /// The same tokens, mentioning other locals in the place of these.
    pub fn mentioned_instead(
        &mut self,
        tokens: TokenStream,
        others: &HashMap<LocalId, LocalId>,
    ) -> TokenStream {
        each_name(tokens, &mut |name| {
            let mut mention = self.mention(MentionId::of(name)?).clone();
            mention.local = others.get(&mention.local).copied().unwrap_or(mention.local);
            Some(self.add(mention, name.span()))
        })
    }

    /// The same tokens, in which all locals are used in place.
    pub fn mentioned_as_places(&mut self, tokens: TokenStream) -> TokenStream {
        each_name(tokens, &mut |name| {
            let mut mention = self.mention(MentionId::of(name)?).clone();
            if !mention.in_closure {
                (mention.kind, mention.within) = (MentionKind::Place, MentionKind::Place);
                mention.field = None;
            }
            Some(self.add(mention, name.span()))
        })
    }

    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0 as usize]
    }

    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.0 as usize]
    }
}

impl LocalId {
    pub fn placeholder(self, span: Span) -> Ident {
        format_ident!("__costate_l{}", self.0, span = span)
    }

    pub fn of(placeholder: &Ident) -> Option<LocalId> {
        number(placeholder, "__costate_l").map(LocalId)
    }
}

impl MentionId {
    pub fn placeholder(self, span: Span) -> Ident {
        format_ident!("__costate_m{}", self.0, span = span)
    }

    pub fn of(placeholder: &Ident) -> Option<MentionId> {
        number(placeholder, "__costate_m").map(MentionId)
    }
}

/// Replaces names among tokens.
fn each_name(
    tokens: TokenStream,
    replace: &mut impl FnMut(&Ident) -> Option<Ident>,
) -> TokenStream {
    let replaced = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), each_name(group.stream(), replace));
            inner.set_span(group.span());
            inner.into()
        }
        TokenTree::Ident(name) => replace(&name).unwrap_or(name).into(),
        tree => tree,
    });
    replaced.collect()
}

fn number(placeholder: &Ident, prefix: &str) -> Option<u32> {
    placeholder.to_string().strip_prefix(prefix)?.parse().ok()
}

/// What `HOLD` initialises, and with what.
pub fn held(mac: &syn::Macro) -> Option<(LocalId, syn::Expr)> {
    if !mac.path.is_ident(marker::HOLD) {
        return None;
    }
    let parse = |input: syn::parse::ParseStream<'_>| {
        let local: Ident = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        Ok((local, input.parse()?))
    };
    let (local, value) = mac.parse_body_with(parse).ok()?;
    Some((LocalId::of(&local)?, value))
}

/// Macros by which the lowering leaves word inside an expression; they are never emitted.
pub mod marker {
    /// `__costate_init!(l7, EXPR)`: initialises the slot, a statement of type `()`.
    pub const INIT: &str = "__costate_init";
    /// `__costate_hold!(l7, EXPR)`: initialises the slot and is its place.
    pub const HOLD: &str = "__costate_hold";
    /// `__costate_rest!(l7, m9, EXPR)`: the same of what `..` takes the other fields of a literal from, as `m9` says.
    pub const REST: &str = "__costate_rest";
    /// `__costate_typed!(l7, EXPR)`, or `return` or `_` for `l7`: for the type checker alone, what the
    /// local is initialised with, or the function returns, or is dropped.
    pub const TYPED: &str = "__costate_typed";
    /// `__costate_order!(l7, l8, +=)`: whether the place that `l7` points to is found before the value of `l8` is made.
    pub const ORDER: &str = "__costate_order";
    /// `__costate_steady!(PLACE)`: a copy of what is `Copy`, else where it is.
    pub const STEADY: &str = "__costate_steady";
    /// `__costate_shared!(PLACE)`: the same of what is not changed.
    pub const SHARED: &str = "__costate_shared";
    /// `__costate_copy!(PLACE)`: the same of what has to be `Copy`.
    pub const COPY: &str = "__costate_copy";
    /// `__costate_failed!(false, PLACE)`: a side of an `assert_eq!` that has failed, as its two are unequal.
    pub const FAILED: &str = "__costate_failed";
    /// `x.__costate_lent()`: the value of `x` if the call consumes it that it is the receiver of, and else nothing.
    pub const LENT: &str = "__costate_lent";
    /// `__costate_jump!(3)` or `__costate_jump!(3, EXPR)`: `break`/`continue` out of the statement.
    pub const JUMP: &str = "__costate_jump";
    /// `__costate_value!()`: what the suspension before gave.
    pub const VALUE: &str = "__costate_value";
    /// `__costate_lasts!(EXPR)`: leaves temporaries that last over a suspension of the statement around it.
    pub const LASTS: &str = "__costate_lasts";
    /// `__costate_cancelled!()`: made by `cleanup`, where a cancellation leaves the function.
    pub const CANCELLED: &str = "__costate_cancelled";
    /// `__costate_cancelling!()`: made by `cleanup`; whether the machine was cancelled while it cleaned up.
    pub const CANCELLING: &str = "__costate_cancelling";
    /// `__costate_dropping!()`: made by `cleanup`; whether the machine is only dropped, so that nothing can be awaited.
    pub const DROPPING: &str = "__costate_dropping";
    /// `__costate_unwinding!()`: made by `cleanup`; whether it is a panic of clean-up that leaves the function, and no cancellation.
    pub const UNWINDING: &str = "__costate_unwinding";
    /// `__costate_contained!()`: made by `cleanup`, at the beginning of what a panic in leads to the clean-up further out.
    pub const CONTAINED: &str = "__costate_contained";
    /// `__costate_alias!([x = m5, ..] mac!(..))`: made by `resolve` where a string inside a macro
    /// that it does not know says `{x}`; `mac!(..)` with `x` in scope as a reference to the local.
    pub const ALIAS: &str = "__costate_alias";
    /// `__costate_pins!(path::pin, _, x, y)`: made by `parse` before what `path::pin!(x, y);` stands for, or with
    /// `let` for the `_` before what `path::pin! { let x = ..; }` does. For the twin alone.
    pub const PINS: &str = "__costate_pins";
}
