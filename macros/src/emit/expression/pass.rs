//! The walk over one statement.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprRange, ExprReturn, ExprTry, Pat, PatIdent, Stmt};

use super::Rewriter;
use super::consumed::Field;
use super::mention::{Form, direct};
use super::whole::Whole;
use crate::body::{LocalId, MentionId, marker};
use crate::spans;
use crate::syntax;

pub struct Pass<'r, 'a> {
    pub rewriter: &'r Rewriter<'a>,
    /// What the locals are inside the closures that the walk is in, innermost last.
    pub forms: Vec<(LocalId, Form)>,
    /// The fields that the closures around have captured by themselves.
    pub fields: Vec<Field>,
    /// How many closures and inner `async` blocks the walk is in: `?` and `return` are theirs
    /// there.
    pub closures: usize,
    /// Receivers in the closures around whose capture was chosen by what their call does.
    pub receivers: Vec<MentionId>,
    /// The closure that the walk begins with is asked about, for this local.
    pub made_for: Option<LocalId>,
    /// How many macros that are not known the walk is in.
    pub unknown_macros: usize,
    /// What is walked next is all that its statement evaluates.
    pub statement: Whole,
    /// How many loops without a suspension the walk is in.
    pub loops: usize,
    /// Mentions that are the user's names, in scope around a macro.
    pub named: Vec<MentionId>,
}

impl<'r, 'a> Pass<'r, 'a> {
    pub fn new(rewriter: &'r Rewriter<'a>) -> Self {
        Pass {
            rewriter,
            forms: Vec::new(),
            fields: Vec::new(),
            closures: 0,
            receivers: Vec::new(),
            made_for: None,
            unknown_macros: 0,
            statement: Whole::Value,
            loops: 0,
            named: Vec::new(),
        }
    }

    /// Replaces the mentions among tokens that are not syntax.
    pub fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let mut result = TokenStream::new();
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(tree) = tokens.get(at).cloned() {
            at += 1;
            match tree {
                TokenTree::Group(group) => {
                    let inner = self.tokens(group.stream());
                    let mut rebuilt = Group::new(group.delimiter(), inner);
                    rebuilt.set_span(group.span());
                    result.append(rebuilt);
                }
                TokenTree::Ident(name) => match (MentionId::of(&name), LocalId::of(&name)) {
                    // In one piece with its fields, so that the macro names the rest of it alone.
                    (Some(id), _) if (self.rewriter.doubtful)(id).is_some() => {
                        let (_, count) = crate::parts::members(&tokens[at..]);
                        let (place, fields) =
                            (self.mention(id, name.span()), &tokens[at..at + count]);
                        at += count;
                        result.append_all(quote_spanned!(name.span()=> (#place #(#fields)*)));
                    }
                    (Some(id), _) => result.append_all(self.mention(id, name.span())),
                    (_, Some(local)) => result.append(self.rewriter.user(local, name.span())),
                    _ => result.append(name),
                },
                other => result.append(other),
            }
        }
        result
    }

    /// Whether it is a field that a macro names of a local of which something else may be gone.
    fn is_doubtful(&self, expr: &Expr) -> bool {
        let base = syntax::base_mention(expr);
        base.is_some_and(|id| (self.rewriter.doubtful)(id).is_some())
    }

    /// `operand?`, with the residual as the coroutine's result.
    fn residual(&mut self, question: &mut ExprTry) -> TokenStream {
        self.visit_expr_mut(&mut question.expr);
        let (operand, private) = (&question.expr, self.rewriter.private);
        let output = self.rewriter.output;
        let done = self.rewriter.names.done();
        let span = made_at(question.question_token.span());
        quote_spanned!(span=> (match #private::Try(#operand).branch() {
            #private::core::ops::ControlFlow::Continue(value) => value,
            #private::core::ops::ControlFlow::Break(residual) => break #done
                #private::Step::Complete { 0: #private::Early::<_, #output>::new(residual).result() },
        }))
    }

    /// A `match` of what is not here by the user's own name. If it forgets a case, the twin is refused, and says so:
    /// what is added here is never reached.
    fn choice(&mut self, choice: &mut syn::ExprMatch) {
        if self.match_apart(choice).is_some() {
            return;
        }
        let written = choice.expr.to_token_stream().to_string();
        visit_mut::visit_expr_match_mut(self, choice);
        let replaced = choice.expr.to_token_stream().to_string() != written;
        if replaced && !choice.arms.is_empty() {
            choice
                .arms
                .push(syn::parse_quote!(_ => ::core::unreachable!(),));
        }
    }

    fn iterating(&mut self, of: &mut syn::ExprForLoop) {
        self.loops += 1;
        visit_mut::visit_expr_for_loop_mut(self, of);
        self.loops -= 1;
        let iterated = spans::iterated(self.rewriter.private, &of.expr, &of.expr);
        *of.expr = Expr::Verbatim(iterated);
    }

    /// A call that stays as it is.
    fn visit_call(&mut self, expr: &mut Expr) {
        let args = match expr {
            Expr::Call(call) => {
                self.visit_expr_mut(&mut call.func);
                self.rewriter.called_wrongly(call);
                &mut call.args
            }
            Expr::MethodCall(call) => {
                self.visit_expr_mut(&mut call.receiver);
                &mut call.args
            }
            _ => return,
        };
        args.iter_mut().for_each(|arg| self.visit_coerced(arg));
    }

    /// The walk over an expression that has to be of some type.
    pub fn visit_coerced(&mut self, expr: &mut Expr) {
        match self.coerced(expr) {
            Some(tokens) => *expr = Expr::Verbatim(tokens),
            None => self.visit_expr_mut(expr),
        }
    }

    fn leave(&mut self, leave: &mut ExprReturn) -> TokenStream {
        let (span, private) = (made_at(leave.return_token.span), self.rewriter.private);
        let result = match &mut leave.expr {
            Some(result) => {
                self.visit_coerced(result);
                result.to_token_stream()
            }
            None if super::super::opaque::takes_unit(self.rewriter.output) => {
                quote_spanned!(span=> ())
            }
            None => quote_spanned!(span=> #private::unit()),
        };
        let done = self.rewriter.names.done();
        let step = self.rewriter.names.completed(private, &result);
        quote_spanned!(span=> (break #done #step))
    }
}

impl VisitMut for Pass<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_statement = std::mem::take(&mut self.statement);
        self.rewriter.nearly_self(expr);
        let replacement = match expr {
            Expr::Paren(_) | Expr::Group(_) => {
                self.statement = is_statement;
                None
            }
            Expr::Path(_) => direct(expr).map(|(id, span)| self.mention(id, span)),
            Expr::Try(question) if self.closures == 0 => Some(self.residual(question)),
            Expr::Return(leave) if self.closures == 0 => Some(self.leave(leave)),
            Expr::Closure(_) | Expr::Async(_) => self.capturing(expr),
            Expr::Assign(assign) => match self.assigned_field(assign) {
                Some(tokens) => Some(tokens),
                None => self.assignment(assign),
            },
            Expr::Struct(literal) => self.updated(literal),
            Expr::Reference(reference) => self.lent(reference),
            Expr::Field(_) if self.is_doubtful(expr) => {
                visit_mut::visit_expr_mut(self, expr);
                Some(quote_spanned!(Span::mixed_site()=> (#expr)))
            }
            Expr::ForLoop(of) => return self.iterating(of),
            Expr::Field(_) | Expr::Unary(_) => {
                let captured = self.captured_by_itself(expr);
                captured.or_else(|| self.moved_field(expr))
            }
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => self.call(call),
            Expr::Macro(invocation) => {
                self.statement = is_statement;
                self.invocation(&mut invocation.mac)
            }
            Expr::Const(_) => return,
            Expr::Match(choice) => return self.choice(choice),
            Expr::Let(condition) => {
                if self.let_apart(condition).is_none() {
                    visit_mut::visit_expr_let_mut(self, condition);
                }
                return;
            }
            _ => None,
        };
        match replacement {
            Some(tokens) => *expr = Expr::Verbatim(tokens),
            // A macro's and a closure's insides were seen to above.
            None if matches!(expr, Expr::Macro(_) | Expr::Closure(_) | Expr::Async(_)) => {}
            None if matches!(expr, Expr::Call(_) | Expr::MethodCall(_)) => self.visit_call(expr),
            None => {
                visit_mut::visit_expr_mut(self, expr);
                without_assignment(expr);
            }
        }
    }

    fn visit_expr_if_mut(&mut self, of: &mut syn::ExprIf) {
        self.ending(&mut of.cond);
        self.ending_block(&mut of.then_branch);
        if let Some((_, other)) = &mut of.else_branch {
            self.ending(other);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.visit_pat_mut(&mut arm.pat);
        if let Some((_, guard)) = &mut arm.guard {
            self.ending(guard);
        }
        self.ending(&mut arm.body);
    }

    fn visit_expr_loop_mut(&mut self, of: &mut syn::ExprLoop) {
        self.loops += 1;
        visit_mut::visit_expr_loop_mut(self, of);
        self.loops -= 1;
    }

    fn visit_expr_while_mut(&mut self, of: &mut syn::ExprWhile) {
        self.loops += 1;
        visit_mut::visit_expr_while_mut(self, of);
        self.loops -= 1;
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if self.local_apart(local).is_none() {
            visit_mut::visit_local_mut(self, local);
        }
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if let Some(local) = LocalId::of(&pat.ident) {
            pat.ident = self.rewriter.user(local, pat.ident.span());
        }
        visit_mut::visit_pat_ident_mut(self, pat);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        self.ask_what_is_declared(block);
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        self.statement = match stmt {
            Stmt::Expr(_, None) => Whole::No,
            Stmt::Expr(Expr::Macro(_), Some(_)) | Stmt::Macro(_) => Whole::Statement,
            _ => Whole::Value,
        };
        if let Stmt::Macro(m) = stmt {
            if let Some(tokens) = self.invocation(&mut m.mac) {
                *stmt = Stmt::Expr(Expr::Verbatim(tokens), m.semi_token);
            }
            return;
        }
        if let Stmt::Item(syn::Item::Macro(item)) = stmt {
            item.mac.tokens = self.tokens(std::mem::take(&mut item.mac.tokens));
        }
        // A place that is not used is nothing to warn of here.
        if let Stmt::Expr(expr @ Expr::Path(_), Some(_)) = stmt {
            return self.visit_coerced(expr);
        }
        if let Stmt::Expr(expr, _) = stmt
            && !is_jump(expr)
        {
            let first = first_of(expr);
            if is_jump(first) {
                *first = syn::parse_quote!((#first));
            }
        }
        visit_mut::visit_stmt_mut(self, stmt);
    }

    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        visit_mut::visit_field_value_mut(self, field);
        // So is `S { x: x }` of a value. The local's own token is the one that knows which `x` it is.
        if let (Some(local), syn::Member::Named(name)) = (name_of(&field.expr), &mut field.member)
            && local == *name
        {
            field.expr = syn::parse_quote!(#local);
            *name = local;
            field.colon_token = None;
        }
    }

    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        visit_mut::visit_field_pat_mut(self, field);
        // `S { x: x }` is `S { x }` again, as the user wrote it.
        if let (Pat::Ident(pat), syn::Member::Named(name)) = (&*field.pat, &field.member)
            && pat.ident == *name
            && pat.subpat.is_none()
        {
            field.colon_token = None;
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Some(tokens) = self.invocation(mac) {
            mac.tokens = tokens;
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
}

/// The name that is all of an expression.
fn name_of(expr: &Expr) -> Option<Ident> {
    match expr {
        Expr::Path(path) if path.attrs.is_empty() => path.path.get_ident().cloned(),
        Expr::Verbatim(tokens) => {
            let mut tokens = tokens.clone().into_iter();
            match (tokens.next(), tokens.next()) {
                (Some(TokenTree::Ident(name)), None) => Some(name),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A span of the macro's own that points to the user's code.
pub fn made_at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// A made-up identifier.
pub fn made_up(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// `f() += 1` changes nothing that there is: of that the twin is refused, and here nothing else is said of it.
fn without_assignment(expr: &mut Expr) {
    let Expr::Binary(binary) = expr else { return };
    if syntax::is_compound(&binary.op)
        && matches!(*binary.left, Expr::Call(_) | Expr::MethodCall(_))
    {
        let (left, right) = (&binary.left, &binary.right);
        *expr = syn::parse_quote!({ let _ = (#left, #right); });
    }
}

/// What a statement begins with: if that becomes a block, the statement is at its end there.
fn first_of(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Assign(e) => first_of(&mut e.left),
        Expr::Binary(e) => first_of(&mut e.left),
        Expr::Call(e) => first_of(&mut e.func),
        Expr::Cast(e) => first_of(&mut e.expr),
        Expr::Field(e) => first_of(&mut e.base),
        Expr::Index(e) => first_of(&mut e.expr),
        Expr::MethodCall(e) => first_of(&mut e.receiver),
        Expr::Range(ExprRange {
            start: Some(start), ..
        }) => first_of(start),
        Expr::Try(e) => first_of(&mut e.expr),
        first => first,
    }
}

fn is_jump(expr: &Expr) -> bool {
    matches!(expr, Expr::Macro(jump) if jump.mac.path.is_ident(marker::JUMP))
}
