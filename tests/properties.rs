//! What holds for any text, any pattern and any lexicon file.

#![cfg(feature = "bundled")]

mod support;

use std::collections::HashMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use rhetor::{Annotator, Lexicon, Pattern, Record, Unit, Voice};
use support::{english_annotator, entry, head, plain_annotator};

static BUNDLED: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::builder().all_devices().build().unwrap_or_else(|error| panic!("{error}")));

/// Every kind of element that needs no memory of names: literals, lemmas, classes, gaps, parts, quotations, characters.
static EVERYTHING: LazyLock<Annotator> = LazyLock::new(|| {
    let lexicon = head(&["one", "two", "three"])
        + "\n[class]\nsay = [\"say/v\", \"point out\", \"*ly\"]\nwho = [\"official/n\", \"source close to\", \"un*\"]\n"
        + &entry("words", "one", &["collateral damage", "war", "let go", "put/v", "it 's"], "")
        + &entry("gap", "two", &["[the <word>{0,3} <who>] [cue: <say>]", "<quotation> ,? [<word>{1,2}] <say>"], "")
        + &entry("edges", "two", &["^ <word>{1,40} [end: \\.]", "~the <number> !<word> [marks: ,|\\.|\\-]?"], "")
        + &entry("characters", "three", &["`😊`", "`é`", "`害`", "`. `", "`\n`"], "")
        + &entry("exception", "one", &["war and peace"], "exception = true");
    english_annotator(&lexicon)
});

// --- texts ---

/// Pieces of news, and of what goes wrong in it.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "officials",
        "the",
        "The",
        "say",
        "said",
        "source close to",
        "collateral damage",
        "collateral\ndamage",
        "war",
        "and peace",
        "was let go",
        "is believed to",
        "U.S.",
        "Mr.",
        "Ms. Adeyemi",
        "Merrow Steel plc",
        "London",
        "2,597",
        "€5",
        "it’s",
        "don't",
        "workers’",
        "cease-fire",
        "cease\u{2011}fire",
        "col\u{ad}lateral",
        ".",
        ". ",
        "! ",
        "?",
        ",",
        ", ",
        "; ",
        ": ",
        "...",
        "…",
        " – ",
        "--",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "(",
        ")",
        "[",
        "]",
        "\n",
        "\n\n",
        "\r\n",
        "\u{a0}",
        "\u{2028}",
        "\t",
        "é",
        "害",
        "😊",
        "👩‍🚒",
        "\u{301}",
        "\u{200b}",
        "\u{feff}",
        "\0",
        "İ",
        "ß",
        "ﬁ",
        "according to",
        "unnecessarily",
        "BY JANE ROE",
        "1. ",
        "* ",
        "http://a.b/c",
        "a@b.org",
        "/",
        "&",
        "%",
        "$",
    ];
    let piece = (prop::sample::select(pieces), prop::bool::weighted(0.7));
    prop::collection::vec(piece, 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(p, space)| p.to_owned() + if space { " " } else { "" }).collect())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => soup(), 1 => any::<String>(), 1 => "\\PC{0,80}", 1 => "[a-cA-C .,'’“”\"\n-]{0,80}"]
}

fn well_formed(annotator: &Annotator, text: &str) -> Result<(), TestCaseError> {
    let document = annotator.annotate(text);
    let mut before = None;
    let mut ends: HashMap<&str, usize> = HashMap::new();
    for a in document.annotations() {
        let span = a.span();
        prop_assert!(!span.is_empty());
        prop_assert_eq!(text.get(span.range()), Some(a.text()), "on character boundaries");
        let order = (span.start(), std::cmp::Reverse(span.end()));
        prop_assert!(before <= Some(order), "sorted");
        before = Some(order);
        let sentence = document.sentences()[a.sentence()];
        prop_assert!(sentence.covers(span), "{:?} in sentence {:?}", span, sentence);
        let end = ends.insert(a.device(), span.end());
        prop_assert!(end.is_none_or(|end| end <= span.start()), "two of {} overlap at {:?}", a.device(), span);
        prop_assert!(annotator.devices().iter().any(|d| d.id() == a.device()));
        for part in a.parts() {
            prop_assert!(text.get(part.span.range()).is_some() && sentence.covers(part.span) && !part.role.is_empty());
        }
        let first = rhetor::Span::new(span.start(), span.start() + 1);
        let quoted = document.quotations().iter().any(|q| q.inner().covers(first));
        prop_assert_eq!(a.voice(), if quoted { Voice::Quoted } else { Voice::Author });
    }
    Ok(())
}

// --- patterns ---

/// A pattern as somebody might write it, mostly right.
fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => "[a-zé’]{1,5}",
        1 => "(say|be|a/b|a:b|a:)/(v|vbd|nns|a)",
        1 => "<(word|name|role|x-1)(/nn|/v)?>",
        1 => prop::sample::select(vec!["un*", "*ed", "a*b", "U.S.", ",", "\\[", "\\`", "\\\\", "a\\ b", "and/or", "cue:", "^", "\\*x*", "\\/v*"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let many = |n| prop::collection::vec(inner.clone(), n);
        prop_oneof![
            4 => many(1..5).prop_map(|items| items.join(" ")),
            2 => many(2..4).prop_map(|items| items.join("|")),
            2 => many(2..4).prop_map(|items| format!("({})", items.join(" | "))),
            2 => inner.clone().prop_map(|item| format!("({item})")),
            2 => (inner.clone(), prop::sample::select(vec!["?", "{2}", "{0,3}", "{1,1}", "{ 0 , 40 }"])).prop_map(|(item, n)| format!("({item}){n}")),
            1 => (prop::sample::select(vec!["!", "~"]), inner.clone()).prop_map(|(sign, item)| format!("{sign}({item})")),
            1 => (prop::sample::select(vec!["", "cue: ", "a-b: ", "Cue: "]), inner.clone()).prop_map(|(role, item)| format!("[{role}{item}]")),
        ]
    })
}

/// Anything, with many of the signs that mean something.
fn signs() -> impl Strategy<Value = String> {
    prop_oneof!["[ab<>()\\[\\]{}?!~|^*`\\\\:/, 0-9é]{0,24}", any::<String>(), "[( \\[]{0,40}a?[)\\]|]{0,40}"]
}

fn reads_back(line: &str) -> Result<(), TestCaseError> {
    match line.parse::<Pattern>() {
        Ok(pattern) => {
            let written = pattern.to_string();
            let again = written.parse::<Pattern>();
            prop_assert_eq!(again.as_ref(), Ok(&pattern), "{:?} is written {:?}", line, written);
            prop_assert_eq!(again.map(|p| p.to_string()), Ok(written));
        }
        Err(error) => {
            let range = error.range();
            prop_assert!(line.get(range.clone()).is_some(), "{:?} in {:?}", range, line);
            prop_assert!(!error.to_string().is_empty());
        }
    }
    Ok(())
}

// --- lexicon files ---

/// A file that shows everything there is, for others to be made from.
const SAMPLE: &str = r#"
schema = 1
id = "house/sample"
version = "1.2.0"
language = "en"
title = "Sample"
license = "CC0-1.0"
use = ["en/reporting"]
[[device]]
id = "one"
title = "One"
definition = "The first."
kinds = ["a", "b"]
default = false
[[reference]]
id = "roe"
title = "Words"
author = "Jane Roe"
year = 2001
source = "A Press"
[class]
role = ["official/n", "!officials", "<number>", "un*"]
[phrase]
who = "the <role>{1,2} (of <word>{0,3})?"
[[entry]]
id = "first"
kind = "a"
match = ["[<who>] [cue: <say>]", "collateral damage"]
requires = ["army"]
excludes = ["<role>"]
gloss = "dead"
note = "Why."
since = "1.0.0"
deprecated = { version = "1.1.0", reason = "no" }
confidence = 0.5
refs = ["roe"]
examples = ["The [official] said \"\u00e9\"."]
counterexamples = ['Nothing.', """
x"""]
"#;

/// The sample with some stretches cut out, doubled, swapped or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..5u8,
        "[\\[\\]<>(){}|!~?*`\"'=,\\\\\n .a-c0-9é]{0,4}",
    );
    prop::collection::vec(edit, 1..4).prop_map(|edits| {
        let mut chars: Vec<char> = SAMPLE.chars().collect();
        for (from, len, kind, new) in edits {
            let from = from.index(chars.len());
            let to = (from + len.index(if kind == 0 { 200 } else { 12 })).min(chars.len());
            match kind {
                0 | 1 => drop(chars.drain(from..to)),
                2 => {
                    let copy = chars[from..to].to_vec();
                    chars.splice(to..to, copy);
                }
                3 => drop(chars.splice(from..from, new.chars())),
                _ => drop(chars.splice(from..to, new.chars())),
            }
        }
        chars.into_iter().collect()
    })
}

fn reads_without_panic(file: &str) -> Result<(), TestCaseError> {
    match Lexicon::from_toml("file.toml", file) {
        Ok(lexicon) => {
            prop_assert_eq!(lexicon.fingerprint().len(), 64);
            // Patterns, classes and examples may be at fault; that is no panic either.
            let builder = Annotator::builder().language(support::plain_language()).lexicon(lexicon).all_devices();
            for fault in builder.check().unwrap_or_default() {
                places_fit(file, &fault)?;
            }
        }
        Err(error) => {
            prop_assert!(!error.faults().is_empty());
            for fault in error.faults() {
                places_fit(file, fault)?;
            }
        }
    }
    Ok(())
}

fn places_fit(file: &str, fault: &rhetor::Fault) -> Result<(), TestCaseError> {
    let line = file.split('\n').nth(fault.line() - 1);
    prop_assert!(line.is_some_and(|line| fault.column() <= line.chars().count() + 1), "{}", fault);
    prop_assert!(!fault.message().is_empty() && fault.to_string().contains(fault.message()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn annotations_are_well_formed(text in text()) {
        well_formed(&BUNDLED, &text)?;
        well_formed(&EVERYTHING, &text)?;
    }

    #[test]
    fn the_same_text_gives_the_same_record(text in text()) {
        let record = BUNDLED.annotate(&text).to_record();
        prop_assert_eq!(&BUNDLED.clone().annotate(&text).to_record(), &record);
        let elsewhere = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| BUNDLED.annotate(&text).to_record())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        prop_assert!(elsewhere.iter().all(|other| *other == record));
    }

    #[test]
    fn records_read_back_from_json(text in text(), id in any::<Option<String>>()) {
        let mut record = EVERYTHING.annotate(&text).to_record();
        record.id = id;
        let json = serde_json::to_string(&record).unwrap();
        let again: Record = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&again, &record);
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), json);
    }

    #[test]
    fn confidence_is_stored_as_it_is(confidence in 0.0..=1.0f64) {
        let mut record = EVERYTHING.annotate("war").to_record();
        record.annotations[0].confidence = confidence;
        let json = serde_json::to_string(&record).unwrap();
        prop_assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    }

    #[test]
    fn offsets_go_to_other_units_and_back(text in text()) {
        let bytes = EVERYTHING.annotate(&text).to_record();
        for (unit, other) in [(Unit::Chars, Unit::Utf16), (Unit::Utf16, Unit::Chars)] {
            let own = bytes.in_unit(unit, &text).unwrap();
            prop_assert_eq!(own.offsets, unit);
            prop_assert_eq!(&own.in_unit(Unit::Bytes, &text).unwrap(), &bytes);
            prop_assert_eq!(own.in_unit(other, &text).unwrap(), bytes.in_unit(other, &text).unwrap());
        }
        let chars: Vec<char> = text.chars().collect();
        for a in bytes.in_unit(Unit::Chars, &text).unwrap().annotations {
            prop_assert_eq!(chars[a.span.range()].iter().collect::<String>(), a.text);
        }
    }

    /// What came before says nothing to patterns without names: a speech that goes on over paragraphs, whose opening marks
    /// are read together, is the exception, and the text begins with no such mark.
    #[test]
    fn a_paragraph_before_shifts_spans(text in text(), before in "[a-zé]{1,8}( [a-zé]{1,8}){0,4}\\.") {
        let mut alone = EVERYTHING.annotate(&text).to_record();
        let by = before.len() + 2;
        let mut behind = EVERYTHING.annotate(&format!("{before}\n\n{text}")).to_record();
        let sentences = behind.sentences.len() - alone.sentences.len();
        behind.annotations.retain(|a| a.span.start() >= by);
        for a in &mut alone.annotations {
            let shift = |span: rhetor::Span| rhetor::Span::new(span.start() + by, span.end() + by);
            a.span = shift(a.span);
            a.sentence += sentences;
            for part in &mut a.parts {
                part.span = shift(part.span);
            }
        }
        prop_assert_eq!(behind.annotations, alone.annotations);
    }

    #[test]
    fn a_pattern_written_reads_back(line in pattern()) {
        reads_back(&line)?;
    }

    #[test]
    fn any_line_is_a_pattern_or_a_fault(line in signs()) {
        reads_back(&line)?;
    }

    #[test]
    fn any_string_is_a_lexicon_or_faults(file in prop_oneof![any::<String>(), "[a-z\\[\\]=\"#\n{}'., 0-9]{0,60}"]) {
        reads_without_panic(&file)?;
    }

    #[test]
    fn a_damaged_lexicon_is_a_lexicon_or_faults(file in mutated()) {
        reads_without_panic(&file)?;
    }
}

#[test]
fn the_sample_has_no_fault() {
    Lexicon::from_toml("sample.toml", SAMPLE).unwrap_or_else(|error| panic!("{error}"));
}

// --- bounds: each of these would run for ages, fill the memory or overflow the stack if nothing stopped it ---

fn faults_of(lexicon: &str) -> Vec<String> {
    let lexicon = Lexicon::from_toml("big.toml", lexicon).unwrap_or_else(|error| panic!("{error}"));
    let builder = Annotator::builder().language(support::plain_language()).lexicon(lexicon).all_devices();
    match builder.build() {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

#[test]
fn phrases_that_double_each_other_are_bounded() {
    let mut lexicon = head(&["one"]) + "[phrase]\np00 = \"a <word>\"\n";
    for n in 1..60 {
        lexicon += &format!("p{n:02} = \"<p{0:02}> <p{0:02}>\"\n", n - 1);
    }
    lexicon += &entry("e", "one", &["<p59>"], "");
    assert!(faults_of(&lexicon).iter().any(|fault| fault.contains("more than 16384 elements")));
}

#[test]
fn long_chains_of_classes_and_phrases_are_bounded() {
    let mut lexicon = head(&["one"]) + "[class]\n";
    for n in 0..20_000 {
        lexicon += &format!("c{n:05} = [\"<c{:05}>\"]\n", n + 1);
    }
    lexicon += "c20000 = [\"x\"]\n[phrase]\n";
    for n in 0..20_000 {
        let (open, close) = ("(a? ".repeat(15), "){2,3}".repeat(15));
        lexicon += &format!("p{n:05} = \"{open}!(<p{:05}>){close}\"\n", n + 1);
    }
    lexicon += "p20000 = \"y\"\n";
    let faults = faults_of(&lexicon);
    assert!(faults.iter().any(|fault| fault.contains("more than 16 deep")), "{:?}", faults.first());
}

#[test]
fn repeated_repetition_is_bounded() {
    let nested = |inner: &str, by: &str| (0..15).fold(inner.to_owned(), |inner, _| format!("({inner}){by}"));
    for pattern in
        [nested("a", "{40}"), nested("a", "{0,40}") + " b", nested("a|b", "{1,40}"), nested("<word>?", "{40} x")]
    {
        let lexicon = head(&["one"]) + &entry("e", "one", &[&pattern], "");
        assert!(faults_of(&lexicon).iter().any(|fault| fault.contains("more than 4096 steps")), "{pattern}");
    }
}

#[test]
fn classes_do_not_lose_members_in_silence() {
    let many = "a|b|c|d|e|f|g|h|i|j";
    let lexicon = head(&["one"]) + &format!("[class]\nc = [\"{many} {many} {many}\"]\n");
    let lexicon = lexicon + &entry("e", "one", &["<c>"], "");
    assert!(faults_of(&lexicon)[0].contains("more than 512 phrases"));
}

#[test]
fn what_must_not_follow_is_bounded() {
    let nested = |depth: usize| (0..depth).fold("z".to_owned(), |inner, _| format!("!(<word>{{0,40}} {inner})"));
    let lexicon = |depth| head(&["one"]) + &entry("e", "one", &[&format!("a {}", nested(depth))], "");
    assert!(faults_of(&lexicon(12))[0].contains("at most 4 deep"));
    let annotator = plain_annotator(&lexicon(3));
    assert!(annotator.annotate(&"a ".repeat(300)).annotations().count() <= 300);
}

#[test]
fn long_texts_of_one_sign_take_linear_time() {
    // Quadratic time would take hours here.
    for piece in
        ["“", "a “b. ", "a. “", "’", "a ", "A ", "Mr. ", "war ", "\n\n", "😊", "-", "(", "U.S. ", "the officials said "]
    {
        let text = piece.repeat(100_000);
        EVERYTHING.annotate(&text);
        BUNDLED.annotate(&text);
    }
}

#[test]
fn a_fault_in_a_very_long_line_shows_what_is_near() {
    let lexicon = head(&["one"]) + &entry("e", "one", &[&("word ".repeat(40_000) + "(")], "");
    let faults = faults_of(&lexicon);
    assert!(faults.iter().all(|line| line.len() < 1000), "{:?}", faults.iter().map(String::len).max());
    assert_eq!(faults.iter().filter(|line| line.contains('^')).count(), 1);
}

#[test]
fn lexicons_that_use_each_other_in_every_way_are_told_so() {
    let ids: Vec<String> = (0..24).map(|n| format!("test/l{n}")).collect();
    let mut builder = Annotator::builder().language(support::plain_language()).all_devices();
    for n in 0..24 {
        // The last uses all the others and is used by none.
        let others: Vec<&str> = ids.iter().take(23).filter(|id| **id != ids[n]).map(String::as_str).collect();
        let file = head(&["one"]).replacen("test/lexicon", &ids[n], 1).replacen(
            "\n\n",
            &format!("\nuse = {}\n\n", support::list(&others)),
            1,
        ) + &entry("e", "one", &["x"], "");
        builder =
            builder.lexicon(Lexicon::from_toml(&format!("{n}.toml"), &file).unwrap_or_else(|error| panic!("{error}")));
    }
    let faults = builder.build().unwrap_err().to_string();
    assert_eq!(faults.lines().filter(|line| line.contains("in turn")).count(), 23 * 22);
}
