//! Where everything lies in a state: how far in, so that no address need be kept.
//!
//! Output: a function of the state's own, `places`, that gives these numbers, and what a closure begins with: they,
//! and, where it runs code of the user's, what says where the machine is left.

use super::Emitter;
use crate::body::LocalId;
use crate::layout::{Item, Room};
use crate::names::made;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Emitter<'_> {
    /// The address of what an item is stored in: `buf_at.of(base)`.
    pub(super) fn place_of(&self, item: Item) -> TokenStream {
        let (at, base) = (self.at(item), made("state_base"));
        quote!(#at.of(#base))
    }

    /// What a local lies in: the state, or, of one that has room there only if no call consumes it, what `lodge` says.
    pub(super) fn base_of(&self, local: LocalId) -> Ident {
        let spent = self.facts.spent(local);
        match spent.is_some_and(|spent| spent.held.is_empty()) {
            true => made(&format!("{}base", self.names.place(local))),
            false => made("state_base"),
        }
    }

    /// How far in the state an item lies.
    pub(super) fn at(&self, item: Item) -> Ident {
        self.names.at(item)
    }

    /// `let buf_ = &buf_at.of(base);`
    pub(super) fn bind_places(&self, locals: impl IntoIterator<Item = LocalId>) -> TokenStream {
        let held = locals
            .into_iter()
            .filter(|l| self.layout.fields.contains(l));
        let places = held.map(|local| {
            let (at, base) = (self.at(Item::Local(local)), self.base_of(local));
            let place = self.names.place(local);
            quote!(let #place = &#at.of(#base);)
        });
        quote!(#(#places)*)
    }

    /// What says where the machine is left, behind where things lie.
    pub(super) fn prologue(&self) -> TokenStream {
        let places = self.name_places();
        let [state_at, base, left] = ["state_at", "state_base", "leaving"].map(made);
        let panicked = self.state_number(&made("Panicked"));
        let new = match self.cfg.cleans_up() {
            true => quote!(&#state_at.leaving),
            false => quote!(#state_at.left),
        };
        quote! {
            #places
            let #left = #new(#base, #panicked);
        }
    }

    /// `let (state_at, stream_at, ..) = twin_2(&echo_twin::<S>).checked(EchoHeld::places)(st);`
    pub(super) fn name_places(&self) -> TokenStream {
        let held = self.held();
        let (with, places) = self.if_right(quote!(#held::places));
        let [st, state_at, base] = ["st", "state_at", "state_base"].map(made);
        let items = self.layout.root.items();
        let items = items.iter().map(|item| self.at(*item));
        quote! {
            #with
            let (#state_at, #(#items,)*) = #places(#st);
            let #base = #st.cast::<u8>();
        }
    }

    /// What is used to find places, which is of no type that is known if there are errors in the twin.
    fn if_right(&self, finder: TokenStream) -> (Option<TokenStream>, TokenStream) {
        let private = &self.function.private;
        match &self.function.twin {
            None => (None, finder),
            Some(twin) => (
                Some(quote!(use #private::IsRight as _;)),
                quote!(#twin.checked(#finder)),
            ),
        }
    }

    /// `EchoState::Read as u8`
    pub(super) fn state_number(&self, state: &Ident) -> TokenStream {
        let (states, width) = (&self.names.state, self.tag_type());
        quote!(#states::#state as #width)
    }

    /// The number of the state.
    pub(super) fn read_tag(&self) -> TokenStream {
        let (private, st, field) = (&self.function.private, made("st"), made("state"));
        let width = self.tag_type();
        quote!(#private::tag((&raw const (*#st).#field).cast::<#width>()))
    }

    /// `fn places`: where everything lies, as numbers: an address would be kept in a register from the
    /// beginning of a poll to its end.
    pub(super) fn places(&self) -> TokenStream {
        let private = &self.function.private;
        let items = self.layout.root.items();
        let (held, generics) = (self.held(), self.generics(&items));
        let (width, base) = (self.tag_type(), made("state_base"));
        let (field, st) = (made("state"), made("st"));
        let parameters = items.iter().map(|item| self.parameter(*item));
        let mut found = Found::default();
        self.offsets(&self.layout.root, &quote!((*#st)), &mut found);
        let Found { rooms, offsets } = found;
        let begin = self.begin();
        quote! {
            impl #generics #held #generics {
                #[cfg_attr(not(debug_assertions), inline(always))]
                unsafe fn places(#st: *const #held #generics) -> (#private::At<#width>, #(#private::At<#parameters>,)*) {
                    unsafe {
                        let #base = #st.cast::<u8>();
                        #(#rooms)*
                        (#private::tag_at(#base, (&raw const (*#st).#field).cast::<#width>()), #(#offsets,)*)
                    }
                }
                #begin
            }
        }
    }

    /// In the order of `Room::items`.
    fn offsets(&self, room: &Room, place: &TokenStream, found: &mut Found) {
        let (private, base) = (&self.function.private, made("state_base"));
        found.offsets.extend(room.fields.iter().map(|item| {
            let field = self.field_name(*item);
            quote!(#private::at(#base, &raw const #place.#field))
        }));
        let shared = made("shared");
        for inner in &room.shared {
            let field = &self.names.room(inner).field;
            if inner.is_single() {
                let offset = quote!(#private::shared_at(#base, &raw const #place.#shared.#field));
                found.offsets.push(offset);
                continue;
            }
            found
                .rooms
                .push(quote!(let #field = #private::room(&raw const #place.#shared.#field);));
            self.offsets(inner, &quote!((*#field)), found);
        }
    }
}

/// Where things lie in a state.
#[derive(Default)]
struct Found {
    /// `let while_a = ..;`: the rooms that others are in.
    rooms: Vec<TokenStream>,
    offsets: Vec<TokenStream>,
}
