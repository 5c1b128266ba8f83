//! `rhetor lexicon export`.

mod csv;
mod json;
mod markdown;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rhetor::Lexicon;

use crate::args::ExportFormat;
use crate::messages::{Failure, Status};

pub(super) fn run(names: &[String], format: ExportFormat, output: Option<&Path>) -> Result<Status, Failure> {
    let lexicons: Vec<Lexicon> = match names {
        [] => Lexicon::bundled_ids().map(super::named).collect::<Result<_, _>>()?,
        names => names.iter().map(|name| super::named(name)).collect::<Result<_, _>>()?,
    };
    match output {
        None => io::stdout().write_all(whole(&lexicons, format)?.as_bytes())?,
        Some(path) if path.is_dir() || path.extension().is_none() => directory(&lexicons, format, path)?,
        Some(path) => write(path, &whole(&lexicons, format)?)?,
    }
    Ok(Status::Done)
}

/// All lexicons in one text.
fn whole(lexicons: &[Lexicon], format: ExportFormat) -> Result<String, Failure> {
    match format {
        ExportFormat::Markdown => Ok(lexicons.iter().map(markdown::page).collect::<Vec<_>>().join("\n")),
        ExportFormat::Csv => csv::table(lexicons),
        ExportFormat::Json => json::array(lexicons),
    }
}

/// A file for each lexicon, named by its id, and an index of pages.
fn directory(lexicons: &[Lexicon], format: ExportFormat, path: &Path) -> Result<(), Failure> {
    let extension = match format {
        ExportFormat::Markdown => "md",
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
    };
    for lexicon in lexicons {
        // An id is made of small letters, digits, hyphens and single slashes: it leads nowhere else.
        let file = path.join(format!("{}.{extension}", lexicon.id()));
        write(&file, &whole(std::slice::from_ref(lexicon), format)?)?;
    }
    match format {
        ExportFormat::Markdown => write(&path.join("README.md"), &markdown::index(lexicons)),
        _ => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let made = parent.map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text)).map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))
}
