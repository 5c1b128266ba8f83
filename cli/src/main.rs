//! The `rhetor` command.
//!
//! `args` says what may be typed. `annotate` joins `input` (where texts come from), `ordered` (all cores at work, results
//! in order), `work` (one text to one result) and `output` (where results go). `lexicon` has a file for each thing that
//! can be done with lexicons, `explain` says why something is tagged, or why it is not. `settings` says what is in force, from
//! flags and from a `rhetor.toml`; `config` prints that, and `schema` the JSON Schemas of the files that are read and written.

mod annotate;
mod args;
mod config;
mod explain;
mod input;
mod lexicon;
mod messages;
mod ordered;
mod output;
mod schema;
mod settings;
mod stream;
mod work;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use messages::{error, Failure, Status};

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.apply();
    let result = match cli.command {
        Command::Annotate(args) => annotate::run(*args),
        Command::Explain(args) => explain::run(&args),
        Command::Lexicon(command) => lexicon::run(command),
        Command::Config(args) => config::run(&args),
        Command::Schema { of } => schema::run(of),
    };
    let status = result.unwrap_or_else(|failure| match failure {
        // Whoever reads our output has had enough: nothing to complain about.
        Failure::ClosedPipe => Status::Done,
        Failure::Message(message) => {
            error(&message);
            Status::BadInput
        }
    });
    status.into()
}
