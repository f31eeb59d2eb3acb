//! The items of the body, around the arms that see them.

use super::Emitter;
use crate::cfg::RegionId;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

/// What stands in a region, in order.
enum Part {
    Arm(TokenStream),
    Region(RegionId, Vec<Part>),
}

impl Emitter<'_> {
    /// Arms in order, but for those of a region, which stand together.
    pub(super) fn in_regions(&self, arms: Vec<(RegionId, TokenStream)>) -> TokenStream {
        let root = RegionId::default();
        let mut parts = Vec::new();
        for (region, arm) in arms {
            let mut way = vec![region];
            while let Some(around) = self.region(way[way.len() - 1]).around {
                way.push(around);
            }
            way.reverse();
            place(&mut parts, &way[1..], arm);
        }
        self.region_code(root, parts)
    }

    fn region_code(&self, id: RegionId, parts: Vec<Part>) -> TokenStream {
        let items: Vec<_> = self.region(id).items.iter().map(|i| self.item(i)).collect();
        let parts = parts.into_iter().map(|part| match part {
            Part::Arm(arm) => arm,
            Part::Region(id, parts) => {
                let code = self.region_code(id, parts);
                quote!({ #code })
            }
        });
        quote!(#(#items)* #(#parts)*)
    }

    /// A local `macro_rules!` that names locals sees the machine's own places.
    fn item(&self, item: &Item) -> TokenStream {
        match item {
            Item::Macro(_) => self.rewrite_tokens(item.to_token_stream()),
            item => item.to_token_stream(),
        }
    }

    fn region(&self, id: RegionId) -> &crate::cfg::Region {
        &self.cfg.regions[id.0 as usize]
    }
}

fn place(parts: &mut Vec<Part>, way: &[RegionId], arm: TokenStream) {
    let Some((first, rest)) = way.split_first() else {
        return parts.push(Part::Arm(arm));
    };
    let known = parts
        .iter()
        .position(|part| matches!(part, Part::Region(id, _) if id == first));
    let at = known.unwrap_or(parts.len());
    if at == parts.len() {
        parts.push(Part::Region(*first, Vec::new()));
    }
    if let Part::Region(_, inside) = &mut parts[at] {
        place(inside, rest, arm);
    }
}
