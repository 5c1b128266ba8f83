//! Where texts come from.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rhetor::Prose;

use crate::args::Input;
use crate::settings::Exclude;
use crate::stream::{Batch, Batches};

/// What a worker gets to do.
#[derive(Debug)]
pub(crate) enum Item {
    /// Read a file and annotate its text; it does not hold lines.
    Text(PathBuf, Input),
    /// Annotate every line.
    Lines(Batch),
    /// Pass this on: it could not be read.
    Fault(String),
}

/// The files that were named, and those in the directories that were named, each with what it holds.
pub(crate) struct Inputs {
    paths: Vec<Result<(PathBuf, Input), String>>,
}

impl Inputs {
    /// Looks into directories; files are only read later. Without `input`, a file holds what its name says.
    pub(crate) fn find(named: &[PathBuf], input: Option<Input>) -> Inputs {
        Inputs::search(named, input, &Input::ALL, &Exclude::nothing())
    }

    /// The same, but that lines are only looked for in directories if `input` says so: a directory may hold the results of
    /// another run. What is to be left out of directories is not looked for either.
    pub(crate) fn find_texts(named: &[PathBuf], input: Option<Input>, exclude: &Exclude) -> Inputs {
        let listed: &[Input] = if input.is_some() { &Input::ALL } else { &Input::TEXTS };
        Inputs::search(named, input, listed, exclude)
    }

    fn search(named: &[PathBuf], input: Option<Input>, listed: &[Input], exclude: &Exclude) -> Inputs {
        let listed: Vec<Input> = match input {
            Some(input) => vec![input],
            None => listed.to_vec(),
        };
        let mut paths = Vec::new();
        for path in named {
            if !path.is_dir() {
                paths.push(Ok((path.clone(), input.or(Input::of(path)).unwrap_or(Input::Text))));
                continue;
            }
            let before = paths.len();
            let excluded = walk(path, &listed, exclude, &mut paths);
            if paths.len() == before {
                let wanted = listed.iter().flat_map(|kind| kind.extensions());
                let wanted: Vec<String> = wanted.map(|extension| format!(".{extension}")).collect();
                let (wanted, but) =
                    (wanted.join(" or "), if excluded { " that `exclude` does not leave out" } else { "" });
                paths.push(Err(format!("{}: no {wanted} file in this directory{but}", path.display())));
            }
        }
        Inputs { paths }
    }

    /// Whether some of them hold lines, so that nobody knows how many texts there are.
    pub(crate) fn have_lines(&self) -> bool {
        self.paths.iter().flatten().any(|(_, kind)| *kind == Input::Jsonl)
    }

    /// How many files there are.
    pub(crate) fn count(&self) -> usize {
        self.paths.len()
    }

    /// Where they are.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().flatten().map(|(path, _)| path.as_path())
    }

    /// Whether a file is among them, by whatever name.
    pub(crate) fn hold(&self, file: &Path) -> bool {
        let file = fs::canonicalize(file).ok();
        file.is_some() && self.paths.iter().flatten().any(|(path, _)| fs::canonicalize(path).ok() == file)
    }

    /// The work to do, in order.
    pub(crate) fn items(self) -> impl Iterator<Item = Item> + Send {
        self.paths.into_iter().flat_map(|path| -> Box<dyn Iterator<Item = Item> + Send> {
            match path {
                Err(fault) => Box::new(std::iter::once(Item::Fault(fault))),
                Ok((path, Input::Jsonl)) => lines(&path),
                Ok((path, kind)) => Box::new(std::iter::once(Item::Text(path, kind))),
            }
        })
    }

    /// Each file by itself, in order.
    pub(crate) fn files(self) -> impl Iterator<Item = Inputs> {
        self.paths.into_iter().map(|path| Inputs { paths: vec![path] })
    }

    /// Id and text of all that there is, one after the other, or what is wrong with it; of markup, the prose.
    pub(crate) fn texts(self) -> impl Iterator<Item = Result<(String, String), String>> {
        self.items().flat_map(|item| match item {
            Item::Fault(fault) => vec![Err(fault)],
            Item::Text(path, kind) => vec![text(&path).map(|text| {
                let prose = kind.prose(&text).map(|prose| prose.text().to_owned());
                (path.display().to_string(), prose.unwrap_or(text))
            })],
            Item::Lines(batch) => batch.lines().map(|line| line.map(|(id, text)| (id, text.into_owned()))).collect(),
        })
    }
}

impl Input {
    const ALL: [Input; 4] = [Input::Text, Input::Markdown, Input::Html, Input::Jsonl];
    const TEXTS: [Input; 3] = [Input::Text, Input::Markdown, Input::Html];

    /// How the names of files that hold it end.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Input::Text => &["txt"],
            Input::Markdown => &["md", "markdown"],
            Input::Html => &["html", "htm"],
            Input::Jsonl => &["jsonl"],
        }
    }

    fn of(path: &Path) -> Option<Input> {
        let found = path.extension()?;
        Input::ALL.into_iter().find(|kind| kind.extensions().iter().any(|known| found.eq_ignore_ascii_case(known)))
    }

    /// The prose of a source, if it is markup.
    pub(crate) fn prose(self, source: &str) -> Option<Prose<'_>> {
        match self {
            Input::Markdown => Some(Prose::markdown(source)),
            Input::Html => Some(Prose::html(source)),
            Input::Text | Input::Jsonl => None,
        }
    }
}

/// Everything of these kinds in a directory and below, sorted by name, but for what is to be left out. Links to
/// directories are not followed, so that no circle is walked. Tells whether anything was left out.
fn walk(
    directory: &Path,
    wanted: &[Input],
    exclude: &Exclude,
    found: &mut Vec<Result<(PathBuf, Input), String>>,
) -> bool {
    let mut excluded = false;
    let listed = fs::read_dir(directory).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match listed {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Err(format!("{}: {error}", directory.display())));
            return false;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            match exclude.leaves_out(&path) {
                Some(_) => excluded = true,
                None => excluded |= walk(&path, wanted, exclude, found),
            }
            continue;
        }
        let kind = Input::of(&path).filter(|kind| wanted.contains(kind));
        let Some(kind) = kind.filter(|_| !path.is_dir()) else { continue };
        match exclude.leaves_out(&path) {
            Some(_) => excluded = true,
            None => found.push(Ok((path, kind))),
        }
    }
    excluded
}

fn lines(path: &Path) -> Box<dyn Iterator<Item = Item> + Send> {
    let name = name(path);
    let reader: Box<dyn Read + Send> = match is_stdin(path) {
        true => Box::new(io::stdin()),
        false => match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => return Box::new(std::iter::once(Item::Fault(format!("{name}: {error}")))),
        },
    };
    Box::new(Batches::new(&name, reader).map(|batch| batch.map_or_else(Item::Fault, Item::Lines)))
}

/// The text of a file, or what is wrong with it.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = match is_stdin(path) {
        true => io::stdin().read_to_end(&mut bytes),
        false => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.map_err(|error| format!("{}: {error}", name(path)))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 at byte {at}; convert it first", name(path))
    })
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What messages call a file.
fn name(path: &Path) -> String {
    match is_stdin(path) {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    }
}
