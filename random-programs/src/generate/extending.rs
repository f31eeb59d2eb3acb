//! Programs about temporaries that a `let` extends: forms of references to forms of temporaries, in places where these are
//! extended, or are not and look like it.
//!
//! Each form is a text in which `@` stands for a temporary, `^` for something that extends one, and `%` for a name that no
//! other value has. What is generated depends on the seed alone.

use super::Program;
use crate::tree::{Node, Part};
use crate::types::Type;

/// The program of a seed.
#[must_use]
pub fn program(seed: u64) -> Program {
    let mut generator = Extending {
        rng: fastrand::Rng::with_seed(seed),
        names: 0,
    };
    let mut body = vec![generator.statement("let before = noisy(%);")];
    for _ in 0..generator.rng.usize(1..3) {
        let block = Node::statement(vec![Part::Body(generator.block())]);
        body.push(block);
        body.push(generator.statement("say(%);"));
    }
    let tick = generator.statement("tick(1).await;");
    body.push(tick);
    Program {
        function: Node::statement(vec!["fn start(n: u32) ".into(), body.into()]),
        arguments: "3, ".to_owned(),
        output: Type::Unit,
        cleans_up: false,
    }
}

struct Extending {
    rng: fastrand::Rng,
    names: u32,
}

impl Extending {
    /// Statements in which something is extended to the end of the block, and what comes after them.
    fn block(&mut self) -> Vec<Node> {
        let mut block = Vec::new();
        for _ in 0..self.rng.usize(1..3) {
            block.push(self.one_of(CONTEXTS, 2));
            block.push(self.one_of(AFTERWARDS, 0));
        }
        block.push(self.statement("say(%);"));
        block
    }

    fn statement(&mut self, form: &str) -> Node {
        Node::statement(self.parts(form, 0))
    }

    fn one_of(&mut self, forms: &[&str], depth: u32) -> Node {
        let form = forms[self.rng.usize(0..forms.len())];
        Node::statement(self.parts(form, depth))
    }

    /// Any temporary is taken for a `Noisy`: where it has another type, rustc says so when it is made smaller.
    fn expression(&mut self, forms: &[&str], depth: u32) -> Node {
        let form = forms[self.rng.usize(0..forms.len())];
        Node::expression(&Type::Noisy, self.parts(form, depth))
    }

    fn parts(&mut self, form: &str, depth: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut text = String::new();
        for letter in form.chars() {
            match letter {
                '%' => {
                    self.names += 1;
                    text.push_str(&format!("\"t{}\"", self.names));
                }
                '@' | '^' => {
                    parts.push(std::mem::take(&mut text).into());
                    parts.push(self.inside(letter == '^', depth).into());
                }
                other => text.push(other),
            }
        }
        parts.push(text.into());
        parts
    }

    fn inside(&mut self, extends: bool, depth: u32) -> Node {
        let inner = depth.saturating_sub(1);
        match (extends, depth) {
            (true, 0) => self.expression(&["&@"], 0),
            (true, _) if self.rng.u32(0..100) < 30 => self.expression(AROUND, depth),
            (true, _) => self.expression(EXTENDING, inner),
            (false, 0) => self.expression(&["noisy(%)"], 0),
            (false, _) => self.expression(TEMPORARIES, inner),
        }
    }
}

/// What has a temporary as its value, or as its base.
const TEMPORARIES: &[&str] = &[
    "noisy(%)",
    "@",
    "pair(%, %).left",
    "(pair(%, %), 1).0.right",
    "vec![@, noisy(%)][0]",
    "vec![noisy(%), @][after(1, 0).await]",
    "[noisy(%), @][after(1, 1).await]",
    "*Box::new(@)",
    "*after(1, Box::new(@)).await",
    "(&pair(%, %)).left",
    "(&after(1, pair(%, %)).await).left",
    "after(1, @).await",
    "after(1, pair(%, %)).await.left",
    "(&noisy(%), @).1",
    "(&@, after(1, noisy(%)).await).0",
    "(after(1, noisy(%)).await, &@).0",
    "Pair { left: @, ..pair(%, %) }.left",
    "Pair { left: @, ..pair(%, %) }",
    "Pair { right: noisy(%), ..after(1, pair(%, %)).await }.left",
    "vec![Pair { left: @, ..pair(%, %) }][after(1, 0).await].right",
    "{ let z = noisy(%); @ }",
    "{ let z = noisy(%); tick(1).await; @ }",
    "(if n > 2 { @ } else { after(1, noisy(%)).await })",
    "(match pair(%, %) { Pair { left, .. } => left })",
    "(match after(1, pair(%, %)).await { Pair { left, .. } => left })",
    "W { n: &noisy(%), m: @ }.m",
    "W { n: &@, m: after(1, noisy(%)).await }.m",
    "Some(@).unwrap()",
    "Some((@, 1)).as_ref().unwrap().0",
    "(|| noisy(%))()",
    "@.name()",
    "after(1, @).await.name()",
    "f(&@)",
    "f((&@, after(1, 2).await))",
    "(&vec![pair(%, %)])[after(1, 0).await].left",
    "*&*&@",
    "(&mut [@, noisy(%)])[1]",
    "vec![&@][after(1, 0).await]",
    "unsafe { @ }",
    "Box::new(pair(%, %)).left",
    "[pair(%, %), pair(%, %)][after(1, 0).await].right",
];

/// What extends a temporary, if it stands where that is done.
const EXTENDING: &[&str] = &[
    "&@",
    "&@",
    "&mut @",
    "(&@)",
    "[&@, &noisy(%)]",
    "(&@, 1)",
    "(noisy(%), &@)",
    "W { n: &noisy(%), m: &@ }",
    "Some(&@)",
    "Ok::<_, ()>(&@)",
    "Some((&@, &noisy(%)))",
    "[(&@, after(0, 1).await)]",
    "&[&@]",
    "&(&@, 2)",
    "&(after(0, 1).await, &@)",
    "&Some(&@)",
    "&W { n: &noisy(%), m: &@ }",
    "&&@",
    "&{ @ }",
    "&@ as &dyn std::fmt::Debug",
];

/// What extends what is extended in it.
const AROUND: &[&str] = &[
    "{ say(%); ^ }",
    "{ let g = noisy(%); ^ }",
    "{ let g = noisy(%); tick(1).await; ^ }",
    "unsafe { ^ }",
    "if n > 2 { ^ } else { return }",
    "if n > 2 { Some(^) } else { after(1, ()).await; None }",
    "if n == 2 { after(1, None).await } else { Some(^) }",
    "match n { 3 => ^, _ => return }",
    "match after(1, n).await { 3 => ^, _ => return }",
    "(^, ^)",
    "[^]",
    "Some(^)",
    "&^",
    "(^, after(1, noisy(%)).await)",
    "(after(1, noisy(%)).await, ^)",
];

/// Statements that extend, and those next to them.
const CONTEXTS: &[&str] = &[
    "let x = ^;",
    "let x = ^;",
    "let x = ^; let y = ^;",
    "let ref x = ^;",
    "let ref mut x = ^;",
    "let (x, y) = (^, after(1, noisy(%)).await);",
    "let (x, y) = (after(1, noisy(%)).await, ^);",
    "let (ref x, y) = (^, after(1, 2).await);",
    "let (ref x, _) = (@, after(1, noisy(%)).await);",
    "let Pair { left: ref x, .. } = Pair { left: @, right: after(1, noisy(%)).await };",
    "let (x, _) = (^, noisy(%));",
    "let (_, x) = (&noisy(%), ^);",
    "let x; x = 1; let z = ^;",
    "let x = { let x = ^; tick(1).await; 1 };",
    "let Some(x) = Some(^) else { return };",
    "let Some(x) = Some(^) else { return after(1, ()).await };",
    "let x = &(^, after(1, noisy(%)).await).1;",
    "let x = &(after(1, noisy(%)).await, ^).1;",
    "let x = (f(&noisy(%)), ^).0;",
    "let x = &f(^);",
    "let _ = ^;",
    "let (_, _) = (^, noisy(%));",
    "if let x = ^ { tick(1).await; say(%); }",
    "match ^ { x => { tick(1).await; say(%); } }",
    "match (^, after(1, 2).await) { (ref x, _) => { say(%); } }",
    "let x = &f(&noisy(%)); let y = ^;",
    "drop((^, after(1, 2).await));",
    "f((after(1, 2).await, ^));",
    "let x = [^][after(0, 0).await];",
    "let x = &[^][after(0, 0).await];",
];

/// What comes after one. What `x` borrows has to be there still.
const AFTERWARDS: &[&str] = &[
    "",
    "tick(1).await;",
    "say(%);",
    "tick(1).await; say(%);",
    "say(format_args!(\"{x:?}\"));",
    "tick(1).await; say(format_args!(\"{x:?}\"));",
    "tick(1).await; say(format_args!(\"{x:?}\"));",
];
