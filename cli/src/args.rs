//! What may be typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rhetor::Unit;

const EXAMPLES: &str = "\
Examples:
  rhetor annotate article.txt           the article, with every device marked
  rhetor annotate --format html news/   a page of all .txt files under news/
  rhetor lexicon list                   what is looked for, in which version
  rhetor lexicon new house/plain-words  a lexicon of one's own to begin with
  rhetor lexicon check house.toml       every fault in it

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
  rhetor annotate --input jsonl --format jsonl --offsets chars - < in > out
      One {\"id\", \"text\"} object a line in, one result a line out, in order
      and at once.

Exit status:
  0  all was done
  1  all was done, and a `--fail-on` was met
  2  a file, a line or an argument was bad; what is wrong with one file or
     line is said on standard error, and the others are done all the same";

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

const NEW_EXAMPLES: &str = "\
Examples:
  rhetor lexicon new house/plain-words
      Writes plain-words.toml, which passes `rhetor lexicon check` as it is.
  rhetor lexicon new house/plain-words --title 'In plain words' --output -
      To standard output, with a title of its own.";

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
    /// List, show, make, check, try and lay out lexicons.
    #[command(subcommand)]
    Lexicon(Lexicon),
}

#[derive(Debug, Args)]
#[command(after_help = ANNOTATE_EXAMPLES)]
pub(crate) struct Annotate {
    /// Texts; directories are searched for .txt files (.jsonl with `--input jsonl`); `-` is standard input.
    #[arg(value_name = "FILE|DIR", default_value = "-")]
    pub(crate) files: Vec<PathBuf>,
    /// What the files hold: a text each, or an object {"id", "text"} a line, further fields ignored. Where the id is
    /// absent, it is the number of the line.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) input: Input,
    /// What to write. `json` is an object, or an array for several texts; `jsonl` an object a line, with the file's path
    /// as its id; `html` a page.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// What the offsets in json and jsonl count: bytes of UTF-8 (Rust, Go), characters (Python) or UTF-16 units
    /// (JavaScript, Java).
    #[arg(long, value_name = "UNIT", default_value = "bytes",
          value_parser = PossibleValuesParser::new(["bytes", "chars", "utf16"]).try_map(|unit| unit.parse::<Unit>()))]
    pub(crate) offsets: Unit,
    /// Look for these devices only; `default` stands for the default ones, `all` for the optional ones too.
    #[arg(long, short, value_name = "DEVICE", value_delimiter = ',')]
    pub(crate) device: Vec<String>,
    /// Use this lexicon too, or in the place of the bundled one with the same id.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) lexicon: Vec<PathBuf>,
    /// Use lexicons of `--lexicon` even if they do not tag their own examples as these say; a warning tells of each.
    /// Without it such a lexicon is refused. Only entries of the devices looked for are tried.
    #[arg(long)]
    pub(crate) force: bool,
    /// How many texts to work on at a time [default: one a core].
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Write to this file, not to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Say which devices there are, and which are looked for by default.
    #[arg(long)]
    pub(crate) list_devices: bool,
    /// Exit with status 1 if at least N of this device (1 if not said) are found in all texts together.
    #[arg(long, value_name = "DEVICE[=N]", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Limit>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Lexicon {
    /// The bundled lexicons with version, size and devices.
    List {
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
    /// What a lexicon holds, or all about one of its entries.
    Show {
        /// Id of a bundled lexicon, such as en/euphemism, or a file.
        #[arg(value_name = "ID|FILE")]
        lexicon: String,
        /// Id of an entry.
        entry: Option<String>,
        /// Name every entry, a line each.
        #[arg(long, conflicts_with = "entry")]
        entries: bool,
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
    /// How often each entry fires on real texts, with samples in context; entries that never fire at the end.
    #[command(after_help = TEST_EXAMPLES)]
    Test(Test),
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Text,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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
