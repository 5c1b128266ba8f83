//! JSON Lines: in order, at once, whatever a line holds.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{json, Value};

use super::{said, written, Place};

fn ids(lines: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["id"].as_str().expect("an id").to_owned();
    lines.lines().map(id).collect()
}

fn start(place: &Place) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("rhetor"))
        .current_dir(place.path(""))
        .args([
            "annotate",
            "--lexicon",
            "house.toml",
            "--device",
            "wordy",
            "--input",
            "jsonl",
            "--format",
            "jsonl",
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

#[test]
fn each_result_comes_before_the_next_line_is_sent() {
    let place = Place::new();
    let mut child = start(&place);
    let mut to = child.stdin.take().expect("a pipe");
    let mut from = BufReader::new(child.stdout.take().expect("a pipe"));
    for number in 0..5 {
        writeln!(to, "{}", json!({"id": number.to_string(), "text": "Not at this point in time."})).expect("it reads");
        let mut line = String::new();
        from.read_line(&mut line).expect("it answers");
        let record: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(record["id"], number.to_string());
        assert_eq!(record["annotations"][0]["start"], 4);
    }
    drop(to);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let place = Place::new();
    let mut child = start(&place);
    drop(child.stdout.take());
    let mut to = child.stdin.take().expect("a pipe");
    // It stops reading at some point; nothing wrong with that.
    while writeln!(to, "{}", json!({"text": "Not at this point in time."})).is_ok() {}
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr)), (Some(0), "".into()));
}

#[test]
fn results_keep_the_order_of_the_lines() {
    let place = Place::new();
    let line =
        |n: usize| json!({"id": n.to_string(), "text": "At this point in time. ".repeat(n % 50 * 20)}).to_string();
    let lines = (0..400).map(line).collect::<Vec<_>>().join("\n");
    let wanted: Vec<String> = (0..400).map(|n| n.to_string()).collect();
    for jobs in [1, 2, 7] {
        let mut command = place.annotate(&format!("--input jsonl --format jsonl --jobs {jobs} -"));
        assert_eq!(ids(&written(command.write_stdin(lines.clone()), 0)), wanted, "{jobs}");
    }
}

#[test]
fn a_bad_line_is_named_and_the_others_are_done() {
    let place = Place::new();
    let mut feed = b"{\"id\":\"a\",\"text\":\"x\"}\nnonsense\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":7}\n".to_vec();
    feed.extend(b"{\"id\":\"d\",\"text\":\"\xff\"}\n\n  \n{\"id\":\"e\",\"text\":\"\",\"more\":[1]}");
    place.file("feed.jsonl", &feed);
    let mut command = place.annotate("--input jsonl --format jsonl feed.jsonl");
    assert_eq!(ids(&written(&mut command, 2)), ["a", "e"]);
    insta::assert_snapshot!(said(&mut command, 2), @r"
    error: feed.jsonl: line 2: not a JSON object
    error: feed.jsonl: line 3: missing field `text` (column 10)
    error: feed.jsonl: line 4: invalid type: integer `7`, expected a string (column 18)
    error: feed.jsonl: line 5: not UTF-8 at byte 18
    ");
    let said = said(place.annotate("--input jsonl -").write_stdin("{"), 2);
    assert!(said.starts_with("error: standard input: line 1: not JSON: "), "{said}");
}

#[test]
fn a_line_without_id_has_its_number() {
    let place = Place::new();
    let feed = "\u{feff}{\"text\":\"x\"}\r\n\r\n{\"id\":null,\"text\":\"\"}\r\n{\"id\":\"\",\"text\":\"\"}";
    let mut command = place.annotate("--input jsonl --format jsonl");
    assert_eq!(ids(&written(command.write_stdin(feed), 0)), ["1", "3", ""]);
}

#[test]
fn several_files_follow_each_other() {
    let place = Place::new();
    place.file("d/b.jsonl", "{\"text\":\"x\"}\n{\"text\":\"x\"}\n");
    place.file("d/a.jsonl", "{\"id\":\"a\",\"text\":\"x\"}");
    let mut command = place.annotate("--input jsonl --format jsonl d missing.jsonl d/a.jsonl");
    assert_eq!(ids(&written(&mut command, 2)), ["a", "1", "2", "a"]);
}

#[test]
fn limits_count_over_all_lines() {
    let place = Place::new();
    let feed = "{\"text\":\"At this point in time.\"}\n".repeat(20);
    place.annotate("--input jsonl --fail-on wordy=20").write_stdin(feed.clone()).assert().code(1);
    place.annotate("--input jsonl --fail-on wordy=21").write_stdin(feed).assert().code(0);
}

#[test]
fn other_formats_take_lines_too() {
    let place = Place::new();
    let feed = "{\"id\":\"x\",\"text\":\"At this point in time.\"}\n";
    assert!(written(place.annotate("--input jsonl").write_stdin(feed), 0).starts_with("==> x <==\n[At this"));
    assert!(written(place.annotate("--input jsonl --format html").write_stdin(feed), 0).contains("<h2>x</h2>"));
    let list: Value =
        serde_json::from_str(&written(place.annotate("--input jsonl --format json").write_stdin(feed), 0))
            .expect("JSON");
    assert_eq!(list[0]["id"], "x");
}
