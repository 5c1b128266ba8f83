//! What is wrong is said, with status 2, and the rest is done.

use super::{said, written, Place};

const TEXT: &str = "No plans at this point in time.\n";

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("bad.txt", b"caf\xe9 at this point in time");
    let mut command = place.annotate("bad.txt missing.txt a.txt --format jsonl");
    assert_eq!(written(&mut command, 2).lines().count(), 1);
    let said = said(&mut command, 2);
    assert!(said.contains("bad.txt: not UTF-8 at byte 3"), "{said}");
    assert!(said.contains("missing.txt: "), "{said}");
}

#[test]
fn json_stays_json_when_files_are_bad() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    let list = written(&mut place.annotate("missing.txt a.txt --format json"), 2);
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    assert_eq!(written(&mut place.annotate("missing.txt --format json"), 2), "");
}

#[test]
fn bad_input_goes_before_findings() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.annotate("missing.txt a.txt --fail-on wordy").assert().code(2);
}

#[test]
fn a_directory_without_texts_is_bad_input() {
    let place = Place::new();
    place.file("d/a.rst", TEXT);
    place.file("d/a.jsonl", "");
    let wanted = "d: no .txt or .md or .markdown or .html or .htm file in this directory";
    assert!(said(&mut place.annotate("d"), 2).contains(wanted));
    let wanted = "d: no .md or .markdown file in this directory";
    assert!(said(&mut place.annotate("d --input markdown"), 2).contains(wanted));
}

#[test]
fn no_text_is_written_over() {
    let place = Place::new();
    place.file("d/a.txt", TEXT);
    assert!(said(&mut place.annotate("d --output d/../d/a.txt"), 2).contains("d/../d/a.txt is to be read"));
    assert_eq!(std::fs::read_to_string(place.path("d/a.txt")).expect("a file"), TEXT);
}

#[test]
fn usage_is_checked_before_anything_is_read() {
    let place = Place::new();
    for (args, wanted) in [
        ("annotate --device wrody --lexicon house.toml missing.txt", "no lexicon declares the device \"wrody\""),
        ("annotate --lexicon missing.toml", "missing.toml: "),
        ("annotate --lexicon house.toml --lexicon house.toml", "two lexicons have the id \"house/plain-words\""),
        ("annotate --fail-on nothing", "--fail-on nothing: not among the devices looked for"),
        ("annotate --lexicon house.toml --fail-on shouty", "--fail-on shouty: not among the devices looked for"),
        ("annotate --fail-on wordy=0", "\"0\" is no number from 1 up"),
        ("annotate --fail-on wordy=many", "\"many\" is no number from 1 up"),
        ("annotate --jobs 0", "--jobs"),
        ("annotate --offsets words", "utf16"),
        ("annotate --output no/such/dir/out", "cannot write no/such/dir/out"),
        ("annotate --nonsense", "--nonsense"),
        ("", "Usage"),
    ] {
        let said = said(place.rhetor(args).write_stdin(""), 2);
        assert!(said.contains(wanted), "{args}: {said}");
    }
}

#[test]
fn every_fault_of_a_lexicon_is_said() {
    let place = Place::new();
    let house = super::HOUSE.replace("kind = \"time\"", "kind = \"tmie\"").replace("since = \"1.1.0\"", "");
    place.file("bad.toml", house);
    let said = said(place.rhetor("annotate --lexicon bad.toml").write_stdin(""), 2);
    assert!(said.contains("bad.toml:33:8, entry \"at-this-point-in-time\""), "{said}");
    assert!(said.contains("`since` is missing"), "{said}");
}

#[test]
fn a_lexicon_that_fails_its_examples_is_refused_unless_forced() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    let failing = super::HOUSE.replace("[at this point in time].", "at this [point] in time.");
    place.file("failing.toml", &failing);
    let annotate = |args: &str| place.rhetor(&format!("annotate --lexicon failing.toml --device wordy a.txt {args}"));
    insta::assert_snapshot!(said(&mut annotate(""), 2), @r#"
    error: house/plain-words fails its own examples; correct it, or use it as it is with --force
    failing.toml:39:13, entry "at-this-point-in-time": the example is tagged as ["at this point in time"]
        examples = ["They have no plans at this [point] in time."]
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
    assert_eq!(written(&mut annotate(""), 2), "");
    insta::assert_snapshot!(said(&mut annotate("--force"), 0), @r#"
    warning: failing.toml:39:13, entry "at-this-point-in-time": the example is tagged as ["at this point in time"]
        examples = ["They have no plans at this [point] in time."]
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
    assert!(written(&mut annotate("--force"), 0).contains("[at this point in time](wordy)"));
    // What is not looked for is not tried.
    let mut other = place.rhetor("annotate --lexicon failing.toml --device shouty a.txt");
    assert_eq!(said(&mut other, 0), "");
    // Nothing of it is rewritten.
    assert_eq!(std::fs::read_to_string(place.path("failing.toml")).expect("a file"), failing);
}

#[test]
fn nothing_in_the_input_steers_the_terminal() {
    let place = Place::new();
    let line = r#"{"id": "a\u001b[2J", "text": "at this point in time\u001b[2J"}"#;
    let mut command = place.annotate("--input jsonl");
    assert!(!written(command.write_stdin(line), 0).contains('\x1b'));
}
