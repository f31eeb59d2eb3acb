//! Makes mistakes: every place in a function's body where one of some twenty small slips can be made.

use proc_macro2::Span;
use std::ops::Range;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprLit, Lit, Local, Member, Pat, PatIdent, Stmt, Token, Type};

/// One slip: what stands at these bytes instead.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub kind: &'static str,
    pub bytes: Range<usize>,
    pub instead: String,
}

impl Mistake {
    /// The text with the mistake in it.
    #[must_use]
    pub fn make(&self, text: &str) -> String {
        let (before, after) = (&text[..self.bytes.start], &text[self.bytes.end..]);
        format!("{before}{}{after}", self.instead)
    }
}

/// All mistakes that can be made in a block, each once.
#[must_use]
pub fn mistakes(text: &str, block: &Block) -> Vec<Mistake> {
    let mut places = Places {
        text,
        found: Vec::new(),
    };
    places.visit_block(block);
    places.found
}

struct Places<'a> {
    text: &'a str,
    found: Vec<Mistake>,
}

impl Places<'_> {
    fn add(&mut self, kind: &'static str, bytes: Range<usize>, instead: impl Into<String>) {
        self.found.push(Mistake {
            kind,
            bytes,
            instead: instead.into(),
        });
    }

    fn of(&self, what: &impl Spanned) -> &str {
        &self.text[what.span().byte_range()]
    }

    fn misspell(&mut self, kind: &'static str, span: Span) {
        let end = span.byte_range().end;
        self.add(kind, end..end, "x");
    }

    /// One argument fewer, one more, another one, and two in the other order.
    fn arguments(&mut self, arguments: &Punctuated<Expr, Token![,]>) {
        let Some(last) = arguments.last() else { return };
        let span = last.span().byte_range();
        let before = arguments.iter().rev().nth(1);
        let start = before.map_or(span.start, |before| before.span().byte_range().end);
        self.add("an argument too few", start..span.end, "");
        self.add("an argument too many", span.end..span.end, ", 0");
        self.add("an argument of another type", span.clone(), "'c'");
        self.add("a reference too many", span.start..span.start, "&");
        if let Some(before) = before {
            let words = format!("{}, {}", self.of(last), self.of(before));
            let whole = before.span().byte_range().start..span.end;
            self.add("arguments in another order", whole, words);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        let span = statement.span().byte_range();
        let words = self.of(statement).to_owned();
        self.add("a statement missing", span.clone(), "");
        if matches!(statement, Stmt::Expr(_, Some(_))) {
            self.add("a statement twice", span.start..span.start, &*words);
        }
        if matches!(statement, Stmt::Expr(..)) && !words.ends_with(';') {
            self.add("a semicolon too many", span.end..span.end, ";");
        }
        let mut names = Names(Vec::new());
        names.visit_stmt(statement);
        for name in names.0 {
            self.add(
                "moved before",
                span.start..span.start,
                format!("drop({name}); "),
            );
            let borrow = format!("let held = &mut {name}; ");
            let after = format!("{borrow}{words} drop(held); ");
            self.add("borrowed meanwhile", span.clone(), after);
        }
    }
}

/// The locals, or what looks like them, that a statement begins with.
struct Names(Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        if let Some(name) = path.path.get_ident() {
            let name = name.to_string();
            let lower = name.starts_with(|first: char| first.is_ascii_lowercase());
            if lower && !self.0.contains(&name) && self.0.len() < 3 {
                self.0.push(name);
            }
        }
    }
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        call.args
            .iter()
            .for_each(|argument| self.visit_expr(argument));
    }
    // What a block inside mentions may not be known here.
    fn visit_block(&mut self, _: &'ast Block) {}
    fn visit_arm(&mut self, _: &'ast syn::Arm) {}
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
}

impl<'ast> Visit<'ast> for Places<'_> {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.statement(statement);
        visit::visit_stmt(self, statement);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Pat::Ident(name) = &local.pat {
            let end = name.span().byte_range().end;
            self.add("another type said", end..end, ": char");
        }
        visit::visit_local(self, local);
    }

    fn visit_type(&mut self, ty: &'ast Type) {
        self.add("another type", ty.span().byte_range(), "[u8; 3]");
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        if let Some(word) = &pattern.mutability {
            self.add("`mut` missing", word.span().byte_range(), "");
        }
        self.misspell("a binding of another name", pattern.ident.span());
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_pat(&mut self, pattern: &'ast Pat) {
        if !matches!(pattern, Pat::Ident(_) | Pat::Wild(_) | Pat::Rest(_)) {
            self.add(
                "a pattern of another type",
                pattern.span().byte_range(),
                "(1, true)",
            );
        }
        visit::visit_pat(self, pattern);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.add("an arm missing", arm.span().byte_range(), "");
        visit::visit_arm(self, arm);
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if let Member::Named(name) = &field.member
            && field.colon_token.is_some()
        {
            self.misspell("a field misspelt", name.span());
        }
        visit::visit_field_value(self, field);
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        let span = expression.span().byte_range();
        match expression {
            Expr::Path(path) => {
                let last = path.path.segments.last();
                self.misspell(
                    "a name misspelt",
                    last.map_or(path.span(), |last| last.ident.span()),
                );
            }
            Expr::MethodCall(call) => {
                self.misspell("a method misspelt", call.method.span());
                self.arguments(&call.args);
            }
            Expr::Call(call) => self.arguments(&call.args),
            Expr::Field(field) => self.misspell("a field misspelt", field.member.span()),
            Expr::Await(inner) => {
                let start = inner.base.span().byte_range().end;
                self.add("`.await` missing", start..span.end, "");
                self.add("awaited twice", span.end..span.end, ".await");
            }
            Expr::Try(inner) => {
                self.add("`?` missing", inner.question_token.span().byte_range(), "");
            }
            Expr::Reference(reference) => {
                let start = reference.expr.span().byte_range().start;
                self.add("a reference missing", span.start..start, "");
                if let Some(word) = &reference.mutability {
                    self.add("`mut` missing", word.span().byte_range(), "");
                }
            }
            Expr::Lit(ExprLit { lit, .. }) => {
                let other = if matches!(lit, Lit::Str(_)) {
                    "17"
                } else {
                    "\"17\""
                };
                self.add("a literal of another type", span, other);
            }
            Expr::Binary(binary) => {
                self.add("another operator", binary.op.span().byte_range(), "&&");
            }
            Expr::Return(inner) if inner.expr.is_some() => {
                self.add("nothing returned", span, "return");
            }
            Expr::If(inner) => self.add("no condition", inner.cond.span().byte_range(), "1"),
            Expr::Closure(inner) => {
                let word = inner.capture.map(|word| word.span().byte_range());
                let bytes = word.clone().unwrap_or(span.start..span.start);
                self.add(
                    "`move` or not",
                    bytes,
                    if word.is_some() { "" } else { "move " },
                );
            }
            Expr::Unary(inner) => {
                self.add("an operator missing", inner.op.span().byte_range(), "");
            }
            _ => {}
        }
        visit::visit_expr(self, expression);
    }
}
