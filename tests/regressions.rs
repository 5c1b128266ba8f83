//! Replays the seeds of the fuzzing targets, and every input that once broke one of them.

use std::path::Path;

#[path = "../fuzz/fuzz_targets/checks.rs"]
mod checks;

/// How many inputs were replayed from the folder of a target.
fn replay(folder: &str, target: &str, check: fn(&[u8])) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(target);
    let Ok(files) = std::fs::read_dir(&folder) else { return 0 };
    let mut replayed = 0;
    for file in files {
        let path = file.unwrap().path();
        eprintln!("{}", path.display());
        check(&std::fs::read(&path).unwrap());
        replayed += 1;
    }
    replayed
}

macro_rules! targets {
    ($($target:ident)*) => {$(
        #[test]
        fn $target() {
            assert!(replay("seeds", stringify!($target), checks::$target) > 0, "no seeds");
            replay("regressions", stringify!($target), checks::$target);
        }
    )*};
}

targets! { sentences quotations annotate pattern lexicon record markup }
