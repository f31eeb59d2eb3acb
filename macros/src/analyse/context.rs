//! What the text of a body is looked up in.

use crate::body::{Body, LocalId};
use crate::cfg::*;
use crate::parts::{Parts, Taken};
use crate::syntax;
use syn::{Expr, Pat};

/// What the text is looked up in.
pub struct Context<'a> {
    pub body: &'a Body,
    pub parts: &'a Parts,
    /// The locals that are mentioned behind a call that never returns, by its name.
    pub doubted: &'a [LocalId],
}

impl Context<'_> {
    /// The parts that an arm takes out of the local that is matched: on some path, on all.
    pub fn arm_takes(&self, m: &Match, arm: &Arm) -> (u64, u64) {
        if arm.looks {
            return (0, 0);
        }
        let certain = |taken: &Taken| taken.certain;
        self.takes(&m.scrutinee, &arm.pattern, m.always(), &certain)
    }

    pub fn takes(
        &self,
        scrutinee: &Expr,
        pattern: &Pat,
        sure: bool,
        certain: &dyn Fn(&Taken) -> bool,
    ) -> (u64, u64) {
        let Some((local, path)) = syntax::part_of(self.body, scrutinee) else {
            return (0, 0);
        };
        let (mut some, mut all) = (0, 0);
        for taken in self.parts.taken(local, &path, pattern, sure) {
            let at = self.parts.index(local, &taken.part);
            let bit = at.map_or(0, |at| 1 << at);
            some |= bit;
            if certain(&taken) {
                all |= bit;
            }
        }
        (some, all)
    }
}
