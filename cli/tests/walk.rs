//! `docs/lexicons.md` is a walk: its blocks make files, change them and run commands, one after the other, in a directory
//! of their own, and what the commands print must be what the page shows.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

const PAGE: &str = include_str!("../../docs/lexicons.md");

/// A fenced block.
struct Block<'a> {
    /// Line of the page on which it opens, counted from 1.
    line: usize,
    /// `console`, or `toml file=house.toml`, `toml append=house.toml`, `diff file=house.toml`.
    info: &'a str,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { line: number + 1, info, lines: Vec::new() }),
            (Some(""), Some(_)) => found.extend(open.take()),
            (_, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

/// Runs a command, and shows it as the page does: what it wrote, what it said, and its exit status unless that is 0.
fn run(command: &str, place: &Path) -> String {
    let words = shlex::split(command).unwrap_or_else(|| panic!("{command}: quotes"));
    let [program, args @ ..] = &words[..] else { panic!("no command") };
    match (program.as_str(), args) {
        ("rhetor", args) => {
            let mut rhetor = assert_cmd::cargo::cargo_bin_cmd!("rhetor");
            let output = rhetor.current_dir(place).args(args).output().expect("it runs");
            let mut shown = String::from_utf8(output.stdout).expect("UTF-8");
            shown += &String::from_utf8(output.stderr).expect("UTF-8");
            if !output.status.success() {
                let status = output.status.code().unwrap_or(-1);
                writeln!(shown, "(exit status {status})").expect("a string takes all");
            }
            // Where files lie is not the same everywhere.
            let here = fs::canonicalize(place).expect("it is there").display().to_string();
            shown.replace(&format!("{here}/"), "")
        }
        ("cmp", [one, other]) => {
            let read = |name: &String| fs::read(place.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            if read(one) == read(other) {
                String::new()
            } else {
                format!("{one} {other} differ\n(exit status 1)\n")
            }
        }
        _ => panic!("{command}: not a command of this page"),
    }
}

/// Replaces the lines with `-` by those with `+`.
fn change(text: &str, block: &Block<'_>) -> String {
    let of = |sign: char| {
        let lines = block.lines.iter().filter_map(|line| line.strip_prefix(sign));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    assert_eq!(text.matches(&of('-')).count(), 1, "line {}: what is to be changed stands once in the file", block.line);
    text.replace(&of('-'), &of('+'))
}

#[test]
fn every_step_of_the_walk_prints_what_the_page_shows() {
    let place = TempDir::new().expect("a directory");
    let mut failures = String::new();
    let mut commands = 0;
    for block in blocks(PAGE) {
        let text: String = block.lines.iter().map(|line| format!("{line}\n")).collect();
        let path = |name: &str| place.path().join(name);
        match block.info.split_once(' ') {
            None if block.info == "console" => {
                let mut shown = String::new();
                for command in block.lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    commands += 1;
                    write!(shown, "$ {command}\n{}", run(command, place.path())).expect("a string takes all");
                }
                if shown != text {
                    let line = block.line;
                    write!(failures, "\ndocs/lexicons.md:{line}: the page shows\n{text}\nand it prints\n{shown}")
                        .expect("a string takes all");
                }
            }
            Some((kind, file)) => match (kind, file.split_once('=').expect("file=NAME or append=NAME")) {
                ("diff", (_, name)) => {
                    let old = fs::read_to_string(path(name)).expect("the file to change");
                    fs::write(path(name), change(&old, &block)).expect("a file");
                }
                (_, ("append", name)) => {
                    let old = fs::read_to_string(path(name)).expect("the file to add to");
                    fs::write(path(name), old + &text).expect("a file");
                }
                (_, ("file", name)) => fs::write(path(name), text).expect("a file"),
                _ => panic!("line {}: {}", block.line, block.info),
            },
            None => panic!("line {}: {}", block.line, block.info),
        }
    }
    assert!(commands >= 20, "only {commands} commands");
    assert!(failures.is_empty(), "{failures}");
}
