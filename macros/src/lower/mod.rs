//! Body -> Cfg: takes apart what has to do with a suspension, leaves everything else opaque.
//!
//! Input: a [`Body`] whose names are settled. Output: a [`Cfg`] over the same placeholders, with a
//! declaration for everything that may have to live longer than a block. Values of lowered
//! expressions are *passed to a destination* ([`Dest`]), as rustc does it, so that no value is
//! copied and none is dropped late. Non-goal: deciding what is stored where (`analyse`, `layout`).

mod branch;
mod cleanup;
mod compound;
mod control;
mod destructuring;
mod diverges;
mod ending;
mod expected;
mod expression;
mod extends;
mod guards;
mod invocation;
mod items;
mod jump;
mod lasting;
mod lent;
mod loops;
mod matches;
mod operand;
mod own;
mod place;
pub mod refuse;
mod rvalues;
mod statement;
mod suspend;
mod tail;
mod temporaries;
mod update;

use crate::body::{Body, FieldUse, LocalId, Mention, MentionKind};
use crate::cfg::*;
use crate::diagnostics::Diagnostics;
use crate::edition::Editions;
use crate::hash::{HashMap, HashSet};
use crate::parts::FieldPath;
use proc_macro2::{Ident, Span};
use syn::{Expr, Stmt};

/// What the signature and the attribute say about the body.
#[derive(Clone, Copy)]
pub struct Contract {
    /// Declared without a return type.
    pub returns_unit: bool,
}

/// Where a lowered expression's value goes.
#[derive(Clone)]
pub enum Dest {
    /// Dropped at once: an expression statement.
    Discard,
    /// A declared local, `()` values included.
    Local(LocalId),
    /// Out of the function.
    Return,
    /// `PLACE = value`.
    Assign(Box<Expr>),
}

pub fn lower(
    body: &mut Body,
    contract: Contract,
    editions: &mut Editions,
    sink: &mut Diagnostics,
) -> Cfg {
    let mut block = body.block.clone();
    lasting::mark(&mut block, editions);
    let mut lowering = Lowering {
        body,
        contract,
        editions,
        sink,
        cfg: Cfg::default(),
        current: None,
        targets: HashSet::default(),
        scopes: Vec::new(),
        region: RegionId::default(),
        slots: HashSet::default(),
        passed: HashSet::default(),
        operands: HashSet::default(),
        extended: HashMap::default(),
        expected: None,
        ending: None,
        unwinds: None,
    };
    lowering.slots.extend(in_local_macros(lowering.body));
    lowering.begin_region(items::of(&block));
    let start = lowering.new_block();
    lowering.current = Some(start);
    lowering.push_scope(None);
    lowering.arguments(syn_suspends(&block));
    lowering.statements(&block, Dest::Return);
    lowering.cfg.slots = lowering.slots;
    lowering.cfg
}

/// What a local `macro_rules!` names has to be a slot for the whole function.
fn in_local_macros(body: &Body) -> Vec<LocalId> {
    let named = body
        .locals
        .iter()
        .enumerate()
        .filter(|(_, local)| local.in_local_macro);
    named.map(|(index, _)| LocalId(index as u32)).collect()
}

fn syn_suspends(block: &syn::Block) -> bool {
    crate::syntax::block_suspends(block)
}

pub(crate) struct Lowering<'a> {
    body: &'a mut Body,
    contract: Contract,
    editions: &'a mut Editions,
    sink: &'a mut Diagnostics,
    cfg: Cfg,
    /// The block that is being written; none after what does not come back.
    current: Option<BlockId>,
    /// Blocks that others lead to.
    targets: HashSet<BlockId>,
    scopes: Vec<Scope>,
    /// What is written now sees the items of this region.
    region: RegionId,
    /// Locals that may not be ordinary Rust locals: more than one block sees them.
    slots: HashSet<LocalId>,
    /// Locals of the compiler's own whose value an expression around takes up.
    passed: HashSet<LocalId>,
    /// Locals of the compiler's own that are operands: they drop before the statement's temporaries.
    operands: HashSet<LocalId>,
    /// Locals for whose `let` temporaries are extended, to the end of the scope at this depth.
    extended: HashMap<LocalId, usize>,
    /// What the type of the value that is lowered next comes from.
    expected: Option<expected::Expected>,
    /// Temporaries end with the expression that is lowered next.
    ending: Option<ending::Ending>,
    /// The clean-up that a panic leads to in what is written now.
    unwinds: Option<SuspensionId>,
}

struct Scope {
    id: ScopeId,
    locals: Vec<LocalId>,
    exit: Option<Exit>,
    /// A block's tail.
    is_tail: bool,
    /// The depth of the scope that the temporaries of what is evaluated here belong to, if not here.
    temporaries: Option<usize>,
    /// The block whose tail's temporaries outlive these locals, so that none can be an ordinary one.
    outlived: Option<Span>,
    /// The clean-up behind it.
    clean_up: Option<SuspensionId>,
}

/// What `break` and `continue` mean in a scope.
#[derive(Clone)]
struct Exit {
    label: Option<Ident>,
    is_loop: bool,
    after: BlockId,
    again: Option<BlockId>,
    dest: Dest,
}

impl Lowering<'_> {
    fn new_block(&mut self) -> BlockId {
        self.cfg.blocks.push(Block {
            region: self.region,
            statements: Vec::new(),
            terminator: Terminator::Unreachable,
            landing: false,
            unwinds: self.unwinds,
        });
        BlockId(self.cfg.blocks.len() as u32 - 1)
    }

    fn push(&mut self, statement: Statement) {
        if let Some(BlockId(current)) = self.current {
            self.cfg.blocks[current as usize].statements.push(statement);
        }
    }

    /// Ends the current block.
    fn terminate(&mut self, terminator: Terminator) {
        if let Some(BlockId(current)) = self.current.take() {
            self.targets.extend(terminator.successors());
            self.cfg.blocks[current as usize].terminator = terminator;
        }
    }

    /// What follows goes to a block, if control comes there.
    fn come_to(&mut self, block: BlockId) {
        self.current = self.targets.contains(&block).then_some(block);
    }

    fn goto(&mut self, to: BlockId) {
        self.terminate(Terminator::Goto(to));
    }

    fn push_scope(&mut self, exit: Option<Exit>) {
        let id = ScopeId(self.cfg.scopes);
        self.cfg.scopes += 1;
        self.scopes.push(Scope {
            id,
            locals: Vec::new(),
            exit,
            is_tail: false,
            temporaries: None,
            outlived: None,
            clean_up: None,
        });
    }

    /// Leaves the innermost scope; its locals end where control comes to its end.
    fn pop_scope(&mut self) {
        if let Some(statement) = self.scopes.last().and_then(Scope::end) {
            self.push(statement);
        }
        self.scopes.pop();
    }

    /// The ends of all scopes from the innermost down to `depth` (exclusive), newest first.
    fn ends(&self, depth: usize) -> Vec<Statement> {
        let open = &self.scopes[depth..];
        open.iter().rev().filter_map(Scope::end).collect()
    }

    fn scope(&self) -> ScopeId {
        self.scopes.last().expect("a function is a scope").id
    }

    /// Declares a local in the scope at `depth`.
    fn declare_at(&mut self, depth: usize, local: LocalId) {
        self.cfg.declared.push(local);
        self.scopes[depth].locals.push(local);
    }

    fn declare(&mut self, local: LocalId) {
        self.declare_at(self.scopes.len() - 1, local);
    }

    fn in_scope(&self) -> Vec<LocalId> {
        let order = |l: &LocalId| {
            let position = self.cfg.declared.iter().position(|d| d == l);
            position.expect("in scope, so declared")
        };
        let scopes = self.scopes.iter();
        let mut locals: Vec<_> = scopes.flat_map(|s| s.locals.iter().copied()).collect();
        locals.sort_by_key(order);
        locals
    }

    /// A local of the compiler's own, declared in the scope at `depth`.
    fn temporary_at(&mut self, depth: usize, name: &str, span: Span) -> LocalId {
        let local = self.body.add_local(Ident::new(name, span), false);
        self.slots.insert(local);
        self.declare_at(depth, local);
        local
    }

    fn mention(&mut self, local: LocalId, kind: MentionKind, span: Span) -> Expr {
        let ident = self.body.add_mention(local, kind, span);
        syn::parse_quote_spanned!(span=> #ident)
    }

    /// The base of a path into a local of the compiler's own, and what happens to the part there.
    fn mention_of_part(
        &mut self,
        local: LocalId,
        path: FieldPath,
        field: Option<FieldUse>,
        span: Span,
    ) -> Expr {
        let mut mention = Mention::new(local, MentionKind::Place);
        (mention.path, mention.field) = (path, field);
        let ident = self.body.add(mention, span);
        syn::parse_quote_spanned!(span=> #ident)
    }

    /// Gives a value to its destination.
    fn finish(&mut self, dest: &Dest, value: Expr) {
        let value = match self.extended_by(dest) {
            Some(depth) => self.extend_temporaries(value, depth),
            None => value,
        };
        let Some(value) = self.finish_outlived(dest, value) else {
            return;
        };
        // No one takes up what has no value, so that it would have no type.
        if diverges::diverges(&value) && !matches!(dest, Dest::Return) {
            let semi = Some(syn::token::Semi::default());
            self.push(Statement::Opaque(Stmt::Expr(value, semi)));
            return self.never_ends();
        }
        match dest {
            Dest::Discard if matches!(&value, Expr::Tuple(unit) if unit.elems.is_empty()) => {}
            Dest::Discard => {
                let semi = Some(syn::token::Semi::default());
                self.push(Statement::Opaque(Stmt::Expr(value, semi)));
            }
            Dest::Local(local) => self.push(Statement::Init(*local, value)),
            Dest::Return => self.terminate(Terminator::Complete(value, None)),
            Dest::Assign(place) => {
                let assignment = syn::parse_quote!(#place = #value;);
                self.push(Statement::Opaque(assignment));
            }
        }
    }

    /// The depth of the scope to whose end a `let` extends what a value borrows that goes there.
    fn extended_by(&self, dest: &Dest) -> Option<usize> {
        match dest {
            Dest::Local(local) => self.extended.get(local).copied(),
            Dest::Discard | Dest::Return | Dest::Assign(_) => None,
        }
    }

    /// Control doesn't come back from the last statement, by the look of it.
    fn never_ends(&mut self) {
        // Were it to come back, that is no undefined behaviour.
        self.push(Statement::Opaque(
            syn::parse_quote!(::core::unreachable!();),
        ));
        self.terminate(Terminator::Unreachable);
    }

    fn unit(&self, span: Span) -> Expr {
        syn::parse_quote_spanned!(span=> ())
    }

    /// Arguments are locals of the outermost scope; patterns among them are taken apart first.
    fn arguments(&mut self, suspends: bool) {
        let patterns = self.body.arguments.clone();
        for index in 0..patterns.len() {
            let local = LocalId(index as u32);
            self.slots.insert(local);
            self.declare(local);
        }
        for (index, pattern) in patterns.into_iter().enumerate() {
            let local = LocalId(index as u32);
            self.cfg.first_guards.push(local);
            let Some(pattern) = pattern else { continue };
            self.cfg
                .first_guards
                .extend(crate::syntax::bindings(&pattern));
            let span = self.body.local(local).name.span();
            let scrutinee = self.mention(local, MentionKind::Scrutinee, span);
            self.bind(pattern, scrutinee, Source::Local(local), suspends);
        }
    }
}

impl Scope {
    fn end(&self) -> Option<Statement> {
        let locals: Vec<_> = self.locals.iter().rev().copied().collect();
        (!locals.is_empty()).then_some(Statement::End(self.id, locals))
    }
}
