//! The names that a format string captures.

/// The identifiers in `{x}`, `{x:?}`, `{:width$}` and `{:.precision$}`, each once, in order.
///
/// A string that is no format string may give names too; it does no harm, as they are only looked
/// up. Raw identifiers cannot be captured.
pub fn captured_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        for name in names_of_one(&rest[..close]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        rest = &rest[close + 1..];
    }
    names
}

/// `argument:fill<align>sign#0width$.precision$type`
fn names_of_one(placeholder: &str) -> Vec<String> {
    let (argument, spec) = placeholder.split_once(':').unwrap_or((placeholder, ""));
    let mut names = vec![argument.trim().to_owned()];
    let mut pieces = spec.split('$').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_some() {
            let start = piece.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1);
            // After a multi-byte fill character `rfind` gives its start.
            names.push(
                piece
                    .get(start..)
                    .unwrap_or("")
                    .trim_start_matches('0')
                    .to_owned(),
            );
        }
    }
    names.retain(|name| {
        name.starts_with(|c: char| c == '_' || c.is_alphabetic()) && name.chars().all(is_word)
    });
    names
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
