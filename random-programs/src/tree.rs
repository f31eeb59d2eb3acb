//! A program as a tree: what is written, what can be left out, and what stands on which line.
//!
//! A [`Node`] is a statement or an expression, made of text, other nodes and bodies. The tree knows
//! no more of Rust than that: every statement of a body begins on a line of its own, so that an
//! error of rustc's leads back to a statement, and everything can be made smaller by taking nodes
//! out of it.

use crate::types::Type;

/// A statement or an expression.
#[derive(Clone, Debug)]
pub struct Node {
    pub kind: Kind,
    pub parts: Vec<Part>,
}

/// What a node may be replaced by: a statement by nothing, an expression by one of its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Statement,
    Expression(Type),
}

/// What a node is made of.
#[derive(Clone, Debug)]
pub enum Part {
    Text(String),
    Node(Node),
    /// In braces: statements and perhaps an expression at the end.
    Body(Vec<Node>),
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Node> for Part {
    fn from(node: Node) -> Self {
        Self::Node(node)
    }
}

impl From<Vec<Node>> for Part {
    fn from(body: Vec<Node>) -> Self {
        Self::Body(body)
    }
}

/// The parts of a node, from anything that can be one.
#[macro_export]
macro_rules! parts {
    ($($part:expr),* $(,)?) => { vec![$($crate::tree::Part::from($part)),*] };
}

impl Node {
    #[must_use]
    pub fn statement(parts: Vec<Part>) -> Self {
        Self {
            kind: Kind::Statement,
            parts,
        }
    }

    #[must_use]
    pub fn expression(ty: &Type, parts: Vec<Part>) -> Self {
        Self {
            kind: Kind::Expression(ty.clone()),
            parts,
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn size(&self) -> usize {
        let below = |part: &Part| match part {
            Part::Text(_) => 0,
            Part::Node(node) => node.size(),
            Part::Body(body) => body.iter().map(Self::size).sum(),
        };
        1 + self.parts.iter().map(below).sum::<usize>()
    }

    /// The text, and for each of its lines the statement that begins on it or runs through it, as a
    /// number that [`Node::without`] understands.
    #[must_use]
    pub fn render(&self) -> Rendered {
        let mut rendered = Rendered::default();
        let mut next = 0;
        self.write(&mut rendered, &mut next, 0);
        rendered.lines.push(0);
        rendered
    }

    fn write(&self, out: &mut Rendered, next: &mut usize, around: usize) {
        let own = *next;
        *next += 1;
        let owner = match self.kind {
            Kind::Statement => own,
            Kind::Expression(_) => around,
        };
        for part in &self.parts {
            match part {
                Part::Text(text) => out.text.push_str(text),
                Part::Node(node) => node.write(out, next, owner),
                Part::Body(body) => {
                    out.open(owner);
                    for node in body {
                        let number = *next;
                        node.write(out, next, number);
                        out.line(number);
                    }
                    out.close();
                }
            }
        }
    }

    /// The tree without the node of that number, or with the least of its type instead of it.
    #[must_use]
    pub fn without(&self, number: usize) -> Option<Self> {
        let mut next = 0;
        let mut replaced = self.without_from(number, &mut next)?;
        replaced.pop()
    }

    fn without_from(&self, number: usize, next: &mut usize) -> Option<Vec<Self>> {
        let own = *next;
        *next += 1;
        if own == number {
            return match &self.kind {
                Kind::Statement => Some(Vec::new()),
                Kind::Expression(ty) => Some(vec![ty.least()?]),
            };
        }
        for (index, part) in self.parts.iter().enumerate() {
            let nodes = match part {
                Part::Text(_) => continue,
                Part::Node(node) => std::slice::from_ref(node),
                Part::Body(body) => body,
            };
            for (at, node) in nodes.iter().enumerate() {
                if let Some(new) = node.without_from(number, next) {
                    return Some(vec![self.with(index, at, new)?]);
                }
            }
        }
        None
    }

    /// With other nodes for one of a part's.
    pub(crate) fn with(&self, part: usize, at: usize, new: Vec<Self>) -> Option<Self> {
        let mut changed = self.clone();
        match &mut changed.parts[part] {
            Part::Text(_) => return None,
            Part::Node(node) => *node = new.into_iter().next()?,
            Part::Body(body) => {
                body.splice(at..=at, new);
            }
        }
        Some(changed)
    }
}

/// Text whose lines are known.
#[derive(Default)]
pub struct Rendered {
    pub text: String,
    /// The number of the innermost statement of each line.
    pub lines: Vec<usize>,
    depth: usize,
}

impl Rendered {
    fn open(&mut self, owner: usize) {
        self.text.push('{');
        self.depth += 1;
        self.line(owner);
    }

    fn line(&mut self, number: usize) {
        self.lines.push(number);
        self.text.push('\n');
        self.text.push_str(&"    ".repeat(self.depth));
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.text.truncate(self.text.len() - 4);
        self.text.push('}');
    }
}
