//! `rhetor schema`: JSON Schemas of the files that are read and written.
//!
//! Those of results and of settings are derived from the types that they are written from and read into. The reader of
//! lexicons is written by hand, so that it finds every fault; `lexicon` mirrors what it takes, and tests hold the two
//! together.

mod lexicon;

use std::io::{self, Write};

use rhetor::Record;
use schemars::generate::SchemaSettings;
use schemars::transform::{transform_subschemas, Transform};
use schemars::Schema;
use serde_json::{json, Value};

use crate::args;
use crate::messages::{Failure, Status};
use crate::settings::SettingsFile;

/// Prints the schema.
pub(crate) fn run(of: args::Schema) -> Result<Status, Failure> {
    // Draft 7 is what editors know.
    let settings = SchemaSettings::draft07().with_transform(Plain);
    let schema = match of {
        args::Schema::Lexicon => settings.into_generator().into_root_schema_for::<lexicon::Lexicon>(),
        args::Schema::Config => settings.into_generator().into_root_schema_for::<SettingsFile>(),
        args::Schema::Output => settings.for_serialize().into_generator().into_root_schema_for::<Record>(),
    };
    let text = serde_json::to_string_pretty(&schema).map_err(Failure::new)?;
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(Status::Done)
}

/// Leaves out what says nothing about these files.
#[derive(Clone, Debug)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        // Lines of descriptions are broken where those of the source are.
        if let Some(Value::String(text)) = object.get_mut("description") {
            *text = text.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join("\n\n");
        }
        // What is not said is left out: no file holds a null.
        let null = json!({ "type": "null" });
        if let Some(Value::Array(types)) = object.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                object.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(mut choices)) = object.remove("anyOf") {
            choices.retain(|choice| *choice != null);
            let key = if choices.len() == 1 { "allOf" } else { "anyOf" };
            object.insert(key.to_owned(), Value::Array(choices));
        }
        if object.get("default") == Some(&Value::Null) {
            object.remove("default");
        }
        // The widths of Rust's numbers, which no validator knows.
        object.remove("format");
    }
}
