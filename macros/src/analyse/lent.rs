//! Cfg, body -> the same, without operands for receivers that are mentioned again: these no call consumes.

use super::collect::Patterns;
use super::context::Context;
use super::{liveness, reachable};
use crate::body::{Body, LocalId, Mention, MentionKind};
use crate::cfg::*;
use crate::hash::HashSet;
use crate::parts::Parts;

/// Uses such receivers in place; see `lower::lent`.
pub fn use_in_place(cfg: &mut Cfg, body: &mut Body) {
    let all = (0..body.locals.len() as u32).map(LocalId);
    let lent = all.filter(|local| body.local(*local).lent.is_some());
    let lent: Vec<_> = lent.collect();
    if lent.is_empty() {
        return;
    }
    let reachable = reachable(cfg);
    let nothing = Parts::default();
    let context = Context {
        body,
        parts: &nothing,
        doubted: &[],
    };
    let live = liveness::Liveness::of(cfg, &context, &reachable);
    let mut asked = live.last_mentions(cfg, &context, &reachable);
    let in_place = Patterns::of(cfg, body).in_place;
    asked.retain(|id| !in_place.contains(id));
    let mut unused = HashSet::default();
    for operand in lent {
        let lent = body.local(operand).lent;
        if let Some(lent) = lent.filter(|lent| !asked.contains(&lent.asked)) {
            body.mentions[lent.used.0 as usize] = of_the_call(body.mention(lent.asked));
            body.locals[operand.0 as usize].lent = None;
            unused.insert(operand);
        }
    }
    remove(cfg, &unused);
}

/// The same local or field in the call itself.
fn of_the_call(asked: &Mention) -> Mention {
    match asked.field {
        Some(_) => asked.clone(),
        None => Mention::new(asked.local, MentionKind::Receiver),
    }
}

fn remove(cfg: &mut Cfg, unused: &HashSet<LocalId>) {
    cfg.declared.retain(|local| !unused.contains(local));
    for suspension in &mut cfg.suspensions {
        suspension.in_scope.retain(|local| !unused.contains(local));
    }
    for block in &mut cfg.blocks {
        block.statements.retain_mut(|statement| match statement {
            Statement::Init(local, _) => !unused.contains(local),
            Statement::End(_, locals) => {
                locals.retain(|local| !unused.contains(local));
                true
            }
            _ => true,
        });
    }
}
