//! Tokens of the user's as text: what docs and traces show.

use crate::body::{Body, LocalId, MentionId, marker};
use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

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
