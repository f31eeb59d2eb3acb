//! A program: functions that await each other, with all that may stand in them.

/// Functions, each of which calls later ones only. The first is the one that is run.
#[derive(Clone, Debug)]
pub struct Program {
    pub functions: Vec<Function>,
    pub call: Call,
}

/// `fn fN(n: u32, a0: Noisy, ..) -> Result<Noisy, u32>`
#[derive(Clone, Debug)]
pub struct Function {
    /// How many values it takes.
    pub values: usize,
    pub body: Vec<Statement>,
    /// If control gets there.
    pub tail: Option<Output>,
}

/// A number.
#[derive(Clone, Debug)]
pub enum Number {
    Constant(u32),
    Local(String),
}

/// `NUMBER == CONSTANT`
#[derive(Clone, Debug)]
pub struct Test {
    pub number: Number,
    pub equals: u32,
}

/// What a function returns.
#[derive(Clone, Debug)]
pub enum Output {
    /// `Ok(VALUE)`
    Value(Value),
    /// `Err(NUMBER)`
    Error(Number),
}

/// A value that says when it is dropped.
#[derive(Clone, Debug)]
pub enum Value {
    /// `noisy("..")`
    Made(String),
    /// A local, which is moved.
    Local(String),
}

/// `fN(NUMBER, VALUE, ..)`
#[derive(Clone, Debug)]
pub struct Call {
    pub function: usize,
    pub number: Number,
    pub values: Vec<Value>,
}

/// What is awaited.
#[derive(Clone, Debug)]
pub enum Future {
    /// `tick(..)`
    Tick(u32),
    /// `after(POLLS, NUMBER)`
    After(u32, u32),
    Call(Call),
    /// `Box::pin(..)`
    Boxed(Call),
    /// `shield(..)`
    Shield(Call),
    /// `(.., ..).race()`
    Race(Call, Call),
}

/// What becomes of an output.
#[derive(Clone, Debug)]
pub enum Taken {
    /// `FUTURE.await;`
    Dropped,
    /// `let _ = FUTURE.await;`
    Ignored,
    /// `FUTURE.await?;`
    Asked,
    /// `let NAME = FUTURE.await?;`
    Named(String),
}

/// What clean-up is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Defer,
    OnCancel,
}

/// What the body of a loop or block is run for.
#[derive(Clone, Debug)]
pub enum Repeat {
    /// `{ .. }`
    Once,
    /// `loop { .. }`, whose body ends with a `break`.
    Loop,
    /// `for NAME in 0..COUNT { .. }`
    For(String, u32),
}

/// A way out.
#[derive(Clone, Debug)]
pub enum Exit {
    Return(Output),
    Break(Option<String>, Option<Value>),
    Continue(Option<String>),
}

#[derive(Clone, Debug)]
pub enum Pattern {
    Wild,
    /// `()`
    Unit,
    Number(String),
    Literal(u32),
    /// `Ok(NAME)`
    Ok(String),
    /// `Err(_)`
    Err,
}

/// `PATTERN = FUTURE, if TEST => { BODY }`
#[derive(Clone, Debug)]
pub struct Branch {
    pub pattern: Pattern,
    pub future: Future,
    pub test: Option<Test>,
    pub body: Vec<Statement>,
}

#[derive(Clone, Debug)]
pub enum Statement {
    /// `say("..");`
    Say(String),
    /// `let NAME = noisy("NAME");`
    Let(String),
    /// `NAME.touch();`
    Touch(String),
    /// `drop(NAME);`
    Drop(String),
    Await(Future, Taken),
    /// `let NAME = after(POLLS, NUMBER).await;`
    Count(String, u32, u32),
    /// `given("..", if TEST { Err(1_u32) } else { Ok(()) })?;`
    Ask(String, Test),
    CleanUp(Kind, Vec<Statement>),
    Block {
        /// What the value is called, and the value where the body ends.
        value: Option<(String, Value)>,
        repeat: Repeat,
        label: Option<String>,
        body: Vec<Statement>,
    },
    If(Test, Vec<Statement>, Vec<Statement>),
    Leave(Exit),
    Select {
        biased: bool,
        branches: Vec<Branch>,
        otherwise: Option<Vec<Statement>>,
    },
}

impl Statement {
    /// The statements that stand in it.
    #[must_use]
    pub fn bodies(&self) -> Vec<&Vec<Statement>> {
        match self {
            Self::CleanUp(_, body) | Self::Block { body, .. } => vec![body],
            Self::If(_, yes, no) => vec![yes, no],
            Self::Select {
                branches,
                otherwise,
                ..
            } => {
                let bodies = branches.iter().map(|branch| &branch.body);
                bodies.chain(otherwise).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub fn bodies_mut(&mut self) -> Vec<&mut Vec<Statement>> {
        match self {
            Self::CleanUp(_, body) | Self::Block { body, .. } => vec![body],
            Self::If(_, yes, no) => vec![yes, no],
            Self::Select {
                branches,
                otherwise,
                ..
            } => {
                let bodies = branches.iter_mut().map(|branch| &mut branch.body);
                bodies.chain(otherwise).collect()
            }
            _ => Vec::new(),
        }
    }

    fn any(&self, holds: &impl Fn(&Statement) -> bool) -> bool {
        holds(self) || self.bodies().into_iter().any(|body| any(body, holds))
    }
}

fn any(body: &[Statement], holds: &impl Fn(&Statement) -> bool) -> bool {
    body.iter().any(|statement| statement.any(holds))
}

/// Whether an `await` or `select!` is written in it.
#[must_use]
pub fn suspends(body: &[Statement]) -> bool {
    any(body, &|statement| {
        matches!(
            statement,
            Statement::Await(..) | Statement::Count(..) | Statement::Select { .. }
        )
    })
}

/// Whether it waits for something before a cancellation; `on_cancel!` does after one.
fn waits(body: &[Statement]) -> bool {
    body.iter().any(|statement| match statement {
        Statement::CleanUp(Kind::OnCancel, _) => false,
        statement if suspends(std::slice::from_ref(statement)) => {
            statement.bodies().is_empty()
                || matches!(statement, Statement::Select { .. })
                || statement.bodies().into_iter().any(|body| waits(body))
        }
        _ => false,
    })
}

/// Whether there is clean-up in it whose panic leads to what stands before it.
fn defers(body: &[Statement]) -> bool {
    any(body, &|statement| {
        matches!(statement, Statement::CleanUp(Kind::Defer, _))
    })
}

impl Function {
    /// Whether a cancellation has clean-up to run, or to wait for, somewhere in it. (In a machine of which that is not so panics
    /// on the way out are not contained.)
    #[must_use]
    pub fn cleans_up(&self) -> bool {
        cleans_up(&self.body)
    }
}

fn cleans_up(body: &[Statement]) -> bool {
    body.iter().enumerate().any(|(at, statement)| {
        let own = match statement {
            Statement::CleanUp(kind, block) => {
                let rest = &body[at + 1..];
                let is_defer = *kind == Kind::Defer;
                waits(rest) || (is_defer && (suspends(block) || defers(rest)))
            }
            _ => false,
        };
        own || statement.bodies().into_iter().any(|body| cleans_up(body))
    })
}
