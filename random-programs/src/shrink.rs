//! The smallest program that has the same trouble.

use crate::evaluate::Outcome;
use crate::generate::Program;
use crate::tree::{Kind, Node, Part};
use std::io;

/// A program that others can stand for.
pub trait Smaller: Clone {
    /// About so much of them is compiled at once.
    const AT_ONCE: usize;

    fn size(&self) -> usize;

    /// What could stand for it.
    fn smaller(&self) -> Vec<Self>;
}

/// Says what becomes of programs.
pub type Evaluate<'a, P> = &'a dyn Fn(&mut [P]) -> io::Result<Vec<Outcome>>;

/// Makes a program smaller as long as what becomes of it is like `outcome`.
///
/// # Errors
///
/// If files can't be written or processes not be run.
pub fn shrink<P: Smaller>(
    evaluate: Evaluate<'_, P>,
    program: &P,
    outcome: &Outcome,
) -> io::Result<(P, Outcome)> {
    let mut best = (program.clone(), outcome.clone());
    // Where so much at once could not be left out, it can't in the next round either, as a rule.
    let mut most = 0;
    loop {
        let size = best.0.size();
        let mut smaller = best.0.smaller();
        smaller.sort_by_key(P::size);
        let (hopeless, hopeful): (Vec<_>, Vec<_>) = smaller
            .into_iter()
            .partition(|program| size.saturating_sub(program.size()) > most && most > 0);
        let found = match first_like(evaluate, hopeful, outcome)? {
            None => first_like(evaluate, hopeless, outcome)?,
            found => found,
        };
        let Some(found) = found else {
            return Ok(best);
        };
        eprintln!("{size} nodes, now {}", found.0.size());
        most = size.saturating_sub(found.0.size()).max(1);
        best = found;
    }
}

/// The smallest with the same trouble.
fn first_like<P: Smaller>(
    evaluate: Evaluate<'_, P>,
    mut left: Vec<P>,
    outcome: &Outcome,
) -> io::Result<Option<(P, Outcome)>> {
    while !left.is_empty() {
        let mut nodes = 0;
        let fits = |program: &&P| {
            nodes += program.size();
            nodes <= P::AT_ONCE
        };
        let count = left.iter().take_while(fits).count().max(1);
        let others = left.split_off(count);
        let outcomes = evaluate(&mut left)?;
        let mut both = outcomes.into_iter().zip(left);
        if let Some((outcome, program)) = both.find(|(found, _)| found.is_like(outcome)) {
            return Ok(Some((program, outcome)));
        }
        left = others;
    }
    Ok(None)
}

impl Smaller for Program {
    const AT_ONCE: usize = 4000;

    fn size(&self) -> usize {
        self.function.size()
    }

    fn smaller(&self) -> Vec<Self> {
        let (size, own) = (self.size(), weight(&self.function));
        let mut smaller = in_place(&self.function);
        smaller.retain(|node| node.size() < size || weight(node) < own);
        let with = |function| Self {
            function,
            ..self.clone()
        };
        smaller.into_iter().map(with).collect()
    }
}

fn weight(node: &Node) -> usize {
    node.render().text.split_whitespace().map(str::len).sum()
}

/// What may stand for a node of a body.
fn replacements(node: &Node) -> Vec<Vec<Node>> {
    let mut all = Vec::new();
    if node.kind == Kind::Statement {
        all.push(Vec::new());
        for body in bodies(node) {
            all.push(
                body.iter()
                    .filter(|node| node.kind == Kind::Statement)
                    .cloned()
                    .collect(),
            );
        }
    }
    all.extend(in_place(node).into_iter().map(|node| vec![node]));
    all
}

fn bodies(node: &Node) -> Vec<&Vec<Node>> {
    let mut found = Vec::new();
    for part in &node.parts {
        match part {
            Part::Text(_) => {}
            Part::Node(node) => found.extend(bodies(node)),
            Part::Body(body) => found.push(body),
        }
    }
    found
}

/// What may stand for a node everywhere.
fn in_place(node: &Node) -> Vec<Node> {
    let mut all = Vec::new();
    if let Kind::Expression(ty) = &node.kind {
        all.extend(ty.least());
        below(node, &mut |inner| {
            if inner.kind == node.kind {
                all.push(inner.clone());
            }
        });
    }
    for (index, part) in node.parts.iter().enumerate() {
        match part {
            Part::Text(_) => {}
            Part::Node(inner) => {
                for new in in_place(inner) {
                    all.extend(node.with(index, 0, vec![new]));
                }
            }
            Part::Body(body) => {
                for half in halves(body) {
                    let mut new = node.clone();
                    new.parts[index] = Part::Body(half);
                    all.push(new);
                }
                for (at, inner) in body.iter().enumerate() {
                    for new in replacements(inner) {
                        all.extend(node.with(index, at, new));
                    }
                }
            }
        }
    }
    all
}

/// Each half of the statements left out.
fn halves(body: &[Node]) -> Vec<Vec<Node>> {
    let middle = body.len() / 2;
    if middle < 2 {
        return Vec::new();
    }
    vec![
        body[middle..].to_vec(),
        [&body[..middle], &body[body.len() - 1..]].concat(),
    ]
}

fn below(node: &Node, visit: &mut impl FnMut(&Node)) {
    for part in &node.parts {
        let nodes = match part {
            Part::Text(_) => continue,
            Part::Node(node) => std::slice::from_ref(node),
            Part::Body(body) => body,
        };
        for node in nodes {
            visit(node);
            below(node, visit);
        }
    }
}
