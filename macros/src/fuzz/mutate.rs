//! Ways to break a function.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Numbers that look like chance (xorshift), the same ones each time.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("64 bits") % end.max(1)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Breaks a function in one place, perhaps with a piece of another one.
pub fn mutate(item: TokenStream, other: &TokenStream, random: &mut Random) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let inner: Vec<_> = groups(&tokens);
    // Mostly somewhere within.
    if !inner.is_empty() && random.below(8) > 0 {
        let at = *random.pick(&inner);
        if let TokenTree::Group(group) = &tokens[at] {
            let stream = mutate(group.stream(), other, random);
            tokens[at] = regroup(group, group.delimiter(), stream);
        }
        return tokens.into_iter().collect();
    }
    let length = tokens.len();
    let at = random.below(length);
    match random.below(8) {
        _ if length == 0 => tokens.extend(piece(other, random)),
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at].clone()),
        2 => tokens.swap(at, random.below(length)),
        3 => drop(tokens.splice(at..at, piece(other, random))),
        4 => drop(tokens.splice(at..=at, piece(other, random))),
        5 => tokens.truncate(at),
        6 => drop(tokens.splice(at..at, word(random))),
        _ => {
            if let TokenTree::Group(group) = &tokens[at] {
                let others = [
                    Delimiter::Brace,
                    Delimiter::Bracket,
                    Delimiter::Parenthesis,
                    Delimiter::None,
                ];
                let delimiter = *random.pick(&others);
                tokens[at] = regroup(group, delimiter, group.stream());
            } else {
                drop(tokens.splice(at..=at, word(random)));
            }
        }
    }
    tokens.into_iter().collect()
}

fn regroup(group: &Group, delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    let mut changed = Group::new(delimiter, stream);
    changed.set_span(group.span());
    TokenTree::Group(changed)
}

fn groups(tokens: &[TokenTree]) -> Vec<usize> {
    let is_group = |at: &usize| matches!(tokens[*at], TokenTree::Group(_));
    (0..tokens.len()).filter(is_group).collect()
}

/// A few tokens of another function, from any depth.
fn piece(other: &TokenStream, random: &mut Random) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = other.clone().into_iter().collect();
    let inner = groups(&tokens);
    if !inner.is_empty()
        && random.below(5) > 0
        && let TokenTree::Group(group) = &tokens[*random.pick(&inner)]
        && !group.stream().is_empty()
    {
        return piece(&group.stream(), random);
    }
    let begin = random.below(tokens.len());
    let end = (begin + 1 + random.below(6)).min(tokens.len());
    tokens[begin..end].to_vec()
}

/// What means something to Rust or to the macro.
fn word(random: &mut Random) -> Vec<TokenTree> {
    let tokens: TokenStream = random.pick(WORDS).parse().expect("tokens");
    tokens.into_iter().collect()
}

const WORDS: &[&str] = &[
    ".await",
    "?",
    "return",
    "break",
    "continue",
    "'a:",
    "loop",
    "match",
    "if",
    "else",
    "let",
    "mut",
    "ref",
    "&",
    "*",
    "move",
    "||",
    "_",
    "..",
    "@",
    "|",
    "=",
    ";",
    ",",
    "=>",
    "async",
    "unsafe",
    "self",
    "Self",
    "yield_!(1)",
    "println!(\"{x}\")",
    "#[cfg(a)]",
    "#![a]",
    "&&",
    "{ x.await }",
    "(x).await",
    "while",
    "for",
    "in",
    "const",
    "dyn",
    "impl",
    "<",
    ">",
    "::",
    "box",
    "'static",
    "1.0",
    "\"{\"",
    "macro_rules! m { () => { x } }",
    "fn f() {}",
    "use a::*;",
];
