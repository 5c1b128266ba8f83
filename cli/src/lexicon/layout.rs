//! The canonical layout of a lexicon file. What it says stays, and so do its comments and the order of what has one.

use std::fmt::Write;

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, KeyMut, RawString, Table, TomlError, Value};
use unicode_width::UnicodeWidthStr;

/// How wide a line may be, in columns.
const WIDTH: usize = 120;
const INDENT: &str = "    ";

/// The keys of each kind of table, in order.
const HEAD: &[&str] = &["schema", "id", "version", "language", "title", "license", "use"];
const DEVICE: &[&str] = &["id", "title", "definition", "kinds", "default"];
const REFERENCE: &[&str] = &["id", "title", "author", "year", "source"];
const ENTRY: &[&str] = &[
    "id",
    "device",
    "kind",
    "match",
    "requires",
    "excludes",
    "exception",
    "gloss",
    "note",
    "since",
    "deprecated",
    "confidence",
    "refs",
    "examples",
    "counterexamples",
];

/// The file in the canonical layout.
pub(super) fn laid_out(file: &str) -> Result<String, TomlError> {
    let mut document: DocumentMut = file.parse()?;
    let root = document.as_table_mut();
    let opening = take_opening(root);
    table(root, HEAD, false, 0);
    if let Some(mut first) = first_key(root) {
        let own = raw(first.leaf_decor().prefix()).to_owned();
        first.leaf_decor_mut().set_prefix(opening + &own);
    }
    for (mut key, item) in root.iter_mut() {
        let order = match key.get() {
            "device" => DEVICE,
            "reference" => REFERENCE,
            "entry" => ENTRY,
            _ => &[],
        };
        match item {
            Item::Table(below) if !below.is_dotted() => {
                key.fmt();
                header(below.decor_mut());
                table(below, order, order.is_empty(), 0);
            }
            Item::ArrayOfTables(all) => {
                key.fmt();
                for below in all.iter_mut() {
                    header(below.decor_mut());
                    table(below, order, false, 0);
                }
            }
            _ => {}
        }
    }
    let closing = comments(&format!("{}\n", raw(Some(document.trailing()))), true);
    let closing = closing.trim_matches('\n');
    document.set_trailing(if closing.is_empty() { String::new() } else { format!("\n{closing}\n") });
    Ok(document.to_string().trim_start_matches('\n').to_owned())
}

/// Takes away what stands above the first key and is parted from it by a blank line: it is about the whole file, and does
/// not move with the key.
fn take_opening(root: &mut Table) -> String {
    let Some(mut first) = first_key(root) else { return String::new() };
    let above = comments(raw(first.leaf_decor().prefix()), true);
    let (opening, own) = above.rfind("\n\n").map_or(("", above.as_str()), |at| above.split_at(at + 2));
    first.leaf_decor_mut().set_prefix(own);
    opening.to_owned()
}

fn first_key(root: &mut Table) -> Option<KeyMut<'_>> {
    root.iter_mut().find(|(_, item)| item.is_value()).map(|(key, _)| key)
}

/// The line of a `[table]` or `[[table]]`: below a blank line and the comments that are about it.
fn header(decor: &mut Decor) {
    let above = comments(raw(decor.prefix()), true);
    let beside = beside(decor);
    *decor = Decor::new(format!("\n{}", above.trim_start_matches('\n')), beside);
}

/// The keys of a table: in order if there is one, a line each. With `spaced`, a blank line between them stays. `path` is
/// the width of what stands before the keys: `class.` if they are written so.
fn table(table: &mut Table, order: &[&str], spaced: bool, path: usize) {
    if !order.is_empty() {
        let place = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
        table.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    }
    let mut first = true;
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => {
                let above = comments(raw(key.leaf_decor().prefix()), spaced);
                key.fmt();
                *key.leaf_decor_mut() = Decor::new(if first { above.trim_start_matches('\n') } else { &above }, " ");
                let beside = beside(value.decor());
                lay_out(value, path + key.display_repr().width() + " = ".len());
                *value.decor_mut() = Decor::new(" ", beside);
            }
            Item::Table(dotted) if dotted.is_dotted() => {
                key.fmt();
                self::table(dotted, &[], spaced, path + key.display_repr().width() + ".".len());
            }
            _ => continue,
        }
        first = false;
    }
}

/// A value without what stands around it; `lead` is the width of what stands before it.
fn lay_out(value: &mut Value, lead: usize) {
    match value {
        Value::String(text) => {
            let written = text.display_repr();
            // Somebody who wrote several lines wants to see them.
            let several = written.starts_with("\"\"\"") || written.starts_with("'''");
            if let (false, Ok(quoted)) = (several, quoted(text.value()).parse()) {
                *value = quoted;
            }
        }
        Value::Array(list) => array(list, lead),
        Value::InlineTable(inline) => inline_table(inline),
        _ => {}
    }
}

/// A list: on one line if it fits and no comment stands in it, otherwise on lines that are filled.
fn array(list: &mut Array, lead: usize) {
    // What stands before each element, and behind the last.
    let mut gaps = vec![String::new()];
    let mut elements = Vec::new();
    for element in list.iter_mut() {
        gaps[elements.len()] += raw(element.decor().prefix());
        gaps.push(raw(element.decor().suffix()).to_owned());
        lay_out(element, 0);
        element.decor_mut().clear();
        *element.decor_mut() = Decor::new("", "");
        elements.push(element.to_string());
    }
    gaps[elements.len()] += raw(Some(list.trailing()));

    let width = lead + elements.iter().map(|element| element.width() + ", ".len()).sum::<usize>();
    let broken = gaps.iter().any(|gap| gap.contains('#')) || elements.iter().any(|element| element.contains('\n'));
    if width <= WIDTH && !broken {
        list.iter_mut().skip(1).for_each(|element| element.decor_mut().set_prefix(" "));
        list.set_trailing("");
        list.set_trailing_comma(false);
        return;
    }
    // Past the end: the next element goes to a new line.
    const FULL: usize = WIDTH;
    let mut column = FULL;
    for ((element, text), gap) in list.iter_mut().zip(&elements).zip(&gaps) {
        let mut before = notes(gap);
        let wanted = text.width() + ",".len();
        if before.is_empty() && column + " ".len() + wanted <= WIDTH {
            before.push(' ');
            column += " ".len() + wanted;
        } else {
            before = before + "\n" + INDENT;
            column = INDENT.len() + wanted;
        }
        if text.contains('\n') {
            column = FULL;
        }
        element.decor_mut().set_prefix(before);
    }
    list.set_trailing(notes(&gaps[elements.len()]) + "\n");
    list.set_trailing_comma(!elements.is_empty());
}

/// The comments in a gap of a list: one beside the element before it, the others on lines of their own.
fn notes(gap: &str) -> String {
    let mut notes = String::new();
    for (number, line) in gap.split('\n').map(str::trim).enumerate() {
        match number {
            _ if line.is_empty() => {}
            0 => notes = notes + "  " + line,
            _ => notes = notes + "\n" + INDENT + line,
        }
    }
    notes
}

/// `{ a = 1, b = 2 }`. One of several lines stays as it is.
fn inline_table(inline: &mut InlineTable) {
    if inline.to_string().contains('\n') || inline.iter().any(|(_, value)| is_dotted(value)) {
        return;
    }
    let last = inline.len().saturating_sub(1);
    for (number, (mut key, value)) in inline.iter_mut().enumerate() {
        key.fmt();
        *key.leaf_decor_mut() = Decor::new(" ", " ");
        lay_out(value, 0);
        *value.decor_mut() = Decor::new(" ", if number == last { " " } else { "" });
    }
    inline.set_trailing("");
    inline.set_trailing_comma(false);
}

fn is_dotted(value: &Value) -> bool {
    value.as_inline_table().is_some_and(InlineTable::is_dotted)
}

/// A string of one line: in double quotes, unless single ones save it escapes.
pub(super) fn quoted(text: &str) -> String {
    let escapes = text.contains(['"', '\\']);
    if escapes && !text.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            '\r' => quoted += "\\r",
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The comments on lines of their own above something, each on a line; blank lines between and below them only with
/// `blanks`, and never two. What follows the last line break is the indentation of what comes next.
fn comments(above: &str, blanks: bool) -> String {
    let Some((above, _)) = above.rsplit_once('\n') else { return String::new() };
    let (mut comments, mut blank) = (String::new(), false);
    for line in above.split('\n').map(str::trim) {
        if line.is_empty() {
            blank = blanks;
            continue;
        }
        if std::mem::take(&mut blank) {
            comments.push('\n');
        }
        comments = comments + line + "\n";
    }
    if blank {
        comments.push('\n');
    }
    comments
}

/// The comment beside something, two spaces off.
fn beside(decor: &Decor) -> String {
    match raw(decor.suffix()).trim() {
        "" => String::new(),
        comment => format!("  {comment}"),
    }
}

fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
