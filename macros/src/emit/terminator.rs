//! Blocks: their statements, and how control leaves them.

use super::code::Code;
use super::expression::Names as _;
use super::expression::declared::{HeldNames, may_declare};
use super::opaque::{done, shown};
use super::twin;
use super::{Emitter, Storage};
use crate::body::LocalId;
use crate::cfg::*;
use crate::layout::Item;
use crate::names::made;
use crate::spans;
use crate::syntax;
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote};

impl Emitter<'_> {
    /// A block and those that continue it.
    pub(super) fn block(&self, id: BlockId) -> TokenStream {
        let mut code = Code::new(self.body.block.brace_token.span.join());
        let mut in_scope = self.facts.in_scope(id);
        code.push(self.poisoned(&in_scope));
        let mut id = id;
        loop {
            let block = self.cfg.block(id);
            for statement in &block.statements {
                self.statement(statement, &mut code);
                self.note_declared(statement, &mut in_scope);
                if let Statement::Opaque(s) = statement
                    && may_declare(s)
                {
                    code.push(self.ask_what_is_declared(&in_scope));
                }
            }
            match block.terminator {
                Terminator::Goto(next) if !self.numbers.contains_key(&next) => id = next,
                _ => {
                    code.push(self.terminator(&block.terminator));
                    return code.finish();
                }
            }
        }
    }

    /// What is in scope after a statement.
    fn note_declared(&self, statement: &Statement, in_scope: &mut Vec<LocalId>) {
        match statement {
            Statement::Let(l) => in_scope.extend(&l.bindings),
            Statement::Uninit(_, local, _) => in_scope.push(*local),
            Statement::End(_, locals) => in_scope.retain(|l| !locals.contains(l)),
            _ => {}
        }
    }

    /// After a macro that may have declared a name anew: those of locals that are held have to be theirs still.
    fn ask_what_is_declared(&self, in_scope: &[LocalId]) -> TokenStream {
        let name = |local: LocalId| &self.body.local(local).name;
        let is_hidden = |at: usize| {
            in_scope[at + 1..]
                .iter()
                .any(|l| name(*l) == name(in_scope[at]))
        };
        let seen = (0..in_scope.len()).filter(|at| !is_hidden(*at));
        let slots = seen
            .map(|at| in_scope[at])
            .filter(|l| self.facts.is_slot(*l));
        HeldNames::of(self.body, slots).ask(&self.function.private)
    }

    /// The names of those that are held, where a macro could use one unseen.
    fn poisoned(&self, locals: &[LocalId]) -> TokenStream {
        if !self.poison {
            return TokenStream::new();
        }
        let slots = locals.iter().copied().filter(|l| self.facts.is_slot(*l));
        HeldNames::of(self.body, slots).poison(&self.function.private)
    }

    fn statement(&self, statement: &Statement, code: &mut Code) {
        match statement {
            Statement::Opaque(s) => code.push(self.opaque(s)),
            Statement::Let(l) => self.let_(l, code),
            Statement::Uninit(_, local, _) if !self.facts.is_used(*local) => {}
            Statement::Uninit(scope, local, ty) => {
                if self.storage(*local) == Storage::Plain {
                    code.open(*scope);
                }
                self.uninit(*local, ty.as_ref(), code);
            }
            Statement::Init(local, value) => {
                code.push(
                    self.in_place(*local, value)
                        .map_or_else(|| self.init_by(*local, value), |built| quote!(#built;)),
                );
            }
            Statement::End(scope, locals) => {
                code.close(*scope);
                let ends = self.ends(locals, code.has_plain());
                code.push(ends);
            }
            Statement::Outlived(into, value, outlived) => {
                let value = self.outliving(value, outlived);
                code.push(match into.map(|local| self.names.live(local)) {
                    Some(live) => quote!(#live.init(#value);),
                    None => quote!(#value;),
                });
            }
        }
    }

    /// Ends locals, newest first. If one panics, the others end before ordinary locals of rustc's do: these are of scopes
    /// around.
    fn ends(&self, locals: &[LocalId], has_plain: bool) -> TokenStream {
        let slots = locals.iter().filter(|l| self.facts.is_slot(**l));
        if has_plain && slots.clone().count() > 1 {
            let ends = self.at_end(slots.rev());
            return quote!({ #ends });
        }
        let lives = slots.map(|local| self.names.live(*local));
        quote!(#(#lives.end();)*)
    }

    /// Locals end with the block around, the last first.
    fn at_end<'l>(&self, locals: impl Iterator<Item = &'l LocalId>) -> TokenStream {
        let private = &self.function.private;
        let ends = locals.map(|local| {
            let (live, end) = (self.names.live(*local), self.names.end(*local));
            quote!(let #end = #private::at_end(|| #live.end());)
        });
        ends.collect()
    }

    /// In a block of the user's edition, the locals end as the user's own would, also by a panic.
    fn outliving(&self, value: &syn::Expr, outlived: &Outlived) -> TokenStream {
        let value = self.expression(value);
        let slots = outlived.locals.iter().filter(|l| self.facts.is_slot(**l));
        let ends = self.at_end(slots.rev());
        let code = quote!(#ends #value);
        let mut block = Group::new(Delimiter::Brace, code);
        block.set_span(outlived.block);
        block.into_token_stream()
    }

    fn uninit(&self, local: LocalId, ty: Option<&syn::Type>, code: &mut Code) {
        let private = &self.function.private;
        if self.storage(local) == Storage::Plain {
            let name = &self.body.local(local).name;
            let ty = ty.map(|ty| quote!(: #ty));
            return code.push(quote!(let mut #name #ty;));
        }
        if let Some(ty) = ty {
            let live = self.names.live(local);
            let guard = self.guard(local);
            code.push(quote!(let _: &#private::#guard<#ty> = #live;));
        }
        code.push(self.poisoned(&[local]));
    }

    fn let_(&self, l: &Let, code: &mut Code) {
        let value = match syntax::simple_binding(&l.pattern) {
            Some(local) => self.initializer(local, &l.value),
            None => self.expression(&l.value),
        };
        let value = match &l.ty {
            Some(_) => self.typed(&l.value, value),
            None => value,
        };
        let ty = l.ty.as_ref().map(|ty| quote!(: #ty));
        let pattern = self.pattern(&l.pattern);
        let diverge = l.diverge.as_ref().map(|e| self.expression(e));
        let diverge = diverge.map(|e| quote!(else #e));
        let slots = l.bindings.iter().any(|b| self.facts.is_slot(*b));
        if !slots {
            if !l.bindings.is_empty() {
                code.open(l.scope);
            }
            return code.push(spans::statement(
                l.place,
                quote!(#pattern #ty = #value #diverge),
            ));
        }
        let single = syntax::simple_binding(&l.pattern);
        if let Some(built) = single.and_then(|local| self.built_in_place(local, l)) {
            code.push(built);
            return code.push(self.poisoned(&l.bindings));
        }
        // Also of a single name, for which rustc asks for a type if it finds none.
        let init = self.init_bindings(&l.bindings);
        let taken_apart = spans::statement(l.place, quote!(#pattern #ty = #value #diverge));
        code.push(quote!({ #taken_apart #init }));
        code.push(self.poisoned(&l.bindings));
    }

    /// `let x: T = [0; N];`
    fn built_in_place(&self, local: LocalId, l: &Let) -> Option<TokenStream> {
        let built = self.in_place(local, &l.value)?;
        let ty = l.ty.as_ref().map(|ty| {
            let (private, live) = (&self.function.private, self.names.live(local));
            quote!(let _: &#private::Live<#ty> = #live;)
        });
        Some(quote!(#ty #built;))
    }

    fn init_bindings(&self, bindings: &[LocalId]) -> TokenStream {
        let inits = bindings.iter().map(|local| {
            let name = &self.body.local(*local).name;
            self.init(*local, name.to_token_stream())
        });
        quote!(#(#inits)*)
    }

    /// The same by an expression of the user's: of a value of the wrong type rustc says in a field what it says in the
    /// twin, and no more.
    fn init_by(&self, local: LocalId, value: &syn::Expr) -> TokenStream {
        let value = shown(value, self.expression(value));
        if !self.typed.contains(&local) {
            return self.init(local, value);
        }
        let (private, live) = (&self.function.private, self.names.live(local));
        let knows = self.knows_parts(local, &self.rest(local));
        quote!(#private::Init { at: #live.room(), value: #value }.fill(); #knows)
    }

    fn init(&self, local: LocalId, value: TokenStream) -> TokenStream {
        let (live, knows) = (
            self.names.live(local),
            self.knows_parts(local, &self.rest(local)),
        );
        quote!(#live.init(#value); #knows)
    }

    fn terminator(&self, terminator: &Terminator) -> TokenStream {
        let done = done();
        let private = &self.function.private;
        match terminator {
            Terminator::Goto(to) => self.goto(*to),
            Terminator::Branch {
                condition,
                then,
                otherwise,
            } => {
                let condition = self.head(condition);
                let (then, otherwise) = (self.goto(*then), self.goto(*otherwise));
                quote!(if #condition { #then } else { #otherwise })
            }
            Terminator::Match(m) => self.match_(m),
            Terminator::Suspend {
                suspension,
                operand,
                ..
            } => self.suspend(*suspension, operand),
            Terminator::Complete(value, outlived) => {
                let value = match outlived {
                    Some(outlived) => self.outliving(value, outlived),
                    None => shown(value, self.result(value)),
                };
                let step = self.completed(private, &value);
                quote!(break #done #step;)
            }
            Terminator::Cancelled => {
                quote!(break #done #private::Step::CleanUp(#private::CleanUp::Ended);)
            }
            Terminator::Unreachable => quote!(::core::hint::unreachable_unchecked()),
        }
    }

    fn goto(&self, to: BlockId) -> TokenStream {
        self.go(self.number(to))
    }

    fn suspend(&self, id: SuspensionId, operand: &syn::Expr) -> TokenStream {
        let private = &self.function.private;
        let operand = self.expression(operand);
        let mut all = self.layout.variants.iter();
        let variant = all
            .find(|v| v.suspension == id)
            .expect("control comes here");
        let store = self.store_flags(variant);
        match self.cfg.suspension(id).kind {
            SuspensionKind::Await => {
                let (at, base) = (self.at(Item::Future(id)), made("state_base"));
                let go = self.go(self.tag(id));
                let value = twin::future(operand, spans::Place::at(self.cfg.suspension(id).span));
                let arrive = self.arrive(id);
                quote! {
                    #at.put(#base, #value);
                    #store
                    #arrive
                    #go
                }
            }
            SuspensionKind::Yield | SuspensionKind::CleanUp(_) => {
                let leave = self.leave(variant, self.names.variant(id));
                let yields = &self.function.yields;
                let value = made("ready_value");
                let answer = self.answered(&quote!(#private::Step::Yielded(#value)));
                quote! {
                    let #value = #private::Yield::<#yields> { value: #operand }.value;
                    #store
                    #leave
                    return #answer;
                }
            }
        }
    }

    fn match_(&self, m: &Match) -> TokenStream {
        let scrutinee = self.head(&m.scrutinee);
        let looks = m
            .arms
            .iter()
            .any(|arm| arm.looks && !arm.bindings.is_empty());
        let (private, extent) = (&self.function.private, made("extent"));
        let extent = looks.then(|| quote!(let #extent = #private::extent(&#scrutinee);));
        let arms = m.arms.iter().map(|arm| match m.source {
            Source::Value => self.arm_of_value(arm),
            Source::Local(_) | Source::Place => self.arm_of_place(m, arm),
        });
        // Every arm of a place that binds has a guard, which rustc does not take into account.
        // The twin is refused where the user forgot a case: it is reported there, and there alone.
        let rest = quote!(_ => ::core::hint::unreachable_unchecked(),);
        let rest = (!m.arms.is_empty()).then_some(rest);
        quote!(#extent match #scrutinee { #(#arms)* #rest })
    }

    fn arm_of_value(&self, arm: &Arm) -> TokenStream {
        let pattern = self.pattern(&arm.pattern);
        let guard = arm.guard.as_ref().map(|guard| {
            let guard = self.expression_where_plain(guard, &arm.bindings);
            quote!(if #guard)
        });
        let (init, goto) = (self.init_bindings(&arm.bindings), self.goto(arm.target));
        quote!(#pattern #guard => { #init #goto })
    }

    /// In a guard, bindings by value are still places in the scrutinee: what they name is read
    /// into its slot, and the guard leaves before rustc's own move.
    fn arm_of_place(&self, m: &Match, arm: &Arm) -> TokenStream {
        let pattern = self.pattern(&arm.pattern);
        let guard = arm
            .guard
            .as_ref()
            .map(|e| self.expression_where_plain(e, &arm.bindings));
        if arm.bindings.is_empty() {
            let guard = guard.map(|guard| quote!(if #guard));
            let goto = self.goto(arm.target);
            return quote!(#pattern #guard => { #goto });
        }
        let private = &self.function.private;
        if arm.looks {
            let looks = self.looks(&arm.bindings);
            let jump = self.jump(self.number(arm.target));
            return quote!(#pattern if { #(#looks)* #jump } => #private::any(),);
        }
        let part = match m.source {
            Source::Local(_) => self.lose_parts(m, arm),
            _ => None,
        };
        let inits = arm.bindings.iter().map(|local| {
            let name = &self.body.local(*local).name;
            self.init(
                *local,
                match part {
                    None => quote!(#private::copied(&#name)),
                    Some(_) => quote!(::core::ptr::read(&#name)),
                },
            )
        });
        let inits = inits.collect::<Vec<_>>();
        let guard = guard.map(|guard| quote!((#guard) &&));
        let jump = self.jump(self.number(arm.target));
        quote! {
            #pattern if #guard {
                #part
                #(#inits)*
                #jump
            } => #private::any(),
        }
    }

    /// What a guard is to see of its arm's bindings.
    fn looks(&self, seen: &[LocalId]) -> Vec<TokenStream> {
        let (private, extent) = (&self.function.private, made("extent"));
        let look = |local: &LocalId| {
            let (place, live) = (self.place(*local), self.names.live(*local));
            let name = &self.body.local(*local).name;
            quote!(#private::see(*#place, &#name, &#extent); #live.here();)
        };
        seen.iter().map(look).collect()
    }
}
