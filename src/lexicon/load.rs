//! Reads a lexicon file: each value by serde, so that every fault in the file is found, not only the first.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use semver::Version;
use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::de::{DeTable, DeValue};
use toml::Spanned;

use super::fault::{Fault, Picture, Severity};
use super::overlay::overlay;
use super::schema::{
    fingerprint, Content, Deprecated, Device, Disabled, Entry, Fields, Lexicon, Override, Reference, Text, TextList,
};

/// The only schema there is.
const SCHEMA: u32 = 1;
/// What an entry that does not say is worth.
const CONFIDENCE: f64 = 0.9;

/// Reads what can be read of a lexicon, and lists every fault of form; `None` where there is no lexicon to speak of.
pub(super) fn lexicon(file: &str, source: &str) -> (Option<Lexicon>, Vec<Fault>) {
    let mut reader = Reader { file, source, faults: Vec::new(), base: None, places: BTreeMap::new() };
    let content = reader.content();
    let Reader { mut faults, base, places, .. } = reader;
    let lexicon = content.map(|content| Lexicon {
        file: file.to_owned(),
        source: source.to_owned().into(),
        fingerprint: fingerprint(&content),
        content,
        shelf: None,
        places,
    });
    if let (Some(lexicon), Some(base)) = (&lexicon, &base) {
        faults.extend(overlay(lexicon, base).2);
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    (lexicon, faults)
}

/// A fault at a range of bytes of a file.
pub(super) fn fault(file: &str, source: &str, at: Range<usize>, entry: Option<&str>, message: String) -> Fault {
    let clamp = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let at = clamp(at.start)..clamp(at.end);
    let before = &source[..at.start];
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    Fault {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        entry: entry.map(str::to_owned),
        severity: Severity::Error,
        message,
        picture: Some(Picture::of(source, at)),
    }
}

/// The line in which a byte stands, counted from 1.
pub(super) fn line_of(source: &str, at: usize) -> usize {
    source.as_bytes()[..at.min(source.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Where the bytes `at` of what a string says stand in the file: behind its quotes and with its escapes.
pub(super) fn place_in_file(source: &str, text: &Text, at: Range<usize>) -> Range<usize> {
    let span = text.span();
    let raw = source.get(span.clone()).unwrap_or("");
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    // A line break right behind three quotes is not part of the string.
    let rest = raw.get(quotes..).unwrap_or("");
    let skipped = match quotes {
        3 if rest.starts_with("\r\n") => 2,
        3 if rest.starts_with('\n') => 1,
        _ => 0,
    };
    let begin = span.start + quotes + skipped;
    if !raw.starts_with('"') {
        return begin + at.start..begin + at.end;
    }
    let place = |wanted: usize| {
        let (mut place, mut said) = (begin, 0);
        while said < wanted && place < span.end {
            let (width, says) = escape(&source[place..span.end]);
            place += width;
            said += says;
        }
        place
    };
    place(at.start)..place(at.end)
}

/// The length of the first character of a basic string as written, and the length of what it says.
fn escape(rest: &str) -> (usize, usize) {
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let digits = match (first, second) {
        (Some('\\'), Some('x')) => 2,
        (Some('\\'), Some('u')) => 4,
        (Some('\\'), Some('U')) => 8,
        (Some('\\'), Some(c)) if c.is_whitespace() => return (1 + rest[1..].len() - rest[1..].trim_start().len(), 0),
        (Some('\\'), Some(_)) => return (2, 1),
        (c, _) => return (c.map_or(1, char::len_utf8), c.map_or(1, char::len_utf8)),
    };
    let code = rest.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    (2 + digits, code.and_then(char::from_u32).map_or(1, char::len_utf8))
}

struct Reader<'a> {
    file: &'a str,
    source: &'a str,
    faults: Vec<Fault>,
    /// The lexicon that this one extends.
    base: Option<Lexicon>,
    /// Where the names of classes and phrases stand.
    places: BTreeMap<String, Range<usize>>,
}

/// A table of the file, read key by key; what is left over at the end is unknown.
struct Table<'i> {
    rest: DeTable<'i>,
    span: Range<usize>,
    asked: Vec<&'static str>,
    entry: Option<String>,
}

impl<'i> Table<'i> {
    fn new(table: Spanned<DeTable<'i>>) -> Table<'i> {
        Table { span: table.span(), rest: table.into_inner(), asked: Vec::new(), entry: None }
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        self.asked.push(key);
        self.rest.remove(key)
    }
}

impl Reader<'_> {
    fn fault(&mut self, at: Range<usize>, entry: Option<&str>, message: impl Into<String>) {
        self.faults.push(fault(self.file, self.source, at, entry, message.into()));
    }

    fn content(&mut self) -> Option<Content> {
        let (root, errors) = DeTable::parse_recoverable(self.source);
        let broken = !errors.is_empty();
        for error in errors {
            self.fault(error.span().unwrap_or(0..0), None, error.message().trim());
        }
        let mut head = Table::new(root);
        let uses = self.field(&mut head, "use").unwrap_or_default();
        let schema: Option<Spanned<u32>> = self.required(&mut head, "schema");
        if let Some(schema) = schema.filter(|s| *s.get_ref() != SCHEMA) {
            let message =
                format!("schema {} is not known to this version of rhetor; it reads schema {SCHEMA}", schema.get_ref());
            self.fault(schema.span(), None, message);
        }
        let id: Option<Text> = self.required(&mut head, "id");
        let version = self.required(&mut head, "version");
        let language = self.required(&mut head, "language");
        let title = self.required(&mut head, "title");
        let license = self.required(&mut head, "license");
        if let Some(id) = &id {
            if !id.get_ref().split('/').all(is_kebab) {
                self.fault(
                    id.span(),
                    None,
                    "a lexicon's id is made of kebab-case parts joined by `/`, such as \"en/euphemism\"",
                );
            }
        }
        let extends = self.extends(&mut head);
        let references = self.tables(&mut head, "reference", Reader::reference);
        let devices = self.tables(&mut head, "device", |reader, table| reader.device(table, &references));
        let classes = self.named(&mut head, "class");
        let phrases = self.named(&mut head, "phrase");
        let versions = version.clone();
        // What the extended lexicon declares, its extension need not declare again.
        let declared = match (&extends, &self.base) {
            (Some(extends), Some(base)) => {
                base.devices().iter().map(|device| (device.clone(), extends.span())).chain(devices.clone()).collect()
            }
            _ => devices.clone(),
        };
        let entries =
            self.tables(&mut head, "entry", |reader, table| reader.entry(table, &declared, &references, &versions));
        let overrides = self.tables(&mut head, "override", Reader::overridden);
        let disabled = self.tables(&mut head, "disable", Reader::disabled);
        if extends.is_none() {
            for (at, what) in overrides
                .first()
                .map(|o| (&o.1, "override"))
                .into_iter()
                .chain(disabled.first().map(|d| (&d.1, "disable")))
            {
                let message =
                    format!("`{what}` is for a lexicon that extends another; say which by `extends = \"en/…@^1\"`");
                self.fault(at.clone(), None, message);
            }
        }
        self.close(head);
        self.unique("device", devices.iter().map(|(d, at)| (d.id.as_str(), at.clone())));
        self.unique("reference", references.iter().map(|(r, at)| (r.id.as_str(), at.clone())));
        self.unique("entry", entries.iter().map(|(e, _)| (e.id(), e.id.span())));
        // What was made of broken TOML is not what its author means.
        if broken {
            return None;
        }
        Some(Content {
            schema: SCHEMA,
            id: id?.into_inner(),
            version: version?,
            language: language.unwrap_or_default(),
            title: title.unwrap_or_default(),
            license: license.unwrap_or_default(),
            uses,
            devices: devices.into_iter().map(|(d, _)| d).collect(),
            references: references.into_iter().map(|(r, _)| r).collect(),
            classes: classes.into(),
            phrases,
            entries: entries.into_iter().map(|(e, _)| e).collect(),
            extends,
            overrides: overrides.into_iter().map(|(o, _)| o).collect(),
            disabled: disabled.into_iter().map(|(d, _)| d).collect(),
        })
    }

    /// The bundled lexicon that this one extends, which is loaded.
    fn extends(&mut self, head: &mut Table) -> Option<Text> {
        let extends: Text = self.field(head, "extends")?;
        match Lexicon::bundled(extends.get_ref()) {
            Ok(base) => self.base = Some(base),
            Err(error) => self.fault(extends.span(), None, format!("`extends`: {error}")),
        }
        Some(extends)
    }

    fn overridden(&mut self, table: &mut Table) -> Option<Override> {
        let entry = self.extended_entry(table);
        let name = table.entry.clone();
        let reason = self.reason(table);
        let fields = Fields {
            kind: self.field(table, "kind"),
            patterns: self.field(table, "match"),
            requires: self.field(table, "requires"),
            excludes: self.field(table, "excludes"),
            exception: self.field(table, "exception"),
            gloss: self.field(table, "gloss"),
            note: self.field(table, "note"),
            confidence: self.confidence(table),
            examples: self.field(table, "examples"),
            counterexamples: self.field(table, "counterexamples"),
        };
        self.enough(table, fields.patterns.as_deref(), fields.examples.as_deref());
        self.bracketed(fields.examples.as_deref().unwrap_or_default(), name.as_deref());
        Some(Override { entry: entry?, reason: reason?, fields })
    }

    fn disabled(&mut self, table: &mut Table) -> Option<Disabled> {
        let (entry, reason) = (self.extended_entry(table), self.reason(table));
        Some(Disabled { entry: entry?, reason: reason? })
    }

    /// The entry of the extended lexicon that a table is about.
    fn extended_entry(&mut self, table: &mut Table) -> Option<Text> {
        let entry: Option<Text> = self.required(table, "entry");
        table.entry = entry.as_ref().map(|entry| entry.get_ref().clone());
        entry
    }

    /// Why something is changed: those who read the results will ask.
    fn reason(&mut self, table: &mut Table) -> Option<String> {
        let reason: Text = self.required(table, "reason")?;
        if reason.get_ref().trim().is_empty() {
            self.fault(reason.span(), table.entry.as_deref(), "say the `reason`: those who read the results will ask");
        }
        Some(reason.into_inner())
    }

    fn confidence(&mut self, table: &mut Table) -> Option<f64> {
        let confidence: Spanned<f64> = self.field(table, "confidence")?;
        if !(0.0..=1.0).contains(confidence.get_ref()) {
            self.fault(confidence.span(), table.entry.as_deref(), "`confidence` is a share from 0 to 1");
        }
        Some(confidence.into_inner())
    }

    /// An entry without pattern or example is none. `None` is for what was not said and has been dealt with.
    fn enough(&mut self, table: &Table, patterns: Option<&[Text]>, examples: Option<&[Text]>) {
        let name = table.entry.as_deref();
        if patterns.is_some_and(<[Text]>::is_empty) {
            self.fault(table.span.clone(), name, "an entry needs at least one pattern in `match`");
        }
        if examples.is_some_and(<[Text]>::is_empty) {
            let message = "an entry needs at least one of `examples`, with the span in brackets";
            self.fault(table.span.clone(), name, message);
        }
    }

    fn bracketed(&mut self, examples: &[Text], entry: Option<&str>) {
        for text in examples {
            if let Err(message) = brackets(text.get_ref()) {
                self.fault(text.span(), entry, message);
            }
        }
    }

    fn device(&mut self, table: &mut Table, references: &[(Reference, Range<usize>)]) -> Option<Device> {
        let id: Option<Text> = self.required(table, "id");
        if let Some(id) = &id {
            self.kebab(id, None);
        }
        // A device with a fault is declared none the less: its entries are not to blame.
        let title = self.required(table, "title").unwrap_or_default();
        let definition = self.required(table, "definition").unwrap_or_default();
        let kinds = self.field(table, "kinds").unwrap_or_default();
        let default = self.field(table, "default").unwrap_or(true);
        let refs: TextList = self.field(table, "refs").unwrap_or_default();
        self.known(&refs, references, None);
        Some(Device { id: id?.into_inner(), title, definition, kinds, default, refs })
    }

    fn reference(&mut self, table: &mut Table) -> Option<Reference> {
        let (id, title) = (self.required(table, "id"), self.required(table, "title").unwrap_or_default());
        let author = self.required(table, "author").unwrap_or_default();
        let year = self.required(table, "year").unwrap_or_default();
        let source = self.required(table, "source").unwrap_or_default();
        Some(Reference { id: id?, title, author, year, source })
    }

    fn entry(
        &mut self,
        table: &mut Table,
        devices: &[(Device, Range<usize>)],
        references: &[(Reference, Range<usize>)],
        version: &Option<Version>,
    ) -> Option<Entry> {
        let id: Option<Text> = self.required(table, "id");
        table.entry = id.as_ref().map(|id| id.get_ref().clone());
        let name = table.entry.clone();
        let name = name.as_deref();
        if let Some(id) = &id {
            self.kebab(id, name);
        }
        let device = self.entry_device(table, devices);
        let kind: Option<Text> = self.field(table, "kind");
        if let (Some(kind), Some(device)) = (&kind, device) {
            if !device.kinds.is_empty() && !device.kinds.contains(kind.get_ref()) {
                let hint = suggest(kind.get_ref(), device.kinds.iter().map(String::as_str));
                self.fault(kind.span(), name, format!("{} has no kind \"{}\"{hint}", device.id, kind.get_ref()));
            }
        }
        let patterns: Option<TextList> = self.required(table, "match");
        let requires = self.field(table, "requires").unwrap_or_default();
        let excludes = self.field(table, "excludes").unwrap_or_default();
        let exception = self.field(table, "exception").unwrap_or(false);
        let gloss = self.field(table, "gloss");
        let note = self.field(table, "note");
        let since: Option<Spanned<Version>> = self.required(table, "since");
        let deprecated: Option<Deprecated> = self.field(table, "deprecated");
        let confidence = self.confidence(table);
        let refs: TextList = self.field(table, "refs").unwrap_or_default();
        let examples: TextList = self.field(table, "examples").unwrap_or_default();
        let counterexamples: TextList = self.field(table, "counterexamples").unwrap_or_default();

        self.enough(table, patterns.as_deref(), None);
        if gloss.is_none() && note.is_none() {
            self.fault(
                table.span.clone(),
                name,
                "an entry needs a `gloss` (what it says plainly) or a `note` (why it is tagged)",
            );
        }
        self.enough(table, None, Some(&examples));
        if let Some(since) = &since {
            if version.as_ref().is_some_and(|version| since.get_ref() > version) {
                self.fault(since.span(), name, "`since` is later than the lexicon's own version");
            }
        }
        self.known(&refs, references, name);
        self.bracketed(&examples, name);
        Some(Entry {
            id: id?,
            device: device?.id.clone(),
            kind: kind.map(Spanned::into_inner),
            patterns: patterns.unwrap_or_default(),
            requires,
            excludes,
            exception,
            gloss,
            note,
            since: since?.into_inner(),
            deprecated,
            confidence: confidence.unwrap_or(CONFIDENCE),
            refs,
            examples,
            counterexamples,
        })
    }

    /// Reports ids of references that nobody declares.
    fn known(&mut self, refs: &TextList, references: &[(Reference, Range<usize>)], entry: Option<&str>) {
        for text in refs {
            if !references.iter().any(|(r, _)| r.id == *text.get_ref()) {
                let hint = suggest(text.get_ref(), references.iter().map(|(r, _)| r.id.as_str()));
                self.fault(text.span(), entry, format!("no [[reference]] is called \"{}\"{hint}", text.get_ref()));
            }
        }
    }

    /// The device an entry names, or the only one that the lexicon declares.
    fn entry_device<'d>(&mut self, table: &mut Table, devices: &'d [(Device, Range<usize>)]) -> Option<&'d Device> {
        let name = table.entry.clone();
        match (self.field::<Text>(table, "device"), devices) {
            (Some(id), _) => {
                let found = devices.iter().find(|(device, _)| device.id == *id.get_ref());
                if found.is_none() {
                    let hint = suggest(id.get_ref(), devices.iter().map(|(d, _)| d.id.as_str()));
                    let message =
                        format!("the lexicon declares no device \"{}\"; add a [[device]]{hint}", id.get_ref());
                    self.fault(id.span(), name.as_deref(), message);
                }
                found.map(|(device, _)| device)
            }
            (None, [(only, _)]) => Some(only),
            (None, _) => {
                self.fault(table.span.clone(), name.as_deref(), "say which `device` the entry finds");
                None
            }
        }
    }

    /// The value of a key, or a fault where it has the wrong type.
    fn field<T: DeserializeOwned>(&mut self, table: &mut Table, key: &'static str) -> Option<T> {
        let value = table.take(key)?;
        let span = value.span();
        match T::deserialize(value.into_deserializer()) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("`{key}`: {}", plain(error.message()));
                self.fault(error.span().unwrap_or(span), table.entry.as_deref(), message);
                None
            }
        }
    }

    fn required<T: DeserializeOwned>(&mut self, table: &mut Table, key: &'static str) -> Option<T> {
        if table.rest.get(key).is_none() {
            table.asked.push(key);
            self.fault(table.span.clone(), table.entry.as_deref(), format!("`{key}` is missing"));
            return None;
        }
        self.field(table, key)
    }

    /// The tables of `[[key]]`, each read by `read`, with where they stand.
    fn tables<T>(
        &mut self,
        head: &mut Table,
        key: &'static str,
        mut read: impl FnMut(&mut Self, &mut Table) -> Option<T>,
    ) -> Vec<(T, Range<usize>)> {
        let Some(value) = head.take(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            self.fault(span, None, format!("write `[[{key}]]`, once for each"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            let span = item.span();
            let DeValue::Table(table) = item.into_inner() else {
                self.fault(span, None, format!("write `[[{key}]]`, once for each"));
                continue;
            };
            let mut table = Table::new(Spanned::new(span.clone(), table));
            if let Some(item) = read(self, &mut table) {
                out.push((item, span));
            }
            self.close(table);
        }
        out
    }

    /// The names and values of `[key]`.
    fn named<T: DeserializeOwned>(&mut self, head: &mut Table, key: &'static str) -> BTreeMap<String, T> {
        let Some(value) = head.take(key) else { return BTreeMap::new() };
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            self.fault(span, None, format!("write `[{key}]`, with a name and a value a line"));
            return BTreeMap::new();
        };
        let mut out = BTreeMap::new();
        for (name, value) in table {
            if !is_kebab(name.get_ref()) {
                self.fault(name.span(), None, "a name is kebab-case: small letters, digits and single hyphens");
            }
            let at = value.span();
            self.places.insert(name.get_ref().clone().into_owned(), name.span());
            match T::deserialize(value.into_deserializer()) {
                Ok(value) => drop(out.insert(name.into_inner().into_owned(), value)),
                Err(error) => {
                    let message = format!("{key} \"{}\": {}", name.get_ref(), plain(error.message()));
                    self.fault(error.span().unwrap_or(at), None, message);
                }
            }
        }
        out
    }

    /// Reports the keys that nobody asked for.
    fn close(&mut self, table: Table) {
        for (key, _) in &table.rest {
            let hint = match suggest(key.get_ref(), table.asked.iter().copied()) {
                hint if hint.is_empty() => format!("; there are {}", table.asked.join(", ")),
                hint => hint,
            };
            self.fault(key.span(), table.entry.as_deref(), format!("unknown key `{}`{hint}", key.get_ref()));
        }
    }

    fn kebab(&mut self, id: &Text, entry: Option<&str>) {
        if !is_kebab(id.get_ref()) {
            self.fault(id.span(), entry, "an id is kebab-case: small letters, digits and single hyphens");
        }
    }

    fn unique<'n>(&mut self, what: &str, ids: impl Iterator<Item = (&'n str, Range<usize>)>) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (id, at) in ids {
            if let Some(first) = seen.get(id) {
                let line = line_of(self.source, *first);
                self.fault(
                    at,
                    (what == "entry").then_some(id),
                    format!("{what} \"{id}\" stands already in line {line}; ids are unique"),
                );
            } else {
                seen.insert(id, at.start);
            }
        }
    }
}

/// What a deserializer wanted, in the words of TOML rather than of Rust.
fn plain(message: &str) -> String {
    let message = message.trim();
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return message.to_owned() };
    let expected = match expected {
        "a sequence" => "a list",
        "f64" => "a number",
        "u16" | "u32" => "a whole number",
        other => other,
    };
    format!("{}, expected {expected}", found.replace("invalid type: sequence", "invalid type: list"))
}

fn is_kebab(id: &str) -> bool {
    id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// "; did you mean `x`?" for the candidate most like `word`, or nothing.
pub(crate) fn suggest<'n>(word: &str, known: impl Iterator<Item = &'n str>) -> String {
    known
        .map(|name| (strsim::jaro_winkler(word, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(String::new(), |(_, name)| format!("; did you mean `{name}`?"))
}

/// Whether an example marks at least one span in brackets that open and close in turn; `\[` and `\]` are plain text.
pub(crate) fn brackets(example: &str) -> Result<(), &'static str> {
    let (mut open, mut any, mut escaped) = (false, false, false);
    for c in example.chars() {
        match c {
            _ if escaped => {}
            '[' if open => return Err("a bracket opens inside another; examples mark spans one after the other"),
            '[' => (open, any) = (true, true),
            ']' if !open => return Err("a bracket closes that never opened"),
            ']' => open = false,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    match (open, any) {
        (true, _) => Err("a bracket is never closed"),
        (false, false) => Err("an example needs brackets around what the entry tags"),
        _ => Ok(()),
    }
}
