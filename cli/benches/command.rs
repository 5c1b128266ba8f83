//! The command as a whole: how long it takes over one short article, how much slower a stream through it is than the
//! library alone, and how much memory it takes while streaming.
//!
//! - one article: from starting the process to its end.
//! - stream: `rhetor annotate --input jsonl --format jsonl --jobs 1` over a file, output thrown away, against a plain loop of
//!   `Annotator::annotate` over the same articles in this process.
//! - memory: the most that was in memory (`VmHWM`), by Linux, after a tenth of a long stream and after all of it, on all
//!   cores. `RHETOR_BENCH_STREAM=5000000000` sets its length.

#[path = "../../benches/support/mod.rs"]
mod support;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rhetor::Annotator;
use support::race::{best, race, Runner};
use support::MEGABYTE;

const ARTICLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/articles/strike.txt");
const TEXT: usize = 20 * MEGABYTE;
const STREAM: usize = 100 * MEGABYTE;
const STREAM_SIZE: &str = "RHETOR_BENCH_STREAM";

fn main() {
    let article = || usize::from(annotate(&[ARTICLE]).status().is_ok_and(|status| status.success()));
    let start = best("one article", article);
    assert_eq!(start.count, 1, "the command failed");
    support::figure("`rhetor annotate` on one short article, whole process", start.milliseconds(), "40 ms", "10 ms");

    let text = support::text(TEXT);
    let articles = support::articles(&text);
    let lines: Vec<String> = articles.iter().enumerate().map(|(id, text)| line(id, text)).collect();
    stream(&articles, &lines);
    memory(&lines);
}

/// The command with its output thrown away.
fn annotate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rhetor"));
    command.args(["annotate", "--no-config"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::inherit());
    command
}

fn line(id: usize, text: &str) -> String {
    serde_json::json!({ "id": id.to_string(), "text": text }).to_string() + "\n"
}

fn stream(articles: &[&str], lines: &[String]) {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    lines.iter().for_each(|line| file.write_all(line.as_bytes()).expect("the file takes the lines"));
    let path = file.path().to_str().expect("the path is Unicode");
    let bytes = articles.iter().map(|article| article.len()).sum();
    let annotator = Annotator::bundled();
    let arguments = ["--input", "jsonl", "--format", "jsonl", "--jobs", "1", path];
    let finishes = race(vec![
        Runner::new("command", bytes, || usize::from(annotate(&arguments).status().is_ok_and(|s| s.success()))),
        Runner::new("library", bytes, || {
            articles.iter().map(|text| annotator.annotate(text).annotations().len()).sum()
        }),
    ]);
    let [command, library] = &finishes[..] else { unreachable!("two have run") };
    assert_eq!(command.count, 1, "the command failed");
    let what = "`rhetor annotate --input jsonl --format jsonl` against the library alone";
    support::row(what, command.speed_told(), library.speed_told(), command.speed() / library.speed(), "0.5", "0.8");
}

fn memory(lines: &[String]) {
    let length = match std::env::var(STREAM_SIZE) {
        _ if support::is_test() => MEGABYTE,
        Ok(bytes) => bytes.parse().unwrap_or_else(|error| panic!("{STREAM_SIZE}={bytes}: {error}")),
        Err(_) if support::is_quick() => STREAM / 5,
        Err(_) => STREAM,
    };
    let mut command = annotate(&["--input", "jsonl", "--format", "jsonl", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command starts");
    let mut output = child.stdout.take().expect("it has an output");
    // Somebody must read what it writes, or it waits.
    let reader = std::thread::spawn(move || std::io::copy(&mut output.by_ref(), &mut std::io::sink()));
    let mut input = child.stdin.take().expect("it has an input");
    let (mut written, mut early) = (0, None);
    for line in lines.iter().cycle().take_while(|line| line.len() > 1) {
        if written >= length {
            break;
        }
        input.write_all(line.as_bytes()).expect("it reads on");
        written += line.len();
        if early.is_none() && written > length / 10 {
            early = most_memory(&child);
        }
    }
    let late = most_memory(&child);
    drop(input);
    assert!(child.wait().is_ok_and(|status| status.success()), "the command failed");
    assert!(reader.join().is_ok_and(|read| read.is_ok_and(|bytes| bytes > 0)), "it has written nothing");
    if let (Some(early), Some(late)) = (early, late) {
        let what =
            format!("memory of the streaming command after {} MB of JSONL, and after a tenth", written / MEGABYTE);
        support::figure(&what, format!("{late:.0} MB, {early:.0} MB"), "150 MB flat", "60 MB");
    }
}

/// The most that a process has had in memory so far, in megabytes, where the system tells.
fn most_memory(child: &Child) -> Option<f64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(child.id().to_string()).join("status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / MEGABYTE as f64)
}
