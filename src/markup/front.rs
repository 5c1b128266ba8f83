//! Front matter: what a site generator is told, at the top of a file.

/// Where the text begins: behind front matter, if there is any, and behind a byte order mark.
///
/// Front matter stands between two lines `---` (YAML) or `+++` (TOML), the first of them the first line of the file and
/// with no blank line after it, or it would be a thematic break.
pub(super) fn end(source: &str) -> usize {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = source[start..].split_inclusive('\n');
    let Some(fence) = lines.next().map(str::trim_end).filter(|line| matches!(*line, "---" | "+++")) else {
        return start;
    };
    let mut end = start + source[start..].split_inclusive('\n').next().map_or(0, str::len);
    for (number, line) in lines.enumerate() {
        end += line.len();
        match line.trim_end() {
            "" if number == 0 => return start,
            "..." if fence == "---" => return end,
            line if line == fence => return end,
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_fenced_at_the_very_top() {
        for (source, body) in [
            ("---\ntitle: x\n---\nText", "Text"),
            ("\u{feff}+++\r\ntitle = 'x'\r\n+++\r\nText", "Text"),
            ("---\ntitle: x\n...\nText", "Text"),
            ("---\n---\nText", "Text"),
            ("---\ntitle: x\n---", ""),
            ("\u{feff}Text", "Text"),
            ("---\n\nText\n\n---\n", "---\n\nText\n\n---\n"),
            ("---\nnever closed", "---\nnever closed"),
            ("---\nnot\n+++\n", "---\nnot\n+++\n"),
            (" ---\nnot\n---\n", " ---\nnot\n---\n"),
            ("", ""),
        ] {
            assert_eq!(&source[end(source)..], body, "{source:?}");
        }
    }
}
