//! What may be typed behind `rhetor lexicon`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
    /// A lexicon to begin with: small, with comments that teach.
    #[command(after_help = NEW_EXAMPLES)]
    New {
        /// Its id, such as house/plain-words.
        id: String,
        /// The file to write [default: the last part of the id, with .toml]; `-` is standard output. No file is written
        /// over.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// What to call it [default: the last part of the id, in words].
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
    },
    /// Every fault of form and of meaning in lexicon files, with its place; every example is tried. Warnings are about
    /// what can be used and is hardly meant.
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// Lexicon files.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Exit with status 1 if there are warnings.
        #[arg(long)]
        strict: bool,
        /// Faults as text on standard error, or as a JSON list on standard output.
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// Write lexicon files in the canonical layout; what they say, and their comments, stay as they are.
    #[command(after_help = FMT_EXAMPLES)]
    Fmt {
        /// Lexicon files; `-` reads standard input and writes standard output.
        #[arg(value_name = "FILE|-", required = true)]
        files: Vec<PathBuf>,
        /// Write nothing; list the files that would change, and exit with status 1 if there are any.
        #[arg(long)]
        check: bool,
    },
    /// How often each entry fires on real texts, with samples in context; entries that never fire at the end.
    #[command(after_help = TEST_EXAMPLES)]
    Test(Test),
    /// What changed from one version of a lexicon to another, which bump that calls for, and what becomes of texts.
    Diff(Diff),
    /// Keep files as a release: copies of them, and their fingerprints in a lock file.
    Release(Release),
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Id of a bundled lexicon, such as en/euphemism, or a file.
    #[arg(value_name = "ID|FILE")]
    pub(crate) lexicon: String,
    /// The texts: files, and all .txt and .jsonl files of directories. In .jsonl files each line is a text, an object
    /// {"id", "text"}.
    #[arg(long, value_name = "FILE|DIR", required = true, num_args = 1..)]
    pub(crate) on: Vec<PathBuf>,
    /// How many samples of each entry to show, spread over all texts.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) samples: usize,
    /// Only these devices of the lexicon.
    #[arg(long, short, value_name = "DEVICE", value_delimiter = ',')]
    pub(crate) device: Vec<String>,
    /// Report on these entries only; the others still compete with them.
    #[arg(long, short, value_name = "ENTRY", value_delimiter = ',')]
    pub(crate) entry: Vec<String>,
    /// A page to read, or a JSON object.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
    /// How many texts to work on at a time [default: one a core].
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
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

const NEW_EXAMPLES: &str = "\
Examples:
  rhetor lexicon new house/plain-words
      Writes plain-words.toml, which passes `rhetor lexicon check` as it is.
  rhetor lexicon new house/plain-words --title 'In plain words' --output -
      To standard output, with a title of its own.";

const CHECK_EXAMPLES: &str = "\
Examples:
  rhetor lexicon check house.toml
      Every fault and every warning, with file, line and column.
  rhetor lexicon check --strict lexicons/*.toml
      For scripts: warnings count too.
  rhetor lexicon check --format json house.toml
      A list of {\"file\", \"line\", \"column\", \"entry\", \"severity\",
      \"message\"} objects, for programs.

Exit status:
  0  no fault; there may be warnings
  1  no fault, but warnings, and `--strict`
  2  faults, or a file that cannot be read";

const FMT_EXAMPLES: &str = "\
Examples:
  rhetor lexicon fmt house.toml
      Lays the file out anew, and names it if that changed it.
  rhetor lexicon fmt --check lexicons/*.toml
      For scripts: which files are not laid out so?
  rhetor lexicon fmt - < house.toml
      To standard output.

A key a line, keys in one order, a blank line between tables, lists on one line
if they fit in 120 columns and otherwise on lines that are filled. No value
changes, nothing changes its place among entries or in a list, and the
fingerprint stays. A file with faults of form is left as it is.

Exit status:
  0  all was done
  1  a file would change, and `--check`
  2  a file has faults, or cannot be read or written; the others are done";

const TEST_EXAMPLES: &str = "\
Examples:
  rhetor lexicon test house.toml --on news/
      Every entry of the lexicon on the texts under news/.
  rhetor lexicon test house.toml --on news/ --entry in-order-to --samples 50
      What one entry tags, in context.
  rhetor lexicon test en/euphemism --on corpus.jsonl --format json
      For programs.

The lexicon is used alone, with the classes of those that it names in `use`.
Its entries compete as they always do, so an entry that never fires may be one
that another always beats; `rhetor lexicon check` tells. Words are what white
space parts. Exceptions tag nothing themselves and are listed apart.

Exit status: 0 done; 2 bad input or usage; the other texts are done all the same.";

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
