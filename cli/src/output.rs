//! Where results go.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use rhetor::{html, Article, Record};

use crate::args::Format;
use crate::messages::{error, warning, Failure};
use crate::ordered::Sink;
use crate::work::{Done, Rendered};

/// A file or standard output, and whether to colour what goes there.
pub(crate) struct Target {
    writer: Box<dyn Write>,
    pub(crate) color: bool,
    /// Whether somebody watches standard error while the results go elsewhere.
    watched: bool,
}

impl Target {
    /// Standard output, or a file, which is made anew.
    pub(crate) fn open(path: Option<&Path>) -> Result<Target, Failure> {
        let stderr = io::stderr().is_terminal();
        let Some(path) = path else {
            let stdout = io::stdout();
            let color = AutoStream::choice(&stdout) != ColorChoice::Never;
            let watched = stderr && !stdout.is_terminal();
            return Ok(Target { writer: Box::new(stdout.lock()), color, watched });
        };
        let file = File::create(path).map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))?;
        let color = AutoStream::choice(&file) != ColorChoice::Never;
        Ok(Target { writer: Box::new(file), color, watched: stderr })
    }
}

/// Writes results one after the other, and says what was wrong.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    format: Format,
    many: bool,
    written: usize,
    articles: Vec<(String, String, Record)>,
    bar: ProgressBar,
    /// How many were found of each limit's device.
    pub(crate) counts: Vec<usize>,
    /// Whether anything was wrong with the input.
    pub(crate) faulty: bool,
}

impl Output {
    /// For results in a format; with `many`, several may come. `files` is how many there are to wait for.
    pub(crate) fn new(target: Target, format: Format, many: bool, files: usize) -> Output {
        let bar = match target.watched && files > 1 {
            true => ProgressBar::new(files as u64),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left") {
            bar.set_style(style);
        }
        let writer = BufWriter::with_capacity(64 * 1024, target.writer);
        Output { writer, format, many, written: 0, articles: Vec::new(), bar, counts: Vec::new(), faulty: false }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let before = match (self.format, self.many, self.written) {
            (Format::Json, true, 0) => "[\n",
            (Format::Json, true, _) => ",\n",
            (Format::Text, true, 1..) => "\n",
            _ => "",
        };
        self.written += 1;
        self.writer.write_all(before.as_bytes())?;
        self.writer.write_all(bytes)
    }

    /// Writes what can only be written at the end.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.bar.finish_and_clear();
        match (self.format, self.many, self.written) {
            (Format::Json, true, 0) => self.writer.write_all(b"[]\n")?,
            (Format::Json, true, _) => self.writer.write_all(b"\n]\n")?,
            (Format::Json, false, 1..) => self.writer.write_all(b"\n")?,
            (Format::Html, ..) => {
                let articles: Vec<Article<'_>> =
                    self.articles.iter().map(|(name, text, record)| Article { name, text, record }).collect();
                let title = match &articles[..] {
                    [only] => only.name.to_owned(),
                    _ => format!("{} articles", articles.len()),
                };
                let page = html(&title, &articles).map_err(Failure::new)?;
                self.writer.write_all(page.as_bytes())?;
            }
            _ => {}
        }
        Ok(self.writer.flush()?)
    }
}

impl Sink<Done> for Output {
    fn put(&mut self, done: Done) -> io::Result<()> {
        for result in done.results {
            match result {
                Rendered::Bytes(bytes) => self.write(&bytes)?,
                Rendered::Article { name, text, record } => self.articles.push((name, text, record)),
            }
        }
        self.faulty |= !done.faults.is_empty();
        for odd in done.warnings {
            self.bar.suspend(|| warning(&odd));
        }
        for fault in done.faults {
            self.bar.suspend(|| error(&fault));
        }
        self.counts.resize(done.counts.len(), 0);
        for (all, more) in self.counts.iter_mut().zip(done.counts) {
            *all += more;
        }
        self.bar.inc(1);
        Ok(())
    }

    fn idle(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Puts a new content in the place of a file: whole, or not at all, and with the same permissions. What is not there yet is
/// made.
pub(crate) fn replace(file: &Path, content: &str) -> io::Result<()> {
    if !file.exists() {
        return fs::write(file, content);
    }
    // Through a link to the file itself, so that the link stays.
    let file = fs::canonicalize(file)?;
    let permissions = fs::metadata(&file)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let directory = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".rhetor-").suffix(".toml").tempfile_in(directory)?;
    new.write_all(content.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    new.persist(&file)?;
    Ok(())
}
