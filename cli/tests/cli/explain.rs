//! Why something is tagged, or why it is not.

use serde_json::Value;

use super::{said, written, Place};

const TEXT: &str = "Café: no plans at this point\nin time. They met a handful of times.\n\nIn physics, at this point in time, a handful more.\n";

impl Place {
    /// `rhetor explain` with the house lexicon and its default device.
    fn explain(&self, args: &str, phrase: Option<&str>) -> assert_cmd::Command {
        let mut command = self.rhetor(&format!("explain --lexicon house.toml --device wordy {args}"));
        command.args(phrase.iter().flat_map(|phrase| ["--phrase", phrase]));
        command
    }
}

fn place() -> Place {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place
}

#[test]
fn every_tag_of_a_file_is_explained() {
    insta::assert_snapshot!(written(&mut place().explain("a.txt", None), 0), @r#"
    a.txt:1:16  wordy (time): "at this point in time"
      house/plain-words 1.2.0 at-this-point-in-time
      pattern   at this point in time
                at       at
                this     this
                point    point
                in       in
                time     time
      excludes  physics  –
      gloss     now

    a.txt:2:19  wordy (number): "a handful of"
      house/plain-words 1.2.0 a-number-of
      pattern   a <few> of
                a      a
                <few>  handful
                of     of
      note      How many?
    "#);
}

#[test]
fn a_line_or_a_place_is_enough() {
    let place = place();
    let all = written(&mut place.explain("a.txt", None), 0);
    let (first, second) = all.split_once("\n\n").expect("two tags");
    assert_eq!(written(&mut place.explain("a.txt:1", None), 0), format!("{first}\n"));
    assert_eq!(written(&mut place.explain("a.txt:2", None), 0), all);
    assert_eq!(written(&mut place.explain("a.txt:2:21", None), 0), second);
    assert_eq!(
        written(place.explain("-- -:1:16", None).write_stdin(TEXT), 0),
        format!("{first}\n").replace("a.txt", "-")
    );
}

#[test]
fn a_file_may_be_called_like_a_place() {
    let place = place();
    place.file("b.txt:7", "A handful of them.");
    assert!(written(&mut place.explain("b.txt:7", None), 0).starts_with("b.txt:7:1:1  wordy"));
}

#[test]
fn where_there_is_no_tag_it_says_so() {
    insta::assert_snapshot!(written(&mut place().explain("a.txt:4", None), 0), @r#"no tag in a.txt:4; --phrase "…" tells why a phrase of it is none"#);
}

#[test]
fn a_phrase_is_explained_wherever_it_stands() {
    insta::assert_snapshot!(written(&mut place().explain("a.txt", Some("At this point in time")), 0), @r#"
    a.txt:1:16  wordy (time): "at this point in time"
      house/plain-words 1.2.0 at-this-point-in-time
      pattern   at this point in time
                at       at
                this     this
                point    point
                in       in
                time     time
      excludes  physics  –
      gloss     now

    a.txt:4:13  wordy (time): "at this point in time" matches, but is not tagged
      house/plain-words 1.2.0 at-this-point-in-time
      pattern   at this point in time
                at       at
                this     this
                point    point
                in       in
                time     time
      excludes  physics  ✗ "physics" stands in the sentence
    "#);
}

#[test]
fn the_nearest_patterns_are_shown() {
    let place = place();
    insta::assert_snapshot!(written(&mut place.explain("a.txt:4", Some("a handful more")), 0), @r#"
    a.txt:4:36  "a handful more" is not tagged; the nearest patterns:
      house/plain-words 1.2.0 a-number-of (wordy)
      pattern   a <few> of
                a      a
                <few>  handful
                of     ✗ "more": wanted "of"
    "#);
    let none = written(&mut place.explain("a.txt:4 --nearest 0", Some("a handful more")), 0);
    assert_eq!(none, "a.txt:4:36  \"a handful more\" is not tagged, and no pattern that is looked for comes near it\n");
}

#[test]
fn a_device_that_is_not_looked_for_is_named() {
    let place = place();
    let mut command = place.explain("", Some("absolutely must"));
    insta::assert_snapshot!(written(command.args(["--text", "You absolutely must go."]), 0), @r#"
    1:5  "absolutely must" is not tagged, and no pattern that is looked for comes near it

    1:5  "absolutely must" would be tagged as shouty, which is not looked for
      --device wordy,shouty looks for it too
    "#);
}

#[test]
fn json_has_everything() {
    let place = place();
    let json =
        |command: &mut assert_cmd::Command| -> Value { serde_json::from_str(&written(command, 0)).expect("JSON") };
    let file = json(&mut place.explain("a.txt --format json", None));
    assert_eq!(file["id"], "a.txt");
    let tag = &file["explanations"][0]["tags"][1];
    assert_eq!((&tag["start"], &tag["text"]), (&Value::from(48), &Value::from("a handful of")));
    assert_eq!(tag["elements"][1]["element"], "<few>");
    assert_eq!(tag["elements"][1]["met"]["text"], "handful");
    let lost = json(&mut place.explain("a.txt:4 --format json", Some("at this point in time")));
    assert_eq!(lost["explanations"][0]["lost"][0]["lost"]["to"], "excluded");
    assert_eq!(lost["explanations"][0]["lost"][0]["lost"]["text"], "physics");
    let near = json(&mut place.explain("a.txt --format json --nearest 1", Some("a handful more")));
    assert_eq!(near["explanations"][0]["nearest"].as_array().map(Vec::len), Some(1));
    assert_eq!(near["explanations"][0]["nearest"][0]["found"]["text"], "more");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let place = place();
    for (args, phrase, wanted) in [
        ("a.txt", Some("nothing of this"), "\"nothing of this\" does not stand in a.txt as whole words"),
        ("a.txt:2", Some("a handful more"), "does not stand in a.txt:2"),
        ("a.txt", Some(""), "does not stand in a.txt"),
        ("a.txt:9", None, "a.txt has no line 9; its last is line 5"),
        ("a.txt:0", None, "a.txt has no line 0"),
        ("missing.txt:3", None, "missing.txt: "),
        ("", None, "<FILE[:LINE[:COLUMN]]>"),
        ("a.txt --text b", None, "cannot be used with"),
        ("a.txt --nearest many", None, "invalid value 'many'"),
    ] {
        let said = said(&mut place.explain(args, phrase), 2);
        assert!(said.contains(wanted), "{args}: {said}");
    }
    assert!(said(&mut place.rhetor("explain --device nothing --text x"), 2).contains("no lexicon declares the device"));
}

#[test]
fn nothing_in_the_text_steers_the_terminal() {
    let place = place();
    place.file("c.txt", "A handful of \u{1b}[2J, a handful \u{1b}[2J.");
    for phrase in [None, Some("handful")] {
        assert!(!written(&mut place.explain("c.txt", phrase), 0).contains('\x1b'));
    }
    assert!(written(&mut place.explain("a.txt --color always", None), 0).contains('\x1b'));
}
