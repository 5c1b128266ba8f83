//! Which `rhetor.toml` a text falls under: the nearest upwards from where it stands.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::input::is_stdin;
use crate::messages::Failure;

/// What a settings file is called.
const NAME: &str = "rhetor.toml";

/// The settings file that all of these texts fall under; `None` where they fall under none.
///
/// # Errors
/// When they fall under different ones, or some under none.
pub(super) fn of_all<'p>(texts: impl Iterator<Item = &'p Path>) -> Result<Option<PathBuf>, Failure> {
    let mut first: Option<(&Path, Option<PathBuf>)> = None;
    let mut folder = None;
    for text in texts {
        // Files of one directory fall under one settings file; that one may be missing changes nothing.
        let beside = (!text.is_dir()).then(|| text.parent()).flatten();
        if beside.is_some() && beside == folder {
            continue;
        }
        folder = beside;
        let found = of(text);
        let Some((other, known)) = &first else {
            first = Some((text, found));
            continue;
        };
        if *known != found {
            let tell = |text: &Path, file: &Option<PathBuf>| {
                let file = file.as_deref().map_or(format!("no {NAME}"), shown);
                format!("{} falls under {file}", text.display())
            };
            return Err(Failure::new(format!(
                "{}, and {}; annotate them apart, or say which settings to heed by --config FILE or --no-config",
                tell(other, known),
                tell(text, &found)
            )));
        }
    }
    Ok(first.and_then(|(_, found)| found))
}

/// The settings file that a text, or a directory of texts, falls under.
fn of(text: &Path) -> Option<PathBuf> {
    let place = if is_stdin(text) { place(Path::new(".")) } else { place(text) };
    place.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())
}

/// Where a file or directory is, from the root. A link to a file stands where it stands, not where it leads to.
pub(super) fn place(path: &Path) -> PathBuf {
    let real = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    let found = match (path.is_dir(), path.file_name()) {
        (false, Some(name)) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            real(folder).map(|folder| folder.join(name))
        }
        _ => real(path),
    };
    found.unwrap_or_else(|| path.to_owned())
}

/// A path as messages have it: as seen from the working directory where it is below that.
pub(super) fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(fs::canonicalize);
    let below = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    below.unwrap_or_else(|| path.to_owned()).display().to_string()
}
