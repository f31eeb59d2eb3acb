//! What stands around a function: whether that is an impl, of which it names a parameter, or which is of a trait.
//!
//! Input: a function. Output: of one that names neither `self` nor `Self`, whether it is an associated one that has to be told as
//! such, since what stands in the header of its impl can be named beside it and not in it; of any, whether it is one that has no place
//! there for a function beside it. An attribute is given its item alone, and so the file is read that the item comes from.
//!
//! Invariants: nothing of the expansion but the place of the step function depends on it. If the file can't be read, or is
//! another one by now, the answer is no, which is E0401 or E0407 where it should have been yes; and never anything worse.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, GenericParam, ItemImpl};

use super::Head;
use crate::hash::HashMap;
use blocks::blocks;

mod blocks;

/// The header of the impl that a function stands in.
pub struct Header {
    text: String,
    /// None, if a macro puts it together.
    read: Option<ItemImpl>,
    /// An attribute stands before it, and may make something else of it.
    may_change: bool,
}

impl Header {
    /// That around the function of this name.
    pub fn around(name: &Ident) -> Option<Header> {
        let (file, at) = place(name)?;
        let header = file.header_around(at)?;
        let before = file.text[..header.start].trim_end();
        let text = file.text[header].to_owned();
        Some(Header {
            read: syn::parse_str(&format!("{text}{{}}")).ok(),
            may_change: before.ends_with(']'),
            text,
        })
    }

    /// Whether the function names one of the impl's parameters.
    pub fn has_a_parameter_of(&self, head: &Head, block: &Block) -> bool {
        let Some(read) = &self.read else {
            // It may have any names.
            return self.text.contains('$') && has_parameters(&self.text);
        };
        if read.generics.params.is_empty() {
            return false;
        }
        let mut named = BTreeSet::new();
        names(head.sig.to_token_stream(), &mut named);
        names(block.to_token_stream(), &mut named);
        read.generics.params.iter().any(|param| match param {
            GenericParam::Lifetime(param) => named.contains(&param.lifetime.ident.to_string()),
            GenericParam::Type(param) => named.contains(&param.ident.to_string()),
            GenericParam::Const(param) => named.contains(&param.ident.to_string()),
        })
    }

    /// Whether the impl is of a trait, as far as no other attribute changes that.
    pub fn is_of_a_trait(&self) -> bool {
        let of_a_trait = self.read.as_ref().is_some_and(|read| read.trait_.is_some());
        of_a_trait && !self.may_change
    }
}

/// Whether `impl<K> Of<K>` has any.
fn has_parameters(header: &str) -> bool {
    let rest = header.strip_prefix("impl").unwrap_or_default();
    rest.trim_start().starts_with('<')
}

/// The words among the tokens, without the mark of a lifetime.
fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => names(group.stream(), found),
            _ => {}
        }
    }
}

/// The file that a name stands in, and where.
fn place(name: &Ident) -> Option<(Rc<File>, usize)> {
    if !proc_macro::is_available() {
        return None;
    }
    let span = name.span().unwrap();
    let file = File::read(&span.local_file()?)?;
    if !file.blocks.iter().any(|block| block.header.is_some()) {
        return None;
    }
    let at = file.offset(span.line(), span.column())?;
    // Or else it isn't the text that rustc has read.
    let is_it = file.text[at..].starts_with(&name.to_string());
    is_it.then_some((file, at))
}

struct File {
    changed: SystemTime,
    text: String,
    /// What is in braces behind the header of an impl, function, module or trait; the inner ones first.
    blocks: Vec<Around>,
}

/// What stands in braces.
struct Around {
    inside: Range<usize>,
    /// From the word `impl` on, if it is one.
    header: Option<Range<usize>>,
}

thread_local! {
    /// A compiler expands all attributes of a file in one thread.
    static READ: RefCell<HashMap<PathBuf, Rc<File>>> = RefCell::default();
}

impl File {
    fn read(path: &Path) -> Option<Rc<File>> {
        // A server that expands for an editor lives longer than a file stays as it is.
        let changed = std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok()?;
        let known = READ.with_borrow(|read| read.get(path).cloned());
        if let Some(known) = known.filter(|file| file.changed == changed) {
            return Some(known);
        }
        let text = std::fs::read_to_string(path).ok()?;
        let file = Rc::new(File {
            changed,
            blocks: blocks(&text),
            text,
        });
        READ.with_borrow_mut(|read| read.insert(path.to_owned(), file.clone()));
        Some(file)
    }

    /// Where a line's column is, both counted from one, in characters.
    fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let mut lines = text.split_inclusive('\n');
        let line = lines.nth(line.checked_sub(1)?)?;
        let (column, _) = line.char_indices().nth(column.checked_sub(1)?)?;
        let before = line.as_ptr() as usize - self.text.as_ptr() as usize;
        Some(before + column)
    }

    /// Where the header is of the impl that this place is in, unless a function or another item stands between.
    fn header_around(&self, at: usize) -> Option<Range<usize>> {
        let around = self
            .blocks
            .iter()
            .find(|block| block.inside.contains(&at))?;
        around.header.clone()
    }
}
