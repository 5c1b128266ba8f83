//! What may be typed about settings, whatever the command, and about `rhetor config` and `rhetor schema`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use rhetor::Unit;

use super::{Limit, ListFormat};

/// How results are written and judged, which is said by flags and in a rhetor.toml alike.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Results {
    /// What the offsets in json and jsonl count: bytes of UTF-8 (Rust, Go), characters (Python) or UTF-16 units
    /// (JavaScript, Java) [default: bytes, or what the result of `--reproduce` counts, or what rhetor.toml says].
    #[arg(long, value_name = "UNIT",
          value_parser = PossibleValuesParser::new(["bytes", "chars", "utf16"]).try_map(|unit| unit.parse::<Unit>()))]
    pub(crate) offsets: Option<Unit>,
    /// Exit with status 1 if at least N of this device (1 if not said) are found in all texts together. Limits of
    /// rhetor.toml on other devices hold too.
    #[arg(long, value_name = "DEVICE[=N]", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Limit>,
}

/// What is looked for, which is said by flags and in a rhetor.toml alike, and which rhetor.toml is heeded.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Choices {
    /// Look for these devices only; `default` stands for the default ones, `all` for the optional ones too [default:
    /// default, or what rhetor.toml says].
    #[arg(long, short, value_name = "DEVICE", value_delimiter = ',')]
    pub(crate) device: Vec<String>,
    /// Use this lexicon too, besides those of rhetor.toml, or in the place of the one there or the bundled one with the
    /// same id: a file, or a bundled one in a certain version, such as en/euphemism@1.0.0 (with all that it was released
    /// with) or en/euphemism@^1.
    #[arg(long, short, value_name = "FILE|ID@VERSION")]
    pub(crate) lexicon: Vec<String>,
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
    pub(crate) results: Results,
    #[command(flatten)]
    pub(crate) choices: Choices,
    /// A table to read, or a JSON object.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ListFormat,
}

pub(super) const SCHEMA_EXAMPLES: &str = "\
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
