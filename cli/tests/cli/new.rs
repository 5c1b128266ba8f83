//! `rhetor lexicon new`.

use std::fs;

use super::{said, written, Place};

#[test]
fn a_new_lexicon_passes_its_own_check_and_is_laid_out() {
    let place = Place::new();
    assert_eq!(written(&mut place.rhetor("lexicon new house/short-words"), 0), "");
    assert_eq!(
        written(&mut place.rhetor("lexicon check --strict short-words.toml"), 0),
        "short-words.toml: 3 entries, 7 examples, no fault\n"
    );
    assert_eq!(written(&mut place.rhetor("lexicon fmt --check short-words.toml"), 0), "");
    let shown = written(&mut place.rhetor("lexicon show short-words.toml"), 0);
    assert!(shown.starts_with("house/short-words 0.1.0: Short words\n"), "{shown}");
}

#[test]
fn it_tags_what_it_says() {
    let place = Place::new();
    written(&mut place.rhetor("lexicon new house/short-words"), 0);
    place.file("a.txt", "At this point in time the board has made a decision on pay.\n");
    let marked = written(&mut place.rhetor("annotate --lexicon short-words.toml --device short-words a.txt"), 0);
    insta::assert_snapshot!(marked, @r"
    [At this point in time](short-words) the board has [made a decision](short-words) on pay.

    2 tags in 1 sentence
    2  short-words  Short words (action 1, time 1)
         At this point in time: now
         made a decision: decide
    ");
}

#[test]
fn the_title_may_be_any() {
    let place = Place::new();
    let mut command = place.rhetor("lexicon new house/short-words --output - --title");
    let file = written(command.arg("\"Short\" words, it's 附带\n\\"), 0);
    place.file("titled.toml", file);
    assert_eq!(written(&mut place.rhetor("lexicon fmt --check titled.toml"), 0), "");
    let shown = written(&mut place.rhetor("lexicon show titled.toml"), 0);
    assert!(shown.starts_with("house/short-words 0.1.0: \"Short\" words, it's 附带\n\\\n"), "{shown}");
}

#[test]
fn nothing_is_written_over() {
    let place = Place::new();
    place.file("short-words.toml", "mine");
    let refusal = said(&mut place.rhetor("lexicon new house/short-words"), 2);
    assert_eq!(refusal, "error: short-words.toml exists; say another file with --output\n");
    assert_eq!(fs::read_to_string(place.path("short-words.toml")).expect("a file"), "mine");
    let note = said(&mut place.rhetor("lexicon new house/short-words --output other.toml"), 0);
    assert!(note.starts_with("note: wrote other.toml; "), "{note}");
    assert!(said(&mut place.rhetor("lexicon new a --output no/such/dir/a.toml"), 2)
        .contains("cannot write no/such/dir/a.toml"));
}

#[test]
fn ids_that_are_none_or_taken_are_refused() {
    let place = Place::new();
    for (id, wanted) in [
        ("House/Words", "\"House/Words\" cannot be an id: a lexicon's id is made of kebab-case parts"),
        ("house/", "\"house/\" cannot be an id: "),
        ("en/euphemism", "\"en/euphemism\" is a bundled lexicon"),
    ] {
        let said = said(&mut place.rhetor(&format!("lexicon new {id}")), 2);
        assert!(said.contains(wanted), "{said}");
    }
    assert_eq!(fs::read_dir(place.path(".")).expect("a directory").count(), 1);
}
