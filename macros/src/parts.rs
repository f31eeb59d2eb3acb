//! Data: the parts of a local that can be gone while the rest of it is there.
//!
//! A part is named by the path that leads to it, whoever moves it: a field access, a method by
//! value, a pattern. What a pattern finds in a variant of an enum is different: nothing else can be
//! said of the enum until it is assigned, so all that the pattern binds in there is one part.

use crate::body::{LocalId, MentionId};
use crate::hash::{HashMap, HashSet};
use crate::spans::Place;
use quote::ToTokens;
use syn::{Member, Pat};

mod field_path;
mod forget;
mod strip;
mod tokens;
mod walk;

pub use tokens::{members, places};
use walk::{Node, Walk};

/// One step of a path into a local.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    /// `.f`, also of a struct behind boxes.
    Member(Member),
    /// `*` of a box, unless a member follows.
    Deref,
    /// `S { a, ..x }`: all members but these. Nothing follows it.
    Others(syn::Path, Vec<Member>),
    /// `(.., x, _)`: so many from the end.
    Last(usize),
    /// `[_, x, ..]`
    Element(usize),
    /// `[.., x, _]`
    FromEnd(usize),
    /// `[_, x @ .., _]`: but for so many at the start and at the end. Nothing follows it.
    Elements(usize, usize),
}

/// A path as the text writes it: `.left`, `.0.1`, `*` of a box.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldPath(pub Vec<Step>);

/// How a pattern names a step.
#[derive(Clone, Debug, Default)]
struct Via {
    /// Boxes that the text looks into before.
    derefs: usize,
    /// The struct, where nothing shows that its fields can be named without a pattern.
    constructor: Option<syn::Path>,
    /// It is a pattern of a tuple: what that matches may be a reference to one.
    is_tuple: bool,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub path: Vec<Step>,
    via: Vec<Via>,
    /// The pattern in a variant of an enum, with names of the macro's.
    bound: Option<Pat>,
    /// Where the user names what the pattern is matched with, if that is a name.
    pub stands: Option<Place>,
    /// Nothing but these calls may move it, and whether they do is rustc's to say.
    pub asked: Vec<MentionId>,
}

/// What a pattern moves out, unless it is copied.
pub struct Taken {
    pub part: Part,
    pub bindings: Vec<LocalId>,
    /// The part is gone whenever the pattern has matched and its type needs a drop.
    pub certain: bool,
}

/// All parts of all locals.
#[derive(Default)]
pub struct Parts {
    of: HashMap<LocalId, Vec<Part>>,
    /// Paths to structs and tuples; whether some text names their fields without a pattern.
    structs: HashMap<LocalId, Structs>,
}

/// Paths to what has no variants; whether its fields can be named without a pattern.
type Structs = HashMap<Vec<Step>, bool>;

/// The parts of one local that can be told apart.
pub const MOST: usize = 63;

impl Parts {
    pub fn of(&self, local: LocalId) -> &[Part] {
        self.of.get(&local).map_or(&[], Vec::as_slice)
    }

    /// Adds a part, unless it is known; whether there was room.
    pub fn add(&mut self, local: LocalId, part: Part) -> bool {
        let parts = self.of.entry(local).or_default();
        let known = parts.iter_mut().find(|known| known.same(&part));
        match known {
            None => parts.push(part),
            Some(known) if part.by_pattern() && !known.by_pattern() => {
                known.via = part.via;
                known.asked.clear();
            }
            Some(known) if part.asked.is_empty() => known.asked.clear(),
            Some(known) if !known.asked.is_empty() => known.asked.extend(part.asked),
            Some(_) => {}
        }
        parts.len() <= MOST
    }

    /// What leads to a field is a struct or a tuple.
    pub fn see(&mut self, local: LocalId, path: &[Step]) {
        let structs = self.structs.entry(local).or_default();
        for (at, step) in path.iter().enumerate() {
            if matches!(step, Step::Member(_) | Step::Others(..)) {
                structs.insert(to_struct(&path[..at]).to_vec(), true);
            }
        }
    }

    /// What a pattern that always matches takes apart has no variants.
    pub fn see_pattern(&mut self, local: LocalId, path: &FieldPath, pattern: &Pat) {
        let mut seen = Vec::new();
        let mut walk = Walk {
            structs: None,
            found: &mut Vec::new(),
            seen: &mut seen,
            ambiguous: false,
        };
        walk.pattern(Node::at(path), pattern);
        let structs = self.structs.entry(local).or_default();
        for path in seen {
            structs.entry(path).or_insert(false);
        }
    }

    /// The number of a part.
    pub fn index(&self, local: LocalId, part: &Part) -> Option<usize> {
        self.of(local).iter().position(|known| known.same(part))
    }

    /// The bits of what a field path names, if it is moved somewhere. Of `..x` that is what the text does not list.
    pub fn bits_of(&self, local: LocalId, path: &FieldPath) -> u64 {
        let parts = self.of(local).iter().enumerate();
        let whole = parts.filter(|(_, part)| part.bound.is_none() && part.path == path.0);
        let whole = whole.fold(0, |bits, (index, _)| bits | 1 << index);
        let Some(Step::Others(_, listed)) = path.0.last() else {
            return whole;
        };
        let base = &path.0[..path.0.len() - 1];
        let parts = self.of(local).iter().enumerate();
        let others = parts.filter(|(_, part)| match part.path.split_last() {
            Some((Step::Member(member), outer)) => {
                outer == to_struct(base) && part.bound.is_none() && !listed.contains(member)
            }
            Some((Step::Others(..), outer)) => to_struct(outer) == to_struct(base),
            _ => false,
        });
        others.fold(whole, |bits, (index, _)| bits | 1 << index)
    }

    /// The parts of a part that a field path leads to, by number, with their paths from there.
    pub fn below(&self, local: LocalId, path: &FieldPath) -> Vec<(usize, Part)> {
        let parts = self.of(local).iter().enumerate();
        parts
            .filter_map(|(at, part)| Some((at, part.within(&path.0)?)))
            .collect()
    }

    /// The bits of what a field path leads into, or comes through.
    pub fn overlapping(&self, local: LocalId, path: &FieldPath) -> u64 {
        let parts = self.of(local).iter().enumerate();
        let overlapping = parts.filter(|(_, part)| {
            within(&part.path, &path.0).is_some() || within(&path.0, &part.path).is_some()
        });
        overlapping.fold(0, |bits, (index, _)| bits | 1 << index)
    }

    /// What a pattern takes out of the value that this path leads to; `sure` if it always matches.
    pub fn taken(&self, local: LocalId, path: &FieldPath, pattern: &Pat, sure: bool) -> Vec<Taken> {
        if self.of(local).is_empty() {
            return Vec::new();
        }
        self.taken_by(local, path, pattern, sure)
            .unwrap_or_default()
    }

    /// The same; `None` if it can't be told.
    pub fn taken_by(
        &self,
        local: LocalId,
        path: &FieldPath,
        pattern: &Pat,
        sure: bool,
    ) -> Option<Vec<Taken>> {
        let none = Structs::default();
        let mut found = Vec::new();
        let mut walk = Walk {
            structs: Some(self.structs.get(&local).unwrap_or(&none)),
            found: &mut found,
            seen: &mut Vec::new(),
            ambiguous: false,
        };
        walk.pattern(Node::at(path), pattern);
        let known = !walk.ambiguous;
        for taken in &mut found {
            taken.certain |= sure;
        }
        known.then_some(found)
    }

    /// Whether the parts that are left drop one by one, and from the last on.
    pub fn has_elements(&self, local: LocalId) -> bool {
        let element = |step: &Step| {
            matches!(
                step,
                Step::Element(_) | Step::FromEnd(_) | Step::Elements(..)
            )
        };
        self.of(local)
            .iter()
            .any(|part| part.path.iter().any(element))
    }

    /// What `..x` moves is told apart from every field that another text moves, assigns or leaves.
    pub fn complete_updates(&mut self, local: LocalId, assigned: &[Vec<Step>]) {
        let parts = self.of.entry(local).or_default();
        let updates = parts
            .iter()
            .filter_map(|part| match part.path.split_last() {
                Some((Step::Others(_, listed), base)) => Some((base.to_vec(), listed.clone())),
                _ => None,
            });
        let updates: Vec<_> = updates.collect();
        let mut known: Vec<Vec<Step>> = parts.iter().map(|part| part.path.clone()).collect();
        known.extend(assigned.iter().cloned());
        for (base, _) in &updates {
            let here = || updates.iter().filter(|(other, _)| other == base);
            let mut listed: Vec<Member> = here().flat_map(|(_, listed)| listed.clone()).collect();
            let outer = to_struct(base);
            listed.extend(known.iter().filter_map(
                |path| match path.strip_prefix(outer)?.first() {
                    Some(Step::Member(member)) => Some(member.clone()),
                    _ => None,
                },
            ));
            let mut seen = HashSet::default();
            listed.retain(|member| seen.insert(member.clone()));
            self.tell_apart(
                local,
                base,
                &listed,
                here().map(|(_, listed)| &listed[..]).collect(),
            );
        }
    }

    /// One part for all that no text names, and one for each member that not every update leaves.
    fn tell_apart(
        &mut self,
        local: LocalId,
        base: &[Step],
        all: &[Member],
        updates: Vec<&[Member]>,
    ) {
        let parts = self.of.entry(local).or_default();
        let is_update = |part: &Part| matches!(part.path.split_last(), Some((Step::Others(..), other)) if other == base);
        let mut kept = parts.extract_if(.., |part| is_update(part)).next();
        if let Some(Step::Others(_, listed)) = kept.as_mut().and_then(|p| p.path.last_mut()) {
            *listed = all.to_vec();
        }
        parts.extend(kept);
        let moved = |member: &&Member| !updates.iter().all(|listed| listed.contains(member));
        for member in all.iter().filter(moved) {
            let mut path = to_struct(base).to_vec();
            path.push(Step::Member(member.clone()));
            self.add(local, Part::whole(&FieldPath(path)));
        }
    }
}

impl Part {
    /// Whether a pattern finds it: in what may be a reference.
    fn by_pattern(&self) -> bool {
        let mut all = self.via.iter();
        all.any(|via| via.is_tuple || via.constructor.is_some())
    }

    /// All of what a field path leads to.
    pub fn whole(path: &FieldPath) -> Part {
        Part {
            path: path.0.clone(),
            via: vec![Via::default(); path.0.len()],
            bound: None,
            stands: None,
            asked: Vec::new(),
        }
    }

    /// All of the enum that a part is in.
    pub fn node(&self) -> Part {
        Part {
            bound: None,
            ..self.clone()
        }
    }

    /// Whether it is what `..x` moves.
    pub fn is_update(&self) -> bool {
        matches!(self.path.last(), Some(Step::Others(..)))
    }

    pub fn is_bound(&self) -> bool {
        self.bound.is_some()
    }

    /// Its number in a tuple is not known.
    pub fn counts_from_the_end(&self) -> bool {
        self.path.iter().any(|step| matches!(step, Step::Last(_)))
    }

    pub fn same(&self, other: &Part) -> bool {
        let text = |bound: &Option<Pat>| bound.as_ref().map(|p| p.to_token_stream().to_string());
        self.path == other.path && text(&self.bound) == text(&other.bound)
    }

    /// The same part as one of a part, which it is in.
    pub fn within(&self, outer: &[Step]) -> Option<Part> {
        let inner = match within(&self.path, outer) {
            Some(inner) if !inner.is_empty() || self.is_bound() => inner,
            _ => return None,
        };
        let at = self.path.len() - inner.len();
        Some(Part {
            path: inner.to_vec(),
            via: self.via[at..].to_vec(),
            bound: self.bound.clone(),
            stands: self.stands,
            asked: self.asked.clone(),
        })
    }
}

/// What leads from a part to a part of that; `None` if it is no part of it.
pub fn within<'p>(path: &'p [Step], outer: &[Step]) -> Option<&'p [Step]> {
    if let Some((Step::Others(_, listed), base)) = outer.split_last() {
        let inner = within(path, base)?;
        return match inner.first() {
            Some(Step::Member(member)) if !listed.contains(member) => Some(inner),
            Some(Step::Others(..)) if path == outer => Some(&[]),
            _ => None,
        };
    }
    let members = to_struct(outer);
    let derefs = outer.len() - members.len();
    let inner = path.strip_prefix(members)?;
    match inner.first() {
        // `.f` of `*x`, which is spelled without the derefs.
        Some(Step::Member(_) | Step::Others(..)) => Some(inner),
        _ => inner
            .get(derefs..)
            .filter(|_| inner[..derefs].iter().all(|s| *s == Step::Deref)),
    }
}

/// A path to a struct or tuple, behind whatever boxes.
fn to_struct(path: &[Step]) -> &[Step] {
    let derefs = path.iter().rev().take_while(|s| **s == Step::Deref).count();
    &path[..path.len() - derefs]
}
