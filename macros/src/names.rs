//! Names in the expansion: the user's where there are any, unique, and apart from them.
//!
//! Slot pointers (`buf_`) and guards (`buf_live`) carry the macro's own hygiene, so no code of the
//! user can name them.

use crate::body::{Body, LocalId, MentionId, marker};
use crate::cfg::{Cfg, SuspensionId};
use crate::layout::{Item, Layout, Room};
use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use std::collections::{HashMap, HashSet};

/// The expansion's names for one function.
pub struct Names {
    /// `EchoState`.
    pub state: Ident,
    fields: HashMap<LocalId, String>,
    parameters: HashMap<LocalId, String>,
    variants: HashMap<SuspensionId, String>,
    futures: HashMap<SuspensionId, String>,
    rooms: Vec<RoomNames>,
}

/// The names of a struct of the state.
pub struct RoomNames {
    /// `EchoHeld`, `EchoReadHeld`.
    pub held: Ident,
    /// The union in it: `EchoShared`.
    pub shared: Ident,
    /// The field of the union around that it is.
    pub field: Ident,
}

impl Names {
    pub fn new(function: &Ident, cfg: &Cfg, body: &Body, layout: &Layout) -> Self {
        let mut types = Unique::default();
        for reserved in ["Unresumed", "Returned", "Panicked", "Cancelled", "Self"] {
            types.take(reserved);
        }
        let function = camel_case(&function.to_string(), "Coroutine");
        let state = types.take(&format!("{function}State"));
        let mut variants = HashMap::new();
        for variant in &layout.variants {
            let word = types.take(&cfg.suspension(variant.suspension).name);
            types.take(&format!("{word}Future"));
            variants.insert(variant.suspension, word);
        }
        let mut words = Unique::default();
        ["state", "live", "shared"].iter().for_each(|word| {
            words.take(word);
        });
        let mut fields = HashMap::new();
        let mut parameters = HashMap::new();
        for local in &layout.slots {
            let name = plain(&body.local(*local).name);
            let field = words.take(if name == "self" { "this" } else { &name });
            parameters.insert(*local, types.take(&camel_case(&field, "Local")));
            fields.insert(*local, field);
        }
        let mut futures = HashMap::new();
        for variant in &layout.variants {
            let word = snake_case(&variants[&variant.suspension]);
            let field = words.take(&format!("{word}_future"));
            futures.insert(variant.suspension, field);
        }
        let mut rooms = Vec::new();
        name_rooms(&layout.root, &mut |room: &Room| {
            let word = match first_of(room) {
                _ if room.id == layout.root.id => String::new(),
                Some(Item::Future(suspension)) => variants[&suspension].clone(),
                Some(Item::Local(local)) => camel_case(&fields[&local], "Local"),
                None => String::new(),
            };
            let held = types.take(&format!("{function}{word}Held"));
            let shared = types.take(&format!("{function}{word}Shared"));
            let field = words.take(&format!("while_{}", snake_case(&word)));
            rooms.push(RoomNames {
                held: made(&held),
                shared: made(&shared),
                field: made(&field),
            });
        });
        Names {
            state: Ident::new(&state, Span::mixed_site()),
            fields,
            parameters,
            variants,
            futures,
            rooms,
        }
    }

    /// The field of a local; the user's own name.
    pub fn field(&self, local: LocalId) -> Ident {
        identifier(&self.fields[&local], Span::call_site())
    }

    /// The pointer to a local's slot.
    pub fn place(&self, local: LocalId) -> Ident {
        made(&format!("{}_", self.fields[&local]))
    }

    /// The guard of a local.
    pub fn live(&self, local: LocalId) -> Ident {
        made(&format!("{}_live", self.fields[&local]))
    }

    /// What drops the rest of a local.
    pub fn rest(&self, local: LocalId) -> Ident {
        made(&format!("{}_rest", self.fields[&local]))
    }

    /// What ends a local at the end of a block.
    pub fn end(&self, local: LocalId) -> Ident {
        made(&format!("{}_end", self.fields[&local]))
    }

    /// The field of an awaited future.
    pub fn future_field(&self, suspension: SuspensionId) -> Ident {
        made(&self.futures[&suspension])
    }

    pub fn room(&self, room: &Room) -> &RoomNames {
        &self.rooms[room.id.0 as usize]
    }

    /// The type parameter of a local.
    pub fn parameter(&self, local: LocalId) -> Ident {
        made(&self.parameters[&local])
    }

    pub fn variant(&self, suspension: SuspensionId) -> Ident {
        made(&self.variants[&suspension])
    }

    pub fn cancelling(&self, suspension: SuspensionId) -> Ident {
        made(&format!("Cancelling{}", self.variants[&suspension]))
    }

    /// The state in which clean-up begins after a cancellation there.
    pub fn begun(&self, suspension: SuspensionId) -> Ident {
        made(&format!("After{}", self.variants[&suspension]))
    }

    /// The type parameter of an awaited future.
    pub fn future(&self, suspension: SuspensionId) -> Ident {
        made(&format!("{}Future", self.variants[&suspension]))
    }
}

/// Names a room, then those in it: by number.
fn name_rooms(room: &Room, name: &mut dyn FnMut(&Room)) {
    name(room);
    room.shared.iter().for_each(|inner| name_rooms(inner, name));
}

/// What a room is called by: the one thing that is awaited in it, or else the local that it holds longest.
fn first_of(room: &Room) -> Option<Item> {
    let items = room.items();
    let futures: Vec<_> = items
        .iter()
        .filter(|i| matches!(i, Item::Future(_)))
        .collect();
    match futures[..] {
        [future] => Some(*future),
        _ => items.first().copied(),
    }
}

/// What the step function calls the support.
pub fn support() -> Ident {
    Ident::new("__costate", Span::call_site())
}

/// A name that no code of the user can mean.
pub fn made(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn identifier(name: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, span)
    } else {
        Ident::new_raw(name, span)
    }
}

fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_string()
}

#[derive(Default)]
struct Unique(HashSet<String>);

impl Unique {
    /// The name, or the name and a number.
    fn take(&mut self, name: &str) -> String {
        let mut unique = name.to_string();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            unique = format!("{name}_{number}");
            number += 1;
        }
        unique
    }
}

/// `read_all` -> `ReadAll`; `otherwise` where nothing is left.
pub fn camel_case(name: &str, otherwise: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let parts = name.split('_').filter(|part| !part.is_empty());
    let camel: String = parts
        .map(|part| {
            let mut letters = part.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>()
        })
        .collect();
    if camel.starts_with(char::is_alphabetic) && camel != "Self" {
        camel
    } else {
        otherwise.into()
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// Tokens on one line, with the user's names, spaced as people write them.
pub fn text(body: &Body, tokens: TokenStream) -> String {
    let mut text = Text::default();
    text.stream(body, tokens);
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    /// The last token sticks to the next one.
    tight: bool,
    /// How many `::<` are open.
    angles: usize,
}

impl Text {
    fn stream(&mut self, body: &Body, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            match token {
                // What it stands around is the user's.
                TokenTree::Ident(ident) if ident == marker::LASTS => {
                    if let Some(TokenTree::Group(marked)) = tokens.nth(1) {
                        self.stream(body, marked.stream());
                    }
                }
                TokenTree::Ident(ident) => {
                    let name = user_name(body, &ident);
                    self.word(&name);
                }
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Punct(punct) => self.punct(punct.as_char(), punct.spacing()),
                TokenTree::Group(group) => self.group(body, &group),
            }
        }
    }

    fn word(&mut self, word: &str) {
        let last = self.out.chars().next_back();
        let open = last.is_none_or(|c| "([.".contains(c));
        if !self.tight && !open {
            self.out.push(' ');
        }
        self.out.push_str(word);
        self.tight = false;
    }

    fn punct(&mut self, punct: char, spacing: Spacing) {
        let last = self.out.chars().next_back().unwrap_or('(');
        let prefix = "&*!-'#".contains(punct) && (" ([,=".contains(last) || self.tight);
        let angle = self.angle(punct);
        let glued = ".,;:?".contains(punct) || prefix || angle;
        let apart = !glued && !self.tight && !"([".contains(last);
        if apart || prefix && ",=".contains(last) {
            self.out.push(' ');
        }
        self.out.push(punct);
        let joint = spacing == Spacing::Joint;
        self.tight =
            joint || ".:".contains(punct) && last != ' ' || prefix || (angle && punct == '<');
        if punct == ',' {
            self.tight = false;
        }
    }

    /// Whether it is a bracket of `::<T>`, and no operator.
    fn angle(&mut self, punct: char) -> bool {
        match punct {
            '<' if self.out.ends_with("::") || self.angles > 0 => self.angles += 1,
            '>' if self.angles > 0 && !self.out.ends_with('-') => self.angles -= 1,
            _ => return false,
        }
        true
    }

    fn group(&mut self, body: &Body, group: &proc_macro2::Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => (" { ", " }"),
            Delimiter::None => ("", ""),
        };
        let after_comma = self.out.ends_with(',') || self.out.ends_with('=');
        if after_comma && !open.starts_with(' ') {
            self.out.push(' ');
        }
        self.out.push_str(open);
        self.tight = true;
        self.stream(body, group.stream());
        self.out.push_str(close);
        self.tight = false;
    }
}

/// What the user wrote for a placeholder.
fn user_name(body: &Body, ident: &Ident) -> String {
    let local = MentionId::of(ident)
        .map(|m| body.mention(m).local)
        .or_else(|| LocalId::of(ident));
    match local {
        Some(local) => body.local(local).name.to_string(),
        None => ident.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn text_is_spaced_as_people_write_it() {
        let written = [
            "std::future::pending::<()>()",
            "f::<Vec<u8>, _>(a < b, &mut c)",
            "stream.read(&mut buf[..n])",
        ];
        let body = crate::resolve::resolve(&[], &[], &syn::parse_quote!({}), &mut |_, _| {});
        for written in written {
            let tokens = written.parse().expect("the test's text is tokens");
            assert_eq!(text(&body, tokens), written);
        }
    }

    #[test]
    fn what_lowering_has_marked_is_the_users_text() {
        let body = crate::resolve::resolve(&[], &[], &syn::parse_quote!({}), &mut |_, _| {});
        let tokens = quote::quote!(f(__costate_lasts!(g().h)));
        assert_eq!(text(&body, tokens), "f(g().h)");
    }
}
