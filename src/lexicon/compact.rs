//! The bundled lexicons in their compact form.

use std::collections::BTreeMap;
use std::ops::Range;

use super::schema::{Content, Deprecated, Device, Disabled, Entry, Fields, Override, Reference};
use super::{Lexicon, Source};
use crate::compact::{compact, kept};

/// What a lexicon is, apart from its text.
struct Kept {
    content: Content,
    fingerprint: String,
    places: BTreeMap<String, Range<usize>>,
}

compact!(Kept { content, fingerprint, places });
compact!(Content {
    schema,
    id,
    version,
    language,
    title,
    license,
    uses,
    devices,
    references,
    classes,
    phrases,
    entries,
    extends,
    overrides,
    disabled,
});
compact!(Device { id, title, definition, kinds, default, refs });
compact!(Deprecated { version, reason });
compact!(Reference { id, title, author, year, source });
compact!(Entry {
    id,
    device,
    kind,
    patterns,
    requires,
    excludes,
    exception,
    gloss,
    note,
    since,
    deprecated,
    confidence,
    refs,
    examples,
    counterexamples,
});
compact!(Override { entry, reason, fields });
compact!(Fields { kind, patterns, requires, excludes, exception, gloss, note, confidence, examples, counterexamples });
compact!(Disabled { entry, reason });
compact!(Source { id, version, fingerprint });

/// The lexicon of that text, if it is kept.
pub(super) fn lexicon(id: &str, file: &str, text: &'static str) -> Option<Lexicon> {
    let Kept { content, fingerprint, places } = kept(id, text, text)?;
    Some(Lexicon { file: file.to_owned(), source: text.into(), content, fingerprint, shelf: None, places })
}

/// The lexicons as they are to be kept.
#[cfg(all(test, feature = "bundled"))]
pub(crate) fn sections() -> Vec<u8> {
    let section = |(id, text): &(&str, &'static str)| {
        let Lexicon { content, fingerprint, places, .. } = Lexicon::from_toml(id, text).expect("a sound lexicon");
        crate::compact::keep(id, text, text, &Kept { content, fingerprint, places })
    };
    super::bundled::texts().iter().flat_map(section).collect()
}
