//! Lexicons that extend a bundled one: what becomes of its entries, and what the results name.

#![cfg(feature = "bundled")]

use rhetor::{Annotator, BuildError, Lexicon, Record};

/// A lexicon that extends `en/passive-voice`, with `more` behind its head.
fn extending(id: &str, requirement: &str, more: &str) -> Lexicon {
    let text = format!(
        "schema = 1\nid = \"{id}\"\nversion = \"2.1.0\"\nlanguage = \"en\"\ntitle = \"Ours\"\nlicense = \"CC0-1.0\"\n\
         extends = \"en/passive-voice{requirement}\"\n{more}"
    );
    Lexicon::from_toml("ours.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

fn annotate(lexicons: &[&Lexicon], text: &str) -> Record {
    let builder = lexicons.iter().fold(Annotator::builder(), |builder, lexicon| builder.lexicon((*lexicon).clone()));
    let annotator = builder.only(["passive-voice"]).build().unwrap_or_else(|error| panic!("{error}"));
    annotator.annotate(text).to_record()
}

/// Text, lexicon and entry of each tag.
fn tags(record: &Record) -> Vec<[&str; 3]> {
    record.annotations.iter().map(|tag| [&*tag.text, &*tag.entry.lexicon, &*tag.entry.id]).collect()
}

const TEXT: &str = "The bridge was built. It came by hand. He got beaten.";

#[test]
fn entries_are_added_changed_and_disabled() {
    let plain = annotate(&[], TEXT);
    assert_eq!(
        tags(&plain),
        [["was built", "en/passive-voice", "passive"], ["got beaten", "en/passive-voice", "passive-get"]]
    );
    let ours = extending(
        "ours/passives",
        "@^1",
        r#"
        disable = [{ entry = "passive-get", reason = "We do not count them." }]
        [[override]]
        entry = "passive"
        reason = "Our own words."
        note = "Say who built it."
        confidence = 0.5
        [[entry]]
        id = "by-hand"
        kind = "agentless"
        match = ["by hand"]
        note = "Whose?"
        since = "2.1.0"
        examples = ["It came [by hand]."]
        "#,
    );
    assert_eq!((ours.overrides()[0].entry(), ours.overrides()[0].reason()), ("passive", "Our own words."));
    assert_eq!((ours.disabled()[0].entry(), ours.disabled()[0].reason()), ("passive-get", "We do not count them."));
    assert!(rhetor::check(ours.clone()).unwrap().is_empty());

    let record = annotate(&[&ours], TEXT);
    assert_eq!(tags(&record), [["was built", "ours/passives", "passive"], ["by hand", "ours/passives", "by-hand"]]);
    let changed = &record.annotations[0];
    assert_eq!(changed.note.as_deref(), Some("Say who built it."));
    assert_eq!(changed.confidence, 0.5);
    assert_eq!(changed.kind, plain.annotations[0].kind);

    // The results name both, each as it was written.
    let base = Lexicon::bundled("en/passive-voice").unwrap();
    for source in [ours.source(), base.source()] {
        assert!(record.lexicons.contains(&source), "{source:?}");
    }
}

#[test]
fn what_is_extended_may_be_given_too() {
    let base = Lexicon::bundled("en/passive-voice@^1").unwrap();
    let ours = extending("ours/passives", "@^1", "disable = [{ entry = \"passive\", reason = \"None of it.\" }]");
    for order in [[&base, &ours], [&ours, &base]] {
        let record = annotate(&order, TEXT);
        assert_eq!(tags(&record), [["got beaten", "en/passive-voice", "passive-get"]]);
        assert!(record.lexicons.contains(&base.source()));
    }
}

#[test]
fn two_may_extend_one_unless_they_change_the_same() {
    let one = extending("ours/one", "", "disable = [{ entry = \"passive\", reason = \"None of it.\" }]");
    let other = extending("ours/two", "", "disable = [{ entry = \"passive-get\", reason = \"Nor of that.\" }]");
    assert_eq!(tags(&annotate(&[&one, &other], TEXT)), Vec::<[&str; 3]>::new());

    let same = extending("ours/three", "", "disable = [{ entry = \"passive\", reason = \"Twice.\" }]");
    let error = Annotator::builder().lexicon(one).lexicon(same).build().unwrap_err();
    assert!(error.to_string().contains("ours.toml:8:22, entry \"passive\": en/passive-voice"), "{error}");
}

#[test]
fn a_version_out_of_range_is_a_fault() {
    let error = Lexicon::from_toml(
        "ours.toml",
        "schema = 1\nid = \"a/b\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"T\"\nlicense = \"CC0-1.0\"\n\
         extends = \"en/passive-voice@^9\"\n",
    )
    .unwrap_err();
    let [fault] = error.faults() else { panic!("{error}") };
    assert_eq!((fault.line(), fault.column()), (7, 11));
    assert!(
        fault.message().contains("there is no \"en/passive-voice@^9\"; of en/passive-voice there are: 1."),
        "{fault}"
    );

    // Given by hand, too, what is extended has to fit.
    let text = "schema = 1\nid = \"en/passive-voice\"\nversion = \"9.0.0\"\nlanguage = \"en\"\ntitle = \"T\"\nlicense = \"CC0-1.0\"\n";
    let base = Lexicon::from_toml("base.toml", text).unwrap();
    let ours = extending("ours/passives", "@^1", "");
    let error = Annotator::builder().lexicon(base).lexicon(ours).build().unwrap_err();
    assert!(matches!(error, BuildError::Lexicon(_)));
    assert!(error.to_string().contains("ours.toml:7:11: en/passive-voice is here in version 9.0.0"), "{error}");
}
