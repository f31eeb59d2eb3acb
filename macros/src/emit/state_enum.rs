//! The state: an enum with a variant per suspension, and where its fields lie.

use super::Emitter;
use crate::body::LocalId;
use crate::cfg::*;
use crate::layout::Variant;
use crate::names::made;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

impl Emitter<'_> {
    pub(super) fn state_enum(&self) -> TokenStream {
        let definition = self.definition();
        let send = self.send_and_sync();
        let frames = self.layout.variants.iter().map(|v| self.frame(v));
        let unresumed = self.unresumed_frame();
        let places = self.places();
        quote! {
            #definition
            #send
            #unresumed
            #(#frames)*
            #places
        }
    }

    /// `let state: EchoState<_, ..> = EchoState::Unresumed { .. };`
    pub(super) fn initial_state(&self) -> TokenStream {
        let (private, state) = (&self.function.private, &self.names.state);
        let generics = self.inferred();
        let fields = self.layout.arguments.iter().map(|l| self.names.field(*l));
        let arguments = &self.function.arguments;
        quote! {
            let state: #state #generics = #state::Unresumed {
                #(#fields: #private::Slot::new(#arguments)),*
            };
        }
    }

    /// `<_, _, ..>`: rustc infers what each local is.
    pub(super) fn inferred(&self) -> Option<TokenStream> {
        let count = self.parameters().len();
        let inferred = std::iter::repeat_n(quote!(_), count);
        (count > 0).then(|| quote!(<#(#inferred),*>))
    }

    fn definition(&self) -> TokenStream {
        let (state, generics) = (&self.names.state, self.generics());
        let arguments = self.layout.arguments.iter().map(|l| self.field(*l));
        let variants = self.layout.variants.iter().map(|v| {
            let (doc, name) = (
                self.documentation(v.suspension),
                self.names.variant(v.suspension),
            );
            let fields = self.fields(v);
            let tag = number(self.tag(v.suspension));
            quote!(#[doc = #doc] #name { #(#fields),* } = #tag)
        });
        let awaits = self
            .layout
            .variants
            .iter()
            .filter(|v| self.is_await(v.suspension));
        let cancelling = awaits.map(|v| {
            let (name, tag) = (
                self.names.cancelling(v.suspension),
                self.cancelling_tag(v.suspension),
            );
            let doc = format!(
                " `{}`, whose child is cleaning up.",
                self.names.variant(v.suspension)
            );
            let tag = number(tag);
            quote!(#[doc = #doc] #name = #tag)
        });
        let tags = self.tags();
        let ended = [
            (made("Returned"), number(tags.returned)),
            (made("Panicked"), number(tags.panicked())),
            (made("Cancelled"), number(tags.cancelled())),
        ];
        let ended = ended.map(|(name, tag)| quote!(#name = #tag));
        let width = self.tag_type();
        quote! {
            #[repr(#width)]
            enum #state #generics {
                Unresumed { #(#arguments),* } = 0,
                #(#variants,)*
                #(#cancelling,)*
                #(#ended),*
            }
        }
    }

    /// `u8` has room for some 120 suspensions.
    pub(super) fn tag_type(&self) -> Ident {
        let last = self.tags().cancelled();
        made(if last <= u32::from(u8::MAX) {
            "u8"
        } else {
            "u16"
        })
    }

    /// ` `stream.read(&mut buf).await`, line 9.`
    fn documentation(&self, id: SuspensionId) -> String {
        let suspension = self.cfg.suspension(id);
        let line = suspension.span.start().line;
        let text = match suspension.kind {
            SuspensionKind::Await => format!("{}.await", suspension.text),
            SuspensionKind::Yield => format!("yield_!({})", suspension.text),
        };
        format!(" `{text}`, line {line}.")
    }

    fn field(&self, local: LocalId) -> TokenStream {
        let private = &self.function.private;
        let (field, parameter) = (self.names.field(local), self.names.parameter(local));
        quote!(#field: #private::Slot<#parameter>)
    }

    /// A variant's fields: locals, the awaited future, flags.
    fn fields(&self, variant: &Variant) -> Vec<TokenStream> {
        let private = &self.function.private;
        let mut fields: Vec<_> = variant.fields.iter().map(|l| self.field(*l)).collect();
        if self.is_await(variant.suspension) {
            let (name, future) = (made("awaited"), self.names.future(variant.suspension));
            fields.push(quote!(#name: #private::Slot<#future>));
        }
        fields.extend(variant.flags.iter().map(|l| {
            let (flag, ty) = (self.names.flag(*l), self.flag_type(*l));
            quote!(#flag: #ty)
        }));
        fields
    }

    /// Every type parameter: locals, then awaited futures.
    fn parameters(&self) -> Vec<Ident> {
        let locals = self.layout.fields.iter().map(|l| self.names.parameter(*l));
        let awaits = self
            .layout
            .variants
            .iter()
            .filter(|v| self.is_await(v.suspension));
        locals
            .chain(awaits.map(|v| self.names.future(v.suspension)))
            .collect()
    }

    fn generics(&self) -> TokenStream {
        let parameters = self.parameters();
        if parameters.is_empty() {
            TokenStream::new()
        } else {
            quote!(<#(#parameters),*>)
        }
    }

    fn send_and_sync(&self) -> TokenStream {
        let (state, generics, parameters) = (&self.names.state, self.generics(), self.parameters());
        if parameters.is_empty() {
            return TokenStream::new();
        }
        // Where `Send` is asked for, it is asked of each parameter (`emit::send`).
        let send = (!self.function.send).then(|| quote!(: ::core::marker::Send));
        quote! {
            unsafe impl<#(#parameters #send),*> ::core::marker::Send for #state #generics {}
            unsafe impl<#(#parameters: ::core::marker::Sync),*> ::core::marker::Sync for #state #generics {}
        }
    }

    /// The layout of one variant, as the reference gives it for a primitive representation.
    fn frame(&self, variant: &Variant) -> TokenStream {
        let frame = self.names.frame(variant.suspension);
        let parameters = self.parameters_of(variant);
        let fields = self.fields(variant);
        self.frame_type(&frame, &parameters, &fields)
    }

    fn unresumed_frame(&self) -> TokenStream {
        if self.layout.arguments.is_empty() {
            return TokenStream::new();
        }
        let parameters: Vec<_> = self
            .layout
            .arguments
            .iter()
            .map(|l| self.names.parameter(*l))
            .collect();
        let fields: Vec<_> = self
            .layout
            .arguments
            .iter()
            .map(|l| self.field(*l))
            .collect();
        self.frame_type(&made("UnresumedFrame"), &parameters, &fields)
    }

    fn frame_type(
        &self,
        name: &Ident,
        parameters: &[Ident],
        fields: &[TokenStream],
    ) -> TokenStream {
        let width = self.tag_type();
        let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
        quote! {
            #[repr(C)]
            struct #name #generics {
                tag: #width,
                #(#fields),*
            }
        }
    }

    fn parameters_of(&self, variant: &Variant) -> Vec<Ident> {
        let mut parameters: Vec<_> = variant
            .fields
            .iter()
            .map(|l| self.names.parameter(*l))
            .collect();
        if self.is_await(variant.suspension) {
            parameters.push(self.names.future(variant.suspension));
        }
        parameters
    }

    /// The pointers that the closure works with, in the order of `places`.
    pub(super) fn place_names(&self) -> Vec<Ident> {
        let locals = self.layout.fields.iter().map(|l| self.names.place(*l));
        let mut names: Vec<_> = locals.collect();
        for v in &self.layout.variants {
            if self.is_await(v.suspension) {
                names.push(self.names.future_place(v.suspension));
            }
            names.extend(
                v.flags
                    .iter()
                    .map(|l| self.names.flag_place(v.suspension, *l)),
            );
        }
        names
    }

    /// `fn places`: where everything lies, computed without the tag and without a reference.
    fn places(&self) -> TokenStream {
        let (state, generics, parameters) = (&self.names.state, self.generics(), self.parameters());
        if self.place_names().is_empty() {
            return TokenStream::new();
        }
        let private = &self.function.private;
        let frames = self.frames();
        let casts = frames.iter().map(|f| {
            let (place, ty) = (&f.place, &f.ty);
            quote!(let #place = state.cast::<#ty>();)
        });
        let mut types: Vec<_> = self
            .layout
            .fields
            .iter()
            .map(|l| self.names.parameter(*l))
            .map(|p| quote!(*mut #p))
            .collect();
        let mut values: Vec<_> = self
            .layout
            .fields
            .iter()
            .map(|l| self.address(*l))
            .collect();
        for v in &self.layout.variants {
            let frame = self.names.frame_place(v.suspension);
            if self.is_await(v.suspension) {
                let future = self.names.future(v.suspension);
                let awaited = made("awaited");
                types.push(quote!(*mut #future));
                values.push(quote!(#private::Slot::at(&raw mut (*#frame).#awaited)));
            }
            for local in &v.flags {
                let (flag, ty) = (self.names.flag(*local), self.flag_type(*local));
                types.push(quote!(*mut #ty));
                values.push(quote!(&raw mut (*#frame).#flag));
            }
        }
        let assertions = self.assertions();
        quote! {
            impl<#(#parameters),*> #state #generics {
                #[inline(always)]
                unsafe fn places(state: *mut #state #generics) -> (#(#types,)*) {
                    #assertions
                    #(#casts)*
                    unsafe { (#(#values,)*) }
                }
            }
        }
    }

    /// The address of a local, by the first frame that has it.
    fn address(&self, local: LocalId) -> TokenStream {
        let private = &self.function.private;
        let frames = self.frames();
        let frame = frames
            .iter()
            .find(|f| f.fields.contains(&local))
            .expect("a field of a frame");
        let (place, field) = (&frame.place, self.names.field(local));
        quote!(#private::Slot::at(&raw mut (*#place).#field))
    }

    fn frames(&self) -> Vec<Frame> {
        let mut frames = Vec::new();
        if !self.layout.arguments.is_empty() {
            let parameters = self
                .layout
                .arguments
                .iter()
                .map(|l| self.names.parameter(*l));
            let name = made("UnresumedFrame");
            frames.push(Frame {
                place: made("unresumed_frame"),
                ty: quote!(#name<#(#parameters),*>),
                fields: self.layout.arguments.clone(),
            });
        }
        frames.extend(self.layout.variants.iter().map(|v| {
            let (name, parameters) = (self.names.frame(v.suspension), self.parameters_of(v));
            let generics = (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
            Frame {
                place: self.names.frame_place(v.suspension),
                ty: quote!(#name #generics),
                fields: v.fields.clone(),
            }
        }));
        frames
    }

    /// A local that several variants hold has one offset: checked where the types are known.
    fn assertions(&self) -> TokenStream {
        let frames = self.frames();
        let private = &self.function.private;
        let mut checks = Vec::new();
        for local in &self.layout.fields {
            let having: Vec<_> = frames.iter().filter(|f| f.fields.contains(local)).collect();
            let field = self.names.field(*local);
            if having.len() > 1 {
                let types = having.iter().map(|frame| &frame.ty);
                checks.push(quote! {
                    #private::one_place([#(::core::mem::offset_of!(#types, #field)),*]);
                });
            }
        }
        if checks.is_empty() {
            TokenStream::new()
        } else {
            quote!(const { #(#checks)* })
        }
    }
}

/// A frame that `places` casts the state to.
struct Frame {
    place: Ident,
    ty: TokenStream,
    fields: Vec<LocalId>,
}

pub(super) fn number(n: u32) -> Literal {
    Literal::u32_unsuffixed(n)
}
