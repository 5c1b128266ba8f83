//! Paths that are left out when directories are searched.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{project, Setting, Source};
use crate::messages::Failure;

/// The globs of a settings file, with the meaning that they have in a `.gitignore` that stands beside it.
#[derive(Debug)]
pub(crate) struct Exclude {
    pub(super) globs: Vec<Setting<String>>,
    folder: PathBuf,
    matcher: Gitignore,
}

impl Exclude {
    /// Leaves nothing out.
    pub(crate) fn nothing() -> Exclude {
        Exclude { globs: Vec::new(), folder: PathBuf::new(), matcher: Gitignore::empty() }
    }

    /// # Errors
    /// When the globs, each of which is sound, are too much together.
    pub(super) fn new(globs: Vec<Setting<String>>, file: Option<&Source>) -> Result<Exclude, Failure> {
        let Some(file) = file else { return Ok(Exclude::nothing()) };
        let place = project::place(&file.path);
        let folder = place.parent().unwrap_or(&place).to_owned();
        let failed = |error| Failure::new(format!("{}: `exclude`: {error}", file.name));
        let mut builder = GitignoreBuilder::new(&folder);
        for glob in &globs {
            builder.add_line(None, &glob.value).map_err(failed)?;
        }
        let matcher = builder.build().map_err(failed)?;
        Ok(Exclude { globs, folder, matcher })
    }

    /// The glob that leaves a file or directory out. What lies elsewhere than under the settings file is never left out.
    pub(crate) fn leaves_out(&self, path: &Path) -> Option<&Setting<String>> {
        if self.globs.is_empty() {
            return None;
        }
        let place = project::place(path);
        let path = place.strip_prefix(&self.folder).ok()?;
        let found = self.matcher.matched_path_or_any_parents(path, place.is_dir());
        let glob = found.is_ignore().then(|| found.inner().map(|glob| glob.original())).flatten()?;
        self.globs.iter().find(|known| known.value.trim_end() == glob.trim_end())
    }
}

/// What is wrong with a glob.
pub(super) fn fault(glob: &str) -> Option<String> {
    // In a .gitignore, a line of its own for readers.
    if glob.trim().is_empty() || glob.starts_with('#') {
        return Some("this leaves nothing out; take it away".to_owned());
    }
    match GitignoreBuilder::new("").add_line(None, glob) {
        Err(ignore::Error::Glob { err, .. }) => Some(err),
        Err(error) => Some(error.to_string()),
        Ok(_) => None,
    }
}
