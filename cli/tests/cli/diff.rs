//! Two versions of a lexicon compared, and what becomes of texts.

use serde_json::Value;

use super::{said, written, Place, HOUSE};

const TEXT: &str = "\
There are no plans at this
point in time. They met a handful of times; a ball of *wool*, in physics, rests at this point in time.

“It was a small number of us,” she said.
";

/// The house lexicon, and a later version of it in `later.toml` with this instead of that.
fn place(instead: &[(&str, &str)]) -> Place {
    let place = Place::new();
    let mut later = HOUSE.to_owned();
    for (that, this) in instead {
        assert!(later.contains(that), "{that}");
        later = later.replacen(that, this, 1);
    }
    place.file("later.toml", later);
    place.file("news/a.txt", TEXT);
    place.file(
        "news/b.jsonl",
        "{\"id\": \"b1\", \"text\": \"A handful of men absolutely must go.\"}\n{\"text\": \"So.\"}\n",
    );
    place
}

/// Something of every sort.
fn changed() -> Place {
    place(&[
        ("1.2.0", "1.2.1"),
        ("title = \"Plain words\"", "title = \"Plainer words\""),
        ("[\"small number\", \"handful\"]", "[\"handful\", \"couple\"]"),
        ("excludes = [\"physics\"]\n", ""),
        ("gloss = \"now\"", "gloss = \"at present\""),
        ("match = [\"a <few> of\"]", "match = [\"a  <few>  of\", \"a <few> of (us|them)\", \"`₂`\"]"),
        ("[[entry]]\nid = \"must\"", "[[entry]]\nid = \"shall\""),
        ("[[reference]]", "[phrase]\nsoon = \"very* soon\"\n\n[[reference]]"),
    ])
}

#[test]
fn for_people() {
    let shown = written(&mut changed().rhetor("lexicon diff house.toml later.toml --on news"), 0);
    insta::assert_snapshot!(shown);
}

#[test]
fn for_people_in_colour() {
    let place = place(&[
        ("1.2.0", "1.3.0"),
        ("[\"absolutely must\"]", "[\"must\"]"),
        ("gloss = \"must\"", "gloss = \"has to\""),
    ]);
    let shown = written(&mut place.rhetor("lexicon diff house.toml later.toml --on news --color always"), 0);
    insta::assert_snapshot!(shown.replace('\x1b', "␛"));
}

#[test]
fn for_a_changelog() {
    let shown = written(&mut changed().rhetor("lexicon diff house.toml later.toml --on news --format markdown"), 0);
    insta::assert_snapshot!(shown);
}

#[test]
fn for_programs() {
    let place = place(&[("1.2.0", "1.3.0"), ("[\"a <few> of\"]", "[\"a <few>\"]")]);
    let shown = written(
        &mut place.rhetor("lexicon diff house.toml later.toml --on news/a.txt --device wordy --format json"),
        0,
    );
    let json: Value = serde_json::from_str(&shown).expect("JSON");
    let fingerprint = |side: &str| json[side]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    insta::assert_snapshot!(shown.replace(&fingerprint("before"), "…").replace(&fingerprint("after"), "…"));
    let alone = written(&mut place.rhetor("lexicon diff house.toml later.toml --format json"), 0);
    assert_eq!(serde_json::from_str::<Value>(&alone).expect("JSON").get("texts"), None);
}

#[test]
fn nothing_changed() {
    let place = place(&[("match = [\"absolutely must\"]", "match = [ \"absolutely must\" ] # The same.")]);
    assert_eq!(
        written(&mut place.rhetor("lexicon diff house.toml later.toml --check --on news"), 0),
        "house/plain-words 1.2.0 -> 1.2.0\n\nnothing changed\n\n\
         on 3 texts, shouty, wordy: 5 tags before, 5 after; 0 gained, 0 lost, 0 changed\n"
    );
}

#[test]
fn the_bump_is_checked() {
    for (version, change, status, wanted) in [
        ("1.2.0", ("gloss = \"now\"", "gloss = \"today\""), 1, "a patch bump is called for (entry at-this-point-in-time, gloss: \"now\" -> \"today\": wording only), but the version is 1.2.0 as before; make it 1.2.1 or later"),
        ("1.2.1", ("gloss = \"now\"", "gloss = \"today\""), 0, ""),
        ("1.3.0", ("\"handful\"]", "\"handful\", \"couple\"]"), 0, ""),
        ("1.2.1", ("\"handful\"]", "\"handful\", \"couple\", \"pair\"]"), 1, "a minor bump is called for (class few, members: \"couple\" added: more is found, and 1 more), but 1.2.0 to 1.2.1 is a patch one; make it 1.3.0 or later"),
        ("1.9.0", ("id = \"must\"", "id = \"shall\""), 1, "a major bump is called for (entry must removed: less is found), but 1.2.0 to 1.9.0 is a minor one; make it 2.0.0 or later"),
        ("1.1.9", ("title = \"Wordy\"", "title = \"Wordy\""), 1, "the version went down from 1.2.0 to 1.1.9; make it 1.2.0 or later"),
        ("1.2.1", ("title = \"Wordy\"", "title = \"Wordy\""), 0, ""),
    ] {
        let place = place(&[("1.2.0", version), change]);
        let mut command = place.rhetor("lexicon diff house.toml later.toml --check");
        let message = if wanted.is_empty() { String::new() } else { format!("error: {wanted}\n") };
        assert_eq!(said(&mut command, status), message);
        // Without `--check` the same is said, and is no reason to fail.
        assert!(written(&mut place.rhetor("lexicon diff house.toml later.toml"), 0).contains(wanted));
    }
}

#[test]
fn a_device_of_one_of_them_only() {
    let place = place(&[("id = \"shouty\"", "id = \"loud\""), ("device = \"shouty\"", "device = \"loud\"")]);
    let shown = written(&mut place.rhetor("lexicon diff house.toml later.toml --on news --device loud"), 0);
    assert!(shown.contains("on 3 texts, loud: 0 tags before, 1 after; 1 gained, 0 lost, 0 changed"), "{shown}");
    assert!(shown.contains("+ b1:1:18: loud, house/plain-words 1.2.0 must\n"), "{shown}");
    let unknown = said(&mut place.rhetor("lexicon diff house.toml later.toml --on news --device luod"), 2);
    assert!(unknown.contains("no lexicon declares the device \"luod\""), "{unknown}");
}

/// A lexicon of classes finds nothing itself: those that use them are tried with it.
#[test]
fn classes_take_the_place_of_bundled_ones() {
    let place = Place::new();
    let bundled = include_str!("../../../lexicons/en/reporting.toml");
    place.file("reporting.toml", bundled.replace("\"say/v\", ", ""));
    place.file("a.txt", "Officials say that it is late. Aides reply that it is not.");
    let shown = written(&mut place.rhetor("lexicon diff en/reporting reporting.toml --on a.txt"), 0);
    assert!(shown.contains(": 2 tags before, 1 after; 0 gained, 1 lost, 0 changed"), "{shown}");
    assert!(shown.contains("    [Officials] say that it is late.\n"), "{shown}");
}

/// Of two lexicons of different ids, only one is there at a time, though both add to one device.
#[test]
fn a_lexicon_takes_the_place_of_a_bundled_one_of_another_id() {
    let place = place(&[
        ("id = \"house/plain-words\"", "id = \"house/other\""),
        ("id = \"shouty\"", "id = \"euphemism\""),
        ("device = \"shouty\"", "device = \"euphemism\""),
    ]);
    place.file("a.txt", "We absolutely must call it collateral damage.");
    let shown = written(&mut place.rhetor("lexicon diff en/euphemism later.toml --on a.txt --device euphemism"), 0);
    assert!(shown.starts_with("en/euphemism 1."), "{shown}");
    assert!(shown.contains(" -> house/other 1.2.0\n"), "{shown}");
    assert!(shown.contains("(major: the two are not versions of one lexicon)"), "{shown}");
    assert!(shown.contains(": 1 tag before, 1 after; 1 gained, 1 lost, 0 changed"), "{shown}");
}

#[test]
fn what_cannot_be_read_is_said() {
    let place = changed();
    place.file("faulty.toml", HOUSE.replace("\"a <few> of\"", "\"a <fwe> of\""));
    place.file("broken.toml", "schema = 1\nid = [");
    place.file("latin.txt", b"caf\xe9");
    for (args, wanted) in [
        ("house.toml missing.toml", "missing.toml: No such file"),
        ("house.toml en/nothing", "no bundled lexicon is called \"en/nothing\""),
        ("house.toml broken.toml", "broken.toml:2:"),
        (
            "house.toml faulty.toml --on news",
            "faulty.toml:46:13, entry \"a-number-of\": no class or phrase is called `fwe`",
        ),
        ("house.toml later.toml --device wordy", "--on"),
        ("house.toml", "<AFTER>"),
    ] {
        let said = said(&mut place.rhetor(&format!("lexicon diff {args}")), 2);
        assert!(said.contains(wanted), "{args}: {said}");
    }
    // One bad text does not stop the others, and goes before what `--check` finds.
    let mut command = place.rhetor("lexicon diff house.toml later.toml --check --on latin.txt missing.txt news/a.txt");
    let faults = said(&mut command, 2);
    assert!(faults.contains("latin.txt: not UTF-8 at byte 3") && faults.contains("missing.txt: "), "{faults}");
    assert!(written(&mut command, 2).contains("on 1 text, "));
}
