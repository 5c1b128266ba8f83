//! What a lexicon file may hold, for its schema alone: nothing is ever read into these types. Their comments are what an
//! editor shows to those who write lexicons, so they teach.

#![expect(dead_code, reason = "the schema is made from the types, not from values")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// Kebab-case: small letters, digits and single hyphens.
#[derive(JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[schemars(inline, extend("pattern" = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
struct Kebab(String);

/// A version such as `1.2.0`, by the rules of semver.org.
#[derive(JsonSchema)]
#[schemars(inline, extend("pattern" = concat!(
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)",
    r"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?",
    r"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$"
)))]
struct Version(String);

/// Any text that says something.
#[derive(JsonSchema)]
#[schemars(inline, extend("pattern" = r"\S"))]
struct Reason(String);

/// A sentence in which brackets enclose each span that the entry tags: `The raid caused [collateral damage].` A bracket of
/// the text itself is written `\[` or `\]`.
#[derive(JsonSchema)]
#[schemars(inline, extend("pattern" = r"\[[^\]]*\]"))]
struct Example(String);

/// A lexicon of rhetorical devices: what to look for, what to call it and why, with examples by which it tests itself.
/// `rhetor lexicon check FILE` finds all that is wrong with one.
#[derive(JsonSchema)]
#[schemars(
    title = "rhetor lexicon",
    deny_unknown_fields,
    extend("dependencies" = { "override": ["extends"], "disable": ["extends"] })
)]
pub(super) struct Lexicon {
    /// The form of this file. There is one so far.
    #[schemars(extend("const" = 1))]
    schema: u32,
    /// What results call the lexicon: kebab-case parts joined by `/`, such as `house/plain-words`. It never changes. With
    /// the id of a bundled lexicon, this one takes its place.
    #[schemars(extend("pattern" = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"))]
    id: String,
    /// The version, by semver.org: a new major one when entries are removed or narrowed or mean something else, a minor
    /// one when entries or forms are added, a patch when only wording changed.
    version: Version,
    /// The language of the texts, as a BCP 47 tag such as `en`.
    language: String,
    /// What people call the lexicon.
    title: String,
    /// The licence of this file, as an SPDX expression such as `CC0-1.0`.
    license: String,
    /// Ids of the lexicons whose classes and phrases this one uses, such as `en/reporting`.
    #[schemars(rename = "use")]
    #[serde(default)]
    uses: Vec<String>,
    /// The bundled lexicon that this one is laid over, with the versions that it fits: `en/euphemism@^1`. Its entries stay,
    /// those of this file come to them, and `[[override]]` and `[[disable]]` change them. Its devices, classes and phrases
    /// can be used here.
    #[schemars(extend("pattern" = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*(@.+)?$"))]
    extends: Option<String>,
    /// The devices that entries of this lexicon find.
    #[serde(default)]
    device: Vec<Device>,
    /// Works that support entries or devices: only works that somebody looked up.
    #[serde(default)]
    reference: Vec<Reference>,
    /// Named sets of words, for patterns: `role = ["official/n", "aide/n"]` is used as `<role>`. A member is a word, a
    /// lemma with all its forms (`raid/v`, `raid/n`), an affix (`*ing`, `un*`), several words, or another class.
    #[serde(default)]
    class: BTreeMap<Kebab, Vec<String>>,
    /// Named parts of patterns, used like classes: `unnamed = "<adjective>{0,2} <role>"` is used as `<unnamed>`.
    #[serde(default)]
    phrase: BTreeMap<Kebab, String>,
    /// What to look for.
    #[serde(default)]
    entry: Vec<Entry>,
    /// Entries of the lexicon under `extends`, changed.
    #[serde(default)]
    #[schemars(rename = "override")]
    overrides: Vec<Override>,
    /// Entries of the lexicon under `extends` that are not to be used: `disable = [{ entry = "let-go", reason = "…" }]`.
    #[serde(default)]
    disable: Vec<Disable>,
}

/// A device: a way of persuading that entries find. With the id of a bundled device, entries add to that one.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Device {
    /// What annotations carry, such as `unnamed-source`.
    id: Kebab,
    /// What a legend calls it.
    title: String,
    /// What it is, in a sentence.
    definition: String,
    /// The kinds that its entries may have; any will do if none is named.
    #[serde(default)]
    kinds: Vec<String>,
    /// Whether it is looked for unless somebody says otherwise.
    #[serde(default = "yes")]
    default: bool,
    /// Ids of the `[[reference]]`s that support it.
    #[serde(default)]
    refs: Vec<String>,
}

/// A work that was looked up.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Reference {
    /// What `refs` name it by.
    id: String,
    /// Title of the work.
    title: String,
    /// Who wrote it.
    author: String,
    /// When it was published.
    year: u16,
    /// Where to find it: a URL, a DOI, a publisher.
    source: String,
}

/// What to look for, what to call it and why.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("anyOf" = [{ "required": ["gloss"] }, { "required": ["note"] }])
)]
struct Entry {
    /// What annotations carry. It never changes, and is never given to another entry.
    id: Kebab,
    /// Id of the device that it finds. Where the lexicon declares one only, that is meant.
    device: Option<Kebab>,
    /// The kind within the device, one of its `kinds`.
    kind: Option<String>,
    /// Patterns of words, of which any may match: `collateral damage`; `lay/v off`, with every form of a lemma;
    /// `[<role>] <adverb>{0,2} [cue: <say>]`, where brackets enclose what is tagged and what else is named. All of the
    /// language is in docs/patterns.md.
    #[schemars(rename = "match", length(min = 1))]
    patterns: Vec<String>,
    /// Words and classes of which one must stand in the same sentence.
    #[serde(default)]
    requires: Vec<String>,
    /// Words and classes of which none may stand in the same sentence.
    #[serde(default)]
    excludes: Vec<String>,
    /// Tag nothing, but keep other entries of the device from tagging what this one matches.
    #[serde(default)]
    exception: bool,
    /// What the phrase says in plain words. An entry needs this or a `note`.
    gloss: Option<String>,
    /// Why it is tagged, or what a reader should know. An entry needs this or a `gloss`.
    note: Option<String>,
    /// The version of the lexicon in which the entry first stood.
    since: Version,
    /// Since when, and why, it should no longer be relied upon: `{ version = "1.2.0", reason = "…" }`.
    deprecated: Option<Deprecated>,
    /// The share of its tags in ordinary news that you expect to be right.
    #[serde(default = "confidence")]
    #[schemars(range(min = 0.0, max = 1.0))]
    confidence: f64,
    /// Ids of the `[[reference]]`s that support it.
    #[serde(default)]
    refs: Vec<String>,
    /// Sentences with the tagged span in brackets. The lexicon is tested by them.
    #[schemars(length(min = 1))]
    examples: Vec<Example>,
    /// Sentences in which the entry tags nothing, though one might think so. The lexicon is tested by them.
    #[serde(default)]
    counterexamples: Vec<String>,
}

/// Since when, and why, an entry should no longer be relied upon.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Deprecated {
    /// The version of the lexicon that deprecated the entry.
    version: Version,
    /// Why.
    reason: String,
}

/// An entry of the lexicon under `extends`, with some of its fields said anew. Each replaces the whole field.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Override {
    /// Id of the entry.
    entry: String,
    /// Why it is changed: those who read the results will ask.
    reason: Reason,
    /// Another kind, one of those of the device.
    kind: Option<String>,
    /// Other patterns.
    #[schemars(rename = "match", length(min = 1))]
    patterns: Option<Vec<String>>,
    /// Other words and classes of which one must stand in the same sentence.
    requires: Option<Vec<String>>,
    /// Other words and classes of which none may stand in the same sentence.
    excludes: Option<Vec<String>>,
    /// Whether it only keeps other entries of the device from tagging what it matches.
    exception: Option<bool>,
    /// Another plain wording.
    gloss: Option<String>,
    /// Another note.
    note: Option<String>,
    /// Another share of tags that you expect to be right.
    #[schemars(range(min = 0.0, max = 1.0))]
    confidence: Option<f64>,
    /// Other examples.
    #[schemars(length(min = 1))]
    examples: Option<Vec<Example>>,
    /// Other counterexamples.
    counterexamples: Option<Vec<String>>,
}

/// An entry of the lexicon under `extends` that is not to be used.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Disable {
    /// Id of the entry.
    entry: String,
    /// Why it is not to be used: those who read the results will ask.
    reason: Reason,
}

fn yes() -> bool {
    true
}

fn confidence() -> f64 {
    0.9
}
