//! Blocks and statements.

use super::diverges::diverges;
use super::ending::Ending;
use super::{Dest, Lowering, items};
use crate::body::{LocalId, MentionKind};
use crate::cfg::*;
use crate::spans::Place;
use crate::syntax::{self, bare, suspends};
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{Expr, Pat, Stmt};

impl Lowering<'_> {
    /// Lowers a block in a scope of its own; its value goes to `dest`.
    pub(super) fn block(&mut self, block: &syn::Block, dest: Dest) {
        let items = items::of(block);
        if items.is_empty() {
            return self.statements(block, dest);
        }
        let around = self.enter_region(items);
        self.statements(block, dest);
        self.leave_region(around);
    }

    /// What a block is made of, of whose items those of the function see themselves to.
    pub(super) fn statements(&mut self, block: &syn::Block, dest: Dest) {
        let region = self.region;
        self.statements_in_scope(block, dest);
        // One that a `macro_rules!` began.
        if region != self.region {
            self.leave_region(region);
        }
    }

    fn statements_in_scope(&mut self, block: &syn::Block, dest: Dest) {
        let around = self.depth();
        let outlived = match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => self.outlives_locals(block, tail, &dest),
            _ => false,
        };
        self.push_scope(None);
        self.innermost().outlived = outlived.then(|| block.brace_token.span.join());
        let count = block.stmts.len();
        for (index, statement) in block.stmts.iter().enumerate() {
            let rest = &block.stmts[index + 1..];
            match statement {
                Stmt::Expr(e, None) if index + 1 == count => {
                    self.push_scope(None);
                    self.innermost().is_tail = true;
                    self.innermost().temporaries = outlived.then_some(around);
                    let brace = block.brace_token.span.open();
                    self.ending = Some(Ending::Since2024(brace));
                    self.expression(e, dest);
                    self.pop_scope();
                    return self.pop_scope();
                }
                _ => self.statement(statement, rest),
            }
        }
        self.without_tail(block, &dest);
        self.pop_scope();
    }

    /// A block without a tail expression has the value `()`, unless its last statement never ends:
    /// so the last opaque statement stays in a block, and rustc finds that out.
    fn without_tail(&mut self, block: &syn::Block, dest: &Dest) {
        let Some(BlockId(current)) = self.current else {
            return;
        };
        match dest {
            Dest::Discard => return,
            Dest::Return if self.contract.returns_unit => {
                return self.finish(dest, self.unit(block.brace_token.span.close()));
            }
            _ => {}
        }
        let statements = &mut self.cfg.blocks[current as usize].statements;
        let value = match statements.last() {
            Some(Statement::Let(last)) if diverges(&last.value) => return self.never_ends(),
            Some(Statement::Opaque(last @ Stmt::Expr(..) | last @ Stmt::Macro(_))) => {
                let value = syn::parse_quote_spanned!(block.brace_token.span.close()=> { #last });
                statements.pop();
                value
            }
            _ => self.unit(block.brace_token.span.close()),
        };
        self.finish(dest, value);
    }

    pub(super) fn tail(&mut self, e: &Expr, dest: &Dest) {
        self.push_scope(None);
        self.expression(e, dest.clone());
        self.pop_scope();
    }

    fn statement(&mut self, statement: &Stmt, rest: &[Stmt]) {
        match statement {
            Stmt::Local(local) => self.let_statement(local, rest),
            Stmt::Item(item) if items::is_local_macro(item) => {
                self.enter_region(vec![item.clone()]);
            }
            Stmt::Item(_) => {}
            Stmt::Macro(m) if items::declares(&m.mac) => {}
            Stmt::Expr(e, _) => {
                self.push_scope(None);
                self.expression(e, Dest::Discard);
                self.pop_scope();
            }
            Stmt::Macro(m) => match self.yield_of(&m.mac) {
                Some(operand) => {
                    self.push_scope(None);
                    self.suspend_yield(&operand);
                    self.pop_scope();
                }
                None if syntax::never_returns(&m.mac.path)
                    || syntax::statement_suspends(statement) =>
                {
                    let e = Expr::Macro(syn::ExprMacro {
                        attrs: m.attrs.clone(),
                        mac: m.mac.clone(),
                    });
                    self.expression(&e, Dest::Discard);
                }
                None => {
                    let statement = self.opaque_statement(statement);
                    self.push(Statement::Opaque(statement));
                }
            },
        }
    }

    fn let_statement(&mut self, local: &syn::Local, rest: &[Stmt]) {
        let (pattern, ty) = match &local.pat {
            Pat::Type(p) => ((*p.pat).clone(), Some((*p.ty).clone())),
            pattern => (pattern.clone(), None),
        };
        let held = rest
            .iter()
            .any(|s| syntax::statement_suspends(s) || self.statement_takes_apart(s))
            || self.innermost().outlived.is_some();
        if held {
            self.slots.extend(syntax::bindings(&pattern));
        }
        let Some(init) = &local.init else {
            return self.let_uninit(pattern, ty);
        };
        // The statement's own temporaries end after the bindings have their values.
        self.push_scope(None);
        let outer = self.scopes.len() - 2;
        let diverge = init.diverge.as_ref().map(|(_, e)| &**e);
        self.let_init(pattern, ty, &init.expr, diverge, outer, held);
        if let Some(BlockId(block)) = self.current
            && let Some(Statement::Let(l)) = self.cfg.blocks[block as usize].statements.last_mut()
        {
            l.place = Some(Place {
                start: local.let_token.span,
                end: local.semi_token.span,
            });
        }
        self.pop_scope();
    }

    fn let_uninit(&mut self, pattern: Pat, ty: Option<syn::Type>) {
        for local in syntax::bindings(&pattern) {
            self.declare(local);
            self.push(Statement::Uninit(self.scope(), local, ty.clone()));
        }
    }

    fn let_init(
        &mut self,
        pattern: Pat,
        ty: Option<syn::Type>,
        init: &Expr,
        diverge: Option<&Expr>,
        outer: usize,
        held: bool,
    ) {
        let diverge_suspends = diverge.is_some_and(suspends);
        // One local and a value that several branches give: no way round a temporary.
        if let (Some(local), None) = (syntax::simple_binding(&pattern), diverge)
            && self.is_lowered(init)
            && syntax::branches(init)
        {
            self.extended.insert(local, outer);
            self.declare_slot((outer, local), ty);
            self.expression(init, Dest::Local(local));
            // It drops before what the branches have extended.
            if self.scopes[outer].locals.last() != Some(&local) {
                self.redeclare(local);
            }
            return;
        }
        if let Some(ty) = ty.as_ref().filter(|_| self.has_expectations(bare(init))) {
            self.expected = Some(self.expected_type(ty));
        }
        let value = self.initializer(init, &pattern, outer, held);
        let place = syntax::is_place(bare(&value)) && syntax::simple_binding(&pattern).is_none();
        // If one of several temporaries panics in its drop, the others drop before the bindings. (Of one binding that holds
        // without rustc being asked for it whether a call consumes one.)
        let holds = self.holds();
        if let (Some(local), true, None) = (syntax::simple_binding(&pattern), holds, diverge)
            && self.asks(&value)
        {
            let value = self.extend_temporaries(value, outer);
            return self.let_in_slot((outer, local), ty, value);
        }
        let (value, leaves) = match holds {
            true => {
                let value = self.hold_extended(value, outer);
                (value, !syntax::takes_whole(&pattern))
            }
            false => (value, false),
        };
        // Temporaries end before `else`.
        let ends = diverge.is_some() && !self.innermost().locals.is_empty();
        if diverge_suspends
            || ends
            || leaves
            || (place && self.takes_from_slot(&value, std::iter::once(&pattern)))
        {
            // What the bindings borrow outlives the `match`, whether the function suspends after it or not.
            let value = self.extend_temporaries(value, outer);
            let value = self.extend_pattern(value, &pattern, outer);
            return self.let_by_match(pattern, ty, value, diverge, outer);
        }
        let mut bindings = syntax::bindings(&pattern);
        let diverge = diverge.map(|e| self.opaque(e));
        // What it extends ends with a local, if only one that has no value.
        if bindings.is_empty() && !held && super::extends::extends(&value) {
            let name = Ident::new("extended", value.span());
            bindings.push(self.body.add_local(name, false));
        }

        for local in &bindings {
            self.declare_around(outer, *local);
        }
        self.push(Statement::Let(Box::new(Let {
            scope: self.scopes[outer].id,
            pattern,
            ty,
            value,
            diverge,
            bindings,
            place: None,
        })));
    }

    /// The local that a `let` binds, in the scope at this depth, as one that gets its value later.
    fn declare_slot(&mut self, (outer, local): (usize, LocalId), ty: Option<syn::Type>) {
        self.slots.insert(local);
        self.declare_around(outer, local);
        let scope = self.scopes[outer].id;
        self.push(Statement::Uninit(scope, local, ty));
    }

    /// `let x = value;` of which no ordinary local has the value while temporaries end.
    fn let_in_slot(&mut self, local: (usize, LocalId), ty: Option<syn::Type>, value: Expr) {
        self.declare_slot(local, ty);
        self.push(Statement::Init(local.1, value));
    }

    /// The value of a `let`, with temporaries that live as long as the binding made locals.
    fn initializer(&mut self, init: &Expr, pattern: &Pat, outer: usize, held: bool) -> Expr {
        if self.is_lowered(init) {
            // What a place is made of is extended if the pattern borrows it.
            let by_reference = super::temporaries::binds_by_reference(pattern);
            let value = match bare(init) {
                e if by_reference && syntax::is_place(e) => {
                    let access = super::temporaries::access_of(pattern);
                    self.place_of(e, access, Some(outer))
                }
                _ => self.value_extending(init, Some(outer)),
            };
            let value = match held {
                true => self.extend_temporaries(value, outer),
                false => value,
            };
            return self.extend_pattern(value, pattern, outer);
        }
        let init = self.opaque(init);
        if held {
            let init = self.extend_temporaries(init, outer);
            return self.extend_pattern(init, pattern, outer);
        }
        init
    }

    /// `let PATTERN = PLACE`, where the pattern may move parts out of a slot, or the `else` suspends.
    fn let_by_match(
        &mut self,
        pattern: Pat,
        ty: Option<syn::Type>,
        value: Expr,
        diverge: Option<&Expr>,
        outer: usize,
    ) {
        let (scrutinee, source) = self.scrutinee(value, ty, &mut std::iter::once(&pattern));
        let (bound, otherwise) = (self.new_block(), diverge.map(|_| self.new_block()));
        let bindings = syntax::bindings(&pattern);
        self.slots.extend(bindings.iter().copied());
        let mut arms = vec![self.arm(pattern, None, bound)];
        if let Some(otherwise) = otherwise {
            arms.push(self.arm(syn::parse_quote!(_), None, otherwise));
        }
        let terminator = Match {
            scrutinee,
            source,
            arms,
        };
        self.terminate(Terminator::Match(terminator));
        if let (Some(diverge), Some(otherwise)) = (diverge, otherwise) {
            self.come_to(otherwise);
            // `else` runs when the statement's temporaries have ended.
            let ends = self.ends(outer + 1);
            ends.into_iter().for_each(|end| self.push(end));
            self.push_scope(None);
            self.expression(diverge, Dest::Discard);
            self.pop_scope();
            self.terminate(Terminator::Unreachable);
        }
        self.come_to(bound);
        for local in bindings {
            self.declare_around(outer, local);
        }
    }

    /// Takes a place apart by an irrefutable pattern, into the innermost scope.
    pub(super) fn bind(&mut self, pattern: Pat, scrutinee: Expr, source: Source, held: bool) {
        let target = self.new_block();
        let bindings = syntax::bindings(&pattern);
        if held || source != Source::Value {
            self.slots.extend(bindings.iter().copied());
        }
        let arms = vec![self.arm(pattern, None, target)];
        self.terminate(Terminator::Match(Match {
            scrutinee,
            source,
            arms,
        }));
        self.come_to(target);
        for local in bindings {
            self.declare(local);
        }
    }

    /// Whether matching `value` with these patterns may move out of a local that is no ordinary one.
    pub(super) fn takes_from_slot<'p>(
        &self,
        value: &Expr,
        mut patterns: impl Iterator<Item = &'p Pat>,
    ) -> bool {
        self.slot_of(value).is_some() && patterns.any(syntax::binds_by_value)
    }

    /// The slot that an expression names, or of which it names a part.
    pub(super) fn slot_of(&self, value: &Expr) -> Option<LocalId> {
        let (local, _) = syntax::part_of(self.body, value)?;
        self.slots.contains(&local).then_some(local)
    }

    pub(super) fn mention_value(&mut self, local: LocalId, at: &impl Spanned) -> Expr {
        self.mention(local, MentionKind::Value, at.span())
    }
}
