//! What may be typed.

mod lexicon;
mod settings;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use lexicon::*;
pub(crate) use settings::*;

const EXAMPLES: &str = "\
Examples:
  rhetor annotate article.txt           the article, with every device marked
  rhetor annotate --format html news/   a page of all texts under news/
  rhetor explain article.txt:3          why the tags on line 3 are there
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
  rhetor annotate draft.md
      The prose of a Markdown file; `<!-- rhetor: off, a reason -->` in it
      switches tagging off, `on` on again, `next` off for the next block.
  curl -s https://example.org/ | rhetor annotate --input html --format json -
      A page from the web; offsets count in the page as it came.
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

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  rhetor explain article.txt
      Every tag: which entry made it, and which words met which element.
  rhetor explain article.txt:3
      The tags that touch line 3.
  rhetor explain article.txt --phrase \"collateral harm\"
      Why this is tagged, or why it is not.
  rhetor explain --text \"Officials say so.\" --format json
      The same for a text on the command line, as JSON with offsets in bytes.

Exit status:
  0  all was done
  2  an argument or the file was bad, or the phrase does not stand in it";

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
    /// Say why something is tagged, or why it is not.
    Explain(Explain),
    /// List, show, make, check, try, compare and release lexicons.
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
    /// Texts; `-` is standard input. Directories are searched for .txt, .md, .markdown, .html and .htm files; with
    /// `--input`, only for files whose name says that they hold this (.jsonl with `--input jsonl`). What `exclude` in a
    /// rhetor.toml leaves out of directories is annotated if it is named here.
    #[arg(value_name = "FILE|DIR", default_value = "-")]
    pub(crate) files: Vec<PathBuf>,
    /// What the files hold [default: what their names say, or text]. In `markdown` and `html`, only prose is tagged, not
    /// code, addresses, attributes or front matter, and offsets count in the file as it is. `jsonl` is an object
    /// {"id", "text"} a line, further fields ignored; where the id is absent, it is the number of the line.
    #[arg(long, value_enum)]
    pub(crate) input: Option<Input>,
    /// What to write. `json` is an object, or an array for several texts; `jsonl` an object a line, with the file's path
    /// as its id; `html` a page [default: text, or what rhetor.toml says].
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) results: Results,
    #[command(flatten)]
    pub(crate) choices: Choices,
    /// Use the very lexicons, versions and devices that made this result (as json or jsonl), or fail: the same texts give
    /// the same results again. Lexicons of one's own have to be given by `--lexicon` as they were then.
    #[arg(long, value_name = "FILE", conflicts_with = "device")]
    pub(crate) reproduce: Option<PathBuf>,
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
}

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct Explain {
    /// A text, and what of it to explain: every tag, those that touch a line, or those at a column of it, both counted
    /// from 1; `-` is standard input.
    #[arg(value_name = "FILE[:LINE[:COLUMN]]", required_unless_present = "text")]
    pub(crate) file: Option<PathBuf>,
    /// The text itself, in the place of a file.
    #[arg(long, conflicts_with = "file")]
    pub(crate) text: Option<String>,
    /// Explain this phrase wherever it stands, tagged or not. What keeps it from being a tag is said too: a condition,
    /// another tag, or the element of the nearest pattern that it does not meet.
    #[arg(long, short, value_name = "WORDS")]
    pub(crate) phrase: Option<String>,
    /// How many of the nearest patterns to show for a phrase that none matches, up to 10.
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) nearest: usize,
    /// What to write.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) choices: Choices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Text,
    Markdown,
    Html,
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
