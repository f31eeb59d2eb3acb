//! The smallest program that has the same trouble.

use crate::compile::Compiler;
use crate::evaluate::{Illegal, Outcome, evaluate};
use crate::generate::Program;
use crate::tree::{Kind, Node, Part};
use std::io;

/// So many are compiled at once.
const AT_ONCE: usize = 40;

/// Makes a program smaller as long as what becomes of it is like `outcome`.
///
/// # Errors
///
/// If files can't be written or processes not be run.
pub fn shrink(
    compiler: &Compiler,
    program: &Program,
    outcome: &Outcome,
) -> io::Result<(Program, Outcome)> {
    let mut best = (program.clone(), outcome.clone());
    'smaller: loop {
        let mut smaller = in_place(&best.0.function);
        let size = best.0.function.size();
        smaller.retain(|node| node.size() < size || weight(node) < weight(&best.0.function));
        smaller.sort_by_key(Node::size);
        for some in smaller.chunks(AT_ONCE) {
            let with = |function: &Node| Program {
                function: function.clone(),
                ..best.0.clone()
            };
            let mut candidates: Vec<_> = some.iter().map(with).collect();
            let outcomes = evaluate(compiler, &mut candidates, Illegal::Reject)?;
            let like = outcomes
                .into_iter()
                .zip(candidates)
                .find(|(o, _)| o.is_like(outcome));
            if let Some((outcome, candidate)) = like {
                best = (candidate, outcome);
                continue 'smaller;
            }
        }
        return Ok(best);
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
