//! Names in the expansion: the user's where there are any, unique, and apart from them.
//!
//! Slot pointers (`buf_`) and guards (`buf_live`) carry the macro's own hygiene, so no code of the
//! user can name them.

use crate::body::{Body, LocalId};
use crate::cfg::{Cfg, SuspensionId};
use crate::hash::{HashMap, HashSet};
use crate::layout::{Item, Layout, Room};
use proc_macro2::{Ident, Span};

mod text;

pub use text::text;

/// The expansion's names for one function.
pub struct Names {
    /// `EchoState`.
    pub state: Ident,
    locals: HashMap<LocalId, LocalNames>,
    kept: HashMap<LocalId, KeptNames>,
    suspensions: HashMap<SuspensionId, SuspensionNames>,
    rooms: Vec<RoomNames>,
}

/// The names of a local, each made once.
struct LocalNames {
    field: Ident,
    place: Ident,
    live: Ident,
    guard: Ident,
    rest: Ident,
    end: Ident,
    at: Ident,
    parameter: Ident,
}

/// The names of the room for a local that no call consumes.
struct KeptNames {
    field: Ident,
    at: Ident,
    parameter: Ident,
}

/// The names of a suspension.
struct SuspensionNames {
    variant: Ident,
    cancelling: Ident,
    begun: Ident,
    field: Ident,
    at: Ident,
    future: Ident,
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
        let mut variants = HashMap::default();
        for variant in &layout.variants {
            let word = types.take(&cfg.suspension(variant.suspension).name);
            types.take(&format!("{word}Future"));
            variants.insert(variant.suspension, word);
        }
        let mut words = Unique::default();
        ["state", "live", "shared"].iter().for_each(|word| {
            words.take(word);
        });
        let mut fields = HashMap::default();
        let mut parameters = HashMap::default();
        for local in &layout.slots {
            let name = plain(&body.local(*local).name);
            let field = words.take(if name == "self" { "this" } else { &name });
            parameters.insert(*local, types.take(&camel_case(&field, "Local")));
            fields.insert(*local, field);
        }
        let kept = layout.root.items().into_iter().filter_map(|item| {
            let Item::Kept(local) = item else { return None };
            let field = words.take(&format!("{}_kept", fields[&local]));
            let parameter = types.take(&format!("{}Kept", parameters[&local]));
            Some((local, KeptNames::new(&field, &parameter)))
        });
        let kept: HashMap<_, _> = kept.collect();
        let mut futures = HashMap::default();
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
                Some(Item::Local(local) | Item::Kept(local)) => {
                    camel_case(&fields[&local], "Local")
                }
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
        let locals = layout.slots.iter().map(|local| {
            let names = LocalNames::new(&fields[local], &parameters[local]);
            (*local, names)
        });
        let suspensions = variants.iter().map(|(suspension, variant)| {
            let names = SuspensionNames::new(variant, &futures[suspension]);
            (*suspension, names)
        });
        Names {
            state: Ident::new(&state, Span::mixed_site()),
            locals: locals.collect(),
            kept,
            suspensions: suspensions.collect(),
            rooms,
        }
    }

    /// The field of a local; the user's own name.
    pub fn field(&self, local: LocalId) -> Ident {
        self.locals[&local].field.clone()
    }

    /// The field of an item.
    pub fn field_of(&self, item: Item) -> Ident {
        match item {
            Item::Local(local) => self.field(local),
            Item::Kept(local) => self.kept[&local].field.clone(),
            Item::Future(suspension) => self.suspensions[&suspension].field.clone(),
        }
    }

    /// The pointer to a local's slot.
    pub fn place(&self, local: LocalId) -> Ident {
        self.locals[&local].place.clone()
    }

    /// The guard of a local, which a suspension forgets.
    pub fn guard(&self, local: LocalId) -> Ident {
        self.locals[&local].guard.clone()
    }

    /// The same, as all else uses it: a reference to it.
    pub fn live(&self, local: LocalId) -> Ident {
        self.locals[&local].live.clone()
    }

    /// What drops the rest of a local.
    pub fn rest(&self, local: LocalId) -> Ident {
        self.locals[&local].rest.clone()
    }

    /// What ends a local at the end of a block.
    pub fn end(&self, local: LocalId) -> Ident {
        self.locals[&local].end.clone()
    }

    /// How far in the state an item lies.
    pub fn at(&self, item: Item) -> Ident {
        match item {
            Item::Local(local) => self.locals[&local].at.clone(),
            Item::Kept(local) => self.kept[&local].at.clone(),
            Item::Future(suspension) => self.suspensions[&suspension].at.clone(),
        }
    }

    pub fn room(&self, room: &Room) -> &RoomNames {
        &self.rooms[room.id.0 as usize]
    }

    /// The type parameter of an item.
    pub fn parameter(&self, item: Item) -> Ident {
        match item {
            Item::Local(local) => self.locals[&local].parameter.clone(),
            Item::Kept(local) => self.kept[&local].parameter.clone(),
            Item::Future(suspension) => self.suspensions[&suspension].future.clone(),
        }
    }

    pub fn variant(&self, suspension: SuspensionId) -> Ident {
        self.suspensions[&suspension].variant.clone()
    }

    pub fn cancelling(&self, suspension: SuspensionId) -> Ident {
        self.suspensions[&suspension].cancelling.clone()
    }

    /// The state in which clean-up begins after a cancellation there.
    pub fn begun(&self, suspension: SuspensionId) -> Ident {
        self.suspensions[&suspension].begun.clone()
    }
}

impl LocalNames {
    fn new(field: &str, parameter: &str) -> Self {
        let with = |ending: &str| made(&format!("{field}_{ending}"));
        LocalNames {
            field: identifier(field, Span::call_site()),
            place: with(""),
            live: with("live"),
            guard: with("guard"),
            rest: with("rest"),
            end: with("end"),
            at: with("at"),
            parameter: made(parameter),
        }
    }
}

impl KeptNames {
    fn new(field: &str, parameter: &str) -> Self {
        KeptNames {
            field: made(field),
            at: made(&format!("{field}_at")),
            parameter: made(parameter),
        }
    }
}

impl SuspensionNames {
    fn new(variant: &str, field: &str) -> Self {
        SuspensionNames {
            variant: made(variant),
            cancelling: made(&format!("Cancelling{variant}")),
            begun: made(&format!("After{variant}")),
            field: made(field),
            at: made(&format!("{field}_at")),
            future: made(&format!("{variant}Future")),
        }
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

/// A name that no code of the user can mean. A variable's is best a word that users don't try where they have none of that
/// name: rustc would tell them of ours.
pub fn made(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The user's name, as one of the macro's own.
pub fn hygienic(name: &Ident) -> Ident {
    identifier(&plain(name), Span::mixed_site())
}

fn identifier(name: &str, span: Span) -> Ident {
    // A keyword since edition 2024, which `syn` doesn't say; the span may be of that edition, and the user's is not.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
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
