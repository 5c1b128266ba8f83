//! Prose in Markdown and HTML: what it is, by the table of cases; and what holds for any source.

mod support;

use std::sync::LazyLock;

use proptest::prelude::*;
use rhetor::{Annotator, OffsetMap, Prose, Record, Span, Unit};
use serde::Deserialize;
use support::{english_annotator, entry, head};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| {
    english_annotator(
        &(head(&["one", "two"])
            + &entry("words", "one", &["collateral damage", "war", "officials"], "")
            + &entry("gap", "two", &["[the <word>{0,2} war] [cue: of]", "<quotation> ,? [said]"], "")),
    )
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The source, as one of these.
    markdown: Option<String>,
    html: Option<String>,
    /// Its prose; white space at the ends counts for nothing.
    prose: Option<String>,
    /// What stands in the source where device `one` of the lexicon above was found.
    tagged: Option<Vec<String>>,
    /// Whose words each is in.
    voice: Option<Vec<String>>,
    /// The passages that are switched off, with ` | ` and the reason where there is one; none if absent.
    #[serde(default)]
    off: Vec<String>,
    /// What is said of directives, with the line; nothing if absent.
    #[serde(default)]
    notes: Vec<String>,
}

impl Case {
    fn prose(&self) -> Prose<'_> {
        match (&self.markdown, &self.html) {
            (Some(source), None) => Prose::markdown(source),
            (None, Some(source)) => Prose::html(source),
            _ => panic!("{}: one of `markdown` and `html`", self.name),
        }
    }

    /// What differs from what was wanted.
    fn differences(&self) -> Vec<String> {
        let prose = self.prose();
        let record = prose.record(&ANNOTATOR);
        let mut differences = Vec::new();
        let mut compare = |what: &str, found: Vec<String>, wanted: &[String]| {
            if found != wanted {
                differences.push(format!("  {what}: want {wanted:?}\n  {what}: got  {found:?}"));
            }
        };
        if let Some(wanted) = &self.prose {
            compare("prose", vec![prose.text().to_owned()], &[wanted.trim_matches('\n').to_owned()]);
        }
        let tags: Vec<_> = record.annotations.iter().filter(|tag| tag.device == "one").collect();
        if let Some(wanted) = &self.tagged {
            compare("tagged", tags.iter().map(|tag| tag.text.clone()).collect(), wanted);
        }
        if let Some(wanted) = &self.voice {
            compare("voice", tags.iter().map(|tag| tag.voice.to_string()).collect(), wanted);
        }
        let off = record.off.iter().map(|off| {
            let reason = off.reason.as_ref().map_or(String::new(), |reason| format!(" | {reason}"));
            prose.source()[off.span.range()].to_owned() + &reason
        });
        compare("off", off.collect(), &self.off);
        let lines = OffsetMap::new(prose.source());
        let notes = prose.notes().iter();
        let line = |span: Span| lines.to_position(span.start()).line;
        compare("notes", notes.map(|note| format!("{}: {}", line(note.span), note.message)).collect(), &self.notes);
        differences
    }
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/markup.toml")).unwrap();
    let mut failed = 0;
    for case in &table.case {
        let differences = case.differences();
        if !differences.is_empty() {
            failed += 1;
            eprintln!("{}:\n{}", case.name, differences.join("\n"));
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

#[test]
fn off_stands_in_json_where_there_is_any() {
    let source = "<!-- rhetor: off, é -->\n\né war\n\n<!-- rhetor: on -->";
    let record = Prose::markdown(source).record(&ANNOTATOR);
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["off"], serde_json::json!([{"start": 26, "end": 32, "reason": "é"}]));
    assert_eq!(serde_json::from_value::<Record>(json).unwrap(), record);
    assert_eq!(record.in_unit(Unit::Chars, source).unwrap().off[0].span.range(), 25..30);
    let none = serde_json::to_value(Prose::markdown("war").record(&ANNOTATOR)).unwrap();
    assert_eq!(none.get("off"), None);
}

// --- any source ---

/// Pieces of Markdown and HTML, well and badly nested.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "the",
        "war",
        "of",
        "officials",
        "collateral",
        "damage",
        "said",
        "é",
        "害",
        "😊",
        "U.S.",
        ". ",
        "? ",
        ", ",
        "“",
        "”",
        "&rdquo;",
        "&amp;",
        "&#32;",
        "&nbsp;",
        "&hellip;",
        "&x;",
        "&",
        "'",
        "\"",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "  \n",
        "\t",
        "\0",
        "\u{feff}",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "``",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "| a | b |\n|---|---|\n",
        "|",
        "\\|",
        "\\",
        "[",
        "](x)",
        "][1]",
        "\n[1]: /x\n",
        "[^1]",
        "\n[^1]: ",
        "![",
        "<http://a.b/war>",
        "www.war.org",
        "$",
        "$$",
        "---\n",
        "+++\n",
        "===\n",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<div>\n",
        "\n</div>\n",
        "<li>",
        "<ul>",
        "</ul>",
        "<q>",
        "</q>",
        "<br>",
        "<hr>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<script>",
        "</script>",
        "<svg/>",
        "<img alt=war>",
        "<td>",
        "<table>",
        "</table>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<title>",
        "</title>",
        "<sup>",
        "</sup>",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<!-- rhetor: off x -->",
        "<!-- rhetor: on -->",
        "<!-- rhetor: next -->",
        "<!-- rhetor: no -->",
    ];
    let piece = (prop::sample::select(pieces), prop::bool::weighted(0.4));
    prop::collection::vec(piece, 0..50)
        .prop_map(|pieces| pieces.into_iter().map(|(p, space)| p.to_owned() + if space { " " } else { "" }).collect())
}

fn source() -> impl Strategy<Value = String> {
    prop_oneof![4 => soup(), 1 => any::<String>(), 1 => "[a-cé<>&;/!*_`#\\[\\]()|$ \n-]{0,80}"]
}

fn well_formed(prose: &Prose<'_>) -> Result<(), TestCaseError> {
    let (source, text) = (prose.source(), prose.text());
    // Every character comes from somewhere, in order; and one that was copied stands there.
    let mut last = Span::new(0, 0);
    for (at, c) in text.char_indices() {
        let own = prose.to_source(Span::new(at, at + c.len_utf8()));
        let found = source.get(own.range());
        prop_assert!(found.is_some(), "{:?} is no span of {:?}", own, source);
        prop_assert!(own.start() >= last.start() && own.end() >= last.end(), "{:?} before {:?}", own, last);
        last = own;
        let written = found.unwrap_or_default();
        let replaced = written.contains(['&', '<', '`', '[', '$']) || written.chars().all(char::is_whitespace);
        let known = c == '\n' || c == ' ' || c == '\u{fffd}' || written.starts_with(c) || replaced;
        prop_assert!(known, "{:?} is {:?} in {:?}", c, written, source);
    }
    prop_assert!(!text.contains("\n\n\n") && !text.contains("  ") && !text.contains(" \n"), "{:?}", text);
    let record = prose.record(&ANNOTATOR);
    for tag in &record.annotations {
        prop_assert!(!tag.span.is_empty());
        prop_assert_eq!(source.get(tag.span.range()), Some(&*tag.text));
        prop_assert!(record.sentences[tag.sentence].covers(tag.span));
        prop_assert!(record.off.iter().all(|off| !off.span.overlaps(tag.span)));
        prop_assert!(tag.parts.iter().all(|part| source.get(part.span.range()).is_some()));
    }
    prop_assert!(record.annotations.windows(2).all(|pair| pair[0].span.start() <= pair[1].span.start()));
    prop_assert!(record.sentences.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    prop_assert!(prose.passages().iter().all(|off| source.get(off.span.range()).is_some_and(|off| off.trim() == off)));
    prop_assert!(prose.notes().iter().all(|note| source.get(note.span.range()).is_some()));
    for unit in [Unit::Chars, Unit::Utf16] {
        prop_assert_eq!(record.in_unit(unit, source).unwrap().in_unit(Unit::Bytes, source).unwrap(), record.clone());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_markdown(source in source()) {
        well_formed(&Prose::markdown(&source))?;
    }

    #[test]
    fn any_string_is_html(source in source()) {
        well_formed(&Prose::html(&source))?;
    }

    /// Paragraphs of a line each with nothing in them that means anything to Markdown or HTML.
    #[test]
    fn text_without_markup_is_what_it_is_as_text(
        text in "(([a-z]{1,4}|the|War|war of|collateral damage|“officials”|é|U\\.S\\.)[,.?]? ){1,12}[a-z]\\.(\n\n([A-Za-z]{1,4}|war|The) war[.!]){0,3}",
    ) {
        let wanted = ANNOTATOR.annotate(&text).to_record();
        let markdown = Prose::markdown(&text);
        prop_assert_eq!(markdown.text(), &text);
        prop_assert_eq!(markdown.record(&ANNOTATOR), wanted);
        let page = text.split("\n\n").collect::<Vec<_>>().join("<p>");
        let html = Prose::html(&page);
        prop_assert_eq!(html.text(), &text);
    }

    #[test]
    fn html_is_html_in_markdown(words in prop::collection::vec("[a-zé]{1,5}|war|<b>|</b>|&amp;|\n", 0..20)) {
        let page = format!("<div>\n{}\n</div>\n", words.join(" ").replace("\n \n", "\n"));
        let (html, markdown) = (Prose::html(&page), Prose::markdown(&page));
        prop_assume!(!page.lines().any(|line| line.trim().is_empty()));
        prop_assert_eq!(html.text(), markdown.text());
        prop_assert_eq!(html.record(&ANNOTATOR), markdown.record(&ANNOTATOR));
    }
}

#[test]
fn long_sources_of_one_sign_take_linear_time() {
    // Quadratic time would take hours here.
    for piece in [
        "<p>",
        "<div>",
        "</div>",
        "<sup>",
        "<b>",
        "<q>",
        "&amp;",
        "&",
        "<",
        "<!-- rhetor: off -->",
        "<!-- rhetor: next -->",
        "`",
        "*a ",
        "[",
        "> ",
        "- a\n",
        "war ",
        "http://a.b ",
        "<br>",
        "<p>war<!-- rhetor: off --><p>war<!-- rhetor: on -->",
    ] {
        let source = piece.repeat(20_000) + &"</section>".repeat(20_000);
        Prose::html(&source).record(&ANNOTATOR);
        Prose::markdown(&source).record(&ANNOTATOR);
    }
}
