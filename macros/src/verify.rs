//! Debug builds only: re-derives what emission relies on. A panic here is a bug in the macro.

use crate::analyse::{Facts, Storage};
use crate::body::LocalId;
use crate::cfg::*;
use crate::layout::Layout;
use std::collections::HashSet;

pub fn verify(cfg: &Cfg, facts: &Facts, layout: &Layout) {
    if !cfg!(debug_assertions) {
        return;
    }
    fields_keep_their_place(layout);
    held_locals_have_fields(layout);
    ends_of_plain_locals_are_in_their_block(cfg, facts);
}

/// The fields before a field are the same in every variant that has it.
fn fields_keep_their_place(layout: &Layout) {
    for field in &layout.fields {
        let prefixes = layout.variants.iter().filter_map(|v| {
            let at = v.fields.iter().position(|f| f == field)?;
            Some(&v.fields[..at])
        });
        let mut prefixes = prefixes.collect::<Vec<_>>();
        prefixes.dedup();
        assert!(
            prefixes.len() <= 1,
            "bug in the macro: {field:?} moves between variants"
        );
    }
}

fn held_locals_have_fields(layout: &Layout) {
    for variant in &layout.variants {
        for (local, _) in &variant.held {
            let has = variant.fields.contains(local);
            assert!(has, "bug in the macro: {local:?} is held without a field");
        }
    }
}

/// A plain local's scope ends in the block that declares it, or by leaving the function. (What is
/// never declared, since control does not come there, ends nowhere.)
fn ends_of_plain_locals_are_in_their_block(cfg: &Cfg, facts: &Facts) {
    let reachable = facts.reachable.iter().map(|id| cfg.block(*id));
    let statements = reachable.flat_map(|block| &block.statements);
    let anywhere: HashSet<_> = statements.flat_map(declared_by).collect();
    let is_plain = |l: &&LocalId| facts.storage(**l) == Storage::Plain && anywhere.contains(l);
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
