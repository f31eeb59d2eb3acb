//! Fields that are read by value: a partial move, unless the field is `Copy`, which is not known here.

use syn::Expr;

use super::Resolver;
use crate::body::MentionKind::{self, Place, Scrutinee, Value};
use crate::body::{Capture, FieldUse, Mention};
use crate::parts::{FieldPath, Step};

/// What the walk is going down to the base of.
#[derive(Clone, Default)]
pub struct Access {
    /// The steps from the base.
    pub path: Option<FieldPath>,
    /// What happens to what they lead to, if it may be moved or assigned.
    pub used: Option<FieldUse>,
}

impl Resolver<'_> {
    /// Walks what is used by value, assigned, called or taken apart: a path to something that may be moved is
    /// noted. Of a local by itself only `others` are used.
    pub fn field_path(
        &mut self,
        expr: &mut Expr,
        used: fn(FieldPath) -> FieldUse,
        others: Option<Step>,
    ) {
        let is_update = others.is_some();
        let is_captured = !self.closures.is_empty() && FieldPath::of(expr).is_some();
        if self.closures.is_empty()
            && let Some((_, mut path)) = FieldPath::from_base(expr)
        {
            path.0.extend(others);
            self.access.used = (!path.0.is_empty()).then(|| used(path));
        } else if !self.closures.contains(&Capture::ByMove) && !is_update {
            let path = FieldPath::of(expr);
            self.access.used = match used(FieldPath::default()) {
                FieldUse::Moved(_) | FieldUse::Operated(_) => path.map(FieldUse::Consumed),
                FieldUse::Received(_) => path.map(FieldUse::Invoked),
                _ => None,
            };
        }
        let first = self.mentions.len();
        self.expression(expr, Place);
        self.access = Access::default();
        // A closure captures what the pattern, or the update, takes of the field, which need not be all.
        let is_matched = matches!(used(FieldPath::default()), FieldUse::Matched(_));
        if is_captured
            && (is_matched || is_update)
            && let Some(base) = self.mentions.get_mut(first)
        {
            base.within = Scrutinee;
        }
    }

    /// `let S { a, b } = x.f` binds all of the field: it is moved whole, and then taken apart.
    pub fn whole_field(&self, scrutinee: &mut Expr, pattern: &syn::Pat) {
        let may_move = FieldPath::of(scrutinee).is_some() && self.closures.is_empty();
        if may_move && crate::syntax::takes_whole(pattern) && !binds_simply(pattern) {
            *scrutinee = syn::parse_quote!({ #scrutinee });
        }
    }

    /// The closure that was walked captures fields of the locals of which it mentions nothing else.
    pub fn captured_fields(&mut self, first: usize) {
        let captured = |m: &Mention| m.kind == MentionKind::Capture;
        let is_field = |m: &Mention| matches!(m.path.0.first(), Some(Step::Member(_)));
        let mentions = &mut self.mentions[first..];
        let whole = mentions.iter().filter(|m| captured(m) && !is_field(m));
        let whole: Vec<_> = whole.map(|m| m.local).collect();
        let of_fields = |m: &&mut Mention| captured(m) && !whole.contains(&m.local);
        for mention in mentions.iter_mut().filter(of_fields) {
            // Of a field of a field only the first may be a pointer's.
            if mention.path.0.len() == 1 && mention.within != Scrutinee {
                mention.field = Some(FieldUse::Captured(mention.path.clone()));
            }
        }
    }

    /// The closure that was walked, which is not `move`, consumes fields of the locals of which it mentions nothing
    /// that these are in.
    pub fn consumed_fields(&mut self, first: usize) {
        let mentions = &self.mentions[first..];
        let mixed = mentions.iter().map(|mention| {
            let Some(FieldUse::Consumed(path) | FieldUse::Invoked(path)) = &mention.field else {
                return false;
            };
            let is_member = |step: &Step| matches!(step, Step::Member(_));
            let others = mentions.iter().filter(|m| m.local == mention.local);
            let mut others = others.map(|other| (other.kind, &other.path));
            !path.0.iter().all(is_member)
                || others.any(|(kind, other)| {
                    let above = path.0.len() > other.0.len() && path.0.starts_with(&other.0);
                    kind == MentionKind::Capture || above
                })
        });
        let mixed: Vec<bool> = mixed.collect();
        let mentions = self.mentions[first..].iter_mut().zip(mixed);
        for (mention, _) in mentions.filter(|(_, mixed)| *mixed) {
            mention.field = None;
        }
    }

    /// An operand of which only a copy is ever wanted (by an `if`, a cast): a field is read in place.
    pub fn copied(&mut self, expr: &mut Expr) {
        match FieldPath::of(expr) {
            Some(_) => self.compared(expr),
            None => self.expression(expr, Value),
        }
    }

    /// An operator's operand: a field is moved if its type is no number's, say.
    pub fn operand(&mut self, expr: &mut Expr) {
        if FieldPath::of(expr).is_none() {
            return self.expression(expr, Value);
        }
        let first = self.mentions.len();
        self.field_path(expr, FieldUse::Operated, None);
        if let [mention] = &mut self.mentions[first..] {
            mention.read = !mention.in_closure;
        }
    }

    /// An operand that is looked at where it is, for as long as the operator takes: by what `==` and `Deref` give, nothing
    /// can tell how long the reference lives that they get.
    pub fn compared(&mut self, expr: &mut Expr) {
        let first = self.mentions.len();
        let is_part = FieldPath::from_base(expr).is_some();
        self.expression(expr, Place);
        if is_part && let [mention] = &mut self.mentions[first..] {
            mention.read = !mention.in_closure;
        }
    }
}

fn binds_simply(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Type(typed) => binds_simply(&typed.pat),
        syn::Pat::Ident(_) => true,
        _ => false,
    }
}
