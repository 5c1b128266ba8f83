//! `rhetor lexicon`.

mod check;
mod diff;
mod list;
mod show;

use std::path::Path;

use crate::args::Lexicon;
use crate::messages::{Failure, Status};

/// Lists, shows, checks or compares.
pub(crate) fn run(command: Lexicon) -> Result<Status, Failure> {
    match command {
        Lexicon::List { format } => list::run(format),
        Lexicon::Show { lexicon, entry, entries } => show::run(&lexicon, entry.as_deref(), entries),
        Lexicon::Check { files } => check::run(&files),
        Lexicon::Diff(args) => diff::run(&args),
    }
}

/// The lexicon in a file, or the bundled one of that id.
fn named(name: &str) -> Result<rhetor::Lexicon, Failure> {
    let lexicon = match Path::new(name).is_file() {
        true => rhetor::Lexicon::from_path(name),
        false => rhetor::Lexicon::bundled(name),
    };
    lexicon.map_err(Failure::new)
}
