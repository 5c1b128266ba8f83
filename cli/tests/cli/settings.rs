//! `rhetor.toml`: how it is found, what wins, what is said of a bad one.

use serde_json::Value;

use super::{said, written, Place, HOUSE};

const TEXT: &str = "No plans at this point in time. You absolutely must go.\n";

const SETTINGS: &str = r#"# of this project
lexicons = ["style/house.toml"]
devices = ["wordy", "shouty"]
exclude = ["archive/**", "*.draft.txt"]

[output]
format = "jsonl"
offsets = "chars"

[fail-on]
wordy = 2
shouty = 9
"#;

/// A project with settings and a lexicon in a directory of its own.
fn project() -> Place {
    let place = Place::new();
    place.file("news/rhetor.toml", SETTINGS);
    place.file("news/style/house.toml", HOUSE);
    place.file("news/today/a.txt", TEXT);
    place
}

/// The devices of each tag, a line for each text.
fn devices(lines: &str) -> Vec<Vec<String>> {
    let text = |tag: &Value| tag["device"].as_str().expect("a device").to_owned();
    let record = |line| serde_json::from_str::<Value>(line).expect("JSON");
    lines
        .lines()
        .map(|line| record(line)["annotations"].as_array().expect("a list").iter().map(text).collect())
        .collect()
}

fn ids(lines: &str) -> Vec<String> {
    let id = |line| serde_json::from_str::<Value>(line).expect("JSON")["id"].as_str().expect("an id").to_owned();
    lines.lines().map(id).collect()
}

#[test]
fn settings_are_found_upwards_from_the_text() {
    let place = project();
    let marked = written(&mut place.rhetor("annotate news/today/a.txt"), 0);
    assert_eq!(devices(&marked), [["wordy", "shouty"]]);
    assert!(marked.contains("\"offsets\":\"chars\""), "{marked}");
    // The directory itself, and the working directory for standard input.
    assert_eq!(devices(&written(&mut place.rhetor("annotate news"), 0)), [["wordy", "shouty"]]);
    let mut command = place.rhetor("annotate");
    let marked = written(command.current_dir(place.path("news/today")).write_stdin(TEXT), 0);
    assert_eq!(devices(&marked), [["wordy", "shouty"]]);
    // Where there is none, all is as it always was.
    let marked = written(place.rhetor("annotate --lexicon house.toml --device wordy").write_stdin(TEXT), 0);
    assert!(marked.starts_with("No plans [at this point in time](wordy)."), "{marked}");
}

#[test]
fn the_nearest_settings_are_heeded() {
    let place = project();
    place.file("news/today/rhetor.toml", "lexicons = [\"../style/house.toml\"]\ndevices = [\"shouty\"]");
    let marked = written(&mut place.rhetor("annotate news/today/a.txt"), 0);
    assert!(marked.starts_with("No plans at this point in time. You [absolutely must](shouty) go."), "{marked}");
}

#[test]
fn what_is_in_force_is_told_with_who_says_so() {
    let place = project();
    insta::assert_snapshot!(written(&mut place.rhetor("config news/today"), 0), @r"
    SETTING         VALUE                  FROM
    lexicons        news/style/house.toml  news/rhetor.toml:2
    devices         wordy                  news/rhetor.toml:3
    devices         shouty                 news/rhetor.toml:3
    exclude         archive/**             news/rhetor.toml:4
    exclude         *.draft.txt            news/rhetor.toml:4
    output.format   jsonl                  news/rhetor.toml:7
    output.offsets  chars                  news/rhetor.toml:8
    fail-on.shouty  9                      news/rhetor.toml:12
    fail-on.wordy   2                      news/rhetor.toml:11
    ");
    insta::assert_snapshot!(
        written(&mut place.rhetor("config news --device wordy --lexicon house.toml --offsets utf16 --fail-on wordy=3"), 0),
        @r"
    SETTING         VALUE                  FROM
    lexicons        news/style/house.toml  news/rhetor.toml:2
    lexicons        house.toml             flag
    devices         wordy                  flag
    exclude         archive/**             news/rhetor.toml:4
    exclude         *.draft.txt            news/rhetor.toml:4
    output.format   jsonl                  news/rhetor.toml:7
    output.offsets  utf16                  flag
    fail-on.shouty  9                      news/rhetor.toml:12
    fail-on.wordy   3                      flag
    "
    );
    insta::assert_snapshot!(written(&mut place.rhetor("config"), 0), @r"
    SETTING         VALUE    FROM
    lexicons        -        default
    devices         default  default
    exclude         -        default
    output.format   text     default
    output.offsets  bytes    default
    fail-on         -        default
    ");
    // A path is shown as seen from the working directory if it is below.
    let mut command = place.rhetor("config a.txt");
    let shown = written(command.current_dir(place.path("news/today")), 0);
    let file = place.path("news/rhetor.toml").canonicalize().expect("a path").display().to_string();
    assert!(shown.lines().any(|line| line.starts_with("devices") && line.ends_with(&format!("{file}:3"))), "{shown}");
}

#[test]
fn programs_are_told_too() {
    let place = project();
    let told = written(&mut place.rhetor("config news --format json --device wordy"), 0);
    let file = place.path("news/rhetor.toml").canonicalize().expect("a path").display().to_string();
    insta::assert_snapshot!(told.replace(&file, "…/news/rhetor.toml"));
    let none: Value = serde_json::from_str(&written(&mut place.rhetor("config --format json"), 0)).expect("JSON");
    assert_eq!(none["file"], Value::Null);
}

#[test]
fn flags_win() {
    let place = project();
    let run = |args: &str| written(&mut place.rhetor(&format!("annotate news/today/a.txt {args}")), 0);
    assert_eq!(devices(&run("--device shouty")), [["shouty"]]);
    assert!(run("--format text").starts_with("No plans [at this point in time](wordy)."));
    assert!(run("--offsets utf16").contains("\"offsets\":\"utf16\""));
    // A lexicon with the same id takes the place of the one in the settings; others are added.
    let own = HOUSE.replace("match = [\"at this point in time\"]", "match = [\"no plans\"]");
    place.file("own.toml", own.replace("no plans [at this point in time]", "[no plans] at this point in time"));
    let marked = run("--lexicon own.toml");
    assert!(
        marked.contains("\"text\":\"No plans\"") && !marked.contains("\"text\":\"at this point in time\""),
        "{marked}"
    );
}

#[test]
fn limits_of_settings_and_flags_hold_together() {
    let place = project();
    place.file("news/today/b.txt", TEXT);
    insta::assert_snapshot!(said(&mut place.rhetor("annotate news"), 1), @r"error: 2 of wordy found, against `fail-on.wordy = 2` of news/rhetor.toml:11");
    insta::assert_snapshot!(said(&mut place.rhetor("annotate news --fail-on shouty"), 1), @r"
    error: 2 of wordy found, against `fail-on.wordy = 2` of news/rhetor.toml:11
    error: 2 of shouty found, against --fail-on shouty=1
    ");
    assert_eq!(said(&mut place.rhetor("annotate news --fail-on wordy=3"), 0), "");
    // A limit on what the flag does not look for is for another day.
    assert_eq!(said(&mut place.rhetor("annotate news --device shouty"), 0), "");
}

#[test]
fn some_paths_are_left_out_unless_named() {
    let place = project();
    for name in ["archive/old.txt", "archive/1999/old.txt", "today/b.draft.txt", "today/archive/c.txt"] {
        place.file(&format!("news/{name}"), TEXT);
    }
    assert_eq!(ids(&written(&mut place.rhetor("annotate news"), 1)), ["news/today/a.txt", "news/today/archive/c.txt"]);
    assert_eq!(
        said(&mut place.rhetor("annotate news"), 1),
        "error: 2 of wordy found, against `fail-on.wordy = 2` of news/rhetor.toml:11\n"
    );
    let mut named = place.rhetor("annotate news/archive/old.txt");
    assert_eq!(ids(&written(&mut named, 0)), ["news/archive/old.txt"]);
    insta::assert_snapshot!(said(&mut named, 0), @r#"
    note: news/rhetor.toml:4:12: this leaves news/archive/old.txt out, which is annotated because it is named
        exclude = ["archive/**", "*.draft.txt"]
                   ^^^^^^^^^^^^
    "#);
    insta::assert_snapshot!(said(&mut place.rhetor("annotate news/archive"), 2), @r"error: news/archive: no .txt or .md or .markdown or .html or .htm file in this directory that `exclude` does not leave out");
    // From wherever it is run.
    let mut command = place.rhetor("annotate ..");
    let found = written(command.current_dir(place.path("news/archive")), 1);
    assert_eq!(ids(&found), ["../today/a.txt", "../today/archive/c.txt"]);
}

#[test]
fn texts_of_different_projects_are_annotated_apart() {
    let place = project();
    place.file("sport/rhetor.toml", "");
    place.file("sport/b.txt", TEXT);
    place.file("c.txt", TEXT);
    insta::assert_snapshot!(said(&mut place.rhetor("annotate news/today/a.txt sport/b.txt"), 2), @r"error: news/today/a.txt falls under news/rhetor.toml, and sport/b.txt falls under sport/rhetor.toml; annotate them apart, or say which settings to heed by --config FILE or --no-config");
    insta::assert_snapshot!(said(&mut place.rhetor("annotate c.txt sport"), 2), @r"error: c.txt falls under no rhetor.toml, and sport falls under sport/rhetor.toml; annotate them apart, or say which settings to heed by --config FILE or --no-config");
    // A project within a directory that was named.
    insta::assert_snapshot!(said(&mut place.rhetor("annotate ."), 2), @r"error: . falls under no rhetor.toml, and ./news/today/a.txt falls under news/rhetor.toml; annotate them apart, or say which settings to heed by --config FILE or --no-config");
    place.file("rhetor.toml", "lexicons = [\"house.toml\"]\ndevices = [\"wordy\"]\nexclude = [\"/news/\", \"/sport\"]");
    assert!(written(&mut place.rhetor("annotate ."), 0).contains("==> ./c.txt <=="));
    // The same where it is all that there is.
    place.file("all/of/rhetor.toml", "");
    place.file("all/of/it/d.txt", TEXT);
    assert!(said(&mut place.rhetor("annotate all"), 2).contains("all/of/it/d.txt falls under all/of/rhetor.toml"));
    // A file that does not exist falls under the settings where it would stand.
    assert!(said(&mut place.rhetor("annotate news/missing.txt news"), 2).contains("news/missing.txt: "));
}

#[test]
fn settings_can_be_named_or_left_alone() {
    let place = project();
    place.file("sport/rhetor.toml", "devices = [\"shouty\"]");
    place.file("sport/b.txt", TEXT);
    let both = "news/today/a.txt sport/b.txt --format jsonl";
    let marked = written(&mut place.rhetor(&format!("annotate {both} --config news/rhetor.toml")), 1);
    assert_eq!(devices(&marked), [["wordy", "shouty"], ["wordy", "shouty"]]);
    let marked = written(&mut place.annotate(&format!("{both} --no-config")), 0);
    assert_eq!(devices(&marked), [["wordy"], ["wordy"]]);
    assert!(said(&mut place.rhetor("annotate --config a.toml --no-config"), 2).contains("cannot be used with"));
    assert!(said(place.rhetor("annotate --config missing.toml").write_stdin(""), 2).contains("missing.toml: "));
}

#[test]
fn every_fault_of_settings_is_said_at_once() {
    let place = Place::new();
    place.file(
        "rhetor.toml",
        r#"lexicon = ["house.toml"]
devices = []
exclude = ["a{b", "", "*.txt"]
colour = "blue"
[output]
format = "xml"
offsets = 8
[fail-on]
wordy = 0
"#,
    );
    insta::assert_snapshot!(said(place.rhetor("annotate").write_stdin(""), 2), @r#"
    error: rhetor.toml:1:1: unknown key `lexicon`; did you mean `lexicons`?
        lexicon = ["house.toml"]
        ^^^^^^^
    rhetor.toml:2:11: `devices`: name at least one, or take the key out
        devices = []
                  ^^
    rhetor.toml:3:12: `exclude`: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
        exclude = ["a{b", "", "*.txt"]
                   ^^^^^
    rhetor.toml:3:19: `exclude`: this leaves nothing out; take it away
        exclude = ["a{b", "", "*.txt"]
                          ^^
    rhetor.toml:4:1: unknown key `colour`; there are lexicons, devices, exclude, output, fail-on
        colour = "blue"
        ^^^^^^
    rhetor.toml:6:10: `output.format`: unknown value "xml"; there are text, json, jsonl, html
        format = "xml"
                 ^^^^^
    rhetor.toml:7:11: `output.offsets`: expected a string
        offsets = 8
                  ^
    rhetor.toml:9:9: `fail-on.wordy`: invalid value: integer `0`, expected a whole number from 1 up
        wordy = 0
                ^
    "#);
    place.file("rhetor.toml", "output = \"xml\"\ndevices = \"wordy\"\nlexicons = [1]\nexclude = { a = 1 }");
    insta::assert_snapshot!(said(&mut place.rhetor("config"), 2), @r#"
    error: rhetor.toml:1:10: `output`: invalid type: string "xml", expected a table
        output = "xml"
                 ^^^^^
    rhetor.toml:2:11: `devices`: invalid type: string "wordy", expected a list
        devices = "wordy"
                  ^^^^^^^
    rhetor.toml:3:13: `lexicons`: invalid type: integer `1`, expected a string
        lexicons = [1]
                    ^
    rhetor.toml:4:11: `exclude`: invalid type: table, expected a list
        exclude = { a = 1 }
                  ^^^^^^^^^
    "#);
    place.file("rhetor.toml", "devices = [\"wordy\"\n[output]\nformat = \"xml\"");
    insta::assert_snapshot!(said(&mut place.rhetor("config"), 2), @r"
    error: rhetor.toml:2:1: missing comma between array elements, expected `,`
        [output]
        ^
    ");
    place.file("rhetor.toml", b"devices = [\"caf\xe9\"]");
    assert!(said(&mut place.rhetor("config"), 2).contains("rhetor.toml: not UTF-8 at byte 15"));
}

#[test]
fn what_settings_name_must_be_there() {
    let place = Place::new();
    place.file("rhetor.toml", "lexicons = [\"style/house.toml\", \"en/euphemisms\", \"house.toml\"]");
    let told = said(place.rhetor("annotate").write_stdin(""), 2);
    let told: Vec<&str> = told.lines().map(|line| line.split("; there are: ").next().unwrap_or(line)).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    error: rhetor.toml:1:13: style/house.toml: No such file or directory (os error 2)
        lexicons = ["style/house.toml", "en/euphemisms", "house.toml"]
                    ^^^^^^^^^^^^^^^^^^
    rhetor.toml:1:33: no bundled lexicon is called "en/euphemisms"
        lexicons = ["style/house.toml", "en/euphemisms", "house.toml"]
                                        ^^^^^^^^^^^^^^^
    "#);
    place.file("rhetor.toml", "lexicons = [\"house.toml\"]\ndevices = [\"shouty\", \"wrody\"]");
    let told = said(place.rhetor("annotate").write_stdin(""), 2);
    assert!(
        told.starts_with("error: rhetor.toml:2:22: no lexicon declares the device \"wrody\"; there are: "),
        "{told}"
    );
    assert!(
        told.ends_with(
            "did you mean `wordy`?\n    devices = [\"shouty\", \"wrody\"]\n                         ^^^^^^^\n"
        ),
        "{told}"
    );
    place.file("rhetor.toml", "lexicons = [\"house.toml\"]\ndevices = [\"wordy\"]\n[fail-on]\nshouty = 1");
    insta::assert_snapshot!(said(place.rhetor("annotate").write_stdin(""), 2), @r"
    error: rhetor.toml:4:1: `fail-on.shouty`: not among the devices looked for, which are wordy; add it to `devices`, or take the limit out
        shouty = 1
        ^^^^^^
    ");
    // A lexicon with faults of its own shows them where they are.
    place.file("rhetor.toml", "lexicons = [\"house.toml\"]");
    place.file("house.toml", HOUSE.replace("kind = \"time\"", "kind = \"tmie\""));
    assert!(said(place.rhetor("annotate").write_stdin(""), 2).starts_with("error: house.toml:33:8, entry "));
}

#[test]
fn a_stored_result_is_made_again_whatever_the_settings() {
    let place = project();
    place.file("old.json", written(&mut place.rhetor("annotate news/today/a.txt --format json"), 0));
    // Since then, the project has come to use another lexicon, other devices and other offsets.
    place.file(
        "news/more.toml",
        HOUSE.replace("plain-words", "more-words").replace("wordy", "windy").replace("shouty", "loud"),
    );
    let settings =
        SETTINGS.replace("house.toml\"", "house.toml\", \"more.toml\"").replace("\"wordy\", \"shouty\"", "\"windy\"");
    place.file("news/rhetor.toml", settings.replace("chars", "utf16"));
    let again = written(&mut place.rhetor("annotate news/today/a.txt --format json --reproduce old.json"), 0);
    assert_eq!(again, std::fs::read_to_string(place.path("old.json")).expect("a file"));
}

#[test]
fn explanations_heed_settings_too() {
    let place = project();
    let told = written(&mut place.rhetor("explain news/today/a.txt:1"), 0);
    assert!(told.contains("at-this-point-in-time") && told.contains("must"), "{told}");
    let told = written(&mut place.rhetor("explain news/today/a.txt --device wordy"), 0);
    assert!(told.contains("at-this-point-in-time") && !told.contains("absolutely must"), "{told}");
    assert!(!written(&mut place.rhetor("explain news/today/a.txt --no-config"), 0).contains("house/plain-words"));
}

#[test]
fn a_lexicon_of_the_settings_that_fails_its_examples_is_refused() {
    let place = project();
    place.file("news/style/house.toml", HOUSE.replace("[absolutely must] go", "[surely must] go"));
    let mut command = place.rhetor("annotate news");
    assert!(said(&mut command, 2).contains("house/plain-words fails its own examples"));
    assert_eq!(devices(&written(command.arg("--force"), 0)), [["wordy", "shouty"]]);
}
