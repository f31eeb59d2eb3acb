//! Blocks, branches and loops, as statements and as values.

use super::place::{Pattern, Place};
use super::{Generator, Loop, Way};
use crate::parts;
use crate::scope::{Access, Scope, State};
use crate::tree::{Node, Part};
use crate::types::Type;

impl Generator {
    fn some_body(&mut self, ty: &Type) -> Vec<Node> {
        let count = self.below(3);
        let fuel = self.fuel;
        let body = self.body(count, Some(ty));
        self.fuel = fuel - 1;
        body
    }

    pub(super) fn block_value(&mut self, ty: &Type) -> Node {
        match self.below(4) {
            0 if !self.in_closure => self.labelled_block(ty),
            1 => Node::expression(ty, parts!["unsafe ", self.some_body(ty)]),
            _ => Node::expression(ty, parts![self.some_body(ty)]),
        }
    }

    /// `'b: { .. }`, which breaks give a value to.
    fn labelled_block(&mut self, ty: &Type) -> Node {
        self.names += 1;
        let label = format!("'b{}", self.names);
        self.loops.push(Loop {
            label: Some(label.clone()),
            value: Some(ty.clone()),
            is_loop: false,
            start: self.scope.clone(),
            exits: Vec::new(),
            floor: self.floor,
        });
        let body = self.some_body(ty);
        self.leave_loop();
        Node::expression(ty, parts![format!("{label}: "), body])
    }

    /// After what was pushed to `loops`, and after its last statement if that is reached.
    fn leave_loop(&mut self) {
        let Some(mut left) = self.loops.pop() else {
            return;
        };
        self.floor = left.floor;
        if !self.diverged {
            left.exits.push(self.scope.clone());
        }
        self.diverged = left.exits.is_empty();
        self.scope = left.start;
        self.scope.join(&left.exits);
    }

    fn condition(&mut self) -> Vec<Part> {
        self.fuel = self.fuel.min(3);
        match self.below(3) {
            0 => parts![self.top(&Type::Bool)],
            1 => {
                let event = self.event("if ");
                parts![format!("given({event}, "), self.value(&Type::Bool), ")"]
            }
            _ => parts![self.truth()],
        }
    }

    pub(super) fn if_value(&mut self, ty: &Type) -> Node {
        let ty = ty.clone();
        if self.chance(30) {
            return self.if_let(&ty);
        }
        let mut parts = parts!["if "];
        parts.extend(self.condition());
        let (yes, no) = (ty.clone(), ty.clone());
        parts.push(Part::from(" "));
        parts.extend(self.ways(vec![
            Box::new(move |g| parts![g.arm_body(&yes)]),
            Box::new(move |g| parts![" else ", g.arm_body(&no)]),
        ]));
        Node::expression(&ty, parts)
    }

    /// A way that may leave what is around it.
    fn arm_body(&mut self, ty: &Type) -> Vec<Node> {
        if self.in_closure || !self.chance(15) {
            return self.some_body(ty);
        }
        let floor = std::mem::take(&mut self.floor);
        let count = self.below(2);
        let body = self.body_after(Vec::new(), count, None, |g| vec![g.returned()]);
        self.floor = floor;
        body
    }

    fn if_let(&mut self, ty: &Type) -> Node {
        let (scrutinee, of, place) = self.scrutinee();
        let pattern = self.pattern(&of, true);
        let mut parts = parts![format!("if let {} = ", pattern.text)];
        parts.extend(scrutinee);
        parts.push(Part::from(" "));
        let (yes, no) = (ty.clone(), ty.clone());
        parts.extend(self.ways(vec![
            Box::new(move |g| {
                g.bind(&pattern, place.as_ref());
                parts![g.some_body(&yes)]
            }),
            Box::new(move |g| parts![" else ", g.some_body(&no)]),
        ]));
        Node::expression(ty, parts)
    }

    /// What is taken apart: a value or a place.
    fn scrutinee(&mut self) -> (Vec<Part>, Type, Option<Place>) {
        self.fuel = self.fuel.min(3);
        let is_composed =
            |ty: &Type| !matches!(ty, Type::Num | Type::Bool | Type::Str) && !ty.borrows();
        if self.chance(50)
            && self.moves_parts
            && let Some(place) = self.place_where(Access::Move, is_composed)
        {
            return (parts![place.text.clone()], place.ty.clone(), Some(place));
        }
        let ty = self.ty(2);
        let value = self.top(&ty);
        (parts![value], ty, None)
    }

    fn bind(&mut self, pattern: &Pattern, place: Option<&Place>) {
        if let Some(place) = place
            && pattern.moves
        {
            self.left(place.index, &place.path);
            self.scope.locals[place.index].state = State::Gone;
        }
        self.declare(pattern, place.map(|place| place.index));
    }

    pub(super) fn match_value(&mut self, ty: &Type) -> Node {
        let (scrutinee, of, place) = self.scrutinee();
        let mut parts = parts!["match "];
        parts.extend(scrutinee);
        let place = place.as_ref();
        let mut ways: Vec<Way<'_>> = Vec::new();
        for is_last in [false, false, true] {
            let (of, ty) = (of.clone(), ty.clone());
            ways.push(Box::new(move |g| {
                vec![Part::Body(vec![g.arm(&of, &ty, place, is_last)])]
            }));
        }
        let arms = self.ways(ways);
        let arms = arms.into_iter().flat_map(|part| match part {
            Part::Body(arms) => arms,
            _ => Vec::new(),
        });
        parts.push(Part::from(" "));
        parts.push(Part::Body(arms.collect()));
        Node::expression(ty, parts)
    }

    /// An arm; the last one matches whatever comes.
    fn arm(&mut self, of: &Type, ty: &Type, place: Option<&Place>, is_last: bool) -> Node {
        let mut pattern = self.pattern(of, !is_last);
        if is_last && self.chance(50) {
            pattern = Pattern::wild();
        }
        self.bind(&pattern, place);
        let has_guard = !is_last && !pattern.moves && self.chance(30);
        let mut arm = vec![Part::from(pattern.text)];
        if has_guard {
            arm.extend(parts![" if ", self.value(&Type::Bool)]);
        }
        arm.push(Part::from(" => "));
        arm.push(match self.chance(70) {
            true => Part::from(self.arm_body(ty)),
            false => Part::from(self.top(ty)),
        });
        arm.push(Part::from(","));
        Node::statement(arm)
    }

    /// `loop { .. break VALUE }`
    pub(super) fn loop_value(&mut self, ty: &Type) -> Node {
        let (label, counter) = self.enter_loop(Some(ty.clone()));
        let head = Node::statement(parts![format!("{counter} += 1; assert!({counter} < 9);")]);
        let of = ty.clone();
        let end = |g: &mut Self| {
            let mut nodes = g.refill();
            let outside = g.outer_floor();
            let floor = std::mem::replace(&mut g.floor, outside);
            g.fuel = 2;
            let value = g.value(&of);
            g.floor = floor;
            let exit = g.scope.clone();
            g.exit(g.loops.len() - 1, exit);
            nodes.push(Node::statement(parts![
                format!("if {counter} > 1 "),
                vec![Node::statement(parts!["break ", value, ";"])]
            ]));
            nodes
        };
        let count = 1 + self.below(2);
        let body = self.body_after(vec![head], count, None, end);
        self.diverged = true;
        self.leave_loop();
        Node::expression(
            ty,
            parts![
                format!("{{ let mut {counter} = 0; {label}loop "),
                body,
                " }"
            ],
        )
    }

    /// Where the floor is outside of the innermost loop.
    fn outer_floor(&self) -> usize {
        self.loops.last().map_or(0, |innermost| innermost.floor)
    }

    pub(super) fn exit(&mut self, target: usize, mut scope: Scope) {
        let left = &mut self.loops[target];
        scope.locals.truncate(left.start.locals.len());
        left.exits.push(scope);
    }

    fn enter_loop(&mut self, value: Option<Type>) -> (String, String) {
        self.names += 1;
        let (label, counter) = (format!("'l{}", self.names), format!("c{}", self.names));
        let floor = std::mem::replace(&mut self.floor, self.scope.locals.len());
        self.loops.push(Loop {
            label: Some(label.clone()),
            value,
            is_loop: true,
            start: self.scope.clone(),
            exits: Vec::new(),
            floor,
        });
        (format!("{label}: "), counter)
    }

    /// What was moved out of locals from before the loop comes back, for the next round.
    fn refill(&mut self) -> Vec<Node> {
        let Some(innermost) = self.loops.last() else {
            return Vec::new();
        };
        let start = innermost.start.clone();
        let mut nodes = Vec::new();
        for (index, local) in start.locals.iter().enumerate() {
            if local.state == State::Full
                && self.scope.locals[index].state != State::Full
                && let Some(least) = local.ty.least()
            {
                nodes.push(Node::statement(parts![
                    format!("{} = ", local.name),
                    least,
                    ";"
                ]));
                self.scope.locals[index].state = State::Full;
            }
        }
        nodes
    }

    /// `while`, `while let` and `for`.
    pub(super) fn loop_statement(&mut self) -> Node {
        let kind = self.below(4);
        // The head of a `for` is evaluated once, before the loop.
        let values = match kind {
            0 => Part::from(format!("[{}, {}]", self.below(4), self.below(4))),
            1 => Part::from(self.top(&Type::Array(Box::new(Type::Noisy)))),
            _ => Part::from(""),
        };
        let (label, counter) = self.enter_loop(None);
        let head = match kind {
            0 => self.for_head(&Type::Num, &label, values),
            1 => self.for_head(&Type::Noisy, &label, values),
            2 => self.while_head(&label, &counter),
            _ => self.while_let_head(&label, &counter),
        };
        let outer = self.scope.locals.len();
        if let Some(pattern) = &head.pattern {
            self.declare(pattern, None);
        }
        let count = 1 + self.below(3);
        let body = self.body_after(head.first, count, None, Self::refill);
        self.scope.locals.truncate(outer);
        self.exit(self.loops.len() - 1, head.without_rounds);
        self.leave_loop();
        let mut parts = parts![format!("{{ {}", head.before)];
        parts.extend(head.parts);
        parts.push(Part::from(body));
        parts.push(Part::from(" }"));
        Node::statement(parts)
    }

    fn for_head(&mut self, ty: &Type, label: &str, values: Part) -> Head {
        let pattern = self.pattern(ty, false);
        let text = format!("{label}for {} in ", pattern.text);
        Head {
            before: String::new(),
            parts: vec![Part::from(text), values, Part::from(" ")],
            pattern: Some(pattern),
            first: Vec::new(),
            without_rounds: self.scope.clone(),
        }
    }

    fn while_head(&mut self, label: &str, counter: &str) -> Head {
        let mut parts = parts![format!("{label}while ")];
        parts.extend(self.condition());
        parts.push(Part::from(" "));
        let count = format!("{counter} += 1; if {counter} > 2 {{ break; }}");
        Head {
            before: format!("let mut {counter} = 0; "),
            parts,
            pattern: None,
            first: vec![Node::statement(parts![count])],
            without_rounds: self.scope.clone(),
        }
    }

    fn while_let_head(&mut self, label: &str, counter: &str) -> Head {
        let pattern = self.pattern(&Type::Num, false);
        let text = &pattern.text;
        Head {
            before: format!("let mut {counter} = queue(2); "),
            parts: parts![format!(
                "{label}while let Some({text}) = {counter}.pop().await "
            )],
            pattern: Some(pattern),
            first: Vec::new(),
            without_rounds: self.scope.clone(),
        }
    }
}

/// What stands before the body of a loop.
struct Head {
    before: String,
    parts: Vec<Part>,
    pattern: Option<Pattern>,
    first: Vec<Node>,
    /// What is left of the locals when there is no round.
    without_rounds: Scope,
}
