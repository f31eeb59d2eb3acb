//! What stands in the braces of a format string.

/// `argument:spec`, of each pair of braces that is a placeholder, apart.
pub fn placeholders(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once('{')?;
            if let Some(after) = after.strip_prefix('{') {
                rest = after;
                continue;
            }
            let (placeholder, after) = after.split_once('}')?;
            rest = after;
            let (argument, spec) = placeholder.split_once(':').unwrap_or((placeholder, ""));
            return Some((argument.trim(), spec));
        }
    })
}

/// The identifiers in `{x}`, `{x:?}`, `{:width$}` and `{:.precision$}`, each once, in order.
///
/// A string that is no format string may give names too; it does no harm, as they are only looked
/// up. Raw identifiers cannot be captured.
pub fn captured_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (argument, spec) in placeholders(text) {
        for name in names_of_one(argument, spec) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// `argument:fill<align>sign#0width$.precision$type`
fn names_of_one(argument: &str, spec: &str) -> Vec<String> {
    let mut names = vec![argument.to_owned()];
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
