//! A report in a terminal.

use super::{FieldKind, SizeReport, SizedField, SizedPart, SizedState};
use core::fmt::{self, Display, Formatter};

/// More columns than this no type's name has.
const WIDEST: usize = 48;

impl Display for SizeReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl SizeReport {
    fn write(&self, f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
        let (name, bytes, align) = (short(self.name), self.bytes, self.align);
        line(
            f,
            depth,
            &format!("{name}: {bytes} bytes, aligned to {align}"),
        )?;
        if self.states.is_empty() {
            return line(
                f,
                depth,
                "  nothing more is known: `#[costate::coroutine(sizes)]` tells it",
            );
        }
        let padding = self.padding();
        if padding > 0 {
            line(
                f,
                depth,
                &format!("  {padding} of them are padding in every state"),
            )?;
        }
        for state in &self.states {
            self.write_state(f, depth + 1, state)?;
        }
        Ok(())
    }

    fn write_state(&self, f: &mut Formatter<'_>, depth: usize, state: &SizedState) -> fmt::Result {
        let used = self.used(state);
        let place = match state.suspension.is_empty() {
            true => String::from("not polled yet"),
            false => format!("`{}`, line {}", state.suspension, state.line),
        };
        writeln!(f)?;
        line(
            f,
            depth,
            &format!("{}, {used} bytes in use: {place}", state.name),
        )?;
        line(f, depth, "      at   bytes")?;
        let mut at = 0;
        for (bytes, part) in self.parts(state) {
            let what = match part {
                SizedPart::Held(index) => described(&self.fields[index]),
                SizedPart::Padding => String::from("(padding)"),
                SizedPart::Idle => String::from("(room of other states)"),
            };
            line(f, depth, &format!("{at:>8}{bytes:>8}  {what}"))?;
            at += bytes;
            if let SizedPart::Held(index) = part
                && let Some(within) = &self.fields[index].within
            {
                within.write(f, depth + 3)?;
            }
        }
        Ok(())
    }
}

fn described(field: &SizedField) -> String {
    match (field.kind, &field.within) {
        (FieldKind::Tag, _) => String::from("(where it stands)"),
        (FieldKind::Flags, _) => String::from("(which locals are there)"),
        (_, Some(within)) => format!(
            "{:<16} the coroutine `{}`, which is",
            field.name, within.name
        ),
        (_, None) => format!("{:<16} {}", field.name, short(field.type_name)),
    }
}

fn line(f: &mut Formatter<'_>, depth: usize, text: &str) -> fmt::Result {
    writeln!(f, "{:indent$}{text}", "", indent = 2 * depth)
}

/// A type's name without the modules that it is in, and not wider than a line has room for.
pub(super) fn short(name: &str) -> String {
    let mut short = String::new();
    for c in name.replace("::{{closure}}", "{}").chars() {
        short.push(c);
        if short.ends_with("::") {
            let kept = short.trim_end_matches("::");
            let word = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '}' | '{' | '#');
            // `<T as Trait>::Of` keeps what is before.
            if !kept.ends_with('>') {
                short.truncate(kept.rfind(word).map_or(0, |at| at + 1));
            }
        }
    }
    if short.chars().count() > WIDEST {
        let cut: String = short.chars().take(WIDEST - 2).collect();
        short = cut + "..";
    }
    short
}
