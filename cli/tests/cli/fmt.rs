//! `rhetor lexicon fmt`: what is written, what is left alone.

use std::fs;

use super::{said, written, Place, HOUSE};

const UNTIDY: &str = include_str!("untidy.toml");

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path(name)).expect("a file")
}

#[test]
fn files_are_laid_out_and_those_that_changed_are_named() {
    let place = Place::new();
    place.file("untidy.toml", UNTIDY);
    assert_eq!(written(&mut place.rhetor("lexicon fmt untidy.toml house.toml"), 0), "untidy.toml\n");
    assert_eq!(read(&place, "house.toml"), HOUSE);
    let tidy = read(&place, "untidy.toml");
    assert!(tidy.starts_with("# A file about plain words.\n# Two lines about it.\n\nschema = 1\nid = "), "{tidy}");
    assert_eq!(written(&mut place.rhetor("lexicon fmt untidy.toml"), 0), "");
    // Nothing else is left behind.
    assert_eq!(fs::read_dir(place.path(".")).expect("a directory").count(), 2);
}

#[test]
fn a_check_writes_nothing() {
    let place = Place::new();
    place.file("untidy.toml", UNTIDY);
    let mut command = place.rhetor("lexicon fmt --check house.toml untidy.toml");
    assert_eq!(written(&mut command, 1), "untidy.toml\n");
    assert_eq!(
        said(&mut command, 1),
        "error: 1 file is laid out otherwise; `rhetor lexicon fmt` without --check writes what would be\n"
    );
    assert_eq!(read(&place, "untidy.toml"), UNTIDY);
    assert_eq!(written(&mut place.rhetor("lexicon fmt --check house.toml"), 0), "");
    assert_eq!(written(place.rhetor("lexicon fmt --check -").write_stdin(UNTIDY), 1), "standard input\n");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let place = Place::new();
    place.file("untidy.toml", UNTIDY);
    let tidy = written(place.rhetor("lexicon fmt -").write_stdin(UNTIDY), 0);
    written(&mut place.rhetor("lexicon fmt untidy.toml"), 0);
    assert_eq!(tidy, read(&place, "untidy.toml"));
    assert_eq!(written(place.rhetor("lexicon fmt -").write_stdin(tidy.clone()), 0), tidy);
}

#[test]
fn what_is_faulty_is_left_as_it_is() {
    let place = Place::new();
    let faulty = UNTIDY.replace("year = 1999", "year = \"long ago\"");
    let broken = UNTIDY.replace("gloss = \"now\"", "gloss = \"now");
    for (name, content, wanted) in [
        ("faulty.toml", faulty.as_bytes(), "faulty.toml:26:8: `year`: invalid type"),
        ("broken.toml", broken.as_bytes(), "broken.toml:68:13: invalid basic string"),
        ("other.toml", b"[package]\nname = 'x'\n", "other.toml:1:1: `schema` is missing"),
        ("latin.toml", b"title = 'caf\xe9'", "latin.toml: not UTF-8 at byte 12"),
    ] {
        place.file(name, content);
        let said = said(&mut place.rhetor(&format!("lexicon fmt {name}")), 2);
        assert!(said.contains(wanted), "{said}");
        assert_eq!(fs::read(place.path(name)).expect("a file"), content, "{name}");
    }
    let said = said(&mut place.rhetor("lexicon fmt faulty.toml missing.toml"), 2);
    assert!(said.contains("error: faulty.toml: left as it is because of its faults"), "{said}");
    assert!(said.contains("error: missing.toml: "), "{said}");
}

#[test]
fn the_others_are_done_all_the_same() {
    let place = Place::new();
    place.file("untidy.toml", UNTIDY);
    assert_eq!(written(&mut place.rhetor("lexicon fmt missing.toml untidy.toml"), 2), "untidy.toml\n");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{symlink, PermissionsExt};

    let place = Place::new();
    place.file("d/untidy.toml", UNTIDY);
    let file = place.path("d/untidy.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("d/untidy.toml", place.path("link.toml")).expect("a link");
    assert_eq!(written(&mut place.rhetor("lexicon fmt link.toml"), 0), "link.toml\n");
    assert!(fs::symlink_metadata(place.path("link.toml")).expect("a link").is_symlink());
    assert_ne!(read(&place, "d/untidy.toml"), UNTIDY);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);

    place.file("fixed.toml", UNTIDY);
    fs::set_permissions(place.path("fixed.toml"), fs::Permissions::from_mode(0o444)).expect("permissions");
    let said = said(&mut place.rhetor("lexicon fmt fixed.toml"), 2);
    assert_eq!(said, "error: cannot write fixed.toml: the file is read-only\n");
    assert_eq!(read(&place, "fixed.toml"), UNTIDY);
}
