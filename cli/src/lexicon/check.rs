//! `rhetor lexicon check`.

use std::io::{self, Write};
use std::path::PathBuf;

use rhetor::{check, Fault, Lexicon};

use crate::messages::{error, harmless, Failure, Status};

pub(super) fn run(files: &[PathBuf]) -> Result<Status, Failure> {
    let mut status = Status::Done;
    for file in files {
        match faults(file) {
            Ok((summary, faults)) if faults.is_empty() => {
                writeln!(io::stdout(), "{}: {summary}, no fault", file.display())?;
            }
            Ok((_, faults)) => {
                status = Status::BadInput;
                for fault in &faults {
                    // A line of its own, `file:line:column: …`, as editors know it.
                    let _ = writeln!(io::stderr(), "{}", harmless(&fault.to_string()));
                }
                error(&format!("{}: {}", file.display(), counted(faults.len(), "fault", "faults")));
            }
            Err(message) => {
                status = Status::BadInput;
                error(&message);
            }
        }
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
