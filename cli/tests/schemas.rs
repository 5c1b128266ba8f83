//! The schemas in `schemas/` are those that the command prints, and take what the readers take.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rhetor::{Lexicon, LexiconError};
use serde::Deserialize;
use serde_json::{json, Value};

/// What the command calls each schema, and where it is kept.
const SCHEMAS: [(&str, &str); 3] = [
    ("lexicon", "schemas/lexicon.schema.json"),
    ("config", "schemas/rhetor.schema.json"),
    ("output", "schemas/record.schema.json"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").to_owned()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    // A checkout may have line ends of its own.
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())).replace("\r\n", "\n")
}

fn rhetor(args: &[&str]) -> String {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("rhetor");
    let output = command.current_dir(root()).args(args).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&rhetor(&["schema", name])).expect("JSON")
}

fn validator(name: &str) -> Validator {
    jsonschema::validator_for(&schema(name)).expect("a schema")
}

/// A TOML file as a validator sees it.
fn toml(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    serde_json::to_value(table).expect("JSON")
}

/// What a schema finds wrong.
fn wrong(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_files_are_what_the_command_prints() {
    for (name, path) in SCHEMAS {
        let new = format!("cargo run --package rhetor-cli -- schema {name} > {path}");
        assert!(read(path) == rhetor(&["schema", name]), "{path} is out of date; write it anew:\n{new}");
    }
}

// --- lexicons ---

#[test]
fn every_lexicon_passes() {
    let validator = validator("lexicon");
    let mut tried = 0;
    for entry in fs::read_dir(root().join("lexicons/en")).expect("lexicons") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if ["language.toml", "inflection.toml"].contains(&name.as_str()) {
            continue;
        }
        let text = read(&path);
        assert_eq!(wrong(&validator, &toml(&text)), [""; 0], "{name}");
        assert!(text.starts_with("#:schema ../../schemas/lexicon.schema.json\n"), "{name}: say the schema at the head");
        tried += 1;
    }
    assert_eq!(tried, Lexicon::bundled_ids().count());
    let house = read("examples/house.toml");
    assert!(house.starts_with("#:schema ../schemas/lexicon.schema.json\n"));
    assert_eq!(wrong(&validator, &toml(&house)), [""; 0]);
}

/// The table of cases of the reader; see `tests/faults.rs`.
#[derive(Deserialize)]
struct Table {
    head: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    file: Option<String>,
    body: Option<String>,
    faults: Vec<String>,
}

/// What the reader says of faults that a schema can see, too.
const OF_FORM: [&str; 9] = [
    ": unknown key `",
    "` is missing",
    ": invalid type: ",
    ": unknown field `",
    "an id is kebab-case",
    "a name is kebab-case",
    "a lexicon's id is made of kebab-case parts",
    "is not known to this version of rhetor",
    "an entry needs a",
];

#[test]
fn faults_of_form_are_seen() {
    let validator = validator("lexicon");
    let table: Table = toml::from_str(&read("tests/cases/faults.toml")).expect("cases");
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sound = 0;
    for case in &table.case {
        let file = match (&case.file, &case.body) {
            (Some(file), _) => file.clone(),
            (None, Some(body)) => format!("{}{body}", table.head),
            (None, None) => continue,
        };
        let Ok(value) = toml::from_str::<toml::Table>(&file) else { continue };
        let wrong = wrong(&validator, &serde_json::to_value(value).expect("JSON"));
        if case.faults.is_empty() {
            assert_eq!(wrong, [""; 0], "{}", case.name);
            sound += 1;
        }
        for fault in &case.faults {
            if let Some(kind) = OF_FORM.iter().find(|kind| fault.contains(**kind)) {
                assert!(!wrong.is_empty(), "{}: the schema does not see {fault}", case.name);
                *seen.entry(kind).or_default() += 1;
            }
        }
    }
    assert!(sound >= 2);
    let unseen: Vec<&&str> = OF_FORM.iter().filter(|kind| !seen.contains_key(**kind)).collect();
    assert!(unseen.is_empty(), "no case for {unseen:?}");
}

/// The tables of a lexicon, with a file in which each of them has the key `zzz` and nothing else.
const TABLES: [(&str, &str); 6] = [
    ("", "zzz = 1"),
    ("Device", "[[device]]\nzzz = 1"),
    ("Reference", "[[reference]]\nzzz = 1"),
    ("Entry", "[[entry]]\nzzz = 1"),
    ("Override", "[[override]]\nzzz = 1"),
    ("Disable", "[[disable]]\nzzz = 1"),
];

/// The keys that the reader says there are, where it finds one that it does not know.
fn known(error: &LexiconError) -> BTreeSet<String> {
    let said = error.faults().iter().find_map(|fault| fault.message().strip_prefix("unknown key `zzz`; there are "));
    said.unwrap_or_else(|| panic!("{error}")).split(", ").map(str::to_owned).collect()
}

#[test]
fn reader_and_schema_know_the_same_keys() {
    let schema = schema("lexicon");
    for (name, file) in TABLES {
        let object = if name.is_empty() { &schema } else { &schema["definitions"][name] };
        let keys: BTreeSet<String> = object["properties"].as_object().expect("an object").keys().cloned().collect();
        let error = Lexicon::from_toml("x.toml", file).expect_err("an unknown key");
        assert_eq!(known(&error), keys, "{name}: what the reader knows, and what the schema does");
        assert_eq!(object["additionalProperties"], false, "{name}");

        let missing = |key: &String| {
            let message = format!("`{key}` is missing");
            error.faults().iter().any(|fault| fault.message() == message)
        };
        let required: BTreeSet<String> = serde_json::from_value(object["required"].clone()).expect("a list");
        // That an entry needs examples is said in a sentence of its own.
        let examples = if name == "Entry" { vec!["examples".to_owned()] } else { Vec::new() };
        let demanded = keys.iter().filter(|key| missing(key)).cloned().chain(examples).collect();
        assert_eq!(required, demanded, "{name}: what the schema demands, and what the reader does");
    }
    // All that there is has been looked at, save what serde reads by itself.
    let definitions = schema["definitions"].as_object().expect("an object").keys().map(String::as_str);
    let tables = TABLES.iter().map(|(name, _)| *name).filter(|name| !name.is_empty());
    assert_eq!(definitions.collect::<BTreeSet<_>>(), tables.chain(["Deprecated"]).collect());
}

/// Fields of an overlay: what stands behind its head, and whether that is sound.
#[test]
fn overlays_are_known() {
    let validator = validator("lexicon");
    let head = "schema = 1\nid = \"house/over\"\nversion = \"1.0.0\"\nlanguage = \"en\"\ntitle = \"O\"\nlicense = \"CC0-1.0\"\n";
    let extends = "extends = \"en/euphemism@^1\"\n";
    for (sound, body) in [
        (true, format!("{extends}disable = [{{ entry = \"let-go\", reason = \"Too common.\" }}]")),
        (
            true,
            format!(
                "{extends}[[override]]\nentry = \"let-go\"\nreason = \"Why.\"\nconfidence = 0.5\nmatch = [\"let go\"]"
            ),
        ),
        (false, format!("{extends}[[override]]\nentry = \"let-go\"\nreason = \" \"")),
        (false, format!("{extends}[[override]]\nentry = \"let-go\"")),
        (false, format!("{extends}[[override]]\nentry = \"let-go\"\nreason = \"Why.\"\nmatch = []")),
        (false, format!("{extends}[[override]]\nentry = \"let-go\"\nreason = \"Why.\"\nsince = \"1.0.0\"")),
        (false, format!("{extends}[[override]]\nentry = \"let-go\"\nreason = \"Why.\"\nconfidence = 2")),
        (false, format!("{extends}[[disable]]\nentry = \"let-go\"")),
        (false, "[[disable]]\nentry = \"let-go\"\nreason = \"Why.\"".to_owned()),
        (false, "[[override]]\nentry = \"let-go\"\nreason = \"Why.\"\ngloss = \"x\"".to_owned()),
    ] {
        assert_eq!(wrong(&validator, &toml(&format!("{head}{body}"))).is_empty(), sound, "{body}");
    }
}

// --- settings ---

/// Settings files, and whether they are sound: for the schema and for the reader alike.
const SETTINGS: [(bool, &str); 17] = [
    (true, ""),
    (
        true,
        "lexicons = [\"en/euphemism@1.0.0\"]\ndevices = [\"default\", \"passive-voice\"]\nexclude = [\"archive/**\"]",
    ),
    (true, "[output]\nformat = \"html\"\noffsets = \"utf16\""),
    (true, "[fail-on]\neuphemism = 5"),
    (false, "device = [\"euphemism\"]"),
    (false, "devices = \"euphemism\""),
    (false, "devices = []"),
    (false, "devices = [1]"),
    (false, "lexicons = [{ file = \"a.toml\" }]"),
    (false, "exclude = [[\"a\"]]"),
    (false, "output = \"html\""),
    (false, "[output]\nformat = \"xml\""),
    (false, "[output]\noffsets = \"words\""),
    (false, "[output]\nformats = \"html\""),
    (false, "[fail-on]\neuphemism = 0"),
    (false, "[fail-on]\neuphemism = \"5\""),
    (false, "fail_on = { euphemism = 5 }"),
];

#[test]
fn settings_pass_where_the_command_takes_them() {
    let validator = validator("config");
    let place = tempfile::tempdir().expect("a directory");
    let path = place.path().join("rhetor.toml");
    for (sound, file) in SETTINGS {
        assert_eq!(wrong(&validator, &toml(file)).is_empty(), sound, "the schema, of {file}");
        fs::write(&path, file).expect("a file");
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("rhetor");
        command.current_dir(place.path()).arg("config").assert().code(if sound { 0 } else { 2 });
    }
    for example in schema("config")["examples"].as_array().expect("examples") {
        assert_eq!(wrong(&validator, example), [""; 0]);
    }
}

// --- results ---

#[test]
fn results_pass() {
    let validator = validator("output");
    for unit in ["bytes", "chars", "utf16"] {
        let written = rhetor(&["annotate", "--no-config", "--format", "jsonl", "--offsets", unit, "examples/articles"]);
        let mut parts = 0;
        for line in written.lines() {
            let record: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(wrong(&validator, &record), [""; 0], "{}", record["id"]);
            parts += record["annotations"]
                .as_array()
                .expect("a list")
                .iter()
                .filter(|tag| tag["parts"] != json!([]))
                .count();
        }
        assert!(written.lines().count() >= 6 && parts > 0);
    }
}

#[test]
fn what_is_no_result_does_not_pass() {
    let validator = validator("output");
    let written = rhetor(&["annotate", "--no-config", "--format", "json", "examples/articles/strike.txt"]);
    let record: Value = serde_json::from_str(&written).expect("JSON");
    for (pointer, value) in [
        ("/annotations/0/start", json!("3")),
        ("/annotations/0/voice", json!("nobody")),
        ("/annotations/0/entry", json!("collateral-damage")),
        ("/offsets", json!("words")),
        ("/sentences/0", json!([0, 5])),
        ("/lexicons", json!(null)),
    ] {
        let mut changed = record.clone();
        *changed.pointer_mut(pointer).expect("a place in the record") = value;
        assert!(!wrong(&validator, &changed).is_empty(), "{pointer}");
    }
}
