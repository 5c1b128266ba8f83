//! `rhetor config`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::args::{Config, ListFormat};
use crate::messages::{harmless, Failure, Status};
use crate::settings::{Origin, Row, Settings};

/// Tells what is in force, and who says so.
pub(crate) fn run(args: &Config) -> Result<Status, Failure> {
    let settings = Settings::find(&args.files, &args.choices, &args.results, None)?;
    let mut out = io::stdout().lock();
    match args.format {
        ListFormat::Text => {
            let head = ["SETTING", "VALUE", "FROM"].map(str::to_owned);
            let rows: Vec<[String; 3]> = std::iter::once(head).chain(settings.rows().iter().map(line)).collect();
            let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
            let (key, value) = (width(0), width(1));
            for [a, b, c] in &rows {
                writeln!(out, "{a:key$}  {b:value$}  {c}")?;
            }
        }
        ListFormat::Json => {
            let rows = settings.rows();
            let rows = rows.iter().map(object).collect();
            let file = settings.file.as_ref().map(|file| file.path().display().to_string());
            let text = serde_json::to_string_pretty(&Told { file, settings: rows }).map_err(Failure::new)?;
            writeln!(out, "{text}")?;
        }
    }
    Ok(Status::Done)
}

fn line(row: &Row<'_>) -> [String; 3] {
    let value = match &row.value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    [row.key.clone(), value, row.origin.to_string()].map(|column| harmless(&column))
}

/// All of it, for programs.
#[derive(Serialize)]
struct Told<'a> {
    file: Option<String>,
    settings: Vec<Object<'a>>,
}

/// A line, for programs.
#[derive(Serialize)]
struct Object<'a> {
    setting: &'a str,
    value: &'a Value,
    from: &'static str,
    /// Where `from` is the settings file.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

fn object<'a>(row: &'a Row<'_>) -> Object<'a> {
    let from = match row.origin {
        Origin::Default => "default",
        Origin::Flag => "flag",
        Origin::File(..) => "file",
    };
    Object { setting: &row.key, value: &row.value, from, line: row.origin.line() }
}
