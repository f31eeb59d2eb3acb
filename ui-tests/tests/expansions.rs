//! What the macro writes, as people read it: `expansions/X.rs` is a program, `expansions/X.expanded.rs`
//! what it becomes. `BLESS=1 cargo test -p costate-ui-tests --test expansions` writes these anew.
//!
//! A macro crate can't be called from outside of a compiler, so its modules are compiled into this test;
//! all but its `lib.rs` work on `proc_macro2`.

#[allow(
    dead_code,
    unused_imports,
    reason = "some of it serves only the crate that it is taken from"
)]
#[path = "../../macros/src"]
mod macros {
    pub mod analyse;
    pub mod ask;
    pub mod blocks;
    pub mod body;
    pub mod cfg;
    pub mod cleanup;
    pub mod collapse;
    pub mod diagnostics;
    pub mod edition;
    pub mod emit;
    pub mod entry;
    pub mod hash;
    pub mod hygiene;
    pub mod invocation;
    pub mod layout;
    pub mod lower;
    pub mod names;
    pub mod options;
    pub mod parse;
    pub mod parts;
    pub mod pipeline;
    pub mod recursion;
    pub mod resolve;
    pub mod select;
    pub mod spans;
    pub mod strays;
    pub mod suspensions;
    pub mod syntax;
    pub mod verify;
    pub mod words;
}

// What it asks of the compiler, if there is one.
extern crate proc_macro;

// Its paths begin with `crate`, which is this test here.
use macros::*;

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The macro's arguments, if this attribute is the macro's.
fn arguments(attribute: &syn::Attribute) -> Option<TokenStream> {
    if attribute.path().segments.last()?.ident != "coroutine" {
        return None;
    }
    Some(match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    })
}

/// Takes the macro's attribute away and gives its arguments.
fn take_attribute(attributes: &mut Vec<syn::Attribute>) -> Option<TokenStream> {
    let at = attributes
        .iter()
        .position(|attribute| arguments(attribute).is_some())?;
    arguments(&attributes.remove(at))
}

fn expand_item(mut item: syn::Item) -> Vec<syn::Item> {
    let attributes = match &mut item {
        syn::Item::Fn(function) => &mut function.attrs,
        syn::Item::Impl(block) => &mut block.attrs,
        syn::Item::Trait(definition) => &mut definition.attrs,
        _ => return vec![item],
    };
    if let Some(arguments) = take_attribute(attributes) {
        let expansion = pipeline::expand(arguments, item.into_token_stream());
        let file: syn::File = syn::parse2(expansion).expect("an expansion is items");
        return file.items;
    }
    if let syn::Item::Impl(block) = &mut item {
        let members = std::mem::take(&mut block.items);
        block.items = members.into_iter().flat_map(expand_member).collect();
    }
    vec![item]
}

fn expand_member(mut member: syn::ImplItem) -> Vec<syn::ImplItem> {
    let syn::ImplItem::Fn(method) = &mut member else {
        return vec![member];
    };
    let Some(arguments) = take_attribute(&mut method.attrs) else {
        return vec![member];
    };
    let expansion = pipeline::expand(arguments, member.into_token_stream());
    let block: syn::ItemImpl = syn::parse_quote!(impl Someone { #expansion });
    block.items
}

fn expand_file(source: &str) -> String {
    let mut file = syn::parse_file(source).expect("an example parses");
    let items = std::mem::take(&mut file.items);
    file.items = items.into_iter().flat_map(expand_item).collect();
    prettyplease::unparse(&file)
}

/// The programs, each with where its expansion is kept.
fn programs() -> Vec<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let entries = fs::read_dir(folder).expect("the examples are there");
    let mut programs: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
        .map(|path| (path.clone(), path.with_extension("expanded.rs")))
        .collect();
    programs.sort();
    programs
}

#[test]
fn expansions_are_as_they_were_when_somebody_read_them() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = String::new();
    for (program, golden) in programs() {
        let source = fs::read_to_string(&program).expect("an example can be read");
        let expansion = expand_file(&source);
        if bless {
            fs::write(&golden, &expansion).expect("the expansion can be written");
            continue;
        }
        let kept = fs::read_to_string(&golden).unwrap_or_default();
        if kept != expansion {
            let name = golden.file_name().expect("it has a name").display();
            let _ = writeln!(
                changed,
                "--- {name}\n{}",
                first_difference(&kept, &expansion)
            );
        }
    }
    assert!(
        changed.is_empty(),
        "BLESS=1 writes these anew; read them:\n{changed}"
    );
}

fn first_difference(kept: &str, made: &str) -> String {
    let (mut kept, mut made) = (kept.lines(), made.lines());
    for line in 1.. {
        match (kept.next(), made.next()) {
            (None, None) => break,
            (was, is) if was != is => {
                return format!(
                    "line {line}\n  was {}\n  is  {}",
                    was.unwrap_or(""),
                    is.unwrap_or("")
                );
            }
            _ => {}
        }
    }
    "the ends of lines differ".into()
}

#[test]
fn expanding_twice_gives_the_same() {
    for (program, _) in programs() {
        let source = fs::read_to_string(&program).expect("an example can be read");
        assert_eq!(
            expand_file(&source),
            expand_file(&source),
            "{}",
            program.display()
        );
    }
}

/// The lines of a text without their indentation.
fn unindented(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_readme_shows_what_is_really_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("../README.md")).expect("the README");
    let written =
        fs::read_to_string(root.join("expansions/echo.expanded.rs")).expect("it is there");
    let written = unindented(&written);
    let shown: Vec<&str> = readme
        .split("```rust,ignore\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .filter(|block| block.contains("__costate"))
        .collect();
    assert_eq!(shown.len(), 2, "the README shows the state and an arm");
    for block in shown {
        assert!(
            written.contains(&unindented(block)),
            "the README shows what is not in echo.expanded.rs:\n{block}"
        );
    }
}
