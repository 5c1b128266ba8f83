//! `rhetor lexicon release`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rhetor::{check, Lexicon, LexiconDiff, Lock, Severity, Shelf, Source};
use semver::Version;

use crate::args::Release;
use crate::messages::{error, Failure, Status};
use crate::output::replace;

/// A file that may be released.
struct File {
    path: PathBuf,
    source: Source,
    /// `None` for the rules of a language.
    lexicon: Option<Lexicon>,
}

/// Where releases are kept.
struct Archive<'a> {
    folder: &'a Path,
    lock: Lock,
}

pub(super) fn run(args: &Release) -> Result<Status, Failure> {
    let files = args.files.iter().map(|path| read(path)).collect::<Result<Vec<File>, Failure>>()?;
    let mut archive = Archive::open(&args.to)?;
    let mut faults = archive.changed();
    let mut new = Vec::new();
    for file in &files {
        match archive.verdict(file)? {
            Verdict::Released => {}
            Verdict::New => new.push(file),
            Verdict::Fault(fault) => faults.push(fault),
        }
    }
    for fault in &faults {
        error(fault);
    }
    if !faults.is_empty() {
        return Ok(if args.check { Status::Found } else { Status::BadInput });
    }
    let mut out = io::stdout().lock();
    if new.is_empty() {
        writeln!(out, "nothing new: every file was released as it is")?;
        return Ok(Status::Done);
    }
    if !args.check {
        archive.release(&files, &new)?;
    }
    let what = if args.check { "not yet released" } else { "released" };
    for File { source, .. } in new {
        writeln!(out, "{what}: {} {}", source.id, source.version)?;
    }
    Ok(Status::Done)
}

/// Reads a file; a lexicon must pass its own check.
fn read(path: &Path) -> Result<File, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    // By their ids: the rules of a language are files of another form.
    let rules = Source::of_rules(&text).ok().filter(|s| s.id.ends_with("/language") || s.id.ends_with("/inflection"));
    if let Some(source) = rules {
        return Ok(File { path: path.to_owned(), source, lexicon: None });
    }
    let lexicon = Lexicon::from_toml(&path.display().to_string(), &text).map_err(Failure::new)?;
    let mut faults = check(lexicon.clone()).map_err(Failure::new)?;
    faults.retain(|fault| fault.severity() == Severity::Error);
    match faults.is_empty() {
        true => Ok(File { path: path.to_owned(), source: lexicon.source(), lexicon: Some(lexicon) }),
        false => Err(Failure::new(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))),
    }
}

enum Verdict {
    /// This very content was released.
    Released,
    /// A version of its own, which may be released.
    New,
    Fault(String),
}

impl Archive<'_> {
    fn open(folder: &Path) -> Result<Archive<'_>, Failure> {
        let path = folder.join("lock.toml");
        let lock = match fs::read_to_string(&path) {
            Ok(text) => Lock::from_toml(&text).map_err(|e| Failure::new(format!("{}: {e}", path.display())))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Lock::default(),
            Err(error) => return Err(Failure::new(format!("{}: {error}", path.display()))),
        };
        Ok(Archive { folder, lock })
    }

    fn path(&self, source: &Source) -> PathBuf {
        self.folder.join(&source.id).join(format!("{}.toml", source.version))
    }

    /// Released files that are not what they were.
    fn changed(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for released in self.lock.shelves().iter().flat_map(|shelf| &shelf.files) {
            let path = self.path(released);
            let found = read_released(&path);
            let fault = match found {
                Ok(found) if found == *released => continue,
                Ok(_) => {
                    "was changed after its release; restore it, and release the change as a new version".to_owned()
                }
                Err(error) => error,
            };
            let fault = format!("{}: {fault}", path.display());
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        faults
    }

    fn verdict(&self, file: &File) -> Result<Verdict, Failure> {
        let File { path, source, lexicon } = file;
        let known = self.lock.shelf(&source.id, &source.version).and_then(|shelf| shelf.file(&source.id));
        if let Some(known) = known {
            return Ok(match known.fingerprint == source.fingerprint {
                true => Verdict::Released,
                false => Verdict::Fault(format!(
                    "{}: {} {} was released with other content; give this a new version",
                    path.display(),
                    source.id,
                    source.version
                )),
            });
        }
        let Some(last) = self.lock.last(&source.id) else { return Ok(Verdict::New) };
        let fault =
            |what: String| Ok(Verdict::Fault(format!("{}: {} {}: {what}", path.display(), source.id, source.version)));
        let released = |version: &str| version.parse::<Version>().ok();
        if released(&source.version) < released(&last.version) {
            return fault(format!("{} was released already; go on from there", last.version));
        }
        let Some(lexicon) = lexicon else { return Ok(Verdict::New) };
        let old = Lexicon::from_path(self.path(last)).map_err(Failure::new)?;
        let diff = LexiconDiff::between(&old, lexicon);
        let because = diff.because().next();
        match because {
            Some(change) if !diff.version_is_enough() => fault(format!(
                "what changed since {} calls for a {} version, {} or higher: {change} ({})",
                last.version,
                diff.bump(),
                diff.least_version(),
                change.reason()
            )),
            _ => Ok(Verdict::New),
        }
    }

    /// Copies what is new, and notes what stands side by side now.
    fn release(&mut self, files: &[File], new: &[&File]) -> Result<(), Failure> {
        let failed = |path: &Path, error: io::Error| Failure::new(format!("cannot write {}: {error}", path.display()));
        for file in new {
            let path = self.path(&file.source);
            let folder = path.parent().unwrap_or(self.folder);
            fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
            fs::copy(&file.path, &path).map_err(|error| failed(&path, error))?;
        }
        // What was not named this time is still there.
        let last = self.lock.shelves().last().map(|shelf| shelf.files.clone()).unwrap_or_default();
        let mut shelf: Vec<Source> = files.iter().map(|file| file.source.clone()).collect();
        shelf.extend(last.into_iter().filter(|old| !files.iter().any(|file| file.source.id == old.id)));
        shelf.sort_by(|a, b| a.id.cmp(&b.id));
        let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
        self.lock.push(Shelf { date, files: shelf });
        let path = self.folder.join("lock.toml");
        replace(&path, &self.lock.to_toml()).map_err(|error| failed(&path, error))
    }
}

fn read_released(path: &Path) -> Result<Source, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    match Lexicon::from_toml(&path.display().to_string(), &text) {
        Ok(lexicon) => Ok(lexicon.source()),
        Err(error) => Source::of_rules(&text).map_err(|_| error.to_string()),
    }
}
