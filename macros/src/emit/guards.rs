//! Guards: one a slot, which drops what is live on whatever way out.

use super::Emitter;
use crate::body::LocalId;
use crate::cfg::*;
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    /// One guard a slot, by declaration: what is live drops newest first, whatever happens.
    pub(super) fn guards(&self) -> TokenStream {
        let private = &self.function.private;
        let guards = self.layout.slots.iter().map(|local| {
            let (live, place) = (self.names.live(*local), self.names.place(*local));
            let room = self.layout.stack.contains(local).then(|| {
                let room = made(&format!("{place}room"));
                quote! {
                    let mut #room = ::core::mem::MaybeUninit::uninit();
                    let #place = &#room.as_mut_ptr();
                }
            });
            let guard = self.guard(*local);
            quote! {
                #room
                let #live = #private::#guard::new(*#place, false);
            }
        });
        quote!(#(#guards)*)
    }

    /// The type of a local's guard.
    pub(super) fn guard(&self, local: LocalId) -> TokenStream {
        if self.is_part(local) {
            quote!(LivePart)
        } else if self.loses_fields(local) {
            quote!(LiveFields)
        } else {
            quote!(Live)
        }
    }

    pub(super) fn loses_fields(&self, local: LocalId) -> bool {
        !self.body.local(local).fields.is_empty()
    }

    /// Whether some arm takes a part out of a local.
    pub(super) fn is_part(&self, local: LocalId) -> bool {
        self.cfg.blocks.iter().any(|block| match &block.terminator {
            Terminator::Match(m) => {
                m.source == Source::Local(local) && m.arms.iter().any(|arm| arm.part.is_some())
            }
            _ => false,
        })
    }
}
