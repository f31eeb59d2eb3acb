//! Debug builds only: re-derives what emission relies on. A panic here is a bug in the macro.

use crate::analyse::{Facts, Storage};
use crate::body::LocalId;
use crate::cfg::*;
use crate::hash::HashSet;
use crate::layout::{Item, Layout, Room};

pub fn verify(cfg: &Cfg, facts: &Facts, layout: &Layout) {
    if !cfg!(debug_assertions) {
        return;
    }
    held_together_lie_apart(layout, facts);
    held_locals_have_fields(layout, facts);
    ends_of_plain_locals_are_in_their_block(cfg, facts);
}

/// A state's locals and its future are in one struct, or in structs around each other: never in two of a union.
fn held_together_lie_apart(layout: &Layout, facts: &Facts) {
    for variant in &layout.variants {
        let mut held = variant.items(facts);
        held.push(Item::Future(variant.suspension));
        lie_apart(&layout.root, &held);
    }
    let arguments = layout.arguments.iter().map(|l| Item::Local(*l));
    lie_apart(&layout.root, &arguments.collect::<Vec<_>>());
}

fn lie_apart(room: &Room, held: &[Item]) {
    let used = room.shared.iter().filter(|inner| {
        let items = inner.items();
        held.iter().any(|item| items.contains(item))
    });
    let used: Vec<_> = used.collect();
    assert!(used.len() <= 1, "bug in the macro: {held:?} share room");
    used.into_iter().for_each(|inner| lie_apart(inner, held));
}

fn held_locals_have_fields(layout: &Layout, facts: &Facts) {
    let items = layout.root.items();
    for held in layout.variants.iter().flat_map(|v| v.items(facts)) {
        let fields = items.iter().filter(|item| **item == held);
        assert!(
            fields.count() == 1,
            "bug in the macro: {held:?} is held without a field"
        );
    }
}

/// A plain local's scope ends in the block that declares it, or by leaving the function. (What is
/// never declared, since control does not come there, ends nowhere.)
fn ends_of_plain_locals_are_in_their_block(cfg: &Cfg, facts: &Facts) {
    let reachable = facts.reachable.iter().map(|id| cfg.block(*id));
    let statements = reachable.flat_map(|block| &block.statements);
    let anywhere: HashSet<_> = statements.flat_map(declared_by).collect();
    let is_plain = |l: &&LocalId| {
        facts.storage(**l) == Storage::Plain && facts.is_used(**l) && anywhere.contains(l)
    };
    for id in &facts.reachable {
        let block = cfg.block(*id);
        let mut declared = Vec::new();
        for statement in &block.statements {
            declared.extend(declared_by(statement));
            match statement {
                Statement::End(_, locals) if !block.landing => {
                    for local in locals.iter().filter(is_plain) {
                        let here = declared.contains(local);
                        assert!(here, "bug in the macro: {local:?} ends in another block");
                    }
                }
                Statement::Outlived(_, _, outlived) => {
                    let slots = !outlived.locals.iter().any(|l| is_plain(&l));
                    assert!(
                        slots,
                        "bug in the macro: a plain local ends before its scope"
                    );
                }
                _ => {}
            }
        }
    }
}

fn declared_by(statement: &Statement) -> Vec<LocalId> {
    match statement {
        Statement::Let(l) => l.bindings.clone(),
        Statement::Uninit(_, local, _) | Statement::Init(local, _) => vec![*local],
        _ => Vec::new(),
    }
}
