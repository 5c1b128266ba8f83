//! What the documents say is so: every example on `docs/patterns.md`, and the lexicon and the output in the README.
#![cfg(feature = "bundled")]

use std::fmt::Write;

use rhetor::{Annotation, Annotator, BuildError, Document, Fault, Lexicon};

const PATTERNS: &str = include_str!("../docs/patterns.md");
const README: &str = include_str!("../README.md");

/// Text put before an example, so that nothing comes to rely on a place.
const BEFORE: [&str; 3] = ["", "Nothing happened. ", "é😊\n\n"];

/// A fenced block of a page.
struct Block<'a> {
    kind: &'a str,
    /// Line of the page on which it opens, counted from 1.
    line: usize,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(kind), None) => open = Some(Block { kind, line: number + 1, lines: Vec::new() }),
            (Some(""), Some(_)) => found.extend(open.take()),
            (_, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

/// A key of the lexicon file that a block sets: `class.x = …`, `phrase.x = …`, or one of those below.
fn is_setting(line: &str) -> bool {
    let Some((key, _)) = line.split_once(" = ") else { return false };
    let named = key.strip_prefix("class.").or(key.strip_prefix("phrase.")).is_some_and(|name| !name.contains(' '));
    named || ["use", "requires", "excludes", "also", "exception"].contains(&key)
}

/// The lexicon around a block. `also` and `exception` are further entries of the same device.
fn lexicon(block: &Block, settings: &[&str], matches: &str) -> String {
    let line = block.line;
    let (mut head, mut entry, mut more) = (String::new(), String::new(), String::new());
    let common = "note = \"From the page.\"\nsince = \"1.0.0\"\nexamples = [\"[Any] will do here.\"]\n";
    for setting in settings {
        let (key, value) = setting.split_once(" = ").unwrap();
        match key {
            "requires" | "excludes" => writeln!(entry, "{setting}").unwrap(),
            "also" => writeln!(more, "\n[[entry]]\nid = \"also\"\nmatch = {value}\n{common}").unwrap(),
            "exception" => {
                writeln!(more, "\n[[entry]]\nid = \"exception\"\nexception = true\nmatch = {value}\n{common}").unwrap()
            }
            _ => writeln!(head, "{setting}").unwrap(),
        }
    }
    format!(
        "schema = 1\nid = \"docs/line-{line}\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"Line {line}\"\n\
         license = \"CC0-1.0\"\n{head}\n[[device]]\nid = \"line-{line}\"\ntitle = \"Line {line}\"\ndefinition = \"The \
         block in line {line}.\"\n\n[[entry]]\nid = \"example\"\n{entry}{matches}\n{common}{more}"
    )
}

/// What brackets mark: the role, empty for the span itself, and the bytes.
type Marks = Vec<(String, std::ops::Range<usize>)>;

/// Takes the brackets out of a sentence and says what they mark; `\[` is a plain bracket.
fn unmark(sentence: &str) -> Result<(String, Marks), String> {
    let (mut text, mut marks, mut open) = (String::new(), Marks::new(), Vec::new());
    let mut rest = sentence;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().ok_or("a `\\` at the end")?;
                text.push(escaped);
                rest = &rest[escaped.len_utf8()..];
            }
            '[' => {
                let role = rest.split_once(": ").filter(|(role, _)| role.bytes().all(|b| b.is_ascii_lowercase()));
                rest = role.map_or(rest, |(_, after)| after);
                open.push((role.map_or("", |(role, _)| role).to_owned(), text.len()));
            }
            ']' => {
                let (role, start) = open.pop().ok_or("a bracket closes that never opened")?;
                marks.push((role, start..text.len()));
            }
            c => text.push(c),
        }
    }
    match open.is_empty() {
        true => Ok((text, sorted(marks))),
        false => Err("a bracket is never closed".to_owned()),
    }
}

fn sorted(mut marks: Marks) -> Marks {
    marks.sort_by_key(|(role, range)| (range.start, range.end, role.clone()));
    marks
}

/// A sentence of a block and whether something in it matches.
struct Sentence {
    line: usize,
    text: String,
    marks: Marks,
}

struct Example {
    line: usize,
    lexicon: Lexicon,
    sentences: Vec<Sentence>,
}

fn example(block: &Block) -> Result<Example, String> {
    let mut lines = block.lines.iter().copied().enumerate().peekable();
    let mut settings = Vec::new();
    while let Some((_, setting)) = lines.next_if(|(_, line)| is_setting(line)) {
        settings.push(setting);
    }
    let (_, pattern) = lines.next().ok_or("no pattern")?;
    if pattern.starts_with(['+', '-']) || pattern.trim() != pattern || pattern.is_empty() {
        return Err(format!("a pattern was expected, not {pattern:?}"));
    }
    let mut sentences = Vec::new();
    while let Some((number, line)) = lines.next() {
        let mut whole = line.get(2..).unwrap_or("").to_owned();
        while let Some((_, more)) = lines.next_if(|(_, line)| line.starts_with("  ")) {
            whole = format!("{whole}\n{}", more.trim());
        }
        let (text, marks) = unmark(&whole)?;
        let fits = match line.get(..2) {
            Some("+ ") => !marks.is_empty(),
            Some("- ") => marks.is_empty(),
            _ => false,
        };
        if !fits {
            return Err(format!("neither `+ ` with brackets nor `- ` without: {line:?}"));
        }
        sentences.push(Sentence { line: block.line + 1 + number, text, marks });
    }
    if sentences.iter().all(|sentence| sentence.marks.is_empty()) {
        return Err("no sentence that matches".to_owned());
    }
    let matches = format!("match = [{}]", toml::Value::from(pattern));
    let source = lexicon(block, &settings, &matches);
    let lexicon = Lexicon::from_toml(&format!("line {}", block.line), &source).map_err(|e| e.to_string())?;
    Ok(Example { line: block.line, lexicon, sentences })
}

fn build(lexicons: impl Iterator<Item = Lexicon>) -> Result<Annotator, BuildError> {
    lexicons.fold(Annotator::builder().without_bundled(), |builder, lexicon| builder.lexicon(lexicon)).build()
}

/// The marks that the annotations of one device would give.
fn marks(document: &Document, device: &str, from: usize) -> Marks {
    let of_one = |a: Annotation| {
        let parts = a.parts().map(|part| (part.role.to_owned(), part.span.range())).collect::<Vec<_>>();
        std::iter::once((String::new(), a.span().range())).chain(parts).collect::<Vec<_>>()
    };
    let own = document.annotations().filter(|a| a.device() == device && a.span().start() >= from);
    sorted(own.flat_map(of_one).map(|(role, at)| (role, at.start - from..at.end - from)).collect())
}

#[test]
fn every_pattern_on_the_page_matches_as_it_says() {
    let all = blocks(PATTERNS);
    let mut failures = Vec::new();
    let mut examples = Vec::new();
    for block in all.iter().filter(|block| block.kind == "pattern") {
        match example(block) {
            Ok(example) => examples.push(example),
            Err(message) => failures.push(format!("docs/patterns.md:{}: {message}", block.line)),
        }
    }
    assert!(examples.len() + failures.len() >= 30, "only {} examples", examples.len());
    let annotator = build(examples.iter().map(|example| example.lexicon.clone())).unwrap_or_else(|e| panic!("{e}"));
    for example in &examples {
        let device = format!("line-{}", example.line);
        for Sentence { line, text, marks: want } in &example.sentences {
            for before in BEFORE {
                let whole = format!("{before}{text}");
                let found = marks(&annotator.annotate(&whole), &device, before.len());
                if found != *want {
                    let shown = |marks: &Marks| {
                        marks.iter().map(|(role, at)| format!("{role} {:?}", &text[at.clone()])).collect::<Vec<_>>()
                    };
                    failures.push(format!(
                        "docs/patterns.md:{line}: {text:?} behind {before:?}: want {:?}, got {:?}",
                        shown(want),
                        shown(&found)
                    ));
                    break;
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// The file that a block with an error is about, and the lexicon in it. The file's line with the fault is the one that the
/// picture shows.
fn faulty(block: &Block) -> (String, String) {
    let settings: Vec<&str> = block.lines.iter().copied().take_while(|line| is_setting(line)).collect();
    let shown: Vec<&str> = block.lines[settings.len()..].iter().copied().filter(|line| !line.is_empty()).collect();
    let pictured = shown.get(1).map_or("", |line| line.trim());
    let (settings, matches) = match is_setting(pictured) {
        true => ([&settings[..], &[pictured]].concat(), "match = [\"word\"]"),
        false => (settings, pictured),
    };
    (shown.join("\n"), lexicon(block, &settings, matches))
}

#[test]
fn every_error_on_the_page_reads_as_it_says() {
    let all = blocks(PATTERNS);
    let mut failures = Vec::new();
    let mut waiting = Vec::new();
    for block in all.iter().filter(|block| block.kind == "error") {
        let (want, source) = faulty(block);
        let file = format!("{}/house.toml", block.line);
        match Lexicon::from_toml(&file, &source) {
            Ok(lexicon) => waiting.push((block.line, want, lexicon)),
            Err(error) => compare(block.line, &want, error.faults(), &mut failures),
        }
    }
    assert!(waiting.len() >= 5, "only {} errors", waiting.len());
    let Err(BuildError::Lexicon(error)) = build(waiting.iter().map(|(.., lexicon)| lexicon.clone())) else {
        panic!("the faulty lexicons build");
    };
    for (line, want, _) in &waiting {
        let file = format!("{line}/house.toml");
        let own: Vec<Fault> = error.faults().iter().filter(|fault| fault.file() == file).cloned().collect();
        compare(*line, want, &own, &mut failures);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn compare(line: usize, want: &str, faults: &[Fault], failures: &mut Vec<String>) {
    let shown: Vec<String> = faults.iter().map(Fault::to_string).collect();
    let found = shown.join("\n").replace(&format!("{line}/house.toml"), "house.toml");
    if found != want {
        failures.push(format!("docs/patterns.md:{line}:\nwant\n{want}\ngot\n{found}"));
    }
}

#[test]
fn blocks_are_of_a_kind_that_is_tested() {
    for block in blocks(PATTERNS) {
        assert!(["pattern", "error", "toml"].contains(&block.kind), "line {}: `{}`", block.line, block.kind);
    }
}

#[test]
fn lexicons_in_the_documents_have_no_faults() {
    let mut tried = 0;
    for block in [README, PATTERNS].into_iter().flat_map(blocks).filter(|block| block.kind == "toml") {
        let source = block.lines.join("\n");
        if source.contains("schema = 1") {
            let lexicon = Lexicon::from_toml("house.toml", &source).unwrap_or_else(|e| panic!("{e}"));
            let faults = rhetor::check(lexicon).unwrap();
            assert!(faults.is_empty(), "{faults:?}");
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn output_in_the_readme_is_what_comes_out() {
    let all = blocks(README);
    let shown = all.iter().find(|block| block.kind == "text" && block.lines[0].contains("](")).unwrap().lines[0];
    let mut text = String::new();
    for piece in shown.split(')') {
        match piece.split_once("](") {
            Some((before, _)) => text += &before.replace('[', ""),
            None => text += piece,
        }
    }
    let annotator = Annotator::bundled();
    let document = annotator.annotate(&text);
    let (mut marked, mut at) = (String::new(), 0);
    for tag in document.annotations() {
        write!(marked, "{}[{}]({})", &text[at..tag.span().start()], tag.text(), tag.device()).unwrap();
        at = tag.span().end();
    }
    assert_eq!(marked + &text[at..], shown);

    let quoted = README.lines().filter_map(|line| line.strip_prefix("> ")).collect::<Vec<_>>().join(" ");
    assert_eq!(quoted, text);
}

#[test]
fn faults_in_the_readme_read_as_it_says() {
    let all = blocks(README);
    let source = all.iter().find(|block| block.kind == "toml").unwrap().lines.join("\n");
    let lexicon = Lexicon::from_toml("house.toml", &source.replace("<gerund>", "<gerunds>")).unwrap();
    let faults: Vec<String> = rhetor::check(lexicon).unwrap().iter().map(Fault::to_string).collect();
    let shown = all.iter().find(|block| block.kind == "text" && block.lines[0].starts_with("house.toml")).unwrap();
    assert_eq!(faults.join("\n"), shown.lines.join("\n"));
}
