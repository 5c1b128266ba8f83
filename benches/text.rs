//! Not a bench: writes what the benches run on, for tools that read files.
//!
//! `cargo bench --bench text -- --write DIR` makes the folder `articles` in DIR, with an article a file, and `phrases.txt`, the
//! plain phrases of the default devices, one a line. Without it, nothing is done.

#[path = "support/forms.rs"]
mod forms;
mod support;

use std::path::Path;

use support::MEGABYTE;

fn main() -> std::io::Result<()> {
    let text = support::unwrapped(&support::text(MEGABYTE));
    let phrases = forms::of_default_devices(&text).plain;
    let Some(folder) = std::env::args().skip_while(|argument| argument != "--write").nth(1) else { return Ok(()) };
    let articles = Path::new(&folder).join("articles");
    std::fs::create_dir_all(&articles)?;
    for (number, article) in support::articles(&text).iter().enumerate() {
        std::fs::write(articles.join(format!("{number:04}.txt")), article)?;
    }
    let phrases: Vec<String> = phrases.into_iter().collect();
    std::fs::write(Path::new(&folder).join("phrases.txt"), phrases.join("\n"))
}
