//! JSON Lines: read in batches of whole lines, as many as have come.

use std::borrow::Cow;
use std::io::{ErrorKind, Read};
use std::sync::Arc;

use serde::Deserialize;

/// How much is asked for at a time: what a pipe holds.
const CHUNK: usize = 64 * 1024;

/// Whole lines of a file.
#[derive(Debug)]
pub(crate) struct Batch {
    source: Arc<str>,
    /// Number of the first line, counted from 1.
    first: usize,
    bytes: Vec<u8>,
}

/// Cuts what a reader yields into batches, without waiting for more than one line.
pub(crate) struct Batches<R> {
    source: Arc<str>,
    reader: Option<R>,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
    line: usize,
}

impl<R: Read> Batches<R> {
    /// `source` is what messages call it.
    pub(crate) fn new(source: &str, reader: R) -> Batches<R> {
        Batches { source: source.into(), reader: Some(reader), rest: Vec::new(), line: 1 }
    }

    fn batch(&mut self, bytes: Vec<u8>) -> Batch {
        let first = self.line;
        self.line += bytes.iter().filter(|byte| **byte == b'\n').count();
        Batch { source: self.source.clone(), first, bytes }
    }
}

impl<R: Read> Iterator for Batches<R> {
    /// A batch, or why there are no more.
    type Item = Result<Batch, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let reader = self.reader.as_mut()?;
            let known = self.rest.len();
            self.rest.resize(known + CHUNK, 0);
            let read = reader.read(&mut self.rest[known..]);
            self.rest.truncate(known + read.as_ref().map_or(0, |count| *count));
            match read {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.reader = None;
                    return Some(Err(format!("{}: cannot read on after line {}: {error}", self.source, self.line - 1)));
                }
                Ok(0) => {
                    self.reader = None;
                    let rest = std::mem::take(&mut self.rest);
                    return (!rest.is_empty()).then(|| Ok(self.batch(rest)));
                }
                Ok(_) => {
                    if let Some(end) = self.rest[known..].iter().rposition(|byte| *byte == b'\n') {
                        let rest = self.rest.split_off(known + end + 1);
                        let lines = std::mem::replace(&mut self.rest, rest);
                        return Some(Ok(self.batch(lines)));
                    }
                }
            }
        }
    }
}

impl Batch {
    /// Id and text of every line that is not blank, or what is wrong with it.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Result<(String, Cow<'_, str>), String>> {
        let numbered = self.bytes.split(|byte| *byte == b'\n').zip(self.first..);
        numbered.filter(|(line, _)| !line.trim_ascii().is_empty()).map(|(line, number)| {
            let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
            match parse(line) {
                Ok(Line { id, text }) => Ok((id.unwrap_or_else(|| number.to_string()), text)),
                Err(message) => Err(format!("{}: line {number}: {message}", self.source)),
            }
        })
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    id: Option<String>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

fn parse(line: &[u8]) -> Result<Line<'_>, String> {
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    if !line.trim_start().starts_with('{') {
        return Err("not a JSON object".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        // The place that it names is a line of its own; ours is the number of the line in the file.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        let what = if error.is_data() { "" } else { "not JSON: " };
        format!("{what}{message} (column {})", error.column())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yields what it is given, a piece a read.
    struct Pieces(Vec<&'static str>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            buffer[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    #[test]
    fn a_batch_is_the_whole_lines_that_have_come() {
        let pieces = vec!["{\"text\":", "\"a\"}\n{\"te", "xt\":\"b\"}\n{\"text\":\"c\"}\n{", "\"text\":\"d\"}"];
        let batches: Vec<Vec<_>> = Batches::new("x", Pieces(pieces))
            .map(|batch| batch.expect("it reads").lines().map(|line| line.map(|(id, text)| id + ":" + &text)).collect())
            .collect();
        let of =
            |lines: &[&str]| lines.iter().map(|line| Ok((*line).to_owned())).collect::<Vec<Result<String, String>>>();
        assert_eq!(batches, [of(&["1:a"]), of(&["2:b", "3:c"]), of(&["4:d"])]);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        for (line, wanted) in [
            (&b"nonsense"[..], "not a JSON object"),
            (b"[\"a\", \"b\"]", "not a JSON object"),
            (b"{\"text\": ", "not JSON: EOF while parsing a value (column 9)"),
            (b"{\"id\": \"1\"}", "missing field `text` (column 11)"),
            (b"{\"text\": 5}", "invalid type: integer `5`, expected a string (column 10)"),
            (b"{\"id\": 5, \"text\": \"\"}", "invalid type: integer `5`, expected a string (column 8)"),
            (b"{\"text\": \"\xff\"}", "not UTF-8 at byte 10"),
        ] {
            assert_eq!(parse(line).map(|line| line.text.into_owned()), Err(wanted.to_owned()));
        }
    }
}
