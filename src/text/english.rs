//! The bundled rules for English text, for those who want sentences or quotations and nothing else.

use std::sync::LazyLock;

use serde::Deserialize;

use super::quotations::QuotationRules;
use super::sentences::{SentenceRules, SentenceSplitter};

/// What this module reads of a language's file.
#[derive(Deserialize)]
struct LanguageFile {
    sentences: SentenceRules,
    quotations: QuotationRules,
}

pub(super) struct English {
    pub(super) sentences: SentenceSplitter,
    pub(super) quotations: QuotationRules,
}

pub(super) static ENGLISH: LazyLock<English> = LazyLock::new(|| {
    let file: LanguageFile =
        toml::from_str(include_str!("../../lexicons/en/language.toml")).expect("the bundled file is tested");
    English { sentences: SentenceSplitter::new(file.sentences), quotations: file.quotations }
});
