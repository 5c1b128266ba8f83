//! `rhetor lexicon`.

mod check;
mod diff;
mod entry;
mod export;
mod list;
mod release;
mod show;
mod wording;

use std::path::Path;

use crate::args::Lexicon;
use crate::messages::{Failure, Status};

/// Does what was asked for.
pub(crate) fn run(command: Lexicon) -> Result<Status, Failure> {
    match command {
        Lexicon::List { format } => list::run(format),
        Lexicon::Show { lexicon, entry, entries } => show::run(&lexicon, entry.as_deref(), entries),
        Lexicon::Release(args) => release::run(&args),
        Lexicon::Export { lexicons, format, output } => export::run(&lexicons, format, output.as_deref()),
        Lexicon::Check { files } => check::run(&files),
        Lexicon::Diff(args) => diff::run(&args),
    }
}

/// The lexicon in a file, or the bundled one of that id and version.
pub(crate) fn named(name: &str) -> Result<rhetor::Lexicon, Failure> {
    load(name).map_err(Failure::new)
}

/// As `named`, for those who want to say more of what is wrong.
pub(crate) fn load(name: &str) -> Result<rhetor::Lexicon, rhetor::LexiconError> {
    // A name that ends so is a file, though it may be missing.
    match Path::new(name).is_file() || name.ends_with(".toml") {
        true => rhetor::Lexicon::from_path(name),
        false => rhetor::Lexicon::bundled(name),
    }
}
