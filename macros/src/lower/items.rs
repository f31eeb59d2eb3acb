//! Items in the body: which code sees them.
//!
//! A block's items are seen in all of it and nowhere else, and hide what is outside; a `macro_rules!` is
//! seen from where it stands to the end of its block. Each such part of the text is a *region*: no
//! block of the graph has code of two of them, and emission puts the items around the blocks of their
//! region.

use super::Lowering;
use crate::cfg::*;
use crate::invocation::{Shape, shape};
use syn::{Item, Stmt};

impl Lowering<'_> {
    /// From here on, what is written sees these items; gives the region around.
    pub(super) fn enter_region(&mut self, items: Vec<Item>) -> RegionId {
        let around = self.region;
        self.begin_region(items);
        self.go_on();
        around
    }

    pub(super) fn leave_region(&mut self, around: RegionId) {
        self.region = around;
        self.go_on();
    }

    pub(super) fn begin_region(&mut self, items: Vec<Item>) {
        let around = (!self.cfg.regions.is_empty()).then_some(self.region);
        self.region = RegionId(self.cfg.regions.len() as u32);
        self.cfg.regions.push(Region { around, items });
    }

    /// A block of the new region.
    fn go_on(&mut self) {
        if self.current.is_some() {
            let next = self.new_block();
            self.goto(next);
            self.come_to(next);
        }
    }
}

/// The items that all of a block sees.
pub(super) fn of(block: &syn::Block) -> Vec<Item> {
    let items = block.stmts.iter().filter_map(|statement| match statement {
        Stmt::Item(item) if !is_local_macro(item) => Some(item.clone()),
        Stmt::Macro(m) if declares(&m.mac) => Some(Item::Macro(syn::ItemMacro {
            attrs: m.attrs.clone(),
            ident: None,
            mac: m.mac.clone(),
            semi_token: m.semi_token,
        })),
        _ => None,
    });
    items.collect()
}

/// `macro_rules! name { .. }`
pub(super) fn is_local_macro(item: &Item) -> bool {
    matches!(item, Item::Macro(m) if m.ident.is_some())
}

/// `thread_local! { .. }`
pub(super) fn declares(mac: &syn::Macro) -> bool {
    shape(&mac.path) == Shape::Items
}
