//! Markdown and HTML: only prose is tagged, comments switch tagging off, and names of files say what they hold.

use serde_json::Value;

use super::{said, written, Place};

const DRAFT: &str = "\
---
title: At this point in time
---
# No plans *at this* point in time

`at this point in time` is [at this
point](https://example.org/at-this-point-in-time) in&nbsp;time

<!-- rhetor: next - his own words -->
> Not at this point in time.
";

const PAGE: &str = "\
<title>At this point in time</title>
<p>No <b>plans</b> at this <em>point
  in</em> time.</p>
<!-- rhetor: off --><p>At this point in time</p><!-- rhetor: on -->
<pre>at this point in time</pre>
";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn markdown_is_shown_as_it_stands() {
    let place = Place::new();
    place.file("draft.md", DRAFT);
    insta::assert_snapshot!(written(&mut place.annotate("draft.md"), 0), @r"
    ---
    title: At this point in time
    ---
    # No plans *[at this* point in time](wordy)

    `at this point in time` is [[at this
    point](https://example.org/at-this-point-in-time) in&nbsp;time](wordy)

    <!-- rhetor: next - his own words -->
    > Not at this point in time.

    2 tags in 3 sentences
    tagging off in 1 passage: his own words
    2  wordy  Wordy (time 2)
         at this point](https://example.org/at-this-point-in-time) in&nbsp;time: now
         at this* point in time: now
    ");
}

#[test]
fn html_is_shown_as_it_stands() {
    let place = Place::new();
    place.file("page.html", PAGE);
    insta::assert_snapshot!(written(&mut place.annotate("page.html"), 0), @r"
    <title>At this point in time</title>
    <p>No <b>plans</b> [at this <em>point
      in</em> time](wordy).</p>
    <!-- rhetor: off --><p>At this point in time</p><!-- rhetor: on -->
    <pre>at this point in time</pre>

    1 tag in 2 sentences
    tagging off in 1 passage
    1  wordy  Wordy (time 1)
         at this <em>point in</em> time: now
    ");
    let page = written(&mut place.annotate("page.html --format html"), 0);
    let text = page.split_once("<div class=\"text\"").and_then(|(_, rest)| rest.split_once("<details>"));
    insta::assert_snapshot!(text.expect("a text").0, @r#"
     dir="auto" lang="">&lt;title&gt;At this point in time&lt;/title&gt;
    &lt;p&gt;No &lt;b&gt;plans&lt;/b&gt; <mark class="d0" title="Wordy: time
    now
    house/plain-words 1.2.0 at-this-point-in-time">at this &lt;em&gt;point
      in&lt;/em&gt; time</mark>.&lt;/p&gt;
    &lt;!-- rhetor: off --&gt;&lt;p&gt;At this point in time&lt;/p&gt;&lt;!-- rhetor: on --&gt;
    &lt;pre&gt;at this point in time&lt;/pre&gt;
    </div>
    <p>tagging off in 1 passage</p>
    "#);
}

#[test]
fn offsets_count_in_the_file_and_off_is_kept() {
    let place = Place::new();
    let draft = DRAFT.replacen("title: ", "title: é ", 1);
    place.file("draft.md", &draft);
    let record = json(&written(&mut place.annotate("draft.md --format json --offsets chars"), 0));
    insta::assert_snapshot!(serde_json::to_string_pretty(&record["off"]).expect("JSON"), @r#"
    [
      {
        "end": 241,
        "reason": "his own words",
        "start": 213
      }
    ]
    "#);
    let source: Vec<char> = draft.chars().collect();
    for tag in record["annotations"].as_array().expect("a list") {
        let at = |end: &str| usize::try_from(tag[end].as_u64().expect("a number")).expect("a number");
        assert_eq!(Value::from(source[at("start")..at("end")].iter().collect::<String>()), tag["text"]);
    }
    place.file("plain.txt", "At this point in time.");
    assert_eq!(json(&written(&mut place.annotate("plain.txt --format json"), 0)).get("off"), None);
}

#[test]
fn what_is_off_is_not_counted() {
    let place = Place::new();
    place.file("draft.md", DRAFT);
    place.annotate("draft.md --fail-on wordy=2").assert().code(1);
    place.annotate("draft.md --fail-on wordy=3").assert().code(0);
}

#[test]
fn a_file_holds_what_its_name_says_unless_told() {
    let place = Place::new();
    let source = "`at this point in time` <code>at this point in time</code>";
    let found = |args: &str| {
        let record = json(&written(place.annotate(&format!("--format json {args}")).write_stdin(source), 0));
        record["annotations"].as_array().expect("a list").len()
    };
    for name in ["a.txt", "a.md", "a.MARKDOWN", "a.html", "a.htm", "a"] {
        place.file(name, source);
    }
    for (args, wanted) in [
        ("a.txt", 2),
        ("a.md", 0),
        ("a.MARKDOWN", 0),
        ("a.html", 1),
        ("a.htm", 1),
        ("a", 2),
        ("-", 2),
        ("--input text a.md", 2),
        ("--input markdown -", 0),
        ("--input html a", 1),
    ] {
        assert_eq!(found(args), wanted, "{args}");
    }
}

#[test]
fn directories_are_searched_for_what_is_asked_for() {
    let place = Place::new();
    for name in ["d/a.txt", "d/b.md", "d/c.htm", "d/e.rst"] {
        place.file(name, "Text.");
    }
    place.file("d/d.jsonl", "{\"text\": \"Text.\"}\n{\"text\": \"Text.\"}");
    let ids = |args: &str| -> Vec<Value> {
        let lines = written(&mut place.annotate(&format!("--format jsonl {args}")), 0);
        lines.lines().map(|line| json(line)["id"].clone()).collect()
    };
    assert_eq!(ids("d"), ["d/a.txt", "d/b.md", "d/c.htm"]);
    assert_eq!(ids("--input markdown d"), ["d/b.md"]);
    assert_eq!(ids("--input text d"), ["d/a.txt"]);
    assert_eq!(ids("--input jsonl d"), ["1", "2"]);
    assert_eq!(ids("d/d.jsonl d"), ["1", "2", "d/a.txt", "d/b.md", "d/c.htm"]);
    assert_eq!(json(&written(&mut place.annotate("--format json d/d.jsonl"), 0))[1]["id"], "2");
}

#[test]
fn directives_that_cannot_be_followed_are_warned_of() {
    let place = Place::new();
    place.file("draft.md", "<!-- rhetor: on -->\n\nText <!-- rhetor: of\x1b -->.\n\n<!-- rhetor: next -->\n");
    insta::assert_snapshot!(said(&mut place.annotate("draft.md"), 0), @r"
    warning: draft.md:1: tagging is not off here; write `rhetor: off` where it is to end
    warning: draft.md:3: `rhetor: of` is not known; there are `off`, `on` and `next`
    warning: draft.md:5: no block follows this
    ");
}
