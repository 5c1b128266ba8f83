//! The `rhetor` command (first rough form).
use std::io::{BufRead, Write};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).map(String::as_str) == Some("check") {
        for path in &args[2..] {
            match rhetor::Lexicon::from_path_with_faults(path) {
                Err(e) => println!("{e}"),
                Ok((lexicon, faults)) => {
                    for f in &faults {
                        println!("{f}");
                    }
                    if let Some(lexicon) = lexicon {
                        match rhetor::check(lexicon) {
                            Ok(more) => more.iter().for_each(|f| println!("{f}")),
                            Err(e) => println!("{e}"),
                        }
                    }
                }
            }
        }
        return;
    }
    let t = std::time::Instant::now();
    let annotator = rhetor::Annotator::builder().all_devices().build().unwrap_or_else(|e| panic!("{e}"));
    eprintln!("built in {:?}", t.elapsed());
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let text = v["text"].as_str().unwrap();
        let mut r = annotator.annotate(text).to_record().in_unit(rhetor::Unit::Chars, text).unwrap();
        r.id = v["id"].as_str().map(str::to_owned);
        writeln!(out, "{}", serde_json::to_string(&r).unwrap()).unwrap();
    }
}
