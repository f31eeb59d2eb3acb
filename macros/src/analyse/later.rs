//! What is mentioned again, field by field.

use crate::body::{Body, LocalId, MentionId};
use crate::parts::{self, Step};

/// The locals that are mentioned again, and which of their fields: in order, so that two are compared and joined at a glance.
#[derive(Clone, PartialEq, Default)]
pub struct Later(Vec<(LocalId, Look)>);

/// A path, by number, and whether it is assigned there.
type Look = (usize, bool);

impl Later {
    pub fn contains(&self, local: &LocalId) -> bool {
        self.0.iter().any(|(other, _)| other == local)
    }

    pub(super) fn locals(&self) -> impl Iterator<Item = LocalId> {
        self.0.iter().map(|(local, _)| *local)
    }

    pub(super) fn end(&mut self, local: LocalId) {
        self.0.retain(|(other, _)| *other != local);
    }

    pub(super) fn join(&mut self, other: &Later) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
        } else if self.0 != other.0 {
            other.0.iter().for_each(|one| self.insert(*one));
        }
    }

    fn insert(&mut self, one: (LocalId, Look)) {
        if let Err(place) = self.0.binary_search(&one) {
            self.0.insert(place, one);
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
        later.insert((local, look));
    }

    /// What is below the field will be as the assignment leaves it; what is above has to be there.
    pub(super) fn assigned(&self, id: MentionId, local: LocalId, later: &mut Later) {
        let path = self.of[id.0 as usize];
        let within = |look: &Look| parts::within(&self.paths[look.0], &self.paths[path]).is_some();
        later
            .0
            .retain(|(other, look)| *other != local || !within(look));
        later.insert((local, (path, true)));
    }

    /// Whether what this mention looks at, or a part of it, is mentioned later.
    pub(super) fn later(&self, id: MentionId, local: LocalId, later: &Later) -> bool {
        let path = &self.paths[self.of[id.0 as usize]];
        let looks = later.0.iter().filter(|(other, _)| *other == local);
        let overlaps = |(_, (other, assigned)): &(LocalId, Look)| {
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
