//! The types of the programs, as far as the generator has to know them.

use crate::parts;
use crate::tree::Node;
use std::fmt;

/// A type. What is called a reference refers to a [`Type::Noisy`].
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Unit,
    Num,
    Bool,
    Str,
    Noisy,
    Pair,
    Watch,
    Shared,
    Unique,
    Option(Box<Type>),
    Tuple(Box<Type>, Box<Type>),
    Boxed(Box<Type>),
    Array(Box<Type>),
    Result(Box<Type>),
    /// A `Tick` of it.
    Future(Box<Type>),
    /// A closure without arguments; what it is apart from that the generator doesn't know.
    Closure(Box<Type>, Calls),
}

/// How often a closure may be called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Calls {
    Once,
    Mutable,
    Shared,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("()"),
            Self::Num => f.write_str("u32"),
            Self::Bool => f.write_str("bool"),
            Self::Str => f.write_str("&'static str"),
            Self::Noisy => f.write_str("Noisy"),
            Self::Pair => f.write_str("Pair"),
            Self::Watch => f.write_str("Watch<'_>"),
            Self::Shared => f.write_str("&Noisy"),
            Self::Unique => f.write_str("&mut Noisy"),
            Self::Option(of) => write!(f, "Option<{of}>"),
            Self::Tuple(a, b) => write!(f, "({a}, {b})"),
            Self::Boxed(of) => write!(f, "Box<{of}>"),
            Self::Array(of) => write!(f, "[{of}; 2]"),
            Self::Result(of) => write!(f, "Result<{of}, Noisy>"),
            Self::Future(of) => write!(f, "Tick<{of}>"),
            Self::Closure(..) => f.write_str("_"),
        }
    }
}

impl Type {
    /// The shortest value that can be written anywhere.
    #[must_use]
    pub fn least(&self) -> Option<Node> {
        Some(Node::expression(self, parts![self.least_text()?]))
    }

    fn least_text(&self) -> Option<String> {
        Some(match self {
            Self::Unit => "()".to_owned(),
            Self::Num => "7".to_owned(),
            Self::Bool => "true".to_owned(),
            Self::Str => "\"str\"".to_owned(),
            Self::Noisy => "noisy(\"least\")".to_owned(),
            Self::Pair => "pair(\"l\", \"r\")".to_owned(),
            Self::Watch | Self::Shared | Self::Unique | Self::Closure(..) => return None,
            Self::Option(of) => format!("None::<{of}>"),
            Self::Tuple(a, b) => format!("({}, {})", a.least_text()?, b.least_text()?),
            Self::Boxed(of) => format!("Box::new({})", of.least_text()?),
            Self::Array(of) => format!("[{0}, {0}]", of.least_text()?),
            Self::Result(of) => format!("Ok::<{of}, Noisy>({})", of.least_text()?),
            Self::Future(of) => format!("after(1, {})", of.least_text()?),
        })
    }

    /// Whether reading it leaves it where it is.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Unit | Self::Num | Self::Bool | Self::Str | Self::Shared => true,
            Self::Option(of) | Self::Array(of) => of.is_copy(),
            Self::Tuple(a, b) => a.is_copy() && b.is_copy(),
            _ => false,
        }
    }

    /// Whether it borrows from some local.
    #[must_use]
    pub fn borrows(&self) -> bool {
        match self {
            Self::Watch | Self::Shared | Self::Unique | Self::Closure(..) => true,
            Self::Option(of)
            | Self::Boxed(of)
            | Self::Array(of)
            | Self::Result(of)
            | Self::Future(of) => of.borrows(),
            Self::Tuple(a, b) => a.borrows() || b.borrows(),
            _ => false,
        }
    }

    /// Whether its end is a use of what it borrows.
    #[must_use]
    pub fn drops(&self) -> bool {
        match self {
            Self::Shared | Self::Unique => false,
            Self::Option(of) | Self::Array(of) => of.drops(),
            Self::Tuple(a, b) => a.drops() || b.drops(),
            _ => !self.is_copy(),
        }
    }

    /// The parts that a place of this type has, and how each is written after it.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Type)> {
        match self {
            Self::Pair => vec![(".left", Type::Noisy), (".right", Type::Noisy)],
            Self::Tuple(a, b) => vec![(".0", (**a).clone()), (".1", (**b).clone())],
            _ => Vec::new(),
        }
    }
}
