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
fn a_file_that_is_no_lexicon_has_faults_too() {
    let place = Place::new();
    place.file("broken.toml", "schema = 1\nid = [");
    place.file("latin.toml", b"title = \"caf\xe9\"");
    assert!(said(&mut place.rhetor("lexicon check broken.toml"), 2).contains("broken.toml:2:"));
    assert!(said(&mut place.rhetor("lexicon check latin.toml"), 2).contains("latin.toml: not UTF-8 at byte 12"));
}
