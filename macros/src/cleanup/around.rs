//! What code stands in, as far as its ways out matter, and the labels that are ours.

use super::Kind;
use proc_macro2::{Ident, Span};
use syn::Lifetime;

const CANCELLED: &str = "__costate_cancelled_";
const CLEAN_UP: &str = "__costate_clean_up_";
const AFTER_CANCELLATION: &str = "__costate_after_cancellation_";

/// Something that a way out may leave, or lead to.
pub(super) enum Around {
    /// The rest of a block with clean-up.
    Guarded(Guarded),
    /// A loop, and the label that it has or will have.
    Loop { label: Option<Lifetime> },
    /// A labelled block.
    Labelled(Ident),
}

/// What follows a `defer!` or `on_cancel!`.
pub(super) struct Guarded {
    pub kind: Kind,
    pub number: u32,
    /// Where the clean-up is written.
    pub span: Span,
    /// The ways that leave it.
    pub ways: Vec<Way>,
    /// Whether a panic of clean-up in it leads to this.
    pub unwound: bool,
}

/// A way out of a scope that is not its end.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Way {
    Return,
    /// To this label; with a value, or without.
    Break(Ident, bool),
    Continue(Ident),
}

impl Guarded {
    /// The label that stands for a way.
    pub fn label(&mut self, way: Way) -> Lifetime {
        let known = self.ways.iter().position(|known| *known == way);
        let at = known.unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        self.label_of(at)
    }

    /// The label of a way that leaves it, by its number.
    pub fn label_of(&self, at: usize) -> Lifetime {
        let name = match &self.ways[at] {
            Way::Return => "returned".to_owned(),
            Way::Break(to, _) => format!("broken_{to}"),
            Way::Continue(to) => format!("continued_{to}"),
        };
        self.named(&format!("__costate_{name}_{}_{at}", self.number))
    }

    pub fn cancelled(&self) -> Lifetime {
        self.named(&format!("{CANCELLED}{}", self.number))
    }

    pub fn done(&self) -> Lifetime {
        self.named(&format!("__costate_done_{}", self.number))
    }

    pub fn fallen(&self) -> Lifetime {
        self.named(&format!("__costate_fallen_{}", self.number))
    }

    /// A label that nothing leads to. (Of one that begins so rustc doesn't say that.)
    pub fn closed(&self) -> Lifetime {
        self.named(&format!("_costate_closed_{}", self.number))
    }

    pub fn clean_up(&self) -> Lifetime {
        self.named(&format!("{CLEAN_UP}{}", self.number))
    }

    pub fn after_cancellation(&self) -> Lifetime {
        self.named(&format!("{AFTER_CANCELLATION}{}", self.number))
    }

    fn named(&self, name: &str) -> Lifetime {
        let mut label = label(name);
        label.set_span(Span::mixed_site().located_at(self.span));
        label
    }
}

pub(super) fn label(name: &str) -> Lifetime {
    Lifetime::new(&format!("'{name}"), Span::mixed_site())
}

/// Whether a suspension in the block of this label has the code behind it as its way out by cancellation.
pub fn is_cancelled(label: &Ident) -> bool {
    label.to_string().starts_with(CANCELLED)
}

/// Whether the block of this label is clean-up, on whatever way, which a cancellation waits for.
pub fn is_clean_up(label: &Ident) -> bool {
    label.to_string().starts_with(CLEAN_UP) || is_clean_up_after_cancellation(label)
}

/// Whether it is clean-up on the way out by cancellation.
pub fn is_clean_up_after_cancellation(label: &Ident) -> bool {
    label.to_string().starts_with(AFTER_CANCELLATION)
}
