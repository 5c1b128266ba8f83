//! Lexicons listed, shown and checked.

use serde_json::Value;

use super::{said, written, Place, HOUSE};

#[test]
fn the_bundled_ones_are_listed() {
    let place = Place::new();
    let list = written(&mut place.rhetor("lexicon list"), 0);
    assert!(list.starts_with("ID "));
    assert!(list.lines().any(|line| line.starts_with("en/unnamed-source ")));
    let all: Vec<Value> =
        serde_json::from_str(&written(&mut place.rhetor("lexicon list --format json"), 0)).expect("JSON");
    assert_eq!(all.len(), list.lines().count() - 1);
    assert!(all.iter().all(|lexicon| lexicon["fingerprint"].as_str().is_some_and(|hash| hash.len() == 64)));
}

#[test]
fn a_lexicon_is_shown() {
    let place = Place::new();
    let page = written(&mut place.rhetor("lexicon show house.toml --entries"), 0);
    let page: Vec<&str> = page.lines().filter(|line| !line.contains("fingerprint")).collect();
    insta::assert_snapshot!(page.join("\n"));
    place.rhetor("lexicon show en/unnamed-source").assert().code(0);
}

#[test]
fn an_entry_is_shown() {
    let place = Place::new();
    insta::assert_snapshot!(written(&mut place.rhetor("lexicon show house.toml at-this-point-in-time"), 0));
}

#[test]
fn what_does_not_exist_is_not_shown() {
    let place = Place::new();
    assert!(
        said(&mut place.rhetor("lexicon show en/nothing"), 2).contains("no bundled lexicon is called \"en/nothing\"")
    );
    assert!(said(&mut place.rhetor("lexicon show house.toml nothing"), 2).contains("no entry \"nothing\""));
}

#[test]
fn a_lexicon_without_fault_is_counted() {
    let place = Place::new();
    assert_eq!(
        written(&mut place.rhetor("lexicon check house.toml"), 0),
        "house.toml: 3 entries, 4 examples, no fault\n"
    );
}

#[test]
fn every_fault_has_its_place() {
    let place = Place::new();
    let faulty = HOUSE
        .replace("kind = \"time\"\n", "kind = \"tmie\"\n")
        .replace("<few>", "<fwe>")
        .replace("[absolutely must] go", "[surely must] go");
    place.file("faulty.toml", faulty);
    let mut command = place.rhetor("lexicon check house.toml faulty.toml missing.toml");
    assert_eq!(written(&mut command, 2), "house.toml: 3 entries, 4 examples, no fault\n");
    let said = said(&mut command, 2);
    let places: Vec<&str> = said.lines().filter(|line| line.starts_with("faulty.toml:")).collect();
    assert!(places.len() >= 3, "{said}");
    for (place, wanted) in [
        ("faulty.toml:33:8, ", "no kind \"tmie\""),
        ("faulty.toml:46:13, ", "fwe"),
        ("faulty.toml:57:13, ", "not tagged"),
    ] {
        assert!(places.iter().any(|line| line.starts_with(place) && line.contains(wanted)), "{place}: {said}");
    }
    assert!(said.contains("^^^"), "{said}");
    assert!(said.contains("error: faulty.toml: 3 faults"), "{said}");
    assert!(said.contains("missing.toml: "), "{said}");
}

#[test]
fn warnings_stand_apart_from_faults() {
    let place = Place::new();
    let file = HOUSE.replace("small number\", \"handful\"", "small number\", \"handful\", \"!few\"");
    place.file("doubtful.toml", file.clone() + "[phrase]\nidle = \"x\"\n");
    let mut command = place.rhetor("lexicon check doubtful.toml house.toml");
    insta::assert_snapshot!(written(&mut command, 0), @r"
    doubtful.toml: 3 entries, 4 examples, no fault, 2 warnings
    house.toml: 3 entries, 4 examples, no fault
    ");
    insta::assert_snapshot!(said(&mut command, 0), @r#"
    doubtful.toml:28:36: warning: `!few` takes nothing away: no other member of the list brings it in
        few = ["small number", "handful", "!few"]
                                           ^^^^
    doubtful.toml:59:1: warning: no entry uses the phrase `idle`; use it or take it away
        idle = "x"
        ^^^^
    "#);
    let said_strictly = said(&mut place.rhetor("lexicon check --strict doubtful.toml"), 1);
    assert!(
        said_strictly.ends_with("error: doubtful.toml: no fault, 2 warnings, against --strict\n"),
        "{said_strictly}"
    );
    place.file("faulty.toml", file.replace("[absolutely must] go", "[surely must] go"));
    let said = said(&mut place.rhetor("lexicon check --strict doubtful.toml faulty.toml"), 2);
    assert!(said.ends_with("error: faulty.toml: 1 fault, 1 warning\n"), "{said}");
}

#[test]
fn faults_come_as_json_too() {
    let place = Place::new();
    place.file("doubtful.toml", HOUSE.replace("\"handful\"", "\"handful\", \"!few\"").replace("must] go", "must] be"));
    place.file("faulty.toml", HOUSE.replace("[absolutely must] go", "[surely must] go"));
    let list = written(&mut place.rhetor("lexicon check --format json doubtful.toml faulty.toml"), 2);
    insta::assert_snapshot!(list, @r#"
    [
      {
        "column": 36,
        "entry": null,
        "file": "doubtful.toml",
        "line": 28,
        "message": "`!few` takes nothing away: no other member of the list brings it in",
        "severity": "warning"
      },
      {
        "column": 13,
        "entry": "must",
        "file": "faulty.toml",
        "line": 57,
        "message": "the example is not tagged",
        "severity": "error"
      }
    ]
    "#);
    assert_eq!(written(&mut place.rhetor("lexicon check --format json house.toml"), 0), "[]\n");
    assert!(written(&mut place.rhetor("lexicon check --format json --strict doubtful.toml"), 1).contains("warning"));
}

#[test]
fn a_file_that_is_no_lexicon_has_faults_too() {
    let place = Place::new();
    place.file("broken.toml", "schema = 1\nid = [");
    place.file("latin.toml", b"title = \"caf\xe9\"");
    assert!(said(&mut place.rhetor("lexicon check broken.toml"), 2).contains("broken.toml:2:"));
    assert!(said(&mut place.rhetor("lexicon check latin.toml"), 2).contains("latin.toml: not UTF-8 at byte 12"));
}
