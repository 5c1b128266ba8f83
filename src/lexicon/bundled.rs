//! The lexicons inside this crate; none without the feature `bundled`.

/// Data files compiled into the crate.
pub(crate) struct Bundled {
    /// Id and text of each lexicon.
    pub(crate) lexicons: &'static [(&'static str, &'static str)],
    /// Language tag, `language.toml` and `inflection.toml` of each language.
    pub(crate) languages: &'static [(&'static str, &'static str, &'static str)],
}

#[cfg(not(feature = "bundled"))]
pub(crate) const BUNDLED: Bundled = Bundled { lexicons: &[], languages: &[] };

#[cfg(feature = "bundled")]
pub(crate) const BUNDLED: Bundled = Bundled {
    lexicons: &[
        ("en/names", include_str!("../../lexicons/en/names.toml")),
        ("en/reporting", include_str!("../../lexicons/en/reporting.toml")),
        ("en/passives", include_str!("../../lexicons/en/passives.toml")),
        ("en/euphemism", include_str!("../../lexicons/en/euphemism.toml")),
        ("en/unnamed-source", include_str!("../../lexicons/en/unnamed-source.toml")),
        ("en/institutional-voice", include_str!("../../lexicons/en/institutional-voice.toml")),
        ("en/passive-attribution", include_str!("../../lexicons/en/passive-attribution.toml")),
        ("en/agentless-passive", include_str!("../../lexicons/en/agentless-passive.toml")),
        ("en/passive-voice", include_str!("../../lexicons/en/passive-voice.toml")),
    ],
    languages: &[(
        "en",
        include_str!("../../lexicons/en/language.toml"),
        include_str!("../../lexicons/en/inflection.toml"),
    )],
};
