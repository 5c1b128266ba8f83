//! What a `rhetor.toml` may hold, and how it is read: every fault at once, each with its place.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use rhetor::{Fault, Unit};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};
use toml::Spanned;

use super::{exclude, project, Source};
use crate::args::Format;
use crate::input;
use crate::messages::Failure;

/// The settings of a project. `rhetor` looks for a `rhetor.toml` upwards from the texts that it annotates; flags win over
/// what it says, and `rhetor config` tells what is in force.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "rhetor.toml", extend("examples" = [{
    "lexicons": ["style/house.toml", "en/euphemism@1.0.0"],
    "devices": ["default", "passive-voice"],
    "exclude": ["archive/**", "*.draft.txt"],
    "output": { "format": "json", "offsets": "chars" },
    "fail-on": { "euphemism": 5 },
}]))]
pub(crate) struct SettingsFile {
    /// Lexicons to use besides the bundled ones, or in the place of a bundled one with the same id. Files, relative to this
    /// one, whose names end in `.toml` (an overlay is such a file, with `extends`), or bundled lexicons in a certain
    /// version, such as `en/euphemism@1.0.0`. `--lexicon` adds to them.
    #[serde(default)]
    #[schemars(with = "Vec<String>", inner(length(min = 1)))]
    pub(super) lexicons: Vec<Spanned<String>>,
    /// Look for these devices only. `default` stands for the default ones, `all` for the optional ones too. `--device`
    /// replaces them.
    #[serde(default)]
    #[schemars(with = "Vec<String>", length(min = 1), extend("default" = ["default"]),
               inner(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$")))]
    pub(super) devices: Option<Spanned<Vec<Spanned<String>>>>,
    /// Paths to leave out when directories are searched, as in a `.gitignore` that stands beside this file: `*.draft.txt`
    /// at any depth, `/notes.txt` beside this file only, `archive/` with all that is in it, `!kept.txt` in spite of a line
    /// before. A file that is named on the command line is annotated anyway.
    #[serde(default)]
    #[schemars(with = "Vec<String>", inner(length(min = 1)))]
    pub(super) exclude: Vec<Spanned<String>>,
    /// How results are written.
    #[serde(default)]
    pub(super) output: Output,
    /// For each of these devices, how many of them in all texts together make the exit status 1. `--fail-on` adds to them,
    /// or says another number. Where `--device` has others looked for than `devices` says, limits on what is not looked for
    /// do not count.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, NonZeroUsize>")]
    pub(super) fail_on: BTreeMap<Spanned<String>, Spanned<NonZeroUsize>>,
}

/// How results are written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Output {
    /// What `rhetor annotate` writes: `text` is the text with its tags marked, `json` an object or an array, `jsonl` an
    /// object a line, `html` a page. `--format` replaces it.
    #[serde(default)]
    #[schemars(with = "Format", default = "Format::default")]
    pub(super) format: Option<Spanned<Format>>,
    /// What the offsets in json and jsonl count: bytes of UTF-8 (Rust, Go), characters (Python) or UTF-16 units
    /// (JavaScript, Java). `--offsets` replaces it.
    #[serde(default)]
    #[schemars(with = "Unit", default = "Unit::default")]
    pub(super) offsets: Option<Spanned<Unit>>,
}

impl SettingsFile {
    /// Reads a settings file.
    ///
    /// # Errors
    /// Lists every fault in it.
    pub(super) fn read(path: PathBuf) -> Result<(Arc<Source>, SettingsFile), Failure> {
        let name = project::shown(&path);
        let text = input::text(&path).map_err(Failure::new)?;
        let source = Source { path, name, text };
        let (said, mut faults) = parse(&source);
        if let Some(devices) = said.devices.as_ref().filter(|devices| devices.get_ref().is_empty()) {
            faults.push(source.fault(devices.span(), "`devices`: name at least one, or take the key out"));
        }
        for glob in &said.exclude {
            let fault = exclude::fault(glob.get_ref());
            faults.extend(fault.map(|fault| source.fault(glob.span(), format!("`exclude`: {fault}"))));
        }
        faults.sort_by_key(|fault| (fault.line(), fault.column()));
        match faults.is_empty() {
            true => Ok((Arc::new(source), said)),
            false => Err(Failure::Message(faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))),
        }
    }
}

/// What a file says, and every fault in it: after each, what is at fault is taken out and the rest is read again.
fn parse(source: &Source) -> (SettingsFile, Vec<Fault>) {
    let (mut root, errors) = DeTable::parse_recoverable(&source.text);
    // What stands behind broken TOML is misread.
    if let Some(error) = errors.first() {
        let fault = source.fault(error.span().unwrap_or(0..0), error.message().trim());
        return (SettingsFile::default(), vec![fault]);
    }
    let mut faults = Vec::new();
    loop {
        let error = match SettingsFile::deserialize(Deserializer::from(root.clone())) {
            Ok(said) => return (said, faults),
            Err(error) => error,
        };
        let at = error.span().unwrap_or(0..0);
        let key = take(root.get_mut(), &at);
        faults.push(source.fault(at, explained(key.as_deref(), error.message())));
        if key.is_none() {
            return (SettingsFile::default(), faults);
        }
    }
}

/// Takes out the key or value that holds a place, and tells what it is called.
fn take(table: &mut DeTable, at: &Range<usize>) -> Option<String> {
    let holds = |span: Range<usize>| span.start <= at.start && at.end <= span.end;
    for (key, value) in table.iter_mut() {
        let name = key.get_ref().to_string();
        if holds(key.span()) {
            let key = key.clone();
            table.remove(&key);
            return Some(name);
        }
        if let DeValue::Table(inner) = value.get_mut() {
            if let Some(inner) = take(inner, at) {
                return Some(format!("{name}.{inner}"));
            }
        }
        if holds(value.span()) {
            let key = key.clone();
            table.remove(&key);
            return Some(name);
        }
    }
    None
}

/// What a deserializer found, in the words of TOML rather than of Rust, with what to do.
fn explained(key: Option<&str>, message: &str) -> String {
    let message = message.trim();
    let (key, mut quoted) = (key.unwrap_or("rhetor.toml"), message.split('`').skip(1).step_by(2));
    let unknown = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    if message.starts_with("unknown field ") {
        return format!("unknown key `{unknown}`{}", nearest(unknown, &known));
    }
    if message.starts_with("unknown variant ") {
        return format!("`{key}`: unknown value \"{unknown}\"{}", nearest(unknown, &known));
    }
    if message == "wanted string or table" {
        return format!("`{key}`: expected a string");
    }
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return format!("`{key}`: {message}") };
    let found = found.replace("type: sequence", "type: list").replace("type: map", "type: table");
    let expected = match expected {
        "a sequence" => "a list",
        "a map" => "a table",
        "a nonzero usize" => "a whole number from 1 up",
        expected if expected.starts_with("struct ") => "a table",
        expected => expected,
    };
    format!("`{key}`: {found}, expected {expected}")
}

/// The nearest of what there is, or all of it.
fn nearest(word: &str, known: &[&str]) -> String {
    let likeness = known.iter().map(|name| (strsim::jaro_winkler(word, name), name));
    match likeness.filter(|(likeness, _)| *likeness > 0.75).max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, name)) => format!("; did you mean `{name}`?"),
        None => format!("; there are {}", known.join(", ")),
    }
}
