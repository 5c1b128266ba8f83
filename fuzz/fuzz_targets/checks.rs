//! What each target holds to be true of any bytes. `tests/regressions.rs` replays stored inputs through the same functions.

use std::sync::LazyLock;

use rhetor::{Annotator, Lexicon, Pattern, Prose, Record, SentenceSplitter, Span, Unit};

/// Every visible character belongs to exactly one sentence.
pub(crate) fn sentences(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut end = 0;
    for span in SentenceSplitter::english().sentences(text) {
        assert!(span.start() >= end && !span.is_empty());
        assert!(text[end..span.start()].trim().is_empty());
        let sentence = &text[span.range()];
        assert_eq!(sentence.trim(), sentence);
        end = span.end();
    }
    assert!(text[end..].trim().is_empty());
}

/// Quotations nest, and what stands in them is within their marks.
pub(crate) fn quotations(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let found = rhetor::quotations(text);
    for q in &found {
        assert!(
            q.span().covers(q.inner()) && text.get(q.span().range()).is_some() && text.get(q.inner().range()).is_some()
        );
    }
    for pair in found.windows(2) {
        let (a, b) = (pair[0].span(), pair[1].span());
        assert!(a.start() < b.start() && (a.end() <= b.start() || a.covers(b)));
    }
}

static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::builder().all_devices().build().unwrap_or_else(|error| panic!("{error}")));

/// Annotations lie in their sentences, in order, those of one device apart; their record survives JSON and other units.
pub(crate) fn annotate(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let document = ANNOTATOR.annotate(text);
    let all: Vec<_> = document.annotations().collect();
    for (i, a) in all.iter().enumerate() {
        assert!(text.get(a.span().range()).is_some() && document.sentences()[a.sentence()].covers(a.span()));
        assert!(a.parts().all(|part| text.get(part.span.range()).is_some()));
        for b in &all[i + 1..] {
            assert!(a.span().start() <= b.span().start());
            assert!(a.device() != b.device() || !a.span().overlaps(b.span()));
        }
    }
    let record = document.to_record();
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    for unit in [Unit::Chars, Unit::Utf16] {
        assert_eq!(record.in_unit(unit, text).unwrap().in_unit(Unit::Bytes, text).unwrap(), record);
    }
}

/// A pattern is written as it reads back; a fault names a part of the line.
pub(crate) fn pattern(data: &[u8]) {
    let Ok(line) = std::str::from_utf8(data) else { return };
    match line.parse::<Pattern>() {
        Ok(pattern) => assert_eq!(pattern.to_string().parse::<Pattern>().as_ref(), Ok(&pattern), "{pattern}"),
        Err(error) => assert!(line.get(error.range()).is_some(), "{error}"),
    }
}

/// A file is a lexicon or has faults with places in it, and compiling it ends.
pub(crate) fn lexicon(data: &[u8]) {
    let Ok(file) = std::str::from_utf8(data) else { return };
    let lines = file.split('\n').count();
    let fits = |faults: &[rhetor::Fault]| faults.iter().all(|fault| (1..=lines).contains(&fault.line()));
    match Lexicon::from_toml("fuzz.toml", file) {
        Err(error) => assert!(!error.faults().is_empty() && fits(error.faults())),
        Ok(lexicon) => {
            if let Ok(faults) = rhetor::check(lexicon) {
                assert!(fits(&faults));
            }
        }
    }
}

/// What reads as a record is written as it reads back, and fits a text or says that it does not.
pub(crate) fn record(data: &[u8]) {
    let Ok(json) = std::str::from_utf8(data) else { return };
    let Ok(record) = serde_json::from_str::<Record>(json) else { return };
    let written = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&written).unwrap(), record);
    for unit in [Unit::Bytes, Unit::Chars, Unit::Utf16] {
        let _ = record.in_unit(unit, json);
    }
}

/// Any text is Markdown and HTML; what is prose in it stands in the source, in order, and so do its annotations.
pub(crate) fn markup(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    for prose in [Prose::markdown(source), Prose::html(source)] {
        let mut last = Span::new(0, 0);
        for (at, c) in prose.text().char_indices() {
            let own = prose.to_source(Span::new(at, at + c.len_utf8()));
            assert!(source.get(own.range()).is_some() && own.start() >= last.start() && own.end() >= last.end());
            last = own;
        }
        let record = prose.record(&ANNOTATOR);
        assert!(record.annotations.iter().all(|tag| source.get(tag.span.range()) == Some(&tag.text)));
        assert!(record.off.iter().all(|off| record.annotations.iter().all(|tag| !off.span.overlaps(tag.span))));
        for unit in [Unit::Chars, Unit::Utf16] {
            assert_eq!(record.in_unit(unit, source).unwrap().in_unit(Unit::Bytes, source).unwrap(), record);
        }
        assert!(prose.notes().iter().all(|note| source.get(note.span.range()).is_some()));
    }
}
