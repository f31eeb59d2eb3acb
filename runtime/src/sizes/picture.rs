//! A report as a picture: a row for each state, in which each byte has the same place.
//!
//! The width of what lies between two offsets grows with the logarithm of its bytes, so that a flag beside a buffer is seen.
//! Each awaited coroutine has a table of its own below.

use super::text::short;
use super::{FieldKind, SizeReport, SizedPart, SizedState};
use core::fmt::Write as _;

const LEFT: usize = 150;
const ROW: usize = 30;
const HEAD: usize = 44;
const GAP: usize = 18;

impl SizeReport {
    /// The picture, as an SVG document.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let mut tables = Vec::new();
        self.collect(&mut tables);
        let (mut body, mut top, mut width) = (String::new(), 10, 0);
        for table in tables {
            width = width.max(table.draw(top, &mut body));
            top += HEAD + ROW * table.states.len() + GAP;
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{top}\" \
             font-family=\"sans-serif\" font-size=\"11\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{body}</svg>\n"
        )
    }

    /// This and all that is awaited in it, each once.
    fn collect<'r>(&'r self, all: &mut Vec<&'r SizeReport>) {
        if all.contains(&self) {
            return;
        }
        all.push(self);
        for field in &self.fields {
            if let Some(within) = &field.within {
                within.collect(all);
            }
        }
    }

    /// Where each offset at which something begins or ends is drawn.
    fn columns(&self) -> Vec<(usize, usize)> {
        let mut offsets = vec![0, self.bytes];
        for field in &self.fields {
            offsets.extend([field.offset, field.offset + field.bytes]);
        }
        offsets.sort_unstable();
        offsets.dedup();
        let mut x = LEFT;
        let mut before = 0;
        let columns = offsets.into_iter().map(|offset| {
            let bytes = offset - before;
            if bytes > 0 {
                x += 24 + 11 * bytes.ilog2() as usize;
            }
            before = offset;
            (offset, x)
        });
        columns.collect()
    }

    /// Gives its width.
    fn draw(&self, top: usize, svg: &mut String) -> usize {
        let columns = self.columns();
        let right = columns.last().map_or(LEFT, |column| column.1) + 10;
        let title = format!("{}: {} bytes", short(self.name), self.bytes);
        text(
            svg,
            10,
            top + 16,
            "font-size=\"14\" font-weight=\"bold\"",
            &title,
        );
        for (offset, x) in &columns {
            let style = "fill=\"#666\" text-anchor=\"middle\" font-size=\"9\"";
            text(svg, *x, top + 36, style, &offset.to_string());
        }
        for (row, state) in self.states.iter().enumerate() {
            self.draw_state(state, top + HEAD + ROW * row, &columns, svg);
        }
        right.max(LEFT + 8 * title.len())
    }

    fn draw_state(
        &self,
        state: &SizedState,
        y: usize,
        columns: &[(usize, usize)],
        svg: &mut String,
    ) {
        let x_of = |offset| columns.iter().find(|c| c.0 == offset).map_or(LEFT, |c| c.1);
        text(svg, 10, y + 17, "", state.name);
        let mut at = 0;
        for (bytes, part) in self.parts(state) {
            let (from, to) = (x_of(at), x_of(at + bytes));
            let (fill, label, said) = self.look(part, bytes);
            at += bytes;
            let (width, height) = (to - from, ROW - 4);
            let said = escaped(&said);
            let _ = writeln!(
                svg,
                "<rect x=\"{from}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" \
                 stroke=\"white\"><title>{said}</title></rect>"
            );
            // Some six pixels a letter.
            let fits: String = label.chars().take(width / 6).collect();
            if !fits.is_empty() {
                text(svg, from + 4, y + 17, "", &fits);
            }
        }
    }

    /// Its colour, what is written on it, and what is said of it.
    fn look(&self, part: SizedPart, bytes: usize) -> (&'static str, &str, String) {
        let field = match part {
            SizedPart::Held(index) => &self.fields[index],
            SizedPart::Padding => return ("#d9d9d9", "", format!("padding, {bytes} bytes")),
            SizedPart::Idle => {
                return (
                    "#f4f4f4",
                    "",
                    format!("room of other states, {bytes} bytes"),
                );
            }
        };
        let fill = match field.kind {
            FieldKind::Tag | FieldKind::Flags => "#c9b3e6",
            FieldKind::Local => "#9fc5e8",
            FieldKind::Awaited => "#f9cb9c",
        };
        let what = short(field.type_name);
        (
            fill,
            field.name,
            format!("{}: {what}, {bytes} bytes", field.name),
        )
    }
}

fn text(svg: &mut String, x: usize, y: usize, style: &str, text: &str) {
    let text = escaped(text);
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" {style}>{text}</text>");
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
