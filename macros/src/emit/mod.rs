//! Layout -> tokens: the machine's code. Nothing fails here.
//!
//! Input: all that the stages before have found. Output: the body of the step function, which is
//! the state's types (`state`), and the closures that work on it: one runs the function on (`resume`), two small ones do
//! all else (`settle`, `trace`). The order of the text is the order of the user's source, since rustc infers
//! the types of the state from it.

mod answer;
mod captured;
mod cleanup;
mod code;
mod ended;
pub mod expression;
mod globs;
mod guards;
mod head;
mod imported;
mod known;
mod mentioned;
mod opaque;
mod owners;
mod pins;
mod places;
mod regions;
mod resume;
mod send;
mod settle;
pub mod signature;
mod sizes;
mod state;
mod suspension;
mod terminator;
mod trace;
pub mod twin;
mod typed;
mod unseen;

use crate::analyse::{Facts, Storage};
use crate::body::{Body, LocalId};
use crate::cfg::*;
use crate::hash::HashMap;
use crate::layout::Layout;
use crate::names::Names;
use crate::words::Words;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use resume::Place;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// What the signature says that the step function's body needs.
pub struct Function {
    /// The function's name, as traces show it.
    pub name: Ident,
    /// The declared output, lifetimes named.
    pub output: TokenStream,
    /// `yield = T`.
    pub yields: Option<TokenStream>,
    /// `Send`.
    pub send: bool,
    /// `sizes`.
    pub sizes: bool,
    /// The path to the support: `::costate::__private`.
    pub support: Words,
    /// What the step function calls it.
    pub private: Words,
    /// The step function's names for the arguments.
    pub arguments: Vec<Ident>,
    /// What it asks of the twin, if that stands alone.
    pub twin: Option<TokenStream>,
    /// The step function stands beside the method: no `self` is in its sight.
    pub beside: bool,
}

pub struct Emitter<'a> {
    pub function: &'a Function,
    pub cfg: &'a Cfg,
    pub facts: &'a Facts,
    pub layout: &'a Layout,
    pub body: &'a Body,
    pub names: &'a Names,
    /// The arm of each block that has one.
    numbers: HashMap<BlockId, u32>,
    /// What stands in the loop, in order of the text.
    text: Vec<resume::Place<'a>>,
    /// The arm that is being written, as an index of `text`.
    here: Cell<usize>,
    /// The locals whose places are named in what is being written.
    placed: RefCell<BTreeSet<LocalId>>,
    /// The locals of which it is told already what drops their rest.
    told: RefCell<BTreeSet<LocalId>>,
    /// It is left from its middle.
    left: Cell<bool>,
    /// The numbers of arms that later ones go back to.
    gone_back_to: RefCell<BTreeSet<u32>>,
    /// The blocks that follow others from which a panic leads to clean-up.
    after_rest: BTreeSet<BlockId>,
    /// The locals whose first value may be of the wrong type.
    typed: BTreeSet<LocalId>,
    /// The user's names are poisoned: one could be used unseen.
    poison: bool,
    /// The closure that resumes returns a `Result`.
    returns_a_result: bool,
}

impl<'a> Emitter<'a> {
    pub fn new(
        function: &'a Function,
        (cfg, facts, layout): (&'a Cfg, &'a Facts, &'a Layout),
        (body, names): (&'a Body, &'a Names),
    ) -> Self {
        let (order, numbers) = arrange(cfg, layout);
        let text = text(cfg, layout, &order, &numbers);
        Emitter {
            function,
            cfg,
            facts,
            layout,
            body,
            names,
            numbers,
            text,
            here: Cell::new(0),
            placed: RefCell::default(),
            told: RefCell::default(),
            left: Cell::new(false),
            gone_back_to: RefCell::default(),
            after_rest: cleanup::after_rest(cfg, facts),
            typed: typed::typed(cfg),
            poison: unseen::may_name(body),
            returns_a_result: !cfg.cleans_up() && answer::is_a_result(&function.output),
        }
    }

    /// The body of the step function.
    pub fn step_body(&self) -> TokenStream {
        let (private, support) = (&self.function.private, &self.function.support);
        let state = self.state_types();
        let initial = self.initial_state();
        let told = self.told_by_type();
        let step = self.step_call();
        quote! {
            use #support as #private;
            #state
            #initial
            #told
            unsafe { #step }
        }
    }

    fn storage(&self, local: LocalId) -> Storage {
        self.facts.storage(local)
    }

    /// The number of a block's arm: what `at` has to be for it to run next.
    fn number(&self, block: BlockId) -> u32 {
        self.numbers[&block]
    }

    /// The number of a suspension: its tag, and its arm.
    fn tag(&self, suspension: SuspensionId) -> u32 {
        let all = &self.layout.variants;
        let at = all.iter().position(|v| v.suspension == suspension);
        at.expect("a suspension that control comes to") as u32 + 1
    }

    fn tags(&self) -> Tags {
        Tags::of(self.cfg, self.layout)
    }

    /// The tag of an await whose child is being cancelled.
    fn cancelling_tag(&self, suspension: SuspensionId) -> u32 {
        self.tags().suspensions + self.tag(suspension)
    }

    /// The tag of a state in which clean-up begins.
    fn begun_tag(&self, suspension: SuspensionId) -> u32 {
        2 * self.tags().suspensions + self.tag(suspension)
    }

    fn is_await(&self, suspension: SuspensionId) -> bool {
        self.cfg.suspension(suspension).kind == SuspensionKind::Await
    }
}

/// What the number of a state says: first come the suspensions, then (in the same order) those whose child is being
/// cancelled, then those that clean-up begins from, where there are any; the states that nothing is held in come last.
struct Tags {
    /// The last suspension that is not on the way out by cancellation.
    ordinary: u32,
    suspensions: u32,
    returned: u32,
}

impl Tags {
    fn of(cfg: &Cfg, layout: &Layout) -> Tags {
        let all = || layout.variants.iter().map(|v| cfg.suspension(v.suspension));
        let suspensions = layout.variants.len() as u32;
        let zones = match cfg.cleans_up() {
            true => 3,
            false if all().any(|s| s.kind == SuspensionKind::Await) => 2,
            false => 1,
        };
        Tags {
            ordinary: all().filter(|s| !s.cancelling).count() as u32,
            suspensions,
            returned: zones * suspensions + 1,
        }
    }

    fn panicked(&self) -> u32 {
        self.returned + 1
    }

    fn cancelled(&self) -> u32 {
        self.returned + 2
    }

    /// More than any state's number that its type has room for, so that the compiler sees that no machine begins elsewhere
    /// than in one of its states.
    fn states(&self) -> u32 {
        match self.cancelled() <= u32::from(u8::MAX) {
            true => u32::from(u8::MAX) + 1,
            false => u32::from(u16::MAX) + 1,
        }
    }
}

/// Blocks in reverse postorder: branches before what follows them, so nearly the source's order.
/// Blocks that continue another one's arm get none of their own.
fn arrange(cfg: &Cfg, layout: &Layout) -> (Vec<BlockId>, HashMap<BlockId, u32>) {
    let mut order = Vec::new();
    let mut seen = crate::hash::HashSet::default();
    visit(cfg, START, &mut seen, &mut order);
    order.reverse();
    let predecessors = predecessors(cfg, &order);
    order.retain(|id| !continues(cfg, &predecessors, *id));
    let mut numbers = HashMap::from_iter([(START, 0)]);
    let others = order.iter().copied().filter(|id| *id != START);
    numbers.extend(others.zip(Tags::of(cfg, layout).states()..));
    (order, numbers)
}

/// Puts the arms of suspensions right after the blocks that lead to them.
fn text<'a>(
    cfg: &Cfg,
    layout: &'a Layout,
    order: &[BlockId],
    numbers: &HashMap<BlockId, u32>,
) -> Vec<Place<'a>> {
    let mut text = Vec::new();
    for block in order {
        let begun = layout.variants.iter();
        let begun = begun.filter(|v| cfg.clean_up(v.suspension) == Some(*block));
        text.extend(begun.map(Place::Enter));
        text.push(Place::Block(*block));
        let mut id = end_of_arm(cfg, numbers, *block);
        while let Terminator::Suspend {
            suspension, resume, ..
        } = cfg.block(id).terminator
        {
            let all = &mut layout.variants.iter();
            let Some(variant) = all.find(|v| v.suspension == suspension) else {
                break;
            };
            if text.contains(&Place::Poll(variant)) {
                break;
            }
            text.push(Place::Poll(variant));
            if cleanup::target(cfg, variant).is_some() {
                text.push(Place::Enter(variant));
            }
            id = end_of_arm(cfg, numbers, resume);
        }
    }
    text
}

/// The last block whose code stands in the arm that begins with `id`.
fn end_of_arm(cfg: &Cfg, numbers: &HashMap<BlockId, u32>, mut id: BlockId) -> BlockId {
    while let Terminator::Goto(next) = cfg.block(id).terminator {
        if numbers.contains_key(&next) {
            break;
        }
        id = next;
    }
    id
}

fn visit(
    cfg: &Cfg,
    id: BlockId,
    seen: &mut crate::hash::HashSet<BlockId>,
    order: &mut Vec<BlockId>,
) {
    if !seen.insert(id) {
        return;
    }
    for next in crate::analyse::successors(cfg, id).into_iter().rev() {
        visit(cfg, next, seen, order);
    }
    order.push(id);
}

/// Where control comes to each block from, once for each edge.
fn predecessors(cfg: &Cfg, reachable: &[BlockId]) -> HashMap<BlockId, Vec<BlockId>> {
    let mut predecessors: HashMap<_, Vec<_>> = HashMap::default();
    for from in reachable {
        for to in crate::analyse::successors(cfg, *from) {
            predecessors.entry(to).or_default().push(*from);
        }
    }
    predecessors
}

/// Whether a block's code stands at the end of its predecessors'.
///
/// One that only begins a suspension stands at the end of two: a loop that begins with an `.await` then goes
/// back without passing the dispatch once more, which is a tenth of the time of a short poll.
fn continues(cfg: &Cfg, predecessors: &HashMap<BlockId, Vec<BlockId>>, id: BlockId) -> bool {
    if id == START {
        return false;
    }
    let region = |id: BlockId| cfg.block(id).region;
    let into = predecessors.get(&id).map_or(&[][..], Vec::as_slice);
    if into.iter().any(|from| region(*from) != region(id)) {
        return false;
    }
    // Where a panic leads is said once an arm.
    let unwinds = |id: BlockId| cfg.block(id).unwinds;
    if into.iter().any(|from| unwinds(*from) != unwinds(id)) || cfg.unwinds_to_block(id) {
        return false;
    }
    // A jump from inside a statement needs a number to go to.
    let jumps = |from: &BlockId| crate::analyse::jumps(cfg, *from).contains(&id);
    if into.iter().any(jumps) {
        return false;
    }
    match *into {
        [from] => match cfg.block(from).terminator {
            Terminator::Goto(to) => to == id,
            Terminator::Suspend { resume, .. } => resume == id,
            _ => false,
        },
        [first, second] => {
            let goes =
                |from| matches!(cfg.block(from).terminator, Terminator::Goto(to) if to == id);
            goes(first) && goes(second) && first != id && second != id && may_stand_twice(cfg, id)
        }
        _ => false,
    }
}

/// A suspension's operand without a closure (each is a type of its own) and without a macro.
fn may_stand_twice(cfg: &Cfg, id: BlockId) -> bool {
    struct Unique(bool);
    impl<'ast> syn::visit::Visit<'ast> for Unique {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {
            self.0 = true;
        }
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {
            self.0 = true;
        }
        fn visit_macro(&mut self, _: &'ast syn::Macro) {
            self.0 = true;
        }
    }
    let block = cfg.block(id);
    let Terminator::Suspend { operand, .. } = &block.terminator else {
        return false;
    };
    let mut unique = Unique(!block.statements.is_empty());
    syn::visit::Visit::visit_expr(&mut unique, operand);
    !unique.0
}
