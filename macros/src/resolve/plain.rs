//! Which locals are plain data by their look.
//!
//! Input: a written type or an initialiser. Output: [`Look`]. It only ever says what is certain:
//! rustc is asked about the rest.

use syn::{BinOp, Expr, Lit, Type, UnOp};

use crate::body::Local;

/// What syntax alone says about a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// `Copy`, certainly.
    Copies,
    /// A `&mut`, or a reference of either kind.
    Unique,
    Unknown,
}

impl Local {
    pub fn look_at(&mut self, look: Look) {
        self.plain_data |= look != Look::Unknown;
        self.unique |= look == Look::Unique;
    }
}

/// The look of a value of this type.
pub fn of_type(ty: &Type) -> Look {
    match ty {
        Type::Paren(inner) => of_type(&inner.elem),
        Type::Group(inner) => of_type(&inner.elem),
        Type::Reference(reference) if reference.mutability.is_some() => Look::Unique,
        Type::Reference(_) | Type::Ptr(_) | Type::BareFn(_) => Look::Copies,
        Type::Array(array) => of_type(&array.elem).only_copies(),
        Type::Tuple(tuple) => all_copy(tuple.elems.iter().map(of_type)),
        Type::Path(path) if path.qself.is_none() => match path.path.get_ident() {
            Some(name) if is_primitive(&name.to_string()) => Look::Copies,
            _ => Look::Unknown,
        },
        _ => Look::Unknown,
    }
}

const PRIMITIVES: [&str; 16] = [
    "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64",
];

/// Whether this is the name of a primitive type.
pub fn is_primitive(name: &str) -> bool {
    PRIMITIVES.contains(&name)
}

/// The look of the value of this initialiser.
pub fn of_value(value: &Expr) -> Look {
    match value {
        Expr::Paren(inner) => of_value(&inner.expr),
        Expr::Group(inner) => of_value(&inner.expr),
        Expr::Lit(lit) if !matches!(lit.lit, Lit::Verbatim(_)) => Look::Copies,
        Expr::Reference(reference) if reference.mutability.is_some() => Look::Unique,
        Expr::Reference(_) | Expr::RawAddr(_) | Expr::Cast(_) => Look::Copies,
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) => {
            match &*unary.expr {
                Expr::Lit(_) => Look::Copies,
                _ => Look::Unknown,
            }
        }
        Expr::Binary(binary) if is_bool(&binary.op) => Look::Copies,
        Expr::Array(array) => all_copy(array.elems.iter().map(of_value)),
        Expr::Repeat(repeat) => of_value(&repeat.expr).only_copies(),
        Expr::Tuple(tuple) => all_copy(tuple.elems.iter().map(of_value)),
        _ => Look::Unknown,
    }
}

impl Look {
    fn only_copies(self) -> Look {
        all_copy([self].into_iter())
    }
}

fn all_copy(mut looks: impl Iterator<Item = Look>) -> Look {
    if looks.all(|look| look == Look::Copies) {
        Look::Copies
    } else {
        Look::Unknown
    }
}

/// Operators whose result is a `bool` whatever the operands are.
pub fn is_bool(op: &BinOp) -> bool {
    crate::syntax::is_comparison(op) || matches!(op, BinOp::And(_) | BinOp::Or(_))
}
