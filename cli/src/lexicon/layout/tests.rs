//! Untidy files made tidy, and any file whatever.

use proptest::prelude::*;
use rhetor::Lexicon;

use super::*;

const UNTIDY: &str = include_str!("../../../tests/cli/untidy.toml");

fn tidy(file: &str) -> String {
    laid_out(file).unwrap_or_else(|error| panic!("{error}\n{file}"))
}

fn fingerprint(file: &str) -> String {
    let lexicon = Lexicon::from_toml("test.toml", file).unwrap_or_else(|error| panic!("{error}\n{file}"));
    lexicon.fingerprint().to_owned()
}

#[test]
fn all_at_once() {
    let tidied = tidy(UNTIDY);
    insta::assert_snapshot!(tidied);
    assert_eq!(fingerprint(&tidied), fingerprint(UNTIDY));
}

#[test]
fn strings_take_the_quotes_that_save_escapes() {
    for (text, wanted) in [
        ("plain", r#""plain""#),
        ("it's", r#""it's""#),
        (r#"say "x""#, r#"'say "x"'"#),
        (r"n\/a", r"'n\/a'"),
        (r#"it's "x""#, r#""it's \"x\"""#),
        ("a\tb\n\u{1}\u{7f}é", r#""a\tb\n\u0001\u007Fé""#),
        ("\"\t\"", r#""\"\t\"""#),
    ] {
        assert_eq!(quoted(text), wanted);
        let back: Value = wanted.parse().expect("a value");
        assert_eq!(back.as_str(), Some(text));
    }
}

#[test]
fn lists_are_filled_to_the_last_column() {
    let list =
        |member: &str, count: usize| format!("[class]\nx = [{}]\n", vec![format!("{member:?}"); count].join(", "));
    let widest = |file: &str| tidy(file).lines().map(UnicodeWidthStr::width).max();
    // `x = [` and 12 times 9 columns, less one comma and a space, and `]`.
    assert_eq!(tidy(&list("sevenno", 10)).lines().count(), 2);
    assert_eq!(widest(&(list("sevenno", 10).replace("x =", &format!("{} =", "x".repeat(7))))), Some(120));
    assert!(tidy(&(list("sevenno", 10).replace("x =", &format!("{} =", "x".repeat(8))))).lines().count() > 2);
    // Wide characters count twice.
    assert!(widest(&list("附带损害", 40)).is_some_and(|width| width > 105 && width <= 120));
    // What is wider than a line has a line of its own.
    assert_eq!(tidy(&list(&"x".repeat(150), 2)).lines().count(), 5);
}

#[test]
fn the_bundled_lexicons_are_laid_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../lexicons/en");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let file = std::fs::read_to_string(&path).expect("UTF-8");
        // The rules of the language are no lexicons.
        if Lexicon::from_toml("", &file).is_ok() {
            assert!(tidy(&file) == file, "run `rhetor lexicon fmt {}`", path.display());
            count += 1;
        }
    }
    assert_eq!(count, Lexicon::bundled_ids().count());
}

/// Writes a lexicon in a wild layout, as the numbers say that it is given.
struct Wild<'a> {
    numbers: std::slice::Iter<'a, u8>,
    file: String,
    notes: usize,
}

impl Wild<'_> {
    fn pick(&mut self, below: u8) -> u8 {
        self.numbers.next().map_or(0, |number| number % below)
    }

    fn push(&mut self, text: &str) {
        self.file += text;
    }

    fn note(&mut self) {
        self.notes += 1;
        self.file += &format!("#note {}.", self.notes);
    }

    /// Blank lines and comments between lines.
    fn gap(&mut self) {
        for _ in 0..self.pick(4) {
            match self.pick(4) {
                0 => self.push("\n"),
                1 => self.push("  \t\n"),
                _ => {
                    self.push(["", "  ", "\t"][self.notes % 3]);
                    self.note();
                    self.push("\n");
                }
            }
        }
    }

    /// The end of a line, perhaps with a comment.
    fn end(&mut self) {
        match self.pick(4) {
            0 => self.note(),
            1 => self.push("   "),
            _ => {}
        }
        let line_break = if self.pick(8) == 0 { "\r\n" } else { "\n" };
        self.push(line_break);
    }

    fn string(&mut self, text: &str) {
        match self.pick(4) {
            0 if !text.contains('\'') => self.push(&format!("'{text}'")),
            1 if !text.contains(['"', '\\']) => self.push(&format!("\"\"\"\n{text}\"\"\"")),
            _ => self.push(&format!("{text:?}")),
        }
    }

    fn list(&mut self, items: &[&str]) {
        self.push("[");
        for (number, item) in items.iter().enumerate() {
            self.space();
            self.string(item);
            self.space();
            if number + 1 < items.len() || self.pick(2) == 0 {
                self.push(",");
            }
        }
        self.space();
        self.push("]");
    }

    /// What may stand between the elements of a list.
    fn space(&mut self) {
        match self.pick(8) {
            0 => self.push("\n\n   "),
            1 => {
                self.note();
                self.push("\n");
            }
            2 => {
                self.push("\n");
                self.note();
                self.push("\n ");
                self.note();
                self.push("\n");
            }
            3 => self.push("  "),
            _ => {}
        }
    }

    /// Lines `key = value`, in any order.
    fn lines(&mut self, mut lines: Vec<(&str, Option<&str>, Vec<&str>)>) {
        while !lines.is_empty() {
            let next = usize::from(self.pick(lines.len() as u8));
            let (key, plain, list) = lines.remove(next);
            self.gap();
            let key = if self.pick(5) == 0 { format!("\"{key}\"") } else { key.to_owned() };
            let equals = ["=", " = ", "  =   "][usize::from(self.pick(3))];
            self.push(&(key + equals));
            match plain {
                Some(plain) => self.push(plain),
                None if list.len() == 1 => self.string(list[0]),
                None => self.list(&list),
            }
            self.end();
        }
    }

    fn header(&mut self, header: &str) {
        self.gap();
        self.push(header);
        self.end();
    }

    fn lexicon(&mut self) {
        let long = vec!["word word word"; 12];
        let head = ["id", "version", "title", "license", "language"]
            .into_iter()
            .zip(["house/x", "1.0.0", "A \"title\"", "CC0-1.0", "en"])
            .map(|(key, value)| (key, None, vec![value]));
        self.lines(head.chain([("schema", Some("1"), vec![]), ("use", Some("[]"), vec![])]).collect());
        self.header("[[device]]");
        self.lines(vec![("title", None, vec!["T"]), ("definition", None, vec!["D."]), ("id", None, vec!["d"])]);
        self.header("[class]");
        self.lines(vec![("b", None, long.clone()), ("a", None, vec!["x", "it's", "un*ed"])]);
        self.header("[phrase]");
        self.lines(vec![("q", None, vec!["<a> \\?"]), ("p", None, vec!["<b>"])]);
        for id in ["x", "y"].iter().take(1 + usize::from(self.pick(2))) {
            self.header("[[entry]]");
            let mut keys = vec![
                ("id", None, vec![*id]),
                ("match", None, vec!["x", "say \"so\"", "n\\/a", "附带损害"]),
                ("gloss", None, vec!["it's \"x\""]),
                ("since", None, vec!["1.0.0"]),
                ("deprecated", Some("{version=\"1.0.0\",   reason = 'no' }"), vec![]),
                ("confidence", Some("0.50"), vec![]),
                ("examples", None, vec!["[x] y", "y [x]"]),
            ];
            if self.pick(2) == 0 {
                keys.push(("counterexamples", None, long.clone()));
                keys.push(("exception", Some("true"), vec![]));
            }
            self.lines(keys);
        }
        self.gap();
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_once_is_enough(numbers in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut wild = Wild { numbers: numbers.iter(), file: String::new(), notes: 0 };
        wild.lexicon();
        let tidied = tidy(&wild.file);
        prop_assert_eq!(fingerprint(&tidied), fingerprint(&wild.file));
        for number in 1..=wild.notes {
            prop_assert_eq!(tidied.matches(&format!("#note {number}.")).count(), 1, "{}\n{}", &wild.file, &tidied);
        }
        prop_assert_eq!(tidy(&tidied), tidied.clone());
        prop_assert!(tidied.lines().all(|line| line.trim_end() == line));
        prop_assert!(tidied.ends_with('\n') && !tidied.contains("\n\n\n") && !tidied.starts_with('\n'));
    }
}
