//! Annotates today, stores the result as JSON, and shows it later without annotator or lexicons.
//!
//! `cargo run --example stored_records`

use rhetor::{terminal, Annotator, Record, TerminalOptions, Unit};

const TEXT: &str = "“Ça suffit,” officials say. Nobody asked them.";

/// Today: offsets in characters, as a program in Python would want them.
fn store() -> Result<String, Box<dyn std::error::Error>> {
    let mut record = Annotator::bundled().annotate(TEXT).to_record().in_unit(Unit::Chars, TEXT)?;
    record.id = Some("2026-02-22/17".to_owned());
    Ok(serde_json::to_string(&record)?)
}

/// Next year: the record holds all that is shown, and refuses a text that it was not made from.
fn show(stored: &str) -> Result<String, Box<dyn std::error::Error>> {
    let record: Record = serde_json::from_str(stored)?;
    for source in &record.lexicons {
        println!("made with {} {} ({:.12}…)", source.id, source.version, source.fingerprint);
    }
    assert!(record.segments("Another text.").is_err());
    Ok(terminal(&record, TEXT, &TerminalOptions::default())?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shown = show(&store()?)?;
    print!("\n{shown}");
    assert!(shown.starts_with("“Ça suffit,” [officials](unnamed-source) say."));
    Ok(())
}
