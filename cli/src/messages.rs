//! What the command says besides its results, and how it ends.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};

/// How the command ends, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All was done.
    Done,
    /// All was done, and what was found is more than was allowed.
    Found,
    /// Some of the input, or of what was typed, was bad.
    BadInput,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// Why the command cannot go on.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// This, which somebody should know.
    Message(String),
}

impl Failure {
    pub(crate) fn new(message: impl Display) -> Failure {
        Failure::Message(message.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Message(format!("cannot write: {error}")),
        }
    }
}

/// Tells standard error that something is wrong.
pub(crate) fn error(message: &str) {
    say("error", Style::new().bold().fg_color(Some(AnsiColor::Red.into())), message);
}

/// Tells standard error of something that is wrong and does not keep us from going on.
pub(crate) fn warning(message: &str) {
    say("warning", Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())), message);
}

/// Tells standard error something that is good to know.
pub(crate) fn note(message: &str) {
    say("note", Style::new().bold(), message);
}

/// There is nobody left to tell where standard error is closed.
fn say(what: &str, style: Style, message: &str) {
    let _ = writeln!(anstream::stderr(), "{style}{what}:{style:#} {}", harmless(message));
}

/// Text that comes from files, without the control characters that could steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}
