//! The state: an enum that says where the function stands, and a struct of what it holds there.
//!
//! Output, beside these types: the state that a call begins with.

use super::Emitter;
use crate::body::LocalId;
use crate::layout::{Flag, Item, Room, Variant};
use crate::names::made;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

impl Emitter<'_> {
    pub(super) fn state_types(&self) -> TokenStream {
        let states = self.states();
        let rooms = self.rooms();
        let (places, holds) = (self.places(), self.holds());
        quote!(#states #rooms #places #holds)
    }

    /// `let state = EchoHeld::begin(argument0);`
    pub(super) fn initial_state(&self) -> TokenStream {
        let (held, arguments) = (self.held(), &self.function.arguments);
        let arguments = arguments.iter().take(self.layout.arguments.len());
        quote!(let state = unsafe { #held::begin(#(#arguments),*) };)
    }

    /// `fn begin`: the state that a call begins with. Only what is there is written: a struct with something in each field would be
    /// copied whole, and rustc takes what isn't there for a constant, which would be copied too.
    pub(super) fn begin(&self) -> TokenStream {
        let private = &self.function.private;
        let [begun, st, field, live] = ["begun", "st", "state", "live"].map(made);
        let parameters = self.layout.arguments.iter();
        let parameters = parameters.zip(&self.function.arguments);
        let parameters = parameters.map(|(local, argument)| {
            let ty = self.parameter(Item::Local(*local));
            quote!(#argument: #ty)
        });
        let flags = match self.layout.flag_bytes() {
            0 => None,
            1 => Some(quote!((*#st).#live = 0;)),
            more => {
                let count = Literal::usize_unsuffixed(more);
                Some(quote!((*#st).#live = [0; #count];))
            }
        };
        let state = &self.names.state;
        let mut arguments = TokenStream::new();
        self.put_arguments(&self.layout.root, &quote!((*#st)), &mut arguments);
        let items = self.layout.root.items();
        let (held, generics) = (self.held(), self.generics(&items));
        quote! {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin(#(#parameters),*) -> #held #generics {
                let mut #begun = #private::MaybeUninit::uninit();
                unsafe {
                    let #st: *mut #held #generics = #begun.as_mut_ptr();
                    (*#st).#field = #state::Unresumed;
                    #flags
                    #arguments
                    #begun.assume_init()
                }
            }
        }
    }

    /// `(*st).stream = Slot::new(argument0);`, of each argument in a room.
    fn put_arguments(&self, room: &Room, place: &TokenStream, code: &mut TokenStream) {
        let private = &self.function.private;
        for item in &room.fields {
            if let Some(argument) = self.argument(*item) {
                let field = self.field_name(*item);
                code.extend(quote!(#place.#field = #private::Slot::new(#argument);));
            }
        }
        let shared = made("shared");
        for inner in &room.shared {
            if !inner.items().iter().any(|i| self.argument(*i).is_some()) {
                continue;
            }
            let field = &self.names.room(inner).field;
            let room = quote!(#place.#shared.#field);
            if inner.is_single() {
                let argument = self.argument(inner.fields[0]);
                code.extend(quote! {
                    #room = #private::ManuallyDrop::new(#private::Slot::new(#argument));
                });
                continue;
            }
            code.extend(quote!(let #field = #private::room(&raw const #room).cast_mut();));
            self.put_arguments(inner, &quote!((*#field)), code);
        }
    }

    /// The step function's parameter that an item has its first value from.
    fn argument(&self, item: Item) -> Option<&Ident> {
        let mut all = self.layout.arguments.iter();
        let index = all.position(|l| Item::Local(*l) == item)?;
        self.function.arguments.get(index)
    }

    /// `EchoHeld`.
    pub(super) fn held(&self) -> &Ident {
        &self.names.room(&self.layout.root).held
    }

    /// Where the function stands. The numbers are those of the order: each that is written would be a constant with a
    /// body, which is compiled as a function is.
    fn states(&self) -> TokenStream {
        let (state, width) = (&self.names.state, self.tag_type());
        let suspended = self.layout.variants.iter().map(|v| {
            let (doc, name) = (self.documentation(v), self.names.variant(v.suspension));
            quote!(#[doc = #doc] #name)
        });
        let tags = self.tags();
        let all = self.layout.variants.iter();
        let is_cancelled = tags.returned - 1 > tags.suspensions;
        let cancelled = all.filter(|_| is_cancelled);
        let cancelling = cancelled.map(|v| {
            let name = self.names.cancelling(v.suspension);
            let awaited = self.names.variant(v.suspension);
            let number = self.cancelling_tag(v.suspension);
            let doc = match self.is_await(v.suspension) {
                true => format!(" {number}: `{awaited}`, whose child is cleaning up."),
                false => format!(" {number}: nothing, as `{awaited}` has no child."),
            };
            quote!(#[doc = #doc] #name)
        });
        let clean_up = self.clean_up_states();
        let ended = [
            (made("Returned"), tags.returned),
            (made("Panicked"), tags.panicked()),
            (made("Cancelled"), tags.cancelled()),
        ];
        let ended = ended.map(|(name, tag)| {
            let doc = format!(" {tag}.");
            quote!(#[doc = #doc] #name)
        });
        let held = &self.layout.arguments;
        let unresumed = match held.is_empty() {
            true => " 0.".to_owned(),
            false => format!(" 0:{}", self.says_held(held, "holds the arguments")),
        };
        quote! {
            #[repr(#width)]
            enum #state {
                #[doc = #unresumed]
                Unresumed,
                #(#suspended,)*
                #(#cancelling,)*
                #(#clean_up,)*
                #(#ended),*
            }
        }
    }

    /// `u8` has room for some 120 suspensions.
    pub(super) fn tag_type(&self) -> Ident {
        made(match self.tags().states() <= u32::from(u16::MAX) {
            true => "u8",
            false => "u16",
        })
    }

    /// ` `stream.read(&mut buf).await`, line 9; holds `stream`, `buf`.`
    fn documentation(&self, variant: &Variant) -> String {
        let suspension = self.cfg.suspension(variant.suspension);
        let (number, line) = (self.tag(variant.suspension), suspension.span.start().line);
        if self.cfg.clean_up(variant.suspension).is_some() {
            return format!(
                " {number}: no state; see `{}`.",
                self.names.begun(variant.suspension)
            );
        }
        let text = suspension.shown();
        let after = match suspension.cancelling {
            true => ", after a cancellation",
            false => "",
        };
        let held: Vec<_> = variant.held.iter().map(|(local, _)| *local).collect();
        let holds = self.says_held(&held, "holds");
        let holds = holds.trim_start().trim_end_matches('.');
        match held.is_empty() {
            true => format!(" {number}: `{text}`, line {line}{after}."),
            false => format!(" {number}: `{text}`, line {line}{after}; {holds}."),
        }
    }

    fn says_held(&self, held: &[LocalId], words: &str) -> String {
        let names = held.iter().map(|l| format!("`{}`", self.names.field(*l)));
        format!(" {words} {}.", names.collect::<Vec<_>>().join(", "))
    }

    /// The structs and unions of what is held, the outermost first.
    fn rooms(&self) -> TokenStream {
        let mut rooms = TokenStream::new();
        self.room(&self.layout.root, &mut rooms);
        rooms
    }

    fn room(&self, room: &Room, types: &mut TokenStream) {
        let private = &self.function.private;
        let names = self.names.room(room);
        let (held, shared) = (&names.held, &names.shared);
        let is_root = self.is_root(room);
        if !room.is_single() || is_root {
            let state = is_root.then(|| self.state_fields());
            let fields = room.fields.iter().map(|item| self.field(*item));
            let rest = (!room.shared.is_empty()).then(|| {
                let generics = self.generics(&shared_items(room));
                let field = made("shared");
                quote!(#field: #shared #generics,)
            });
            let generics = self.generics(&room.items());
            types.extend(quote!(struct #held #generics { #state #(#fields,)* #rest }));
        }
        if room.shared.is_empty() {
            return;
        }
        let members = room.shared.iter().map(|inner| {
            let field = &self.names.room(inner).field;
            let ty = match inner.is_single() {
                true => {
                    let parameter = self.parameter(inner.fields[0]);
                    quote!(#private::Slot<#parameter>)
                }
                false => {
                    let (held, generics) =
                        (&self.names.room(inner).held, self.generics(&inner.items()));
                    quote!(#held #generics)
                }
            };
            quote!(#field: #private::ManuallyDrop<#ty>)
        });
        let generics = self.generics(&shared_items(room));
        let nothing = made("nothing");
        // `C`: only then are all its fields said to be at its start.
        types.extend(quote!(#[repr(C)] union #shared #generics { #nothing: (), #(#members,)* }));
        room.shared.iter().for_each(|inner| self.room(inner, types));
    }

    /// What the outermost struct has beside locals and futures.
    fn state_fields(&self) -> TokenStream {
        let (state, flags) = (&self.names.state, self.layout.flag_bytes());
        let (field, live) = (made("state"), made("live"));
        let flags = match flags {
            0 => None,
            1 => Some(quote!(#live: u8,)),
            more => {
                let count = Literal::usize_unsuffixed(more);
                Some(quote!(#live: [u8; #count],))
            }
        };
        quote!(#field: #state, #flags)
    }

    fn is_root(&self, room: &Room) -> bool {
        room.id == self.layout.root.id
    }

    fn field(&self, item: Item) -> TokenStream {
        let private = &self.function.private;
        let (field, parameter) = (self.field_name(item), self.parameter(item));
        quote!(#field: #private::Slot<#parameter>)
    }

    pub(super) fn field_name(&self, item: Item) -> Ident {
        self.names.field_of(item)
    }

    pub(super) fn parameter(&self, item: Item) -> Ident {
        self.names.parameter(item)
    }

    pub(super) fn generics(&self, items: &[Item]) -> Option<TokenStream> {
        let parameters = items.iter().map(|item| self.parameter(*item));
        (!items.is_empty()).then(|| quote!(<#(#parameters),*>))
    }

    /// The types of all that a state may come to hold.
    fn holds(&self) -> TokenStream {
        let private = &self.function.private;
        let items = self.layout.root.items();
        let (held, generics) = (self.held(), self.generics(&items));
        let parameters = items.iter().map(|item| self.parameter(*item));
        let all = quote!((#(#parameters,)*));
        // Where `Send` is asked for, it is asked of each parameter (`emit::send`).
        let all = match self.function.send {
            true => quote!(#private::SendIsAsked<#all>),
            false => all,
        };
        quote! {
            unsafe impl #generics #private::Holds for #held #generics {
                type All = #all;
            }
        }
    }

    /// A byte of flags.
    pub(super) fn flag_byte(&self, byte: usize) -> TokenStream {
        let (st, live) = (made("st"), made("live"));
        if self.layout.flag_bytes() == 1 {
            return quote!((*#st).#live);
        }
        let byte = Literal::usize_unsuffixed(byte);
        quote!((*#st).#live[#byte])
    }

    /// Whether a flag says that there is something.
    pub(super) fn flag_is_up(&self, byte: usize, bit: u32) -> TokenStream {
        let (stored, mask) = (self.flag_byte(byte), number(1 << bit));
        quote!(#stored & #mask != 0)
    }

    /// The address of what says which parts of a local there are.
    pub(super) fn flag_of_parts(&self, local: LocalId, flag: Flag) -> TokenStream {
        let (Flag::Bit(byte, _) | Flag::Parts(byte, _)) = flag;
        let (st, live, byte) = (made("st"), made("live"), Literal::usize_unsuffixed(byte));
        let ty = self.flag_type(local);
        quote!((&raw mut (*#st).#live).cast::<u8>().add(#byte).cast::<#ty>())
    }
}

fn shared_items(room: &Room) -> Vec<Item> {
    room.shared.iter().flat_map(Room::items).collect()
}

pub(super) fn number(n: u32) -> Literal {
    Literal::u32_unsuffixed(n)
}
