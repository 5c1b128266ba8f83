//! Formats, files and limits.

use std::fs;

use serde_json::Value;

use super::{said, written, Place};

const TEXT: &str = "Café: no plans at this point in time.\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn text_is_marked_and_explained() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    insta::assert_snapshot!(written(&mut place.annotate("a.txt"), 0), @r"
    Café: no plans [at this point in time](wordy).

    1 tag in 1 sentence
    1  wordy  Wordy (time 1)
         at this point in time: now
    ");
}

#[test]
fn standard_input_is_the_default() {
    let place = Place::new();
    let marked = written(place.annotate("").write_stdin(TEXT), 0);
    assert!(marked.contains("[at this point in time](wordy)"));
    assert_eq!(written(place.annotate("-").write_stdin(TEXT), 0), marked);
}

#[test]
fn json_is_an_object_for_one_text_and_an_array_for_several() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("b.txt", "");
    let one = json(&written(&mut place.annotate("--format json a.txt"), 0));
    assert_eq!(one["id"], "a.txt");
    assert_eq!(one["annotations"][0]["gloss"], "now");
    let two = json(&written(&mut place.annotate("--format json a.txt b.txt"), 0));
    assert_eq!(two[0], one);
    assert_eq!(two[1]["id"], "b.txt");
    assert_eq!(
        json(&written(place.annotate("--format json --input jsonl").write_stdin(""), 0)),
        Value::Array(Vec::new())
    );
}

#[test]
fn json_lines_have_the_path_as_id() {
    let place = Place::new();
    place.file("d/a.txt", TEXT);
    place.file("b.txt", TEXT);
    let lines = written(&mut place.annotate("--format jsonl b.txt d/a.txt"), 0);
    let ids: Vec<Value> = lines.lines().map(|line| json(line)["id"].clone()).collect();
    assert_eq!(ids, ["b.txt", "d/a.txt"]);
}

#[test]
fn offsets_count_what_was_asked_for() {
    let place = Place::new();
    place.file("a.txt", "😊 Café: no plans at this point in time.\n");
    for (unit, start) in [("bytes", 21), ("chars", 17), ("utf16", 18)] {
        let record = json(&written(&mut place.annotate(&format!("--format json --offsets {unit} a.txt")), 0));
        assert_eq!(record["offsets"], unit);
        assert_eq!(record["annotations"][0]["start"], start, "{unit}");
    }
}

#[test]
fn html_is_one_page() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("b.txt", "Nothing.");
    let page = written(&mut place.annotate("--format html a.txt b.txt"), 0);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<h1>2 articles</h1>") && page.contains("title=\"Wordy: time\nnow\n"));
}

#[test]
fn directories_are_searched_in_order() {
    let place = Place::new();
    for name in ["d/b.txt", "d/a/z.txt", "d/c.rst", "d/a.txt"] {
        place.file(name, TEXT);
    }
    let lines = written(&mut place.annotate("--format jsonl --jobs 3 d"), 0);
    let ids: Vec<Value> = lines.lines().map(|line| json(line)["id"].clone()).collect();
    assert_eq!(ids, ["d/a/z.txt", "d/a.txt", "d/b.txt"]);
    let heads: Vec<String> = written(&mut place.annotate("d"), 0)
        .lines()
        .filter(|line| line.starts_with("==>"))
        .map(str::to_owned)
        .collect();
    assert_eq!(heads, ["==> d/a/z.txt <==", "==> d/a.txt <==", "==> d/b.txt <=="]);
}

#[test]
fn a_file_can_take_the_results() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    assert_eq!(written(&mut place.annotate("--format json --output out.json a.txt"), 0), "");
    let record = json(&fs::read_to_string(place.path("out.json")).expect("a file"));
    assert_eq!(record["annotations"][0]["text"], "at this point in time");
}

#[test]
fn an_empty_text_has_an_empty_result() {
    let place = Place::new();
    place.file("a.txt", "");
    let record = json(&written(&mut place.annotate("--format json a.txt"), 0));
    assert_eq!((record["sentences"].clone(), record["annotations"].clone()), (json("[]"), json("[]")));
    assert!(written(&mut place.annotate("a.txt"), 0).contains("0 tags in 0 sentences"));
    assert!(written(&mut place.annotate("--format html a.txt"), 0).contains("</html>"));
}

#[test]
fn devices_are_chosen_by_name() {
    let place = Place::new();
    let devices = |choice: &str| {
        let mut command = place.rhetor(&format!("annotate --lexicon house.toml --format json {choice}"));
        let record = json(&written(command.write_stdin(""), 0));
        let ids = record["devices"].as_array().expect("a list").iter().map(|device| device["id"].clone());
        ids.filter(|id| id == "wordy" || id == "shouty").collect::<Vec<Value>>()
    };
    assert_eq!(devices(""), ["wordy"]);
    assert_eq!(devices("--device shouty"), ["shouty"]);
    assert_eq!(devices("--device wordy,shouty"), ["wordy", "shouty"]);
    assert_eq!(devices("--device wordy --device shouty"), ["wordy", "shouty"]);
    assert_eq!(devices("--device default,shouty"), ["wordy", "shouty"]);
    assert_eq!(devices("--device all"), ["wordy", "shouty"]);
}

#[test]
fn devices_are_listed() {
    let place = Place::new();
    let list = written(&mut place.rhetor("annotate --lexicon house.toml --list-devices"), 0);
    let line = |id: &str| {
        let line = list.lines().find(|line| line.starts_with(id)).expect("a line");
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("wordy"), "default Wordy: A long way to say a short thing.");
    assert_eq!(line("shouty"), "optional Shouty: Louder than need be.");
}

#[test]
fn limits_count_over_all_texts() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    place.file("b.txt", TEXT);
    for (limit, status) in [
        ("wordy", 1),
        ("wordy=1", 1),
        ("wordy=2", 1),
        ("wordy=3", 0),
        ("wordy=9,shouty", 0),
        ("wordy=9 --fail-on wordy=2", 1),
    ] {
        let mut command = place.annotate(&format!("--device shouty a.txt b.txt --fail-on {limit}"));
        assert!(written(&mut command, status).contains("(wordy)"), "{limit}");
    }
    insta::assert_snapshot!(said(&mut place.annotate("a.txt --fail-on wordy"), 1), @"error: 1 of wordy found, against --fail-on wordy=1");
}

#[test]
fn colour_heeds_what_everybody_heeds() {
    let place = Place::new();
    place.file("a.txt", TEXT);
    let colored = |args: &str, name: &str| {
        let mut command = place.annotate(&format!("a.txt {args}"));
        written(command.env(name, "1"), 0).contains("\x1b[")
    };
    assert!(!colored("", "UNSET"));
    assert!(colored("--color always", "UNSET"));
    assert!(colored("", "CLICOLOR_FORCE"));
    assert!(!colored("--color never", "CLICOLOR_FORCE"));
    assert!(!colored("", "NO_COLOR"));
    assert!(colored("--color always", "NO_COLOR"));
}
