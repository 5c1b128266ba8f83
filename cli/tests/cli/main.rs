//! The command from the outside: what it writes, what it says and how it ends.
//!
//! Only a lexicon of the tests' own is used, so that nothing here changes when the bundled ones do.

mod annotate;
mod corpus;
mod diff;
mod errors;
mod explain;
mod export;
mod fmt;
mod lexicon;
mod markup;
mod new;
mod release;
mod settings;
mod stream;

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

const HOUSE: &str = r#"schema = 1
id = "house/plain-words"
version = "1.2.0"
language = "en"
title = "Plain words"
license = "CC0-1.0"

[[device]]
id = "wordy"
title = "Wordy"
definition = "A long way to say a short thing."
kinds = ["time", "number"]

[[device]]
id = "shouty"
title = "Shouty"
definition = "Louder than need be."
default = false

[[reference]]
id = "plain"
title = "A plain book"
author = "P. Lain"
year = 1999
source = "Plain Press"

[class]
few = ["small number", "handful"]

[[entry]]
id = "at-this-point-in-time"
device = "wordy"
kind = "time"
match = ["at this point in time"]
excludes = ["physics"]
gloss = "now"
since = "1.0.0"
refs = ["plain"]
examples = ["They have no plans [at this point in time]."]
counterexamples = ["In physics, a ball at this point in time rests."]

[[entry]]
id = "a-number-of"
device = "wordy"
kind = "number"
match = ["a <few> of"]
note = "How many?"
since = "1.1.0"
examples = ["They met [a handful of] times."]

[[entry]]
id = "must"
device = "shouty"
match = ["absolutely must"]
gloss = "must"
since = "1.0.0"
examples = ["You [absolutely must] go."]
"#;

/// A directory of its own for a test, with the house lexicon in it.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().expect("a directory"));
        place.file("house.toml", HOUSE);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, content).expect("a file");
    }

    /// The command, run there, with nothing in its surroundings that it heeds.
    fn rhetor(&self, args: &str) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("rhetor");
        command.current_dir(self.0.path()).args(args.split_whitespace());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm");
        command
    }

    /// `rhetor annotate` with the house lexicon and its default device.
    fn annotate(&self, args: &str) -> Command {
        self.rhetor(&format!("annotate --lexicon house.toml --device wordy {args}"))
    }
}

/// What the command wrote, which ended with a status.
fn written(command: &mut Command, status: i32) -> String {
    let output = command.assert().code(status).get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

/// What the command said on standard error, ending with a status.
fn said(command: &mut Command, status: i32) -> String {
    let output = command.assert().code(status).get_output().stderr.clone();
    String::from_utf8(output).expect("UTF-8")
}
