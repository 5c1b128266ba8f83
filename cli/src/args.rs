//! What may be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rhetor::Unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const EXAMPLES: &str = "\
Examples:
  rhetor annotate article.txt           the article, with every device marked
  rhetor annotate --format html news/   a page of all .txt files under news/
  rhetor lexicon list                   what is looked for, in which version
  rhetor lexicon check house.toml       every fault in a lexicon of one's own

Exit status: 0 done; 1 done, and `--fail-on` was met; 2 bad input or usage.";

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  rhetor annotate article.txt
      Shows the article with every device marked, and a legend.
  cat article.txt | rhetor annotate
      The same from standard input.
  rhetor annotate --device euphemism,unnamed-source --format json article.txt
      Only these two devices, as JSON.
  rhetor annotate --device default,passive-voice article.txt
      The default devices and an optional one.
  rhetor annotate --lexicon house.toml --fail-on wordy=3 drafts/
      Uses a lexicon of one's own too; exit status 1 if 3 or more of its
      device `wordy` are found.
  rhetor annotate --lexicon en/euphemism@1.0.0 article.txt
      As with the first release of en/euphemism.
  rhetor annotate --reproduce last-year.json --format json article.txt
      As when last-year.json was made.
  rhetor annotate --no-config article.txt
      Without the rhetor.toml of the project; `rhetor config` tells what is in it.
  rhetor annotate --input jsonl --format jsonl --offsets chars - < in > out
      One {\"id\", \"text\"} object a line in, one result a line out, in order
      and at once.

Exit status:
  0  all was done
  1  all was done, and a `--fail-on` was met
  2  a file, a line or an argument was bad; what is wrong with one file or
     line is said on standard error, and the others are done all the same";

const SHOW_EXAMPLES: &str = "\
Examples:
  rhetor lexicon show en/euphemism
      What the lexicon holds, by device and kind.
  rhetor lexicon show en/euphemism --entries
      The same, with every entry on a line.
  rhetor lexicon show en/euphemism collateral-damage
      One entry as a page: what it matches, when, why, and which works
      support it.";

const EXPORT_EXAMPLES: &str = "\
Examples:
  rhetor lexicon export en/euphemism | less
      The lexicon as a page to read.
  rhetor lexicon export --format csv --output euphemism.csv en/euphemism
      A row an entry, for a spreadsheet.
  rhetor lexicon export --format json --output lexicons.json
      All that the bundled lexicons hold, for programs.
  rhetor lexicon export --output docs/lexicons
      A page for each bundled lexicon, and an index of them in README.md.

What comes out:
  markdown  Devices, entries by kind, classes, phrases and references. Long
            patterns and classes are cut short, and of the examples the first
            is shown; csv and json hold all.
  csv       Columns: lexicon, version, id, device, kind, exception, match,
            in_words, requires, excludes, gloss, note, since,
            deprecated_version, deprecated_reason, confidence, references,
            examples, counterexamples. Items of a list are joined by ` || `;
            `||` within an item is written `\\|\\|`.
  json      An array of objects with id, version, language, title, license,
            fingerprint, use, devices, references, classes (name to members),
            phrases (name to pattern) and entries. An entry has the keys of
            the lexicon file, and in_words: its patterns for readers. What an
            entry does not say is null, false or an empty array.";
const DIFF_EXAMPLES: &str = "\
Examples:
  rhetor lexicon diff house-1.0.toml house.toml
      Which entries came, went or changed, and whether the version went up far
      enough.
  rhetor lexicon diff house-1.0.toml house.toml --check
      The same, with exit status 1 if it did not.
  rhetor lexicon diff en/euphemism euphemism.toml --on news/
      Which tags come, go or change in the .txt and .jsonl files under news/.
  rhetor lexicon diff house-1.0.toml house.toml --format markdown
      The same for a changelog or a pull request.

Bumps:
  major  an entry, pattern or class member was removed, narrowed, or means
         something else
  minor  an entry, pattern or class member was added
  patch  only wording changed: glosses, notes, examples, references

Exit status: 0 done; 1 done, and `--check` found the bump too small; 2 bad
input or usage.";

/// Shows how a text persuades: tags rhetorical devices in news prose against versioned lexicons.
#[derive(Debug, Parser)]
#[command(name = "rhetor", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Whether to colour; `auto` heeds NO_COLOR, CLICOLOR, CLICOLOR_FORCE and whether a terminal reads.
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", global = true)]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tag the devices in texts.
    Annotate(Box<Annotate>),
    /// List, show, export and check lexicons.
    /// List, show, check and compare lexicons.
    #[command(subcommand)]
    Lexicon(Lexicon),
    /// Tell which settings are in force, and who says so: a rhetor.toml, a flag, or nobody.
    Config(Config),
    /// Print the JSON Schema (draft 7) of the files that are read and written, for editors and programs.
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema {
        /// Whose schema.
        #[arg(value_enum)]
        of: Schema,
    },
}

#[derive(Debug, Args)]
#[command(after_help = ANNOTATE_EXAMPLES)]
pub(crate) struct Annotate {
    /// Texts; directories are searched for .txt files (.jsonl with `--input jsonl`); `-` is standard input. What
    /// `exclude` in a rhetor.toml leaves out is annotated if it is named here.
    #[arg(value_name = "FILE|DIR", default_value = "-")]
    pub(crate) files: Vec<PathBuf>,
    /// What the files hold: a text each, or an object {"id", "text"} a line, further fields ignored. Where the id is
    /// absent, it is the number of the line.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) input: Input,
    /// What to write. `json` is an object, or an array for several texts; `jsonl` an object a line, with the file's path
    /// as its id; `html` a page [default: text, or what rhetor.toml says].
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) choices: Choices,
    /// Use the very lexicons, versions and devices that made this result (as json or jsonl), or fail: the same texts give
    /// the same results again. Lexicons of one's own have to be given by `--lexicon` as they were then.
    #[arg(long, value_name = "FILE", conflicts_with = "device")]
    pub(crate) reproduce: Option<PathBuf>,
    /// How many texts to work on at a time [default: one a core].
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Write to this file, not to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Say which devices there are, and which are looked for by default.
    #[arg(long)]
    pub(crate) list_devices: bool,
}

/// What is said by flags and in a rhetor.toml alike, and which of these is heeded.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Choices {
    /// What the offsets in json and jsonl count: bytes of UTF-8 (Rust, Go), characters (Python) or UTF-16 units
    /// (JavaScript, Java) [default: bytes, or what the result of `--reproduce` counts, or what rhetor.toml says].
    #[arg(long, value_name = "UNIT",
          value_parser = PossibleValuesParser::new(["bytes", "chars", "utf16"]).try_map(|unit| unit.parse::<Unit>()))]
    pub(crate) offsets: Option<Unit>,
    /// Look for these devices only; `default` stands for the default ones, `all` for the optional ones too [default:
    /// default, or what rhetor.toml says].
    #[arg(long, short, value_name = "DEVICE", value_delimiter = ',')]
    pub(crate) device: Vec<String>,
    /// Use this lexicon too, besides those of rhetor.toml, or in the place of the one there or the bundled one with the
    /// same id: a file, or a bundled one in a certain version, such as en/euphemism@1.0.0 (with all that it was released
    /// with) or en/euphemism@^1.
    #[arg(long, short, value_name = "FILE|ID@VERSION")]
    pub(crate) lexicon: Vec<String>,
    /// Exit with status 1 if at least N of this device (1 if not said) are found in all texts together. Limits of
    /// rhetor.toml on other devices hold too.
    #[arg(long, value_name = "DEVICE[=N]", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Limit>,
    /// Heed this settings file, not the rhetor.toml that the texts fall under.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Heed no settings file.
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

const CONFIG_EXAMPLES: &str = "\
Examples:
  rhetor config
      What is in force in this directory, and who says so.
  rhetor config news/article.txt --device euphemism
      What `rhetor annotate` would do with this text and this flag.
  rhetor schema config > rhetor.schema.json
      What a rhetor.toml may hold, for editors.

A rhetor.toml, with all that it may say:
  # lexicons besides the bundled ones: files, as seen from this one (overlays
  # too), or bundled ones by version
  lexicons = [\"style/house.toml\", \"en/euphemism@1.0.0\"]
  devices = [\"default\", \"passive-voice\"]
  # left out of directories, as by a .gitignore that stands beside this file
  exclude = [\"archive/**\", \"*.draft.txt\"]

  [output]
  format = \"json\"
  offsets = \"chars\"

  [fail-on]
  euphemism = 5

It is found upwards from each text, or from the working directory for standard
input; texts that fall under different ones are annotated apart. Flags win:
--device, --format and --offsets replace what it says, --lexicon and --fail-on
add to it, and win over what it says of the same lexicon or device.";

#[derive(Debug, Args)]
#[command(after_help = CONFIG_EXAMPLES)]
pub(crate) struct Config {
    /// Texts, as for `rhetor annotate`.
    #[arg(value_name = "FILE|DIR", default_value = ".")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) choices: Choices,
    /// A table to read, or a JSON object.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  rhetor schema lexicon > lexicon.schema.json
      For editors: with `#:schema lexicon.schema.json` as the first line of a
      lexicon, those that know taplo complete it and check it while you type.
  rhetor schema output
      For programs that read the results of `rhetor annotate`.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schema {
    /// A lexicon file.
    Lexicon,
    /// A rhetor.toml.
    Config,
    /// A result, as `rhetor annotate` writes it as json (an array of these for several texts) and jsonl (one a line).
    Output,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Lexicon {
    /// The bundled lexicons with version, size and devices.
    List {
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// What a lexicon holds, or all about one of its entries.
    #[command(after_help = SHOW_EXAMPLES)]
    Show {
        /// Id of a bundled lexicon, such as en/euphemism or en/euphemism@1.0.0, or a file.
        #[arg(value_name = "ID|FILE")]
        lexicon: String,
        /// Id of an entry.
        entry: Option<String>,
        /// Name every entry, a line each.
        #[arg(long, conflicts_with = "entry")]
        entries: bool,
    },
    /// Keep files as a release: copies of them, and their fingerprints in a lock file.
    Release(Release),
    /// Whole lexicons for readers who do not read TOML, or for other programs.
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
        /// Ids of bundled lexicons, or files [default: every bundled lexicon].
        #[arg(value_name = "ID|FILE")]
        lexicons: Vec<String>,
        /// Pages to read, a row an entry, or all there is for programs.
        #[arg(long, value_enum, default_value = "markdown")]
        format: ExportFormat,
        /// Write to this file, not to standard output. A directory, or a path without an extension, gets a file for
        /// each lexicon, and for markdown an index too.
        #[arg(long, short, value_name = "FILE|DIR")]
        output: Option<PathBuf>,
    },
    /// Every fault of form and of meaning in lexicon files, with its place; every example is tried.
    Check {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// What changed from one version of a lexicon to another, which bump that calls for, and what becomes of texts.
    Diff(Diff),
}

#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct Diff {
    /// The earlier lexicon: id of a bundled one, such as en/euphemism, or a file.
    #[arg(value_name = "BEFORE")]
    pub(crate) before: String,
    /// The later lexicon, likewise.
    #[arg(value_name = "AFTER")]
    pub(crate) after: String,
    /// Annotate these texts with each of the two among the bundled lexicons, and show the tags that are not the same.
    /// Directories are searched for .txt and .jsonl files; `-` is standard input.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) on: Vec<PathBuf>,
    /// What to write; `markdown` is for changelogs and pull requests.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: DiffFormat,
    /// Look for these devices only, not for all those of the two lexicons. If these have no entries, their classes are
    /// tried with the default devices.
    #[arg(long, short, value_name = "DEVICE", value_delimiter = ',', requires = "on")]
    pub(crate) device: Vec<String>,
    /// Exit with status 1 if the version did not go up as far as the changes call for.
    #[arg(long)]
    pub(crate) check: bool,
}

const RELEASE_EXAMPLES: &str = "\
Examples:
  rhetor lexicon release --to released house.toml
      Copies house.toml to released/<id>/<version>.toml, and notes its
      fingerprint in released/lock.toml.
  rhetor lexicon release --check --to released house.toml
      Writes nothing. Exit status 1 if a released file was changed, or if
      house.toml was without a new version that says as much.

A release is for good: those who cite a version must find the same content
under it. Give the files that belong together at once; a version asked for
by its number, such as en/euphemism@1.0.0, comes with what it was released
with.";

#[derive(Debug, Args)]
#[command(after_help = RELEASE_EXAMPLES)]
pub(crate) struct Release {
    /// Lexicons, and the files with the rules of a language.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The directory that keeps the releases.
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// Only say whether all is in order.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Text,
    Jsonl,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
    Jsonl,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Markdown,
    Csv,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes it the choice for everything that is written from here on.
    pub(crate) fn apply(self) {
        let choice = match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// How many of a device are too many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) device: String,
    pub(crate) count: NonZeroUsize,
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(limit: &str) -> Result<Limit, String> {
        let (device, count) = match limit.split_once('=') {
            Some((device, count)) => {
                (device, count.parse().map_err(|_| format!("\"{count}\" is no number from 1 up"))?)
            }
            None => (limit, NonZeroUsize::MIN),
        };
        Ok(Limit { device: device.to_owned(), count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
