//! Deciding every `cfg` inside an item before anything else looks at it.
//!
//! rustc applies them only after the macro, so a binding under an inactive `cfg` would be resolved as if it were
//! there. The macro cannot evaluate a predicate, but rustc can on the macro's behalf: if there is any, the item
//! is emitted again with `#[cfg_attr(PREDICATE, doc = "mark")]` for each and the attribute once more after them.
//! That one sees the marks of those that hold, and prunes. The `cfg`s of the item itself, and of the items in
//! it, are rustc's to apply as always; what stands in a macro's tokens is the macro's, but for clean-up.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Item, Meta, Stmt};

use super::function::Source;
use crate::cleanup::Kind;
use crate::options::{CFG_DECIDED, Options};

/// What can have `cfg`s inside.
pub trait Configured {
    fn attrs(&mut self) -> Option<&mut Vec<Attribute>>;
    fn visit(&mut self, walk: &mut Walk);
}

impl Configured for Source {
    fn attrs(&mut self) -> Option<&mut Vec<Attribute>> {
        Some(&mut self.head.attrs)
    }

    fn visit(&mut self, walk: &mut Walk) {
        walk.visit_signature_mut(&mut self.head.sig);
        if let Some(block) = &mut self.block {
            walk.visit_block_mut(block);
        }
    }
}

impl Configured for Item {
    fn attrs(&mut self) -> Option<&mut Vec<Attribute>> {
        match self {
            Item::Impl(item) => Some(&mut item.attrs),
            Item::Trait(item) => Some(&mut item.attrs),
            _ => None,
        }
    }

    fn visit(&mut self, walk: &mut Walk) {
        match self {
            Item::Impl(item) => visit_mut::visit_item_impl_mut(walk, item),
            Item::Trait(item) => visit_mut::visit_item_trait_mut(walk, item),
            _ => {}
        }
    }
}

/// Prunes if the predicates are decided; else, if there are any, says what to emit so that they will be.
pub fn decide(
    item: &mut impl Configured,
    options: &Options,
    attribute: TokenStream,
    source: TokenStream,
) -> Option<TokenStream> {
    let mut walk = Walk {
        predicates: Vec::new(),
        holding: None,
    };
    item.visit(&mut walk);
    if walk.predicates.is_empty() {
        return None;
    }
    if options.cfg_decided {
        walk.holding = Some(take_marks(item.attrs()));
        item.visit(&mut walk);
        return None;
    }
    let marks = walk
        .predicates
        .iter()
        .enumerate()
        .map(|(index, predicate)| {
            let predicate: TokenStream = predicate.1.clone();
            let mark = mark(index);
            quote!(#[cfg_attr(#predicate, doc = #mark)])
        });
    let path = &options.crate_path;
    let decided = quote::format_ident!("{}", CFG_DECIDED);
    // First, as the user's options may end in a comma.
    Some(quote!(#(#marks)* #[#path::coroutine(#decided, #attribute)] #source))
}

fn mark(index: usize) -> String {
    format!("costate: cfg {index} holds")
}

/// Removes the marks among the attributes and says which there were.
fn take_marks(attrs: Option<&mut Vec<Attribute>>) -> Vec<usize> {
    let mut marks = Vec::new();
    let Some(attrs) = attrs else { return marks };
    attrs.retain(|attribute| {
        let text = attribute.to_token_stream().to_string();
        let index: Option<usize> = text.split_once("\"costate: cfg ").and_then(|(_, rest)| {
            let (index, _) = rest.split_once(" holds\"")?;
            index.parse().ok()
        });
        marks.extend(index);
        index.is_none()
    });
    marks
}

/// Collects the predicates, or removes what does not hold.
pub struct Walk {
    /// Each once, as text to compare and as tokens.
    predicates: Vec<(String, TokenStream)>,
    /// `None`: collect.
    holding: Option<Vec<usize>>,
}

impl Walk {
    /// Whether what has these attributes stays.
    fn keep(&mut self, attrs: &mut Vec<Attribute>) -> bool {
        let mut keep = true;
        attrs.retain(|attribute| {
            let Meta::List(list) = &attribute.meta else {
                return true;
            };
            if !list.path.is_ident("cfg") {
                return true;
            }
            let index = self.index(&list.tokens);
            let Some(holding) = &self.holding else {
                return true;
            };
            keep &= holding.contains(&index);
            false
        });
        keep
    }

    fn index(&mut self, predicate: &TokenStream) -> usize {
        let text = predicate.to_string();
        let known = self.predicates.iter().position(|(known, _)| *known == text);
        known.unwrap_or_else(|| {
            self.predicates.push((text, predicate.clone()));
            self.predicates.len() - 1
        })
    }

    fn list<T, P: Default>(
        &mut self,
        list: &mut syn::punctuated::Punctuated<T, P>,
        attrs: impl Fn(&mut T) -> Option<&mut Vec<Attribute>>,
    ) {
        let all = std::mem::take(list);
        let trailing = all.trailing_punct();
        for mut item in all {
            if attrs(&mut item).is_none_or(|attrs| self.keep(attrs)) {
                list.push(item);
            }
        }
        if trailing && !list.is_empty() {
            list.push_punct(P::default());
        }
    }
}

impl VisitMut for Walk {
    fn visit_signature_mut(&mut self, sig: &mut syn::Signature) {
        self.list(&mut sig.inputs, |input| match input {
            syn::FnArg::Receiver(receiver) => Some(&mut receiver.attrs),
            syn::FnArg::Typed(typed) => Some(&mut typed.attrs),
        });
        self.list(&mut sig.generics.params, |param| match param {
            syn::GenericParam::Lifetime(param) => Some(&mut param.attrs),
            syn::GenericParam::Type(param) => Some(&mut param.attrs),
            syn::GenericParam::Const(param) => Some(&mut param.attrs),
        });
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|stmt| match stmt {
            Stmt::Local(local) => self.keep(&mut local.attrs),
            Stmt::Macro(mac) => self.keep(&mut mac.attrs),
            Stmt::Expr(expr, _) => attrs_of(expr).is_none_or(|attrs| self.keep(attrs)),
            Stmt::Item(_) => true,
        });
        visit_mut::visit_block_mut(self, block);
    }

    /// Clean-up is code of the body.
    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if Kind::of(mac).is_none() {
            return;
        }
        let Ok(stmts) = mac.parse_body_with(syn::Block::parse_within) else {
            return;
        };
        let mut block = syn::Block {
            brace_token: Default::default(),
            stmts,
        };
        self.visit_block_mut(&mut block);
        if self.holding.is_some() {
            let stmts = block.stmts;
            mac.tokens = quote!(#(#stmts)*);
        }
    }

    fn visit_expr_match_mut(&mut self, expr: &mut syn::ExprMatch) {
        expr.arms.retain_mut(|arm| self.keep(&mut arm.attrs));
        visit_mut::visit_expr_match_mut(self, expr);
    }

    fn visit_expr_struct_mut(&mut self, expr: &mut syn::ExprStruct) {
        self.list(&mut expr.fields, |field| Some(&mut field.attrs));
        visit_mut::visit_expr_struct_mut(self, expr);
    }

    fn visit_pat_struct_mut(&mut self, pat: &mut syn::PatStruct) {
        self.list(&mut pat.fields, |field| Some(&mut field.attrs));
        visit_mut::visit_pat_struct_mut(self, pat);
    }

    fn visit_expr_array_mut(&mut self, expr: &mut syn::ExprArray) {
        self.list(&mut expr.elems, attrs_of);
        visit_mut::visit_expr_array_mut(self, expr);
    }

    fn visit_expr_tuple_mut(&mut self, expr: &mut syn::ExprTuple) {
        self.list(&mut expr.elems, attrs_of);
        visit_mut::visit_expr_tuple_mut(self, expr);
    }

    fn visit_expr_call_mut(&mut self, expr: &mut syn::ExprCall) {
        self.list(&mut expr.args, attrs_of);
        visit_mut::visit_expr_call_mut(self, expr);
    }

    fn visit_expr_method_call_mut(&mut self, expr: &mut syn::ExprMethodCall) {
        self.list(&mut expr.args, attrs_of);
        visit_mut::visit_expr_method_call_mut(self, expr);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The attributes of an expression that can have some.
fn attrs_of(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    macro_rules! of {
        ($($kind:ident)*) => {
            match expr {
                $(Expr::$kind(expr) => Some(&mut expr.attrs),)*
                _ => None,
            }
        };
    }
    of!(Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index
        Infer Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try
        TryBlock Tuple Unary Unsafe While Yield)
}
