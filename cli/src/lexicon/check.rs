//! `rhetor lexicon check`.

use std::io::{self, Write};
use std::path::PathBuf;

use rhetor::{check, Fault, Lexicon, Severity};
use serde_json::{json, Value};

use super::wording::counted;
use crate::args::ListFormat;
use crate::messages::{error, harmless, Failure, Status};

pub(super) fn run(files: &[PathBuf], strict: bool, format: ListFormat) -> Result<Status, Failure> {
    let mut status = Status::Done;
    let mut objects = Vec::new();
    for file in files {
        let (summary, faults) = match faults(file) {
            Ok(found) => found,
            Err(message) => {
                status = Status::BadInput;
                error(&message);
                continue;
            }
        };
        let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error).count();
        let warnings = faults.len() - errors;
        let count = match (errors, warnings) {
            (0, 0) => "no fault".to_owned(),
            (0, _) => format!("no fault, {}", counted(warnings, "warning", "warnings")),
            (_, 0) => counted(errors, "fault", "faults"),
            _ => format!("{}, {}", counted(errors, "fault", "faults"), counted(warnings, "warning", "warnings")),
        };
        match format {
            ListFormat::Json => objects.extend(faults.iter().map(object)),
            ListFormat::Text => super::show_faults(&faults),
        }
        if errors > 0 {
            status = Status::BadInput;
            error(&format!("{}: {count}", file.display()));
        } else if warnings > 0 && strict {
            status = status.max(Status::Found);
            error(&format!("{}: {count}, against --strict", file.display()));
        } else if format == ListFormat::Text {
            let line = format!("{}: {summary}, {}", file.display(), count);
            writeln!(io::stdout(), "{}", harmless(&line))?;
        }
    }
    if format == ListFormat::Json {
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&objects).map_err(Failure::new)?)?;
    }
    Ok(status)
}

/// What a file holds, and every fault of form and of meaning in it, in the order of its lines.
fn faults(file: &PathBuf) -> Result<(String, Vec<Fault>), String> {
    let (lexicon, mut faults) = Lexicon::from_path_with_faults(file).map_err(|error| error.to_string())?;
    let Some(lexicon) = lexicon else { return Ok((String::new(), faults)) };
    let examples =
        lexicon.entries().iter().map(|entry| entry.examples().count() + entry.counterexamples().count()).sum();
    let entries = counted(lexicon.entries().len(), "entry", "entries");
    let summary = format!("{entries}, {}", counted(examples, "example", "examples"));
    match check(lexicon) {
        Ok(more) => faults.extend(more),
        // What cannot be tried because of its form has been said already.
        Err(error) if faults.is_empty() => return Err(format!("{}: {error}", file.display())),
        Err(_) => {}
    }
    faults.sort_by_key(|fault| (fault.line(), fault.column()));
    // What is wrong with an overlay shows in its form and in what it makes of the other lexicon.
    faults.dedup();
    Ok((summary, faults))
}

fn object(fault: &Fault) -> Value {
    json!({
        "file": fault.file(),
        "line": fault.line(),
        "column": fault.column(),
        "entry": fault.entry(),
        "severity": fault.severity().to_string(),
        "message": fault.message(),
    })
}
