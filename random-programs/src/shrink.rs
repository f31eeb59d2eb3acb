//! The smallest program that has the same trouble.

use crate::compile::Compiler;
use crate::evaluate::{Illegal, Outcome, evaluate};
use crate::generate::Program;
use crate::tree::{Kind, Node, Part};
use std::io;

/// So many nodes are compiled at once.
const AT_ONCE: usize = 4000;

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
    // Where so much at once could not be left out, it can't in the next round either, as a rule.
    let mut most = 0;
    loop {
        let size = best.0.function.size();
        let smaller = candidates(&best.0.function);
        let (hopeless, hopeful): (Vec<_>, Vec<_>) = smaller
            .into_iter()
            .partition(|node| size.saturating_sub(node.size()) > most && most > 0);
        let found = match first_like(compiler, &best.0, &hopeful, outcome)? {
            None => first_like(compiler, &best.0, &hopeless, outcome)?,
            found => found,
        };
        let Some(found) = found else {
            return Ok(best);
        };
        eprintln!("{size} nodes, now {}", found.0.function.size());
        most = size.saturating_sub(found.0.function.size()).max(1);
        best = found;
    }
}

/// What could stand for a function, the smallest first.
fn candidates(function: &Node) -> Vec<Node> {
    let (size, own) = (function.size(), weight(function));
    let mut smaller = in_place(function);
    smaller.retain(|node| node.size() < size || weight(node) < own);
    smaller.sort_by_key(Node::size);
    smaller
}

/// The smallest with the same trouble.
fn first_like(
    compiler: &Compiler,
    program: &Program,
    functions: &[Node],
    outcome: &Outcome,
) -> io::Result<Option<(Program, Outcome)>> {
    let mut left = functions;
    while !left.is_empty() {
        let mut nodes = 0;
        let fits = |node: &&Node| {
            nodes += node.size();
            nodes <= AT_ONCE
        };
        let count = left.iter().take_while(fits).count().max(1);
        let (some, others) = left.split_at(count);
        left = others;
        let with = |function: &Node| Program {
            function: function.clone(),
            ..program.clone()
        };
        let mut programs: Vec<_> = some.iter().map(with).collect();
        let outcomes = evaluate(compiler, &mut programs, Illegal::Reject)?;
        let mut both = outcomes.into_iter().zip(programs);
        if let Some((outcome, program)) = both.find(|(found, _)| found.is_like(outcome)) {
            return Ok(Some((program, outcome)));
        }
    }
    Ok(None)
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
