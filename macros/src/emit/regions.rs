//! The items of the body, around the arms that see them.

use super::Emitter;
use crate::cfg::RegionId;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, Lifetime};

/// An arm of the loop.
pub(super) struct Arm {
    pub number: u32,
    pub region: RegionId,
    pub code: TokenStream,
}

/// What stands in a region, in order.
enum Part {
    Arm(u32, TokenStream),
    Region(RegionId, Vec<Part>),
}

impl Part {
    fn contains(&self, number: u32) -> bool {
        match self {
            Part::Arm(arm, _) => *arm == number,
            Part::Region(_, parts) => parts.iter().any(|part| part.contains(number)),
        }
    }
}

impl Emitter<'_> {
    /// Arms in order, but for those of a region, which stand together. `heads` come first; the code before what
    /// contains the arm of a label is a block of that label.
    pub(super) fn in_regions(
        &self,
        arms: Vec<Arm>,
        heads: TokenStream,
        labels: &[(u32, Lifetime)],
    ) -> TokenStream {
        let mut parts = Vec::new();
        for arm in arms {
            let mut way = vec![arm.region];
            while let Some(around) = self.region(way[way.len() - 1]).around {
                way.push(around);
            }
            way.reverse();
            place(&mut parts, &way[1..], Part::Arm(arm.number, arm.code));
        }
        let items = self.items(RegionId::default());
        let mut code = heads;
        for part in parts {
            for (_, label) in labels.iter().filter(|(arm, _)| part.contains(*arm)) {
                code = quote!(#label: { #code });
            }
            code.extend(self.part(part));
        }
        quote!(#items #code)
    }

    fn part(&self, part: Part) -> TokenStream {
        match part {
            Part::Arm(_, arm) => arm,
            Part::Region(id, parts) => {
                let items = self.items(id);
                let parts = parts.into_iter().map(|part| self.part(part));
                quote!({ #items #(#parts)* })
            }
        }
    }

    fn items(&self, id: RegionId) -> TokenStream {
        self.region(id).items.iter().map(|i| self.item(i)).collect()
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

fn place(parts: &mut Vec<Part>, way: &[RegionId], arm: Part) {
    let Some((first, rest)) = way.split_first() else {
        return parts.push(arm);
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
