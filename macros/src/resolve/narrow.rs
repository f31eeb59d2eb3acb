//! Which locals likely take less room than a word.
//!
//! Input: a written type or an initialiser. Output: a number of bytes, for `layout`, which puts such locals beside each
//! other. Names of functions are guessed from, as in `read_u16().await?`: a wrong guess costs room and nothing else.

use syn::{Expr, ExprCast, Lit, Type, UnOp};

use super::Resolver;
use super::plain::is_bool;
use crate::body::MentionId;

/// Primitives of less than a word.
const NARROW: [(&str, u32); 9] = [
    ("bool", 1),
    ("u8", 1),
    ("i8", 1),
    ("u16", 2),
    ("i16", 2),
    ("u32", 4),
    ("i32", 4),
    ("f32", 4),
    ("char", 4),
];

/// How many bytes a value of this type has, if they are fewer than a word's.
pub fn of_type(ty: &Type) -> Option<u32> {
    match ty {
        Type::Path(path) if path.qself.is_none() => primitive(&path.path.get_ident()?.to_string()),
        _ => None,
    }
}

/// How many bytes the value of this initialiser likely has, if they are fewer.
pub fn of_value(value: &Expr) -> Option<u32> {
    match value {
        Expr::Paren(inner) => of_value(&inner.expr),
        Expr::Group(inner) => of_value(&inner.expr),
        Expr::Await(awaited) => of_value(&awaited.base),
        Expr::Try(tried) => of_value(&tried.expr),
        Expr::Cast(cast) => of_type(&cast.ty),
        Expr::Binary(binary) if is_bool(&binary.op) => Some(1),
        Expr::Lit(literal) => of_literal(&literal.lit),
        Expr::MethodCall(call) => of_name(&call.method.to_string()),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => of_name(&path.path.segments.last()?.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

impl Resolver<'_> {
    /// An operand that is a `bool`, and so is the local that it is.
    pub fn condition(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
                self.condition(&mut unary.expr);
            }
            _ => {
                self.copied(expr);
                self.likely(expr, 1);
            }
        }
    }

    /// What indexes after a cast was less than a word. (What is cast to a `u64` is often a `usize`.)
    pub fn cast(&mut self, cast: &mut ExprCast) {
        self.copied(&mut cast.expr);
        let Type::Path(to) = &*cast.ty else { return };
        if to.path.is_ident("usize") {
            self.likely(&cast.expr, 4);
        }
    }

    /// The local that this is, if it is one, likely has so many bytes.
    fn likely(&mut self, expr: &Expr, bytes: u32) {
        if let Expr::Path(path) = expr
            && let Some(id) = path.path.get_ident().and_then(MentionId::of)
        {
            let local = self.mentions[id.0 as usize].local;
            let local = &mut self.locals[local.0 as usize];
            if local.ty.is_none() {
                local.bytes.get_or_insert(bytes);
            }
        }
    }
}

/// A literal number without a suffix may be of any width.
fn of_literal(literal: &Lit) -> Option<u32> {
    match literal {
        Lit::Bool(_) | Lit::Byte(_) => Some(1),
        Lit::Char(_) => Some(4),
        Lit::Int(number) => primitive(number.suffix()),
        Lit::Float(number) => primitive(number.suffix()),
        _ => None,
    }
}

/// What a function of this name likely returns: `read_u16`, `get_i32_le`, `is_empty`.
fn of_name(name: &str) -> Option<u32> {
    let mut words = name.rsplit('_');
    let last = words.next()?;
    let last = match last {
        "le" | "be" | "ne" => words.next()?,
        last => last,
    };
    let asks = ["is_", "has_"].iter().any(|word| name.starts_with(word));
    primitive(last).or(asks.then_some(1))
}

fn primitive(name: &str) -> Option<u32> {
    let found = NARROW.iter().find(|(narrow, _)| *narrow == name);
    found.map(|(_, bytes)| *bytes)
}
