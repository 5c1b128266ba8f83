//! `rhetor lexicon list`.

use std::io::{self, Write};

use rhetor::{Device, Lexicon};
use serde_json::json;

use crate::args::ListFormat;
use crate::messages::{Failure, Status};

/// How much of a fingerprint is enough to tell versions apart by eye.
const SHORT: usize = 12;

pub(super) fn run(format: ListFormat) -> Result<Status, Failure> {
    let lexicons: Vec<Lexicon> =
        Lexicon::bundled_ids().map(Lexicon::bundled).collect::<Result<_, _>>().map_err(Failure::new)?;
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Text => {
            let rows: Vec<_> = lexicons.iter().map(row).collect();
            let head = ["ID", "VERSION", "ENTRIES", "SHA-256", "DEVICES", "TITLE"].map(str::to_owned);
            let width = |column: usize| rows.iter().chain([&head]).map(|row| row[column].len()).max().unwrap_or(0);
            let (id, version, devices) = (width(0), width(1), width(4));
            for [a, b, c, d, e, f] in [&head].into_iter().chain(&rows) {
                writeln!(out, "{a:id$}  {b:version$}  {c:>7}  {d:SHORT$}  {e:devices$}  {f}")?;
            }
        }
        ListFormat::Json => {
            let all = lexicons.iter().map(object).collect::<Result<Vec<_>, Failure>>()?;
            let text = serde_json::to_string_pretty(&all).map_err(Failure::new)?;
            writeln!(out, "{text}")?;
        }
    }
    Ok(Status::Done)
}

fn row(lexicon: &Lexicon) -> [String; 6] {
    let devices: Vec<&str> = lexicon.devices().iter().map(Device::id).collect();
    [
        lexicon.id().to_owned(),
        lexicon.version().to_string(),
        lexicon.entries().len().to_string(),
        lexicon.fingerprint().chars().take(SHORT).collect(),
        if devices.is_empty() { "-".to_owned() } else { devices.join(",") },
        lexicon.title().to_owned(),
    ]
}

fn object(lexicon: &Lexicon) -> Result<serde_json::Value, Failure> {
    let versions = Lexicon::bundled_versions(lexicon.id()).map_err(Failure::new)?;
    Ok(json!({
        "id": lexicon.id(),
        "version": lexicon.version().to_string(),
        "versions": versions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "language": lexicon.language(),
        "title": lexicon.title(),
        "license": lexicon.license(),
        "entries": lexicon.entries().len(),
        "devices": lexicon.devices().iter().map(Device::id).collect::<Vec<_>>(),
        "fingerprint": lexicon.fingerprint(),
    }))
}
