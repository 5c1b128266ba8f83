//! `rhetor lexicon`.

mod check;
mod diff;
mod entry;
mod export;
mod fmt;
mod kwic;
mod layout;
mod list;
mod markdown;
mod new;
mod release;
mod show;
mod test;
mod wording;

use std::io::{self, Write};
use std::path::Path;

use crate::args::Lexicon;
use crate::messages::{harmless, Failure, Status};

/// Does what was asked for.
pub(crate) fn run(command: Lexicon) -> Result<Status, Failure> {
    match command {
        Lexicon::List { format } => list::run(format),
        Lexicon::Show { lexicon, entry, entries } => show::run(&lexicon, entry.as_deref(), entries),
        Lexicon::Release(args) => release::run(&args),
        Lexicon::Export { lexicons, format, output } => export::run(&lexicons, format, output.as_deref()),
        Lexicon::Diff(args) => diff::run(&args),
        Lexicon::New { id, output, title } => new::run(&id, output.as_deref(), title.as_deref()),
        Lexicon::Test(args) => test::run(&args),
        Lexicon::Fmt { files, check } => fmt::run(&files, check),
        Lexicon::Check { files, strict, format } => check::run(&files, strict, format),
    }
}

/// The lexicon in a file, or the bundled one of that id and version.
pub(crate) fn named(name: &str) -> Result<rhetor::Lexicon, Failure> {
    load(name).map_err(Failure::new)
}

/// As `named`, for those who want to say more of what is wrong.
pub(crate) fn load(name: &str) -> Result<rhetor::Lexicon, rhetor::LexiconError> {
    match is_file(name) {
        true => rhetor::Lexicon::from_path(name),
        false => rhetor::Lexicon::bundled(name),
    }
}

/// Whether a name is that of a file: one that is there, or one that ends so and is missing.
pub(crate) fn is_file(name: &str) -> bool {
    Path::new(name).is_file() || name.ends_with(".toml")
}

/// Faults on standard error, each with its place in front, `file:line:column: …`, as editors know it.
fn show_faults(faults: &[rhetor::Fault]) {
    for fault in faults {
        // There is nobody left to tell where standard error is closed.
        let _ = writeln!(io::stderr(), "{}", harmless(&fault.to_string()));
    }
}
