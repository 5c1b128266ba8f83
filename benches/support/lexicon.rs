//! A lexicon of nothing but phrases, and an annotator that looks for them only.

use rhetor::{Annotator, Lexicon};

/// An annotator that looks for these phrases and nothing else.
pub(crate) fn only_these<'p>(phrases: impl IntoIterator<Item = &'p String>) -> Annotator {
    let patterns: Vec<String> = phrases.into_iter().map(|phrase| format!("{phrase:?}")).collect();
    let file = format!(
        r#"
        schema = 1
        id = "bench/phrases"
        version = "1.0.0"
        language = "en"
        title = "Phrases"
        license = "CC0-1.0"

        [[device]]
        id = "phrase"
        title = "Phrase"
        definition = "A phrase that the bench looks for."

        [[entry]]
        id = "phrase"
        device = "phrase"
        match = [{}]
        since = "1.0.0"
        note = "It is one of those looked for."
        examples = ["[It] is tried nowhere."]
        "#,
        patterns.join(", "),
    );
    let lexicon = Lexicon::from_toml("bench.toml", &file).unwrap_or_else(|error| panic!("{error}"));
    let builder = Annotator::builder().without_bundled().lexicon(lexicon).only(["phrase"]);
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}
