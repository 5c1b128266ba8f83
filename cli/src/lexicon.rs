//! `rhetor lexicon`.

mod check;
mod list;
mod show;

use crate::args::Lexicon;
use crate::messages::{Failure, Status};

/// Lists, shows or checks.
pub(crate) fn run(command: Lexicon) -> Result<Status, Failure> {
    match command {
        Lexicon::List { format } => list::run(format),
        Lexicon::Show { lexicon, entry, entries } => show::run(&lexicon, entry.as_deref(), entries),
        Lexicon::Check { files } => check::run(&files),
    }
}
