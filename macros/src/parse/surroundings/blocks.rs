//! The text of a file -> which of its braces belong to which kind of item.
//!
//! rustc's own lexer, which a macro may call, doesn't say where in the text its tokens are. Invariant: the text is one that
//! rustc has read, so every literal and comment in it ends. Of no other is anything expected but an answer.

use std::ops::Range;

use super::Around;

/// What is in braces behind the header of an item, the inner ones first.
pub fn blocks(text: &str) -> Vec<Around> {
    // A file without any is soon done.
    if !text.contains("impl") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Vec<(usize, Level)> = Vec::new();
    let mut level = Level::default();
    let mut reader = Reader { text, at: 0 };
    while let Some((piece, at)) = reader.next() {
        match piece {
            Piece::Word(word) if level.brackets == 0 && level.item.is_none() => {
                level.item = Item::of(&text[word.clone()]).map(|item| (item, word.start));
            }
            Piece::Word(_) => {}
            Piece::Mark(b'(' | b'[') => level.brackets += 1,
            Piece::Mark(b')' | b']') => level.brackets = level.brackets.saturating_sub(1),
            Piece::Mark(b';') if level.brackets == 0 => level.item = None,
            Piece::Mark(b'{') => open.push((at, std::mem::take(&mut level))),
            Piece::Mark(b'}') => {
                let Some((begin, around)) = open.pop() else {
                    break;
                };
                if let Some((item, header)) = around.item {
                    found.push(Around {
                        inside: begin..at,
                        header: (item == Item::Impl).then_some(header..begin),
                    });
                }
                level = Level {
                    item: None,
                    ..around
                };
            }
            Piece::Mark(_) => {}
        }
    }
    found
}

/// What was read in some braces since the last item's end.
#[derive(Default)]
struct Level {
    /// The first word that says what item this is.
    item: Option<(Item, usize)>,
    brackets: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Impl,
    Other,
}

impl Item {
    fn of(word: &str) -> Option<Item> {
        match word {
            "impl" => Some(Item::Impl),
            "fn" | "mod" | "trait" => Some(Item::Other),
            _ => None,
        }
    }
}

/// What is neither space, comment nor literal.
enum Piece {
    Word(Range<usize>),
    Mark(u8),
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<(Piece, usize)> {
        loop {
            let at = self.at;
            let rest = &self.text.as_bytes()[at..];
            match *rest.first()? {
                b'/' if rest.get(1) == Some(&b'/') => self.skip_line(),
                b'/' if rest.get(1) == Some(&b'*') => self.skip_comment(),
                b'"' => self.skip_string(),
                b'\'' => self.skip_character(),
                byte if byte.is_ascii_whitespace() => self.at += 1,
                byte if is_of_word(byte) => {
                    let word = self.word();
                    if !self.skip_raw_string(&word) {
                        return Some((Piece::Word(word), at));
                    }
                }
                mark => {
                    self.at += 1;
                    return Some((Piece::Mark(mark), at));
                }
            }
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Goes behind `end`, or to the end of all.
    fn skip_behind(&mut self, end: &str) {
        let found = self.rest().find(end);
        self.at = found.map_or(self.text.len(), |found| self.at + found + end.len());
    }

    fn skip_line(&mut self) {
        self.skip_behind("\n");
    }

    fn skip_comment(&mut self) {
        let mut depth = 0;
        loop {
            let rest = self.rest();
            let step = match rest {
                _ if rest.starts_with("/*") => {
                    depth += 1;
                    2
                }
                _ if rest.starts_with("*/") => {
                    depth -= 1;
                    2
                }
                _ => match rest.chars().next() {
                    Some(other) => other.len_utf8(),
                    None => return,
                },
            };
            self.at += step;
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_string(&mut self) {
        let mut escaped = false;
        let end = self.rest().bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        self.at = end.map_or(self.text.len(), |end| self.at + 1 + end + 1);
    }

    /// `'x'` and `'\''`; of a lifetime the mark alone.
    fn skip_character(&mut self) {
        let mut chars = self.rest().chars().skip(1);
        match (chars.next(), chars.next()) {
            (Some('\\'), Some(escaped)) => {
                self.at += 2 + escaped.len_utf8();
                self.skip_behind("'");
            }
            (Some(character), Some('\'')) => self.at += 2 + character.len_utf8(),
            _ => self.at += 1,
        }
    }

    fn word(&mut self) -> Range<usize> {
        let start = self.at;
        let length = self.rest().bytes().position(|byte| !is_of_word(byte));
        self.at = length.map_or(self.text.len(), |length| start + length);
        start..self.at
    }

    /// `r"..."`, `br#"..."#`: whether one began with this word.
    fn skip_raw_string(&mut self, word: &Range<usize>) -> bool {
        if !matches!(&self.text[word.clone()], "r" | "br" | "cr") {
            return false;
        }
        let hashes = self.rest().bytes().take_while(|byte| *byte == b'#').count();
        if self.rest().as_bytes().get(hashes) != Some(&b'"') {
            return false;
        }
        self.at += hashes + 1;
        self.skip_behind(&format!("\"{}", "#".repeat(hashes)));
        true
    }
}

/// Of letters beyond ASCII it is enough that they are no mark.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headers of the impls around `HERE`, and of nothing else.
    fn around(text: &str) -> Option<&str> {
        let at = text.find("HERE").expect("the place is marked");
        let all = blocks(text);
        let around = all.iter().find(|block| block.inside.contains(&at))?;
        Some(text[around.header.clone()?].trim())
    }

    #[test]
    fn a_function_of_an_impl_is_in_it() {
        assert_eq!(
            around("impl<K> A<K> { fn HERE() {} }"),
            Some("impl<K> A<K>")
        );
        assert_eq!(
            around("unsafe impl<K> A for [K; 2] { fn HERE() {} }"),
            Some("impl<K> A for [K; 2]")
        );
        assert_eq!(
            around("mod m { impl<K> A<K> { const X: u8 = { 1 }; pub(crate) fn HERE() {} } }"),
            Some("impl<K> A<K>")
        );
        assert_eq!(around("impl A { fn HERE() {} }"), Some("impl A"));
        assert_eq!(
            around("macro_rules! m { ($k:ident) => { impl<$k> A<$k> { fn HERE() {} } } }"),
            Some("impl<$k> A<$k>")
        );
    }

    #[test]
    fn a_function_beside_an_impl_or_within_one_of_its_functions_is_not() {
        for text in [
            "fn HERE() {} impl<K> A<K> {}",
            "impl<K> A<K> {} fn HERE() {}",
            "impl<K> A<K> { fn f() -> impl X { fn HERE() {} } }",
            "mod m { impl<K> A<K> {} fn HERE() {} }",
            "fn f() -> impl X { HERE }",
            "trait T<K> { fn f() -> impl X; fn HERE() {} }",
        ] {
            assert_eq!(around(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_in_a_literal_or_a_comment_is_no_code() {
        for noise in [
            "// }\n",
            "/* } /* } */ } */",
            "const X: &str = \"}\\\"}\";",
            "const X: char = '}';",
            "const X: char = '\\'';",
            "const X: &str = r#\"}\"}\"#;",
            "const X: &[u8] = br\"}\";",
            "fn f<'a>(x: &'a str) {}",
            "const X: u8 = b'\\u{7d}';",
            "fn r#impl() {}",
            "const X: &str = \"ö}\"; const Y: char = 'ö';",
        ] {
            let text = format!("impl<K> A<K> {{ {noise} fn HERE() {{}} }}");
            assert_eq!(around(&text), Some("impl<K> A<K>"), "{noise}");
        }
    }

    #[test]
    fn what_does_not_end_is_no_code() {
        for text in [
            "HERE /* impl",
            "HERE \"impl",
            "HERE impl '",
            "HERE impl r#\"",
            "HERE impl } {",
            "HERE impl '\\",
        ] {
            assert_eq!(around(text), None, "{text}");
        }
    }
}
