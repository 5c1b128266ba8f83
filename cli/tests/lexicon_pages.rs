//! The pages in `docs/lexicons/` say what the bundled lexicons hold now.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What makes them anew, from the root of the repository.
const COMMAND: &str = "cargo run --package rhetor-cli -- lexicon export --format markdown --output docs/lexicons";
/// The most that a page may weigh, in bytes: a page is there to be opened and read.
const LARGEST: usize = 480_000;

/// The pages under a directory, by the path that leads there.
fn pages(root: &Path) -> BTreeMap<String, String> {
    let (mut pages, mut open) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap_or_else(|e| panic!("{}: {e}", directory.display())) {
            let path = entry.expect("an entry of a directory").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("a path below").to_string_lossy().replace('\\', "/");
            // A checkout may have line ends of its own.
            pages.insert(name, fs::read_to_string(&path).expect("UTF-8").replace("\r\n", "\n"));
        }
    }
    pages
}

#[test]
fn the_pages_are_current() {
    let made = tempfile::tempdir().expect("a directory");
    assert_cmd::cargo::cargo_bin_cmd!("rhetor")
        .args(["lexicon", "export", "--format", "markdown", "--output"])
        .arg(made.path())
        .assert()
        .code(0);
    let (made, kept) = (pages(made.path()), pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/lexicons")));
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&made), "pages are missing or left over; delete docs/lexicons and run: {COMMAND}");
    for (name, page) in &made {
        let differs = page.lines().zip(kept[name].lines()).position(|(made, kept)| made != kept);
        assert!(
            page == &kept[name],
            "docs/lexicons/{name} is not current (first at line {differs:?}, from 0); run: {COMMAND}"
        );
        assert!(page.len() <= LARGEST, "docs/lexicons/{name} has {} bytes", page.len());
    }
}
