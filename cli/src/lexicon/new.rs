//! `rhetor lexicon new`.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rhetor::Lexicon;

use super::layout::{laid_out, quoted};
use crate::input::is_stdin;
use crate::messages::{note, Failure, Status};

/// A lexicon that teaches, with `"ID"`, `"TITLE"` and `"DEVICE"` to be replaced.
const STARTER: &str = include_str!("new/starter.toml");

pub(super) fn run(id: &str, output: Option<&Path>, title: Option<&str>) -> Result<Status, Failure> {
    if Lexicon::bundled_ids().any(|known| known == id) {
        let message = format!("\"{id}\" is a bundled lexicon, and one of this id would take its place; choose another");
        return Err(Failure::Message(message));
    }
    let starter = starter(id, title)?;
    let file = output.map_or_else(|| PathBuf::from(format!("{}.toml", last_part(id))), Path::to_owned);
    if is_stdin(&file) {
        io::stdout().write_all(starter.as_bytes())?;
        return Ok(Status::Done);
    }
    let name = file.display();
    // Nobody's work is written over.
    let mut new = OpenOptions::new().write(true).create_new(true).open(&file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::Message(format!("{name} exists; say another file with --output")),
        _ => Failure::Message(format!("cannot write {name}: {error}")),
    })?;
    new.write_all(starter.as_bytes())?;
    note(&format!("wrote {name}; `rhetor lexicon check {name}` checks it, and the file itself says what comes next"));
    Ok(Status::Done)
}

fn starter(id: &str, title: Option<&str>) -> Result<String, Failure> {
    let title = title.map_or_else(|| title_of(id), str::to_owned);
    let starter = STARTER
        .replace("\"ID\"", &quoted(id))
        .replace("\"DEVICE\"", &quoted(last_part(id)))
        .replace("\"TITLE\"", &quoted(&title));
    match Lexicon::from_toml(id, &starter) {
        Ok(_) => laid_out(&starter).map_err(Failure::new),
        Err(error) => {
            let message = error.faults().first().map_or(String::new(), |fault| fault.message().to_owned());
            Err(Failure::Message(format!("\"{id}\" cannot be an id: {message}")))
        }
    }
}

fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// `house/plain-words` is called "Plain words" unless somebody says otherwise.
fn title_of(id: &str) -> String {
    let words = last_part(id).replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
