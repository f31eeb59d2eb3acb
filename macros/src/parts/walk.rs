//! Walks through a pattern: which parts it takes.

use super::strip::Strip;
use super::{FieldPath, Part, Step, Structs, Taken, Via, to_struct};
use crate::body::LocalId;
use syn::{Member, Pat};

/// Where the walk through a pattern is.
#[derive(Clone)]
pub struct Node {
    path: Vec<Step>,
    via: Vec<Via>,
}

impl Node {
    pub fn at(path: &FieldPath) -> Node {
        let Part { path, via, .. } = Part::whole(path);
        Node { path, via }
    }

    fn step(&self, step: Step, constructor: Option<syn::Path>, is_tuple: bool) -> Node {
        let mut node = self.clone();
        let mut derefs = 0;
        if matches!(step, Step::Member(_)) {
            while node.path.last() == Some(&Step::Deref) {
                node.path.pop();
                node.via.pop();
                derefs += 1;
            }
        }
        node.path.push(step);
        node.via.push(Via {
            derefs,
            constructor,
            is_tuple,
        });
        node
    }
}

pub struct Walk<'a> {
    /// What certainly is a struct; without it, everything is.
    pub structs: Option<&'a Structs>,
    pub found: &'a mut Vec<Taken>,
    /// The structs that the walk comes through.
    pub seen: &'a mut Vec<Vec<Step>>,
    /// Alternatives bind at different places, and nothing tells which has matched.
    pub ambiguous: bool,
}

impl Walk<'_> {
    pub fn pattern(&mut self, node: Node, pattern: &Pat) {
        match pattern {
            Pat::Ident(p) => {
                if let (Some(local), None) = (LocalId::of(&p.ident), p.by_ref) {
                    self.take(node, None, vec![local], p.mutability.is_some());
                }
            }
            Pat::Paren(p) => self.pattern(node, &p.pat),
            Pat::Type(p) => self.pattern(node, &p.pat),
            Pat::Tuple(p) => self.tuple(&node, &p.elems, None),
            Pat::TupleStruct(_) | Pat::Struct(_) | Pat::Or(_)
                if self.has_variants(&node, pattern) =>
            {
                let mut strip = Strip::default();
                if let Some(pattern) = strip.pattern(pattern) {
                    self.take(node, Some(pattern), strip.bindings, true);
                }
                self.ambiguous |= strip.ambiguous;
            }
            Pat::TupleStruct(p) => self.tuple(&node, &p.elems, Some(&p.path)),
            Pat::Struct(p) => {
                for field in &p.fields {
                    let inner = self.member(&node, field.member.clone(), Some(&p.path));
                    self.pattern(inner, &field.pat);
                }
            }
            Pat::Or(p) => self.alternatives(&node, p),
            Pat::Slice(p) => self.slice(&node, &p.elems),
            _ => {}
        }
    }

    /// All alternatives take the same parts, or nobody knows which are gone.
    fn alternatives(&mut self, node: &Node, pattern: &syn::PatOr) {
        // Together they always match, but none of them need do so.
        if self.structs.is_none() {
            return;
        }
        let mut all: Vec<Vec<Taken>> = Vec::new();
        for case in &pattern.cases {
            let before = self.found.len();
            self.pattern(node.clone(), case);
            all.push(self.found.split_off(before));
        }
        let first = all.first().map_or(&[][..], Vec::as_slice);
        let in_first = |taken: &Taken| {
            let same = |t: &&Taken| t.part.same(&taken.part) && t.bindings == taken.bindings;
            first.iter().any(|t| same(&t))
        };
        let alike = |one: &Vec<Taken>| one.len() == first.len() && one.iter().all(in_first);
        self.ambiguous |= !all.iter().all(alike);
        self.found
            .extend(all.into_iter().next().into_iter().flatten());
    }

    /// Whether the value may be of an enum, which shows its fields to patterns alone.
    fn has_variants(&self, node: &Node, pattern: &Pat) -> bool {
        let constructor = match pattern {
            Pat::Or(p) => return p.cases.iter().any(|case| self.has_variants(node, case)),
            Pat::Paren(p) => return self.has_variants(node, &p.pat),
            Pat::TupleStruct(_) | Pat::Struct(_) => true,
            _ => false,
        };
        let unknown = |structs: &Structs| !structs.contains_key(to_struct(&node.path));
        constructor && self.structs.is_some_and(unknown)
    }

    fn member(&mut self, node: &Node, member: Member, constructor: Option<&syn::Path>) -> Node {
        let base = to_struct(&node.path).to_vec();
        let is_tuple = constructor.is_none();
        self.seen.push(base);
        node.step(Step::Member(member), constructor.cloned(), is_tuple)
    }

    fn tuple<'p, P: 'p>(
        &mut self,
        node: &Node,
        elems: &'p syn::punctuated::Punctuated<Pat, P>,
        name: Option<&syn::Path>,
    ) {
        let rest = elems.iter().position(|e| matches!(e, Pat::Rest(_)));
        for (at, elem) in elems.iter().enumerate() {
            let node = match rest {
                Some(rest) if at == rest => continue,
                Some(rest) if at > rest => {
                    node.step(Step::Last(elems.len() - 1 - at), name.cloned(), false)
                }
                _ => self.member(node, Member::from(at), name),
            };
            self.pattern(node, elem);
        }
    }

    fn slice<'p, P: 'p>(&mut self, node: &Node, elems: &'p syn::punctuated::Punctuated<Pat, P>) {
        let rest = elems.iter().position(is_rest);
        for (at, elem) in elems.iter().enumerate() {
            let after = elems.len() - 1 - at;
            let step = match rest {
                Some(rest) if at == rest => Step::Elements(at, after),
                Some(rest) if at > rest => Step::FromEnd(after),
                _ => Step::Element(at),
            };
            self.pattern(node.step(step, None, false), elem);
        }
    }

    fn take(&mut self, node: Node, bound: Option<Pat>, bindings: Vec<LocalId>, certain: bool) {
        let part = Part {
            path: node.path,
            via: node.via,
            bound,
            stands: None,
            asked: Vec::new(),
        };
        self.found.push(Taken {
            part,
            bindings,
            certain,
        });
    }
}

pub fn is_rest(pattern: &Pat) -> bool {
    match pattern {
        Pat::Rest(_) => true,
        Pat::Ident(p) => matches!(&p.subpat, Some((_, inner)) if is_rest(inner)),
        _ => false,
    }
}
