//! An expression as rustc writes it, for the message of an `assert!` that has none.
//!
//! Input: the condition, as the user spelled it. Output: one line, spaced as rustc spaces it whatever
//! the user's spacing was. Lines longer than 78 columns, which rustc breaks, stay whole.

use crate::body::Body;
use quote::ToTokens;
use syn::{Expr, MacroDelimiter, RangeLimits, Stmt};

pub fn written(e: &Expr) -> String {
    operator(e)
        .or_else(|| call(e))
        .or_else(|| block(e))
        .unwrap_or_else(|| text(e))
}

/// What is printed token by token: names, types, patterns.
fn text(tokens: &impl ToTokens) -> String {
    let names = Body {
        block: syn::parse_quote!({}),
        arguments: Vec::new(),
        locals: Vec::new(),
        mentions: Vec::new(),
    };
    crate::names::text(&names, tokens.to_token_stream())
}

fn pattern(pattern: &syn::Pat) -> String {
    match pattern {
        syn::Pat::Type(typed) => format!("{}: {}", text(&typed.pat), text(&typed.ty)),
        other => text(other),
    }
}

fn operator(e: &Expr) -> Option<String> {
    Some(match e {
        Expr::Binary(e) => {
            let (left, right) = (written(&e.left), written(&e.right));
            format!("{left} {} {right}", text(&e.op).trim())
        }
        Expr::Assign(e) => format!("{} = {}", written(&e.left), written(&e.right)),
        Expr::Unary(e) => {
            let op = e.op.to_token_stream().to_string();
            format!("{op}{}", written(&e.expr))
        }
        Expr::Reference(e) => {
            let mutable = e.mutability.map_or("", |_| "mut ");
            format!("&{mutable}{}", written(&e.expr))
        }
        Expr::Cast(e) => format!("{} as {}", written(&e.expr), text(&e.ty)),
        Expr::Let(e) => format!("let {} = {}", text(&e.pat), written(&e.expr)),
        Expr::Range(e) => {
            let end = |e: &Option<Box<Expr>>| e.as_deref().map(written).unwrap_or_default();
            let dots = match e.limits {
                RangeLimits::HalfOpen(_) => "..",
                RangeLimits::Closed(_) => "..=",
            };
            format!("{}{dots}{}", end(&e.start), end(&e.end))
        }
        Expr::Try(e) => format!("{}?", written(&e.expr)),
        Expr::Await(e) => format!("{}.await", written(&e.base)),
        Expr::Paren(e) => format!("({})", written(&e.expr)),
        Expr::Group(e) => written(&e.expr),
        _ => return None,
    })
}

fn list<'e>(all: impl IntoIterator<Item = &'e Expr>) -> String {
    all.into_iter().map(written).collect::<Vec<_>>().join(", ")
}

fn call(e: &Expr) -> Option<String> {
    Some(match e {
        Expr::Call(e) => format!("{}({})", written(&e.func), list(&e.args)),
        Expr::MethodCall(e) => {
            let receiver = written(&e.receiver);
            let generics = e.turbofish.as_ref().map(text).unwrap_or_default();
            format!("{receiver}.{}{generics}({})", e.method, list(&e.args))
        }
        Expr::Field(e) => format!("{}.{}", written(&e.base), text(&e.member)),
        Expr::Index(e) => format!("{}[{}]", written(&e.expr), written(&e.index)),
        Expr::Tuple(e) if e.elems.len() == 1 => format!("({},)", list(&e.elems)),
        Expr::Tuple(e) => format!("({})", list(&e.elems)),
        Expr::Array(e) => format!("[{}]", list(&e.elems)),
        Expr::Repeat(e) => format!("[{}; {}]", written(&e.expr), written(&e.len)),
        Expr::Struct(e) => {
            let fields = e.fields.iter().map(|field| match field.colon_token {
                Some(_) => format!("{}: {}", text(&field.member), written(&field.expr)),
                None => text(&field.member),
            });
            let rest = e.rest.iter().map(|rest| format!("..{}", written(rest)));
            let fields: Vec<_> = fields.chain(rest).collect();
            format!("{} {{ {} }}", text(&e.path), fields.join(", "))
        }
        Expr::Closure(e) => {
            let moves = e.capture.map_or("", |_| "move ");
            let inputs: Vec<_> = e.inputs.iter().map(pattern).collect();
            let output = match &e.output {
                syn::ReturnType::Default => String::new(),
                syn::ReturnType::Type(_, ty) => format!("-> {} ", text(ty)),
            };
            let body = written(&e.body);
            format!("{moves}|{}| {output}{body}", inputs.join(", "))
        }
        Expr::Macro(e) => {
            let (open, close) = match e.mac.delimiter {
                MacroDelimiter::Paren(_) => ("(", ")"),
                MacroDelimiter::Bracket(_) => ("[", "]"),
                MacroDelimiter::Brace(_) => (" { ", " }"),
            };
            let tokens = text(&e.mac.tokens);
            format!("{}!{open}{tokens}{close}", text(&e.mac.path))
        }
        _ => return None,
    })
}

fn block(e: &Expr) -> Option<String> {
    Some(match e {
        Expr::Block(e) if e.label.is_none() => statements(&e.block),
        Expr::Unsafe(e) => format!("unsafe {}", statements(&e.block)),
        Expr::If(e) => {
            let otherwise = e.else_branch.as_ref();
            let otherwise = otherwise.map(|(_, e)| format!(" else {}", written(e)));
            let (condition, then) = (written(&e.cond), statements(&e.then_branch));
            format!("if {condition} {then}{}", otherwise.unwrap_or_default())
        }
        Expr::Match(e) => {
            let arms = e.arms.iter().map(|arm| {
                let guard = arm
                    .guard
                    .as_ref()
                    .map(|(_, guard)| format!(" if {}", written(guard)));
                let body = written(&arm.body);
                let is_block = matches!(*arm.body, Expr::Block(_) | Expr::Unsafe(_));
                let comma = if is_block { "" } else { "," };
                let pat = text(&arm.pat);
                format!("{pat}{} => {body}{comma} ", guard.unwrap_or_default())
            });
            format!(
                "match {} {{ {}}}",
                written(&e.expr),
                arms.collect::<String>()
            )
        }
        _ => return None,
    })
}

fn statements(block: &syn::Block) -> String {
    let statements = block.stmts.iter().map(|statement| match statement {
        Stmt::Expr(e, semi) => format!("{}{} ", written(e), semi.map_or("", |_| ";")),
        Stmt::Local(local) => {
            let init = local
                .init
                .as_ref()
                .map(|init| format!(" = {}", written(&init.expr)));
            format!("let {}{}; ", pattern(&local.pat), init.unwrap_or_default())
        }
        other => text(other) + " ",
    });
    match block.stmts.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{ {}}}", statements.collect::<String>()),
    }
}

/// A message without what a format string would take for more than text.
pub fn literal(message: &str) -> syn::LitStr {
    let text = message.replace('{', "{{").replace('}', "}}");
    syn::LitStr::new(&text, proc_macro2::Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_condition_is_written_as_rustc_writes_it() {
        let written_as = [
            (
                "x [ 0 ]==4||x.iter().any(|n|*n>5)",
                "x[0] == 4 || x.iter().any(|n| *n > 5)",
            ),
            ("{ let k=1; k==2 }", "{ let k = 1; k == 2 }"),
            (
                "match x.len() { 1=>{true} 3|4 if x[0]==1=>true, _=>false }",
                "match x.len() { 1 => { true } 3 | 4 if x[0] == 1 => true, _ => false, }",
            ),
            (
                "if x[0]==3 {true} else {false}",
                "if x[0] == 3 { true } else { false }",
            ),
            (
                "!x.is_empty()&& -1i32 as u32==x[1..].iter().sum::<u32>()",
                "!x.is_empty() && -1i32 as u32 == x[1..].iter().sum::<u32>()",
            ),
            ("(x.len()==3)", "(x.len() == 3)"),
            (
                "&*\"a\"==\"b\"&&x!=vec![1, 2]",
                "&*\"a\" == \"b\" && x != vec![1, 2]",
            ),
            ("unsafe { x.get(0) }==&3", "unsafe { x.get(0) } == &3"),
            (
                "x.map(|a:&u32|->u32 { a+1 }).all(|n| { n>5 })",
                "x.map(|a: &u32| -> u32 { a + 1 }).all(|n| { n > 5 })",
            ),
            (
                "Foo{a:1,b}==Foo{a:1,..d}",
                "Foo { a: 1, b } == Foo { a: 1, ..d }",
            ),
            (
                "!matches!(x, Some(_)) && f(1).await?",
                "!matches!(x, Some(_)) && f(1).await?",
            ),
        ];
        for (spelled, expected) in written_as {
            let e = syn::parse_str(spelled).expect("the test's text is an expression");
            assert_eq!(written(&e), expected);
        }
    }
}
