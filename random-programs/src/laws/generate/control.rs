//! Statements in which others stand, and ways out of them.

use super::{Generator, Target};
use crate::laws::tree::{Branch, Exit, Future, Kind, Pattern, Repeat, Statement, Value};

impl Generator {
    pub(super) fn clean_up(&mut self, depth: u32) -> Statement {
        let kind = match self.chance(60) {
            true => Kind::Defer,
            false => Kind::OnCancel,
        };
        self.cleaning = true;
        let exits = std::mem::take(&mut self.exits);
        let mut body = Vec::new();
        // What it consumes is of its own scope, where it is what runs first of what mentions it.
        if self.chance(20)
            && let Some(index) = self.seen()
            && let local = &mut self.locals[index]
            && !local.cleaned
            && local.block == self.blocks
        {
            local.cleaned = true;
            body.push(Statement::Drop(local.name.clone()));
            // Nothing else of this clean-up sees it.
            local.gone = true;
            let name = local.name.clone();
            body.extend(self.inner(depth + 1));
            let again = self.locals.iter_mut().find(|local| local.name == name);
            again.into_iter().for_each(|local| local.gone = false);
        } else {
            body = self.inner(depth + 1);
        }
        self.exits = exits;
        self.cleaning = false;
        Statement::CleanUp(kind, body)
    }

    pub(super) fn block(&mut self, depth: u32) -> Statement {
        let repeat = match self.below(4) {
            0 => Repeat::Once,
            1 => Repeat::Loop,
            _ => Repeat::For(self.name("i"), 1 + self.below(2)),
        };
        let is_loop = !matches!(repeat, Repeat::Once);
        let is_for = matches!(repeat, Repeat::For(..));
        let label = self.chance(40).then(|| self.name("l"));
        let has_value = !is_for && self.chance(40);
        let known = self.locals.len();
        self.exits.push(Target {
            label: label.clone(),
            is_loop,
            is_for,
            has_value,
        });
        if let Repeat::For(name, _) = &repeat {
            self.local(name, false);
        }
        let mut body = self.inner(depth);
        self.locals.truncate(known);
        self.exits.pop();
        let leaves = matches!(body.last(), Some(Statement::Leave(_)));
        let is_endless = matches!(repeat, Repeat::Loop) && !has_value && !leaves;
        if is_endless {
            body.push(Statement::Leave(Exit::Break(None, None)));
        }
        let value = has_value.then(|| {
            let name = self.name("v");
            self.local(&name, true);
            (name, Value::Made(self.name("x")))
        });
        Statement::Block {
            value,
            repeat,
            label,
            body,
        }
    }

    pub(super) fn branch(&mut self, depth: u32) -> Statement {
        let test = self.test();
        let yes = self.inner(depth);
        let no = match self.chance(50) {
            true => self.inner(depth),
            false => Vec::new(),
        };
        Statement::If(test, yes, no)
    }

    pub(super) fn exit(&mut self) -> Statement {
        let at = self.rng.usize(0..self.exits.len() + 1);
        let Some(target) = self.exits.get(at) else {
            return match self.cleaning {
                true => Statement::Say(self.name("e")),
                false => Statement::Leave(Exit::Return(self.output())),
            };
        };
        let hides = |inner: &Target| inner.is_loop || inner.label.is_some();
        let is_innermost = !self.exits[at + 1..].iter().any(hides);
        let to = target.label.clone();
        let (is_loop, is_for, has_value) = (target.is_loop, target.is_for, target.has_value);
        if to.is_none() && !(is_loop && is_innermost) {
            return Statement::Say(self.name("e"));
        }
        if is_for && self.chance(40) {
            return Statement::Leave(Exit::Continue(to));
        }
        let value = has_value.then(|| self.value());
        Statement::Leave(Exit::Break(to, value))
    }

    pub(super) fn select(&mut self, depth: u32) -> Statement {
        let count = 2 + self.below(2);
        let mut branches: Vec<_> = Vec::new();
        for _ in 0..count {
            let test = self.chance(20).then(|| self.test());
            let (future, pattern) = self.candidate();
            branches.push(Branch {
                pattern,
                future,
                test,
                body: Vec::new(),
            });
        }
        for branch in &mut branches {
            let known = self.locals.len();
            match &branch.pattern {
                Pattern::Ok(name) => self.local(name, true),
                Pattern::Number(name) => self.local(name, false),
                _ => {}
            }
            branch.body = self.inner(depth);
            self.locals.truncate(known);
        }
        let may_fail = |branch: &Branch| {
            branch.test.is_some()
                || matches!(
                    branch.pattern,
                    Pattern::Ok(_) | Pattern::Err | Pattern::Literal(_)
                )
        };
        let otherwise = branches.iter().all(may_fail).then(|| self.inner(depth));
        Statement::Select {
            biased: self.chance(60),
            branches,
            otherwise,
        }
    }

    fn candidate(&mut self) -> (Future, Pattern) {
        if self.chance(60)
            && let Some(future) = self.asked()
        {
            let pattern = match self.below(4) {
                0 => Pattern::Wild,
                1 => Pattern::Err,
                _ => Pattern::Ok(self.name("v")),
            };
            return (future, pattern);
        }
        if self.chance(50) {
            return (Future::Tick(self.below(4)), Pattern::Unit);
        }
        let pattern = match self.chance(50) {
            true => Pattern::Number(self.name("k")),
            false => Pattern::Literal(self.below(3)),
        };
        (Future::After(self.below(4), self.below(3)), pattern)
    }
}
