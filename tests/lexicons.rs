//! The bundled lexicons: each is its own test, and all keep the rules of the house.

#![cfg(feature = "bundled")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use rhetor::{check, Annotator, BuildError, Lexicon};
use support::{entry, head};

/// The kinds of euphemism, by the domain that they come from.
const EUPHEMISMS: [&str; 21] = [
    "military",
    "killing",
    "policing",
    "detention",
    "torture",
    "intelligence",
    "migration",
    "economy",
    "work",
    "politics",
    "diplomacy",
    "death",
    "body",
    "disability",
    "age",
    "poverty",
    "sex",
    "substances",
    "environment",
    "corporate",
    "crime",
];

/// The devices that are looked for unless somebody says otherwise.
const DEFAULT: [&str; 5] =
    ["euphemism", "unnamed-source", "institutional-voice", "passive-attribution", "agentless-passive"];

fn bundled() -> Vec<Lexicon> {
    Lexicon::bundled_ids().map(|id| Lexicon::bundled(id).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn every_lexicon_passes_its_own_check() {
    let mut faults = 0;
    for lexicon in bundled() {
        let id = lexicon.id().to_owned();
        let found = check(lexicon).unwrap_or_else(|error| panic!("{id}: {error}"));
        for fault in &found {
            eprintln!("{fault}");
        }
        faults += found.len();
    }
    assert_eq!(faults, 0, "faults in the bundled lexicons");
}

#[test]
fn every_bundled_id_loads_the_lexicon_of_that_id() {
    let ids: Vec<&str> = Lexicon::bundled_ids().collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for id in ids {
        let lexicon = Lexicon::bundled(id).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(lexicon.id(), id);
        assert_eq!(id.split('/').next(), Some(lexicon.language()), "{id}");
        assert_eq!(lexicon.license(), "CC0-1.0", "{id}");
        assert!(!lexicon.title().is_empty(), "{id}");
        for used in lexicon.uses() {
            assert!(Lexicon::bundled_ids().any(|known| known == used), "{id} uses {used}");
        }
    }
}

#[test]
fn every_entry_shows_and_explains_itself() {
    let mut bare = Vec::new();
    for lexicon in bundled() {
        let mut ids = BTreeSet::new();
        for entry in lexicon.entries() {
            let name = format!("{}#{}", lexicon.id(), entry.id());
            assert!(ids.insert(entry.id().to_owned()), "{name} stands twice");
            assert!(entry.since() <= lexicon.version(), "{name}");
            assert!((0.0..=1.0).contains(&entry.confidence()), "{name}");
            assert!(entry.patterns().count() > 0, "{name}");
            let explained = [entry.gloss(), entry.note()].iter().flatten().any(|text| !text.trim().is_empty());
            let shown = entry.examples().any(|example| example.contains('['));
            if !explained || !shown {
                bare.push(name);
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new(), "entries without an example, or with neither gloss nor note");
}

#[test]
fn entries_keep_to_the_devices_and_kinds_declared() {
    let mut declared = BTreeSet::new();
    for lexicon in bundled() {
        for device in lexicon.devices() {
            assert!(declared.insert(device.id().to_owned()), "{} is declared twice", device.id());
            assert!(!device.title().is_empty() && !device.definition().is_empty(), "{}", device.id());
            assert!(
                lexicon.entries().iter().any(|entry| entry.device() == device.id()),
                "{} has no entry",
                device.id()
            );
            for kind in device.kinds() {
                let any = lexicon.entries().iter().any(|e| e.device() == device.id() && e.kind() == Some(kind));
                assert!(any, "no entry of {} has the kind {kind}", device.id());
            }
        }
        for entry in lexicon.entries() {
            let device = lexicon.devices().iter().find(|device| device.id() == entry.device());
            let kinds = device.map_or(&[][..], |device| device.kinds());
            assert!(kinds.is_empty() || entry.is_exception() || entry.kind().is_some(), "{} has no kind", entry.id());
        }
    }
    assert!(DEFAULT.iter().all(|id| declared.contains(*id)) && declared.contains("passive-voice"));
}

#[test]
fn every_work_supports_a_device_or_an_entry() {
    for lexicon in bundled() {
        let cited: BTreeSet<&str> = lexicon
            .devices()
            .iter()
            .flat_map(|d| d.refs())
            .chain(lexicon.entries().iter().flat_map(|e| e.refs()))
            .collect();
        let listed: BTreeSet<&str> = lexicon.references().iter().map(|work| work.id.as_str()).collect();
        assert_eq!(cited, listed, "{}", lexicon.id());
        assert!(lexicon.devices().iter().all(|device| device.refs().count() > 0), "{}", lexicon.id());
    }
}

#[test]
fn euphemisms_come_from_every_domain() {
    let lexicon = Lexicon::bundled("en/euphemism").unwrap();
    assert!(lexicon.entries().len() >= 400, "{}", lexicon.entries().len());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in lexicon.entries() {
        *kinds.entry(entry.kind().unwrap_or("none")).or_default() += 1;
        assert!(entry.is_exception() || entry.gloss().is_some(), "{} names no plain expression", entry.id());
    }
    kinds.remove("none");
    assert_eq!(kinds.keys().copied().collect::<BTreeSet<_>>(), BTreeSet::from(EUPHEMISMS));
}

// --- fingerprints ---

const LAID_OUT: &str = r#"
# A comment.
schema = 1
id = "house/a"
version = "1.0.0"
language = "en"
title = "A"
license = "CC0-1.0"

[class]
role = ["official/n", "aide/n"]
who = ["<role>"]

[[device]]
id = "d"
title = "D"
definition = "D."

[[entry]]
id = "x"
match = ["the <role>"]     # another
gloss = "x"
since = "1.0.0"
examples = ["[The official]"]
"#;

/// The same, as somebody else might write it.
const LAID_OUT_OTHERWISE: &str = r#"
license = 'CC0-1.0'
title = """A"""
language = "e\u006e"
version = "1.0.0"
id = "house/a"
schema = 0x1
device = [{ definition = "D.", title = "D", id = "d", default = true }]
[[entry]]
examples = [
    "[The official]",
]
since = "1.0.0"
device = "d"
gloss = "x"
match = [ "the <role>", ]
id = "x"
confidence = 0.9
[class]
who = ["<role>"]
role = ["official/n", "aide/n"]
"#;

fn fingerprint(file: &str) -> String {
    Lexicon::from_toml("a.toml", file).unwrap_or_else(|error| panic!("{error}")).fingerprint().to_owned()
}

#[test]
fn layout_leaves_the_fingerprint_alone() {
    let plain = fingerprint(LAID_OUT);
    assert!(plain.len() == 64 && plain.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
    assert_eq!(fingerprint(LAID_OUT_OTHERWISE), plain);
    assert_eq!(fingerprint(&LAID_OUT.replace('\n', "\r\n")), plain);
    assert_eq!(fingerprint(&LAID_OUT.replace(" = ", "   =\t")), plain);
    assert_eq!(fingerprint(&LAID_OUT.replace("\"D.\"", "\"D.\"\nrefs = []")), plain);
    let elsewhere = Lexicon::from_toml("elsewhere.toml", LAID_OUT).unwrap();
    assert_eq!(elsewhere.fingerprint(), plain);
}

#[test]
fn content_changes_the_fingerprint() {
    let mut all = BTreeSet::from([fingerprint(LAID_OUT)]);
    let changes = [
        ("house/a", "house/b"),
        ("version = \"1.0.0\"", "version = \"1.0.1\""),
        ("\"en\"", "\"en-GB\""),
        ("title = \"A\"", "title = \"B\""),
        ("CC0-1.0", "CC-BY-4.0"),
        ("license = \"CC0-1.0\"", "license = \"CC0-1.0\"\nuse = [\"en/reporting\"]"),
        ("\"aide/n\"", "\"aide/nn\""),
        ("\"official/n\", \"aide/n\"", "\"aide/n\", \"official/n\""),
        ("who = ", "whom = "),
        ("[[device]]", "[phrase]\np = \"x\"\n[[device]]"),
        ("\"D.\"", "\"E.\""),
        ("\"D.\"", "\"D.\"\nkinds = [\"a\"]"),
        ("\"D.\"", "\"D.\"\ndefault = false"),
        ("\"D.\"", "\"D.\"\n[[reference]]\nid = \"w\"\ntitle = \"W\"\nauthor = \"A\"\nyear = 1999\nsource = \"S\""),
        (
            "\"D.\"",
            "\"D.\"\nrefs = [\"w\"]\n[[reference]]\nid = \"w\"\ntitle = \"W\"\nauthor = \"A\"\nyear = 1999\nsource = \"S\"",
        ),
        ("id = \"x\"", "id = \"y\""),
        ("\"the <role>\"", "\"the <who>\""),
        ("gloss = \"x\"", "gloss = \"y\""),
        ("gloss = \"x\"", "note = \"x\""),
        ("gloss = \"x\"", "gloss = \"x\"\nkind = \"k\""),
        ("gloss = \"x\"", "gloss = \"x\"\nconfidence = 0.8"),
        ("gloss = \"x\"", "gloss = \"x\"\nexception = true"),
        ("gloss = \"x\"", "gloss = \"x\"\nrequires = [\"y\"]"),
        ("gloss = \"x\"", "gloss = \"x\"\nexcludes = [\"y\"]"),
        ("gloss = \"x\"", "gloss = \"x\"\ndeprecated = { version = \"1.0.0\", reason = \"r\" }"),
        ("gloss = \"x\"", "gloss = \"x\"\ncounterexamples = [\"y\"]"),
        ("since = \"1.0.0\"", "since = \"0.9.0\""),
        ("[The official]", "[The aide]"),
    ];
    for (from, to) in changes {
        let changed = LAID_OUT.replacen(from, to, 1);
        assert_ne!(changed, LAID_OUT, "{from}");
        assert!(all.insert(fingerprint(&changed)), "{from} -> {to} leaves the fingerprint as it was");
    }
}

// --- the choice of devices ---

fn devices(annotator: &Annotator) -> BTreeSet<String> {
    annotator.devices().iter().map(|device| device.id().to_owned()).collect()
}

fn ids<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.map(str::to_owned).into()
}

fn house() -> Lexicon {
    let file = head(&["hype"]) + &entry("x", "hype", &["ground-breaking"], "");
    Lexicon::from_toml("house.toml", &file).unwrap()
}

#[test]
fn devices_are_chosen_by_name() {
    assert_eq!(devices(&Annotator::bundled()), ids(DEFAULT));
    let only = Annotator::builder().only(["euphemism", "passive-voice", "euphemism"]).build().unwrap();
    assert_eq!(devices(&only), ids(["euphemism", "passive-voice"]));
    let also = Annotator::builder().also(["passive-voice"]).build().unwrap();
    assert_eq!(devices(&also).len(), DEFAULT.len() + 1);
    let all = Annotator::builder().all_devices().build().unwrap();
    let declared: BTreeSet<String> = bundled().iter().flat_map(|l| l.devices()).map(|d| d.id().to_owned()).collect();
    assert_eq!(devices(&all), declared);
    let none = Annotator::builder().only(Vec::<String>::new()).build().unwrap();
    assert_eq!(none.annotate("Officials say the raid caused collateral damage.").annotations().count(), 0);
}

#[test]
fn only_the_devices_chosen_are_tagged() {
    let text = "Officials say the raid caused collateral damage; mistakes were made.";
    for annotator in [
        Annotator::builder().only(["euphemism"]).build().unwrap(),
        Annotator::builder().only(["unnamed-source"]).build().unwrap(),
        Annotator::builder().only(["passive-voice"]).build().unwrap(),
    ] {
        let chosen = devices(&annotator);
        let document = annotator.annotate(text);
        assert!(document.annotations().all(|a| chosen.contains(a.device())));
        assert!(document.annotations().count() > 0, "{chosen:?}");
    }
}

#[test]
fn an_unknown_device_is_named_with_its_like() {
    for builder in [Annotator::builder().only(["euphemisms"]), Annotator::builder().also(["euphemisms"])] {
        let error = builder.build().unwrap_err();
        assert!(matches!(&error, BuildError::UnknownDevice { device, .. } if device == "euphemisms"));
        let message = error.to_string();
        assert!(message.starts_with("no lexicon declares the device \"euphemisms\"; there are: "), "{message}");
        assert!(message.ends_with("; did you mean `euphemism`?"), "{message}");
    }
    // Left out with the bundled lexicons, it is unknown too.
    let error = Annotator::builder().without_bundled().lexicon(house()).only(["euphemism"]).build().unwrap_err();
    assert_eq!(error.to_string(), "no lexicon declares the device \"euphemism\"; there are: hype");
}

#[test]
fn a_lexicon_of_the_house_joins_the_bundled_ones() {
    let annotator = Annotator::builder().lexicon(house()).build().unwrap();
    assert_eq!(devices(&annotator).len(), DEFAULT.len() + 1);
    let text = "A ground-breaking raid caused collateral damage.";
    let document = annotator.annotate(text);
    let found: Vec<&str> = document.annotations().map(|a| a.text()).collect();
    assert_eq!(found, ["ground-breaking", "collateral damage"]);
    let alone = Annotator::builder().lexicon(house()).without_bundled().build().unwrap();
    assert_eq!(alone.annotate(text).annotations().count(), 1);
}

#[test]
fn a_lexicon_takes_the_place_of_the_bundled_one_of_its_id() {
    let file = head(&["euphemism"]).replace("test/lexicon", "en/euphemism") + &entry("x", "euphemism", &["raid"], "");
    let annotator = Annotator::builder().lexicon(Lexicon::from_toml("mine.toml", &file).unwrap()).build().unwrap();
    let document = annotator.annotate("A raid; collateral damage.");
    let found: Vec<&str> = document.annotations().map(|a| a.text()).collect();
    assert_eq!(found, ["raid"]);
}

#[test]
fn results_name_the_data_that_they_depend_on() {
    let annotator = Annotator::builder().only(["unnamed-source"]).build().unwrap();
    let record = annotator.annotate("Officials say so.").to_record();
    let named: BTreeSet<String> = record.lexicons.iter().map(|source| source.id.clone()).collect();
    for id in ["en/unnamed-source", "en/reporting", "en/names", "en/language", "en/inflection"] {
        assert!(named.contains(id), "{id}");
    }
    assert!(!named.contains("en/euphemism"));
    for lexicon in bundled().iter().filter(|lexicon| named.contains(lexicon.id())) {
        let source = record.lexicons.iter().find(|source| source.id == lexicon.id()).unwrap();
        assert_eq!((&*source.version, &*source.fingerprint), (&*lexicon.version().to_string(), lexicon.fingerprint()));
    }
}

#[test]
fn a_lexicon_of_classes_is_checked_too() {
    let file = head(&[]) + "[class]\nrole = [\"<rolle>\"]\n";
    let faults = check(Lexicon::from_toml("classes.toml", &file).unwrap()).unwrap();
    assert_eq!(faults.iter().map(|fault| (fault.line(), fault.column())).collect::<Vec<_>>(), [(8, 10)]);
}
