//! Rules about the sources themselves, checked on their syntax trees.
//!
//! `macros/` and `runtime/` compile no `async` and no `.await` of the language: there `.await` stands
//! only in functions under `#[coroutine]`, which takes it away. No file is longer than 400 lines.
//! Comments, docs and text in strings are not code and are not looked at.

use proc_macro2::{TokenStream, TokenTree};
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use walkdir::WalkDir;

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 40;

/// Looks for the language's own coroutines in one file.
struct LanguageAsync {
    file: PathBuf,
    found: Vec<String>,
}

impl LanguageAsync {
    fn report(&mut self, what: &str, line: usize) {
        self.found
            .push(format!("{}:{line}: {what}", self.file.display()));
    }

    fn enter_function(
        &mut self,
        attributes: &[syn::Attribute],
        signature: &syn::Signature,
    ) -> bool {
        if let Some(keyword) = signature.asyncness {
            self.report("`async fn`", keyword.span().start().line);
        }
        !attributes.iter().any(is_coroutine)
    }
}

fn is_coroutine(attribute: &syn::Attribute) -> bool {
    attribute
        .path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "coroutine")
}

fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

/// A file that is compiled for tests alone, by this repository's habit of naming them.
fn is_test_file(file: &Path) -> bool {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    stem == "tests" || stem.ends_with("_tests") || file.iter().any(|folder| folder == "tests")
}

/// How many lines come before the unit tests, if there are any: these are counted apart.
fn lines_of_code(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines
        .windows(2)
        .position(|pair| pair == ["#[cfg(test)]", "mod tests {"]);
    tests.unwrap_or(lines.len())
}

impl<'ast> Visit<'ast> for LanguageAsync {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if self.enter_function(&function.attrs, &function.sig) {
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if self.enter_function(&function.attrs, &function.sig) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if self.enter_function(&function.attrs, &function.sig) {
            visit::visit_trait_item_fn(self, function);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // Unit tests of the macro hold sample functions as token streams.
        if !is_test_only(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_async(&mut self, block: &'ast syn::ExprAsync) {
        self.report("`async` block", block.async_token.span().start().line);
        visit::visit_expr_async(self, block);
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        if let Some(keyword) = closure.asyncness {
            self.report("`async` closure", keyword.span().start().line);
        }
        visit::visit_expr_closure(self, closure);
    }

    fn visit_expr_await(&mut self, suspension: &'ast syn::ExprAwait) {
        self.report("`.await`", suspension.await_token.span().start().line);
        visit::visit_expr_await(self, suspension);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        // `Token![await]` names a token; it writes none. `matches!` and the rest may hide some.
        // What the macro's own tests quote is its input.
        if is_test_file(&self.file) {
            return;
        }
        let names_a_token =
            matches!(invocation.path.segments.last(), Some(last) if last.ident == "Token");
        if !names_a_token {
            self.look_through(invocation.tokens.clone());
        }
    }
}

impl LanguageAsync {
    /// What a macro is given is not parsed: any `async` in it counts, and any `.await`.
    fn look_through(&mut self, tokens: TokenStream) {
        let mut after_dot = false;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Ident(name) if name == "Token" => {
                    // `Token ! [..]`
                    tokens.next();
                    tokens.next();
                }
                TokenTree::Ident(name) if name == "async" || (after_dot && name == "await") => {
                    self.report(&format!("`{name}` in a macro"), name.span().start().line);
                }
                TokenTree::Group(group) => self.look_through(group.stream()),
                _ => {}
            }
            after_dot = matches!(&token, TokenTree::Punct(dot) if dot.as_char() == '.');
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Rust files below `folders`, with their names as seen from the repository's root.
fn sources(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut all = Vec::new();
    for folder in folders {
        for entry in WalkDir::new(root().join(folder)).sort_by_file_name() {
            let path = entry.expect("the repository can be read").into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                let name = path
                    .strip_prefix(root())
                    .expect("it was found below it")
                    .to_owned();
                all.push((name, text));
            }
        }
    }
    assert!(!all.is_empty(), "no sources in {folders:?}");
    all
}

fn language_async(file: &Path, text: &str) -> Vec<String> {
    let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut look = LanguageAsync {
        file: file.to_owned(),
        found: Vec::new(),
    };
    look.visit_file(&tree);
    look.found
}

#[test]
fn macros_and_runtime_compile_no_async_of_the_language() {
    let found: Vec<String> = sources(&["macros", "runtime"])
        .iter()
        .flat_map(|(file, text)| language_async(file, text))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_search_finds_what_it_is_for_and_nothing_else() {
    let all = "
        async fn a() {}
        fn b() { let _ = async {}; }
        fn c() { let _ = async || {}; }
        fn d() { x.await }
        fn e() { quote!(async fn f() {}); }
        fn f() { println!(\"{}\", x.await); }
        impl S { async fn g(&self) {} }
        trait T { async fn h(&self); }
    ";
    let found = language_async(Path::new("sample.rs"), all);
    let lines: Vec<&str> = found
        .iter()
        .filter_map(|one| one.split(':').nth(1))
        .collect();
    assert_eq!(lines, ["2", "3", "4", "5", "6", "7", "8", "9"]);
    let none = "
        //! An `async fn` in a comment.
        /// `x.await` in docs.
        #[costate::coroutine]
        fn a() { x.await }
        fn b() { let text = \"async\"; input.peek(Token![async]); matches!(t, Token![await]) }
        #[cfg(test)]
        mod tests { fn c() { quote!(x.await); } }
    ";
    assert_eq!(language_async(Path::new("sample.rs"), none), [""; 0]);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long: Vec<String> = sources(&["macros/src", "runtime/src", "examples", "benches"])
        .iter()
        .filter(|(file, _)| !is_test_file(file))
        .map(|(file, text)| (file, lines_of_code(text)))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(file, lines)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// Such a message has more lines where the toolchain's component `rust-src` is installed.
#[test]
fn no_expected_message_quotes_the_standard_library() {
    let messages = WalkDir::new(root().join("ui-tests/tests/fail")).sort_by_file_name();
    let messages = messages.into_iter().map(|entry| {
        let path = entry.expect("the repository can be read").into_path();
        let text = fs::read_to_string(&path).unwrap_or_default();
        (path, text)
    });
    let quoting = messages.filter(|(_, text)| text.contains("$RUST/"));
    let quoting: Vec<_> = quoting
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(quoting.is_empty(), "{}", quoting.join("\n"));
}

/// Collects functions that are longer than the style asks for.
struct LongFunctions {
    file: PathBuf,
    found: Vec<String>,
}

impl LongFunctions {
    fn measure(&mut self, name: &syn::Ident, body: &syn::Block) {
        let lines = body.span().end().line - body.span().start().line + 1;
        if lines > LONGEST_FUNCTION {
            let line = name.span().start().line;
            self.found.push(format!(
                "{}:{line}: `{name}` has {lines} lines",
                self.file.display()
            ));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig.ident, &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig.ident, &function.block);
    }
}

/// A flat match may be longer, and a syntax tree can't tell which match is flat: this prints, for
/// whoever reads the log (`--nocapture`), and fails at nothing but unreadable sources.
#[test]
fn functions_that_are_longer_than_40_lines_are_listed() {
    let all = sources(&["macros/src", "runtime/src", "examples", "benches"]);
    for (file, text) in all.into_iter().filter(|(file, _)| !is_test_file(file)) {
        let tree = syn::parse_file(&text).expect("a source file parses");
        let mut look = LongFunctions {
            file,
            found: Vec::new(),
        };
        look.visit_file(&tree);
        look.found.iter().for_each(|one| println!("{one}"));
    }
}
