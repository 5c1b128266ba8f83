//! Sentences by the table of cases.

use rhetor::SentenceSplitter;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    sentences: Vec<String>,
}

fn sentences(text: &str) -> Vec<&str> {
    SentenceSplitter::english().sentences(text).map(|span| &text[span.range()]).collect()
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/sentences.toml")).unwrap();
    let mut failed = 0;
    for group in &table.group {
        for case in &group.cases {
            let found = sentences(&case.text);
            if found != case.sentences {
                failed += 1;
                eprintln!("{}, {}:\n  want {:?}\n  got  {found:?}", group.name, case.name, case.sentences);
            }
        }
    }
    assert_eq!(failed, 0, "failed of {}", table.group.iter().map(|group| group.cases.len()).sum::<usize>());
}

#[test]
fn what_stands_around_a_text_changes_nothing_in_it() {
    let table: Table = toml::from_str(include_str!("cases/sentences.toml")).unwrap();
    for case in table.group.iter().flat_map(|group| &group.cases) {
        let text = format!("É 😀\n\n{}\n\nThe end.", case.text);
        let found = sentences(&text);
        assert_eq!(found[1..found.len() - 1], case.sentences, "{}", case.name);
    }
}

#[test]
fn time_is_linear() {
    // Quadratic time would take hours here.
    let pieces = [
        ".",
        "?",
        "…",
        "。",
        ". ",
        ". . ",
        "(",
        ")",
        ". (",
        "a. A",
        "A.B",
        "\"",
        ".\"",
        ":",
        "From: ",
        "1. ",
        "1) A ",
        "• ",
        "\n",
        "\na",
        "A\n",
        "- A\n",
        "a.1",
        "a. [1]",
        ". 😀",
        "a! ",
        "By 9 p.m. Gen. ",
        " ",
        "\u{301}",
        "a\u{301}.",
        "?' ",
    ];
    for piece in pieces {
        sentences(&piece.repeat(200_000));
    }
}
