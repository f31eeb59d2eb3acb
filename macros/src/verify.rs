//! Debug builds only: re-derives what emission relies on. A panic here is a bug in the macro.

use crate::analyse::{Facts, Storage};
use crate::cfg::*;
use crate::layout::Layout;

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

/// A plain local's scope ends in the block that declares it, or by leaving the function.
fn ends_of_plain_locals_are_in_their_block(cfg: &Cfg, facts: &Facts) {
    for id in &facts.reachable {
        let block = cfg.block(*id);
        let mut declared = Vec::new();
        for statement in &block.statements {
            match statement {
                Statement::Let(l) => declared.extend(l.bindings.iter().copied()),
                Statement::Uninit(_, local, _) | Statement::Init(local, _) => declared.push(*local),
                Statement::End(_, locals) if !block.landing => {
                    let plain = locals
                        .iter()
                        .filter(|l| facts.storage(**l) == Storage::Plain);
                    for local in plain {
                        let here = declared.contains(local);
                        assert!(here, "bug in the macro: {local:?} ends in another block");
                    }
                }
                Statement::End(..) | Statement::Opaque(_) => {}
                Statement::Outlived(_, _, outlived) => {
                    let slots = outlived.locals.iter().all(|l| facts.is_slot(*l));
                    assert!(
                        slots,
                        "bug in the macro: a plain local ends before its scope"
                    );
                }
            }
        }
    }
}
