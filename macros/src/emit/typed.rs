//! Locals whose first value may be of the wrong type: one that its `let` says, or another one than on another way.

use crate::body::LocalId;
use crate::cfg::{Cfg, Statement};
use std::collections::BTreeSet;

pub fn typed(cfg: &Cfg) -> BTreeSet<LocalId> {
    let (mut typed, mut given) = (BTreeSet::new(), BTreeSet::new());
    for statement in cfg.blocks.iter().flat_map(|block| &block.statements) {
        match statement {
            Statement::Uninit(_, local, Some(_)) => {
                typed.insert(*local);
            }
            Statement::Init(local, _) if !given.insert(*local) => {
                typed.insert(*local);
            }
            _ => {}
        }
    }
    typed
}
