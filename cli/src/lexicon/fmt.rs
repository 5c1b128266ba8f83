//! `rhetor lexicon fmt`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rhetor::{Fault, Lexicon};

use super::layout::laid_out;
use crate::input::{self, is_stdin};
use crate::messages::{error, harmless, Failure, Status};
use crate::output::replace;

pub(super) fn run(files: &[PathBuf], check: bool) -> Result<Status, Failure> {
    let (mut status, mut changes) = (Status::Done, 0);
    for file in files {
        let name = if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() };
        let (before, after) = match read(file, &name) {
            Ok(both) => both,
            Err(refusal) => {
                refusal.show(&name);
                status = Status::BadInput;
                continue;
            }
        };
        let changed = before != after;
        changes += usize::from(changed);
        if is_stdin(file) && !check {
            io::stdout().write_all(after.as_bytes())?;
            continue;
        }
        if !changed {
            continue;
        }
        if !check {
            if let Err(reason) = replace(file, &after) {
                error(&format!("cannot write {name}: {reason}"));
                status = Status::BadInput;
                continue;
            }
        }
        writeln!(io::stdout(), "{}", harmless(&name))?;
    }
    if check && changes > 0 {
        let files = if changes == 1 { "1 file is" } else { &format!("{changes} files are") };
        error(&format!("{files} laid out otherwise; `rhetor lexicon fmt` without --check writes what would be"));
        status = status.max(Status::Found);
    }
    Ok(status)
}

/// Why a file is left as it is.
enum Refusal {
    Faults(Vec<Fault>),
    Message(String),
}

impl Refusal {
    fn show(&self, name: &str) {
        match self {
            Refusal::Faults(faults) => {
                super::show_faults(faults);
                error(&format!("{name}: left as it is because of its faults"));
            }
            Refusal::Message(message) => error(message),
        }
    }
}

/// A lexicon file as it is and as it should be.
fn read(file: &Path, name: &str) -> Result<(String, String), Refusal> {
    let before = input::text(file).map_err(Refusal::Message)?;
    let lexicon = Lexicon::from_toml(name, &before).map_err(|refused| Refusal::Faults(refused.faults().to_vec()))?;
    let after = laid_out(&before).map_err(|reason| Refusal::Message(format!("{name}: {reason}")))?;
    // A layout that says something else would be worse than none.
    match Lexicon::from_toml(name, &after) {
        Ok(same) if same.fingerprint() == lexicon.fingerprint() => Ok((before, after)),
        _ => Err(Refusal::Message(format!("{name}: left as it is, for laid out anew it would say something else"))),
    }
}
