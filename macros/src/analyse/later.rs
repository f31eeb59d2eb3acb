//! What is mentioned again, field by field.

use crate::body::{Body, LocalId, MentionId};
use crate::parts::{self, Step};
use std::collections::{BTreeSet, HashMap};

/// The locals that are mentioned again, and which of their fields.
#[derive(Clone, PartialEq, Default)]
pub struct Later(HashMap<LocalId, BTreeSet<Look>>);

/// A path, by number, and whether it is assigned there.
type Look = (usize, bool);

impl Later {
    pub fn contains(&self, local: &LocalId) -> bool {
        self.0.contains_key(local)
    }

    pub(super) fn end(&mut self, local: LocalId) {
        self.0.remove(&local);
    }

    pub(super) fn join(&mut self, other: &Later) {
        for (local, looks) in &other.0 {
            self.0.entry(*local).or_default().extend(looks);
        }
    }
}

/// The path that each mention looks at.
pub struct Looks {
    paths: Vec<Vec<Step>>,
    of: Vec<usize>,
}

impl Looks {
    pub(super) fn of(body: &Body) -> Looks {
        let mut paths: Vec<Vec<Step>> = Vec::new();
        let of = body.mentions.iter().map(|mention| {
            let path = mention.path.0.clone();
            let known = paths.iter().position(|known| *known == path);
            known.unwrap_or_else(|| {
                paths.push(path);
                paths.len() - 1
            })
        });
        let of = of.collect();
        Looks { paths, of }
    }

    pub(super) fn looked_at(&self, id: MentionId, local: LocalId, later: &mut Later) {
        let look = (self.of[id.0 as usize], false);
        later.0.entry(local).or_default().insert(look);
    }

    /// What is below the field will be as the assignment leaves it; what is above has to be there.
    pub(super) fn assigned(&self, id: MentionId, local: LocalId, later: &mut Later) {
        let path = self.of[id.0 as usize];
        let looks = later.0.entry(local).or_default();
        let within = |look: &Look| parts::within(&self.paths[look.0], &self.paths[path]).is_some();
        looks.retain(|look| !within(look));
        looks.insert((path, true));
    }

    /// Whether what this mention looks at, or a part of it, is mentioned later.
    pub(super) fn later(&self, id: MentionId, local: LocalId, later: &Later) -> bool {
        let path = &self.paths[self.of[id.0 as usize]];
        let looks = later.0.get(&local).into_iter().flatten();
        let overlaps = |(other, assigned): &Look| {
            let other = &self.paths[*other];
            let inside = parts::within(other, path);
            match assigned {
                true => inside.is_some_and(|rest| !rest.is_empty()),
                false => inside.is_some() || parts::within(path, other).is_some(),
            }
        };
        looks.into_iter().any(overlaps)
    }
}
