//! A program as text: coroutines of the attribute.

use super::tree::{
    Branch, Call, Exit, Function, Future, Kind, Number, Output, Pattern, Program, Repeat,
    Statement, Taken, Test, Value,
};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Program {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, function) in self.functions.iter().enumerate() {
            write_function(f, index, function)?;
        }
        Ok(())
    }
}

fn write_function(f: &mut Formatter<'_>, index: usize, function: &Function) -> fmt::Result {
    write!(f, "#[costate::coroutine]\nfn f{index}(n: u32")?;
    for value in 0..function.values {
        write!(f, ", a{value}: Noisy")?;
    }
    let mut text = "{".to_owned();
    function
        .body
        .iter()
        .for_each(|statement| text.push_str(&format!("\n{statement}")));
    if let Some(tail) = &function.tail {
        text.push_str(&format!("\n{tail}"));
    }
    text.push_str("\n}");
    writeln!(f, ") -> Result<Noisy, u32> {}", indented(&text))
}

/// Lines indented by the braces around them.
fn indented(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for line in text.lines() {
        if line.starts_with('}') {
            depth = depth.saturating_sub(1);
        }
        let _ = writeln!(out, "{}{line}", "    ".repeat(depth));
        if line.ends_with('{') {
            depth += 1;
        }
    }
    out
}

struct Body<'a>(&'a [Statement]);

impl Display for Body<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for statement in self.0 {
            write!(f, "\n{statement}")?;
        }
        f.write_str("\n}")
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(event) => write!(f, "say({event:?});"),
            Self::Let(name) => write!(f, "let {name} = noisy({name:?});"),
            Self::Touch(name) => write!(f, "{name}.touch();"),
            Self::Drop(name) => write!(f, "drop({name});"),
            Self::Await(future, taken) => match taken {
                Taken::Dropped => write!(f, "{future}.await;"),
                Taken::Ignored => write!(f, "let _ = {future}.await;"),
                Taken::Asked => write!(f, "{future}.await?;"),
                Taken::Named(name) => write!(f, "let {name} = {future}.await?;"),
            },
            Self::Count(name, polls, number) => {
                write!(f, "let {name} = after({polls}, {number}).await;")
            }
            Self::Ask(event, test) => write!(
                f,
                "given({event:?}, if {test} {{ Err(1_u32) }} else {{ Ok(()) }})?;"
            ),
            Self::CleanUp(Kind::Defer, body) => write!(f, "defer! {}", Body(body)),
            Self::CleanUp(Kind::OnCancel, body) => write!(f, "on_cancel! {}", Body(body)),
            Self::Block {
                value,
                repeat,
                label,
                body,
            } => write_block(f, value.as_ref(), repeat, label.as_ref(), body),
            Self::If(test, yes, no) if no.is_empty() => write!(f, "if {test} {}", Body(yes)),
            Self::If(test, yes, no) => write!(f, "if {test} {} else {}", Body(yes), Body(no)),
            Self::Leave(exit) => write!(f, "{exit};"),
            Self::Select {
                biased,
                branches,
                otherwise,
            } => write_select(f, *biased, branches, otherwise.as_ref()),
        }
    }
}

fn write_block(
    f: &mut Formatter<'_>,
    value: Option<&(String, Value)>,
    repeat: &Repeat,
    label: Option<&String>,
    body: &[Statement],
) -> fmt::Result {
    if let Some((name, _)) = value {
        write!(f, "let {name} = ")?;
    }
    if let Some(label) = label {
        write!(f, "'{label}: ")?;
    }
    match repeat {
        Repeat::Once => {}
        Repeat::Loop => f.write_str("loop ")?,
        Repeat::For(name, count) => write!(f, "for {name} in 0..{count} ")?,
    }
    let Some((_, last)) = value else {
        return write!(f, "{}", Body(body));
    };
    f.write_str("{")?;
    for statement in body {
        write!(f, "\n{statement}")?;
    }
    match repeat {
        Repeat::Once => write!(f, "\n{last}\n}};"),
        _ => write!(f, "\nbreak {last};\n}};"),
    }
}

fn write_select(
    f: &mut Formatter<'_>,
    biased: bool,
    branches: &[Branch],
    otherwise: Option<&Vec<Statement>>,
) -> fmt::Result {
    f.write_str("select! {")?;
    if biased {
        f.write_str("\nbiased;")?;
    }
    for branch in branches {
        write!(f, "\n{} = {}", branch.pattern, branch.future)?;
        if let Some(test) = &branch.test {
            write!(f, ", if {test}")?;
        }
        write!(f, " => {}", Body(&branch.body))?;
    }
    if let Some(body) = otherwise {
        write!(f, "\nelse => {}", Body(body))?;
    }
    f.write_str("\n};")
}

impl Display for Exit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let label = |f: &mut Formatter<'_>, label: &Option<String>| match label {
            Some(label) => write!(f, " '{label}"),
            None => Ok(()),
        };
        match self {
            Self::Return(output) => write!(f, "return {output}"),
            Self::Break(to, value) => {
                f.write_str("break")?;
                label(f, to)?;
                match value {
                    Some(value) => write!(f, " {value}"),
                    None => Ok(()),
                }
            }
            Self::Continue(to) => {
                f.write_str("continue")?;
                label(f, to)
            }
        }
    }
}

impl Display for Future {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tick(polls) => write!(f, "tick({polls})"),
            Self::After(polls, number) => write!(f, "after({polls}, {number})"),
            Self::Call(call) => write!(f, "{call}"),
            Self::Boxed(call) => write!(f, "Box::pin({call})"),
            Self::Shield(call) => write!(f, "shield({call})"),
            Self::Race(a, b) => write!(f, "({a}, {b}).race()"),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "f{}({}", self.function, self.number)?;
        for value in &self.values {
            write!(f, ", {value}")?;
        }
        f.write_str(")")
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wild => f.write_str("_"),
            Self::Unit => f.write_str("()"),
            Self::Number(name) => f.write_str(name),
            Self::Literal(number) => write!(f, "{number}"),
            Self::Ok(name) => write!(f, "Ok({name})"),
            Self::Err => f.write_str("Err(_)"),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Made(name) => write!(f, "noisy({name:?})"),
            Self::Local(name) => f.write_str(name),
        }
    }
}

impl Display for Output {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(f, "Ok({value})"),
            Self::Error(number) => write!(f, "Err({number})"),
        }
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(number) => write!(f, "{number}"),
            Self::Local(name) => f.write_str(name),
        }
    }
}

impl Display for Test {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} == {}", self.number, self.equals)
    }
}
