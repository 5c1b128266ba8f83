//! Which versions of other files go with lexicons of certain releases.

use super::builder::BuildError;
use crate::lexicon::{Lexicon, Source};

/// For each file that no version was given of: the version that the given ones were released with.
pub(super) struct Company {
    files: Vec<Companion>,
}

struct Companion {
    file: Source,
    /// The lexicon released with it, and its version.
    with: String,
    /// Another one, released with another version.
    apart: Option<(String, String)>,
}

impl Company {
    /// What goes with the given lexicons; nothing, unless some were asked for by their release.
    pub(super) fn of(given: &[Lexicon]) -> Company {
        let mut files: Vec<Companion> = Vec::new();
        for lexicon in given {
            let with = format!("{} {}", lexicon.id(), lexicon.version());
            for file in lexicon.shelf.iter().flat_map(|shelf| &shelf.files) {
                if given.iter().any(|other| other.id() == file.id) {
                    continue;
                }
                match files.iter_mut().find(|known| known.file.id == file.id) {
                    None => files.push(Companion { file: file.clone(), with: with.clone(), apart: None }),
                    Some(known) if known.file.version != file.version => {
                        known.apart.get_or_insert((with.clone(), file.version.clone()));
                    }
                    Some(_) => {}
                }
            }
        }
        Company { files }
    }

    /// The version to take of a file; `None` where the present one will do.
    pub(super) fn version(&self, id: &str) -> Option<String> {
        self.files.iter().find(|companion| companion.file.id == id).map(|companion| companion.file.version.clone())
    }

    /// Fails where two versions of a file are wanted that is really used.
    pub(super) fn holds_together<'a>(&self, used: impl Iterator<Item = &'a str>) -> Result<(), BuildError> {
        for id in used {
            let companion = self.files.iter().find(|companion| companion.file.id == id);
            if let Some(Companion { file, with, apart: Some((second, other)) }) = companion {
                return Err(BuildError::Apart {
                    id: id.to_owned(),
                    first: with.clone(),
                    one: file.version.clone(),
                    second: second.clone(),
                    other: other.clone(),
                });
            }
        }
        Ok(())
    }
}
