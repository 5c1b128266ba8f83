//! `rhetor lexicon test`: entries on texts.

use serde_json::Value;

use super::{said, written, Place, HOUSE};

/// The house lexicon with an entry that never fires and an exception, and texts in files and lines.
fn place() -> Place {
    let place = Place::new();
    let more = "\n[[entry]]\nid = \"never\"\ndevice = \"wordy\"\nkind = \"time\"\nmatch = [\"in the fullness of time\"]\n\
                gloss = \"later\"\nsince = \"1.0.0\"\nexamples = [\"It came [in the fullness of time].\"]\n\
                \n[[entry]]\nid = \"time-and-space\"\ndevice = \"wordy\"\nmatch = [\"at this point in time and space\"]\n\
                exception = true\nnote = \"No time.\"\nsince = \"1.0.0\"\nexamples = [\"[At this point in time and space].\"]\n";
    place.file("house.toml", HOUSE.to_owned() + more);
    place.file(
        "texts/a.txt",
        "No plans\nat this point\nin time.\n\nHe came a handful of times, 附带损害 and a small number of others.\n",
    );
    place.file("texts/deep/b.txt", "At this point in time and space. Never a handful of men.\n");
    place.file(
        "texts/lines.jsonl",
        "{\"id\": \"eins\", \"text\": \"You absolutely must. A handful of you.\"}\n{\"text\": \"A handful of\\u001b[2J.\"}\n",
    );
    place
}

#[test]
fn entries_are_counted_and_shown_in_context() {
    insta::assert_snapshot!(written(&mut place().rhetor("lexicon test house.toml --on texts"), 0), @r"
    house/plain-words 1.2.0 on 4 texts, 42 words: 7 tags, 166.67 per 1,000 words

    a-number-of (wordy, number): 5 tags, 119.05 per 1,000 words, in 4 texts
      texts/a.txt:5                                      He came [a handful of] times, 附带损害 and a small number of o
      texts/deep/b.txt:1  At this point in time and space. Never [a handful of] men.
      2:1                                                        [A handful of]�[2J.

    at-this-point-in-time (wordy, time): 1 tag, 23.81 per 1,000 words, in 1 text
      texts/a.txt:2  No plans [at this point in time].

    must (shouty): 1 tag, 23.81 per 1,000 words, in 1 text
      eins:1  You [absolutely must]. A handful of you.

    never: 1
      never

    exceptions, which tag nothing themselves: 1
      time-and-space
    ");
}

#[test]
fn samples_devices_and_entries_are_chosen() {
    let place = place();
    let page = |args: &str| written(&mut place.rhetor(&format!("lexicon test house.toml --on texts {args}")), 0);
    insta::assert_snapshot!(page("--samples 1 --device wordy --entry a-number-of,never"), @r"
    house/plain-words 1.2.0 on 4 texts, 42 words: 5 tags, 119.05 per 1,000 words

    a-number-of (wordy, number): 5 tags, 119.05 per 1,000 words, in 4 texts
      texts/deep/b.txt:1  At this point in time and space. Never [a handful of] men.

    never: 1
      never
    ");
    assert!(!page("--samples 0").contains('['));
    assert!(!page("--device shouty").contains("wordy"));
    assert_eq!(page("--jobs 1"), page("--jobs 4"));
    assert!(page("--color always").contains("[\u{1b}[1m"));
}

#[test]
fn the_report_is_json_too() {
    let place = place();
    let mut command = place.rhetor("lexicon test house.toml --format json --samples 1 --on texts/a.txt texts/deep");
    let mut report: Value = serde_json::from_str(&written(&mut command, 0)).expect("JSON");
    let lexicon = report.as_object_mut().expect("an object").remove("lexicon").expect("there is one");
    assert_eq!((&lexicon["id"], &lexicon["version"]), (&"house/plain-words".into(), &"1.2.0".into()));
    insta::assert_snapshot!(serde_json::to_string_pretty(&report).expect("JSON"), @r#"
    {
      "entries": [
        {
          "device": "wordy",
          "entry": "a-number-of",
          "kind": "number",
          "per_1000_words": 93.75,
          "samples": [
            {
              "after": " others.",
              "before": "e came a handful of times, 附带损害 and ",
              "line": 5,
              "source": "texts/a.txt",
              "text": "a small number of"
            }
          ],
          "tags": 3,
          "texts": 2
        },
        {
          "device": "wordy",
          "entry": "at-this-point-in-time",
          "kind": "time",
          "per_1000_words": 31.25,
          "samples": [
            {
              "after": ".",
              "before": "No plans ",
              "line": 2,
              "source": "texts/a.txt",
              "text": "at this point in time"
            }
          ],
          "tags": 1,
          "texts": 1
        }
      ],
      "exceptions": [
        "time-and-space"
      ],
      "never": [
        "must",
        "never"
      ],
      "per_1000_words": 125.0,
      "tags": 4,
      "texts": 2,
      "words": 32
    }
    "#);
}

#[test]
fn bundled_lexicons_are_tested_by_their_id() {
    let place = Place::new();
    place.file("a.txt", "The bridge was opened by the mayor.");
    let page = written(&mut place.rhetor("lexicon test en/passive-voice --on a.txt"), 0);
    assert!(page.starts_with("en/passive-voice "), "{page}");
    assert!(page.contains("  a.txt:1  The bridge [was opened"), "{page}");
}

#[test]
fn nothing_in_no_words() {
    let place = Place::new();
    place.file("a.txt", "");
    let page = written(&mut place.rhetor("lexicon test house.toml --on a.txt"), 0);
    assert!(
        page.starts_with("house/plain-words 1.2.0 on 1 text, 0 words: 0 tags, 0.00 per 1,000 words\n\nnever: 3\n"),
        "{page}"
    );
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_done() {
    let place = place();
    place.file("texts/lines.jsonl", "{\"text\": 5}\n{\"text\": \"a handful of\"}\n");
    let mut command = place.rhetor("lexicon test house.toml --on missing.txt texts/lines.jsonl");
    assert!(written(&mut command, 2).contains("on 1 text, 3 words: 1 tag,"));
    let said = said(&mut command, 2);
    assert!(said.contains("error: missing.txt: ") && said.contains("error: texts/lines.jsonl: line 1: "), "{said}");
}

#[test]
fn usage_is_checked_before_anything_is_read() {
    let place = place();
    for (args, wanted) in [
        ("house.toml", "--on"),
        ("house.toml --on missing.txt --entry nothing", "house.toml has no entry \"nothing\""),
        ("house.toml --on missing.txt --device nothing", "no lexicon declares the device \"nothing\""),
        ("en/nothing --on missing.txt", "no bundled lexicon is called \"en/nothing\""),
    ] {
        let said = said(&mut place.rhetor(&format!("lexicon test {args}")), 2);
        assert!(said.contains(wanted), "{args}: {said}");
    }
}
