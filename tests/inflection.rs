//! The forms of `tests/cases/inflection.toml`, and what holds for any string.

#![cfg(feature = "bundled")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rhetor::{Form, Inflection};

const CASES: &str = include_str!("cases/inflection.toml");

const FORMS: [&str; 13] = ["v", "vb", "vbz", "vbg", "vbd", "vbn", "n", "nn", "nns", "a", "jj", "jjr", "jjs"];

#[test]
fn every_case() {
    let groups: BTreeMap<String, Vec<String>> = toml::from_str(CASES).expect("the table of cases is TOML");
    let mut faults = Vec::new();
    let mut forms_tested = 0;
    for (group, cases) in &groups {
        for case in cases {
            let words: Vec<&str> = case.split_whitespace().collect();
            let [lemma, tag, expected @ ..] = words.as_slice() else {
                panic!("{group}: `{case}` is no case: write lemma, tag and forms");
            };
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            forms_tested += expected.len();
            let found = Inflection::english().forms(lemma, tag.parse().expect(case));
            if found != expected {
                faults.push(format!("{group}: {lemma}/{tag}\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} wrong:\n{}", faults.len(), faults.join("\n"));
    assert!(forms_tested >= 330, "only {forms_tested} forms");
}

#[test]
fn tags_and_back() {
    for tag in FORMS {
        assert_eq!(tag.parse::<Form>().map(|form| form.to_string()).as_deref(), Ok(tag));
    }
}

/// Whichever of its spellings a word is looked up by, the forms are the same.
#[test]
fn either_spelling_gives_both() {
    let english = Inflection::english();
    for word in ["neutralise", "labour", "centre", "defence", "anaesthetise", "travel", "fulfil", "programme", "grey"] {
        for spelling in english.forms(word, Form::Nn) {
            assert_eq!(english.forms(&spelling, Form::Noun), english.forms(word, Form::Noun), "{spelling}");
        }
    }
}

#[test]
fn irregular_words_are_offered_to_patterns() {
    let english = Inflection::english();
    let participles: Vec<&str> = english.participles().collect();
    for word in ["been", "killed", "overthrown", "shot", "withdrawn", "misunderstood", "undergone", "taken"] {
        assert_eq!(participles.contains(&word), word != "killed", "{word}");
    }
    let pasts: Vec<&str> = english.irregular_pasts().collect();
    assert!(pasts.contains(&"overthrew") && pasts.contains(&"was") && !pasts.contains(&"been"));
    assert!(participles.is_sorted() && pasts.is_sorted());
}

/// A fault in the file is told with its line.
#[test]
fn faults_name_their_line() {
    let head = "schema = 1\nid = 'x'\nversion = '1.0.0'\nletters.V = 'aeiou'\nset.some = 'a b'\n";
    let empty = [("rules", "[]"), ("irregular", "[]"), ("spelling", "[]")];
    for (part, value, message) in [
        ("rules", "[{ form = 'nns', rules = ['s'] }]", "`s`: a rule is a pattern"),
        ("rules", "[{ form = 'nns', rules = ['s es'] }]", "a `|` must show"),
        ("rules", "[{ form = 'nns', rules = ['X|s es'] }]", "`X` is no class"),
        ("rules", "[{ form = 'nns', rules = ['*|s es'] }]", "`*` is no class"),
        ("rules", "[{ form = 'nns', rules = ['|s es @other'] }]", "no set `other`"),
        ("rules", "[{ form = 'nnz', rules = [] }]", "`nnz` is no form"),
        ("irregular", "[{ columns = 'nns', words = ['a b c'] }]", "more forms than columns"),
        ("irregular", "[{ columns = 'nns', words = ['a b; a c'] }]", "`a` is listed twice"),
        ("irregular", "[{ columns = 'nns', words = ['a vbd=b'] }]", "not a form of `n`"),
        ("irregular", "[{ columns = 'nns', words = ['a b;'] }]", "nothing stands"),
        ("irregular", "[{ columns = 'nns', words = ['a b'], prefixed = ['re: c'] }]", "`c` is not irregular"),
        ("spelling", "[{ pairs = ['grey'] }]", "two spellings"),
    ] {
        let others: String =
            empty.iter().filter(|(name, _)| *name != part).map(|(n, v)| format!("{n} = {v}\n")).collect();
        let error = Inflection::from_toml(&format!("{head}{others}{part} = {value}\n")).expect_err(value);
        assert!(error.line() == 8 && error.to_string().contains(message), "{value}: {error}");
    }
}

proptest! {
    /// No string makes it panic, and the base form holds the lemma.
    #[test]
    fn any_string(lemma in "\\PC*", word in "[a-z]{0,12}(-[a-z]{0,8})?") {
        for lemma in [lemma, word] {
            for tag in FORMS {
                let forms = Inflection::english().forms(&lemma, tag.parse().unwrap());
                prop_assert!(forms.is_sorted());
                if matches!(tag, "v" | "vb" | "n" | "nn" | "a" | "jj") {
                    prop_assert!(forms.contains(&lemma), "{tag}: {forms:?}");
                }
            }
        }
    }
}
