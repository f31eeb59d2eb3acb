//! Which locals lie beside the tag, though they could share room with what conflicts with them no more.
//!
//! The tag is a byte, and what is beside it is mostly a word or more and begins with the next word: so there is place for a
//! few bytes, where deeper in the state each such local takes a word. rustc does the same with the locals of an `async fn`.

use super::conflicts::Conflicts;
use super::{Item, Room};

const WORD: u32 = 8;

/// How many bytes an item likely has, if they are fewer than a word's.
pub type Bytes<'a> = dyn Fn(Item) -> Option<u32> + 'a;

/// Those that are to lie in the root, which has so many bytes of tag and flags.
pub fn beside_the_tag(
    root: &Room,
    conflicts: &Conflicts,
    tag_and_flags: u32,
    bytes: &Bytes<'_>,
) -> Vec<Item> {
    let mut candidates = Vec::new();
    deeper(root, bytes, &mut candidates);
    let there: u32 = root.fields.iter().filter_map(|item| bytes(*item)).sum();
    let used = (tag_and_flags + there) % WORD;
    let mut chosen = fitting(&mut candidates, (WORD - used) % WORD, |_, _| true);
    // Of a word more there is use if it is two locals' at the same time.
    loop {
        let word = fitting(&mut candidates, WORD, |word, (item, _)| {
            let beside = |(other, _): &(Item, u32)| conflicts.conflict(*other, *item);
            word.iter().all(beside)
        });
        if word.len() < 2 {
            break;
        }
        chosen.extend(word);
    }
    chosen.into_iter().map(|(item, _)| item).collect()
}

/// Takes out as many as have place in so many bytes, in their order.
fn fitting(
    candidates: &mut Vec<(Item, u32)>,
    mut left: u32,
    suits: impl Fn(&[(Item, u32)], &(Item, u32)) -> bool,
) -> Vec<(Item, u32)> {
    let mut taken = Vec::new();
    candidates.retain(|candidate| {
        let fits = candidate.1 <= left && suits(&taken, candidate);
        if fits {
            left -= candidate.1;
            taken.push(*candidate);
        }
        !fits
    });
    taken
}

/// What takes a word of a room below this one. What has a room to itself takes none.
fn deeper(room: &Room, bytes: &Bytes<'_>, found: &mut Vec<(Item, u32)>) {
    for below in room.shared.iter().filter(|below| !below.is_single()) {
        let narrow = below.fields.iter();
        found.extend(narrow.filter_map(|item| Some((*item, bytes(*item)?))));
        deeper(below, bytes, found);
    }
}
