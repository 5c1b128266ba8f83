//! What is in force, and who said so: flags first, then the `rhetor.toml` that the texts fall under, then what is so
//! unless somebody says otherwise.
//!
//! `file` says what a `rhetor.toml` may hold and reads it, `project` finds it, `exclude` knows which paths it leaves out.
//! A new setting is declared in `SettingsFile` (and in `Choices`, if a flag says it too), merged in `Settings::merge`, and
//! told in `Settings::rows`.

mod exclude;
mod file;
mod project;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rhetor::{Annotator, AnnotatorBuilder, BuildError, Fault, Lexicon, LexiconError, Record, Unit};
use serde::Serialize;
use serde_json::{json, Value};

use crate::args::{Choices, Format, Limit, Results};
use crate::lexicon::{is_file, load};
use crate::messages::Failure;

pub(crate) use exclude::Exclude;
pub(crate) use file::SettingsFile;

/// A settings file: where it is, and what it says.
#[derive(Debug)]
pub(crate) struct Source {
    path: PathBuf,
    /// What messages call it.
    name: String,
    text: String,
}

/// Who said what a setting is.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// Nobody: it is so unless somebody says otherwise.
    Default,
    /// Whoever typed the command.
    Flag,
    /// These bytes of a settings file.
    File(Arc<Source>, Range<usize>),
}

/// A value, and who said it.
#[derive(Clone, Debug)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

/// All that flags and settings files say together.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The settings file, where there is one and it is to be heeded.
    pub(crate) file: Option<Arc<Source>>,
    /// Whether that was found, not named.
    found: bool,
    /// Files and bundled lexicons by version, in the order in which they are added.
    pub(crate) lexicons: Vec<Setting<String>>,
    /// What to look for, as `--device` has it; all from one origin.
    pub(crate) devices: Vec<Setting<String>>,
    /// What is left out of directories.
    pub(crate) exclude: Exclude,
    pub(crate) format: Setting<Format>,
    pub(crate) offsets: Setting<Unit>,
    pub(crate) limits: Vec<Setting<Limit>>,
}

/// A line of `rhetor config`.
pub(crate) struct Row<'a> {
    /// The setting, as a settings file has it.
    pub(crate) key: String,
    /// `null` for a list that holds nothing.
    pub(crate) value: Value,
    pub(crate) origin: &'a Origin,
}

impl Settings {
    /// What is in force for texts that were named, files or directories; `-` is standard input, which falls under the
    /// working directory. Whoever writes no results of that kind gives `Results::default()`, and no format.
    ///
    /// # Errors
    /// Every fault in the settings file; and texts that fall under different ones.
    pub(crate) fn find(
        texts: &[PathBuf],
        choices: &Choices,
        results: &Results,
        format: Option<Format>,
    ) -> Result<Settings, Failure> {
        let found = choices.config.is_none() && !choices.no_config;
        let path = if found { project::of_all(texts.iter().map(PathBuf::as_path))? } else { choices.config.clone() };
        let (file, said) = match path {
            Some(path) => SettingsFile::read(path).map(|(source, said)| (Some(source), said))?,
            None => (None, SettingsFile::default()),
        };
        let settings = Settings::merge(file, said, choices, results, format)?;
        Ok(Settings { found, ..settings })
    }

    fn merge(
        file: Option<Arc<Source>>,
        said: SettingsFile,
        choices: &Choices,
        results: &Results,
        format: Option<Format>,
    ) -> Result<Settings, Failure> {
        let SettingsFile { lexicons, devices, exclude, output, fail_on } = said;
        let of_file = |at| file.as_ref().map_or(Origin::Default, |file| Origin::File(file.clone(), at));
        let told = |setting: toml::Spanned<String>| {
            let at = setting.span();
            Setting { value: setting.into_inner(), origin: of_file(at) }
        };
        let typed = |values: &[String]| {
            let settings = values.iter().map(|value| Setting { value: value.clone(), origin: Origin::Flag });
            settings.collect::<Vec<_>>()
        };

        let mut lexicons: Vec<_> = lexicons.into_iter().map(told).collect();
        if let Some(file) = &file {
            lexicons.iter_mut().for_each(|lexicon| lexicon.value = file.relative(&lexicon.value));
        }
        lexicons.extend(typed(&choices.lexicon));
        let devices = match (typed(&choices.device), devices) {
            (typed, _) if !typed.is_empty() => typed,
            (_, Some(devices)) => devices.into_inner().into_iter().map(told).collect(),
            (_, None) => vec![Setting { value: "default".to_owned(), origin: Origin::Default }],
        };
        let mut limits: Vec<_> = fail_on
            .into_iter()
            .map(|(device, count)| {
                let limit = Limit { device: device.get_ref().clone(), count: count.into_inner() };
                Setting { value: limit, origin: of_file(device.span()) }
            })
            .filter(|limit| !results.fail_on.iter().any(|typed| typed.device == limit.value.device))
            .collect();
        limits.extend(results.fail_on.iter().map(|limit| Setting { value: limit.clone(), origin: Origin::Flag }));

        Ok(Settings {
            exclude: Exclude::new(exclude.into_iter().map(told).collect(), file.as_deref())?,
            format: first(format, output.format, of_file),
            offsets: first(results.offsets, output.offsets, of_file),
            file: file.clone(),
            found: false,
            lexicons,
            devices,
            limits,
        })
    }

    /// Files found in directories have to fall under the settings file that the directories fall under; `texts` are all
    /// of these.
    ///
    /// # Errors
    /// Names a file that falls under another one, and that.
    pub(crate) fn hold_for<'p>(&self, texts: impl Iterator<Item = &'p Path>) -> Result<(), Failure> {
        match self.found {
            true => project::of_all(texts).map(drop),
            false => Ok(()),
        }
    }

    /// The bundled lexicons and those that were named, and the ids of those from files. One named by a flag takes the
    /// place of one of the settings file that has the same id.
    ///
    /// To make a stored result again, only those of the settings file that it was made with are taken.
    ///
    /// # Errors
    /// Lists every fault in every file.
    pub(crate) fn builder(&self, stored: Option<&Record>) -> Result<(AnnotatorBuilder, Vec<String>), Failure> {
        let (mut lexicons, mut faults): (Vec<(Lexicon, &Setting<String>)>, Vec<String>) = (Vec::new(), Vec::new());
        for setting in &self.lexicons {
            let lexicon = match load(&setting.value) {
                Ok(lexicon) => lexicon,
                Err(error) => {
                    faults.push(setting.unread(&error));
                    continue;
                }
            };
            let of_file = setting.origin.is_file();
            if of_file && stored.is_some_and(|record| !made_with(record, &lexicon)) {
                continue;
            }
            if !of_file {
                lexicons.retain(|(other, by)| !by.origin.is_file() || other.id() != lexicon.id());
            }
            lexicons.push((lexicon, setting));
        }
        if !faults.is_empty() {
            return Err(Failure::Message(faults.join("\n")));
        }
        let own =
            lexicons.iter().filter(|(_, named)| is_file(&named.value)).map(|(lexicon, _)| lexicon.id().to_owned());
        let own = own.collect();
        let lexicons = lexicons.into_iter().map(|(lexicon, _)| lexicon);
        Ok((lexicons.fold(Annotator::builder(), AnnotatorBuilder::lexicon), own))
    }

    /// An annotator that looks for what is to be looked for.
    ///
    /// # Errors
    /// As [`AnnotatorBuilder::build`]; a device of the settings file that no lexicon declares is shown there.
    pub(crate) fn build(&self, builder: AnnotatorBuilder) -> Result<Annotator, Failure> {
        let names: Vec<&str> = self.devices.iter().map(|device| device.value.as_str()).collect();
        let builder = match names.as_slice() {
            names if names.contains(&"all") => builder.all_devices(),
            names if names.contains(&"default") => {
                builder.also(names.iter().filter(|name| **name != "default").copied())
            }
            names => builder.only(names.iter().copied()),
        };
        builder.build().map_err(|error| match &error {
            BuildError::UnknownDevice { device, .. } => {
                let asked = self.devices.iter().find(|asked| asked.value == *device);
                Failure::Message(asked.map_or(error.to_string(), |asked| asked.fault(&error.to_string())))
            }
            _ => Failure::new(error),
        })
    }

    /// The limits to heed when looking for these devices. Those of the settings file are for the devices that it names
    /// itself: where others are looked for, only the limits on these count.
    ///
    /// # Errors
    /// A limit on what is never looked for would never be met.
    pub(crate) fn limits(
        &self,
        annotator: &Annotator,
        stored: Option<&Record>,
    ) -> Result<Vec<Setting<Limit>>, Failure> {
        let sought: Vec<&str> = annotator.devices().iter().map(|device| device.id()).collect();
        let others = stored.is_some() || self.devices.iter().any(|device| matches!(device.origin, Origin::Flag));
        let mut limits = Vec::new();
        for limit in &self.limits {
            let device = limit.value.device.as_str();
            let message =
                |add: &str| format!("not among the devices looked for, which are {}; {add}", sought.join(", "));
            match &limit.origin {
                _ if sought.contains(&device) => limits.push(limit.clone()),
                Origin::File(..) if others => {}
                Origin::File(..) => {
                    let message = message("add it to `devices`, or take the limit out");
                    return Err(Failure::Message(limit.fault(&format!("`fail-on.{device}`: {message}"))));
                }
                _ => {
                    let message = message("--device adds others");
                    return Err(Failure::Message(format!("--fail-on {device}: {message}")));
                }
            }
        }
        Ok(limits)
    }

    /// Every setting; of a list, every item.
    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let Settings { file: _, found: _, lexicons, devices, exclude, format, offsets, limits } = self;
        let mut rows = Vec::new();
        for (key, items) in [("lexicons", lexicons), ("devices", devices), ("exclude", &exclude.globs)] {
            rows.extend(items.iter().map(|item| row(key, &item.value, item)));
            rows.extend(items.is_empty().then(|| nothing(key)));
        }
        rows.push(row("output.format", format.value, format));
        rows.push(row("output.offsets", offsets.value, offsets));
        rows.extend(limits.iter().map(|limit| {
            let Limit { device, count } = &limit.value;
            row(&format!("fail-on.{device}"), count, limit)
        }));
        rows.extend(limits.is_empty().then(|| nothing("fail-on")));
        rows
    }
}

fn row<'a, T>(key: &str, value: impl Serialize, setting: &'a Setting<T>) -> Row<'a> {
    Row { key: key.to_owned(), value: json!(value), origin: &setting.origin }
}

/// The row of a list that holds nothing.
fn nothing(key: &str) -> Row<'static> {
    Row { key: key.to_owned(), value: Value::Null, origin: &Origin::Default }
}

/// What was typed, or else what the file says, or else what is so by default.
fn first<T: Default>(
    typed: Option<T>,
    told: Option<toml::Spanned<T>>,
    of_file: impl Fn(Range<usize>) -> Origin,
) -> Setting<T> {
    match (typed, told) {
        (Some(value), _) => Setting { value, origin: Origin::Flag },
        (None, Some(told)) => {
            let origin = of_file(told.span());
            Setting { value: told.into_inner(), origin }
        }
        (None, None) => Setting { value: T::default(), origin: Origin::Default },
    }
}

/// Whether a record names a lexicon: a bundled one as it is here, since it may have been made with another version of it.
fn made_with(record: &Record, lexicon: &Lexicon) -> bool {
    match Lexicon::bundled_ids().any(|id| id == lexicon.id()) {
        true => record.lexicons.contains(&lexicon.source()),
        false => record.lexicons.iter().any(|source| source.id == lexicon.id()),
    }
}

impl<T> Setting<T> {
    /// Something wrong with it, shown where it stands.
    pub(crate) fn fault(&self, message: &str) -> String {
        match &self.origin {
            Origin::File(file, at) => file.fault(at.clone(), message).to_string(),
            _ => message.to_owned(),
        }
    }

    /// Why a lexicon cannot be used: its own faults have places of their own.
    fn unread(&self, error: &LexiconError) -> String {
        match error.faults().is_empty() {
            true => self.fault(&error.to_string()),
            false => error.to_string(),
        }
    }
}

impl Origin {
    fn is_file(&self) -> bool {
        matches!(self, Origin::File(..))
    }

    /// The line of the settings file, counted from 1.
    pub(crate) fn line(&self) -> Option<usize> {
        match self {
            Origin::File(file, at) => Some(file.fault(at.clone(), "").line()),
            _ => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Flag => f.write_str("flag"),
            Origin::File(file, _) => write!(f, "{}:{}", file.name, self.line().unwrap_or_default()),
        }
    }
}

impl Source {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn fault(&self, at: Range<usize>, message: impl Into<String>) -> Fault {
        Fault::new(&self.name, &self.text, at, message)
    }

    /// A lexicon that the file names: files are named as seen from there.
    fn relative(&self, lexicon: &str) -> String {
        let beside = Path::new(&self.name).parent().unwrap_or(Path::new("")).join(lexicon);
        match is_file(&beside.to_string_lossy()) {
            true => beside.display().to_string(),
            false => lexicon.to_owned(),
        }
    }
}
