//! Articles as one page for a browser.

use std::fmt::{self, Display};

use super::legend::{one_line, passages_off, Legend};
use super::nest::{nest, Step};
use super::segments::Segment;
use super::visible::Escaped;
use crate::annotate::{AnnotationRecord, OffsetError, Record, Voice};
use crate::lexicon::Source;

/// An annotated text to be shown under a name.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// What to call it, such as the file's name.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// What was found in it.
    pub record: &'a Record,
}

/// A page of HTML that shows articles with every span marked.
///
/// One file that loads nothing and runs nothing; it follows the reader's dark or light setting, and no device is told by
/// its colour alone. Pointing at a mark shows device, kind, gloss or note, and the entry; a table under each article
/// says the same to those who do not point. The foot lists every lexicon with version and fingerprint.
///
/// # Errors
/// When a record was made from another text.
///
/// ```
/// use rhetor::{html, Annotator, Article};
///
/// let text = "Officials say so.";
/// let record = Annotator::bundled().annotate(text).to_record();
/// let page = html("Today", &[Article { name: "so.txt", text, record: &record }])?;
/// assert!(page.contains(">Officials</mark> say so."));
/// # Ok::<(), rhetor::OffsetError>(())
/// ```
pub fn html(title: &str, articles: &[Article<'_>]) -> Result<String, OffsetError> {
    let mut sections = Vec::new();
    for article in articles {
        sections.push((*article, article.record.segments(article.text)?.collect()));
    }
    let legend = Legend::of(articles.iter().map(|article| article.record));
    Ok(Page { title, sections, legend }.to_string())
}

type Pieces<'a> = Vec<Segment<'a, &'a AnnotationRecord>>;

struct Page<'a> {
    title: &'a str,
    sections: Vec<(Article<'a>, Pieces<'a>)>,
    legend: Legend<'a>,
}

/// Colours that differ for the colour-blind too (after Okabe and Ito), on a light ground and on a dark one.
const COLORS: [(&str, &str); 7] = [
    ("#0072b2", "#56b4e9"),
    ("#b84a00", "#f08a4b"),
    ("#007a59", "#3fcf9f"),
    ("#a8467e", "#e39ac2"),
    ("#8a6100", "#e6b800"),
    ("#5b4bb5", "#ada2f2"),
    ("#5a5a5a", "#b5b5b5"),
];
/// As many as go into the colours with a remainder, so that seven devices differ in both and 35 in one of the two.
const LINES: [&str; 5] = ["solid", "dashed", "double", "dotted", "wavy"];

const STYLE: &str = "\
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 Georgia, serif; }
h1, h2, nav, table, summary, footer { font-family: system-ui, sans-serif; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2.1; }
mark { color: inherit; background: color-mix(in srgb, var(--c) 14%, transparent); text-decoration: underline var(--l) 2px var(--c); text-underline-offset: 3px; }
mark mark { text-underline-offset: 7px; }
mark mark mark { text-underline-offset: 11px; }
table { border-collapse: collapse; font-size: .85rem; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
td.n { text-align: right; }
code { overflow-wrap: anywhere; }
";

impl Page<'_> {
    fn style(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let devices = 0..self.legend.rows.len();
        write!(f, "<style>\n{STYLE}")?;
        for place in devices.clone() {
            let (color, line) = (COLORS[place % COLORS.len()].0, LINES[place % LINES.len()]);
            writeln!(f, ".d{place} {{ --c: {color}; --l: {line}; }}")?;
        }
        writeln!(f, "@media (prefers-color-scheme: dark) {{")?;
        for place in devices {
            writeln!(f, ".d{place} {{ --c: {}; }}", COLORS[place % COLORS.len()].1)?;
        }
        writeln!(f, "}}\n</style>")
    }

    fn legend(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "<table>\n<tr><th>Device</th><th>Found</th><th>Of these</th></tr>")?;
        for (place, row) in self.legend.rows.iter().enumerate() {
            writeln!(
                f,
                "<tr><td><mark class=\"d{place}\">{}</mark></td><td class=\"n\">{}</td><td>{}</td></tr>",
                Escaped(row.title),
                row.count,
                Escaped(&row.kinds())
            )?;
        }
        writeln!(f, "</table>")
    }

    fn contents(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "<nav>\n<ol>")?;
        for (number, (article, _)) in self.sections.iter().enumerate() {
            let tags = article.record.annotations.len();
            writeln!(f, "<li><a href=\"#a{}\">{}</a> ({tags})</li>", number + 1, Escaped(article.name))?;
        }
        writeln!(f, "</ol>\n</nav>")
    }

    fn article(&self, f: &mut fmt::Formatter<'_>, pieces: &Pieces<'_>) -> fmt::Result {
        write!(f, "<div class=\"text\" dir=\"auto\" lang=\"\">")?;
        nest(pieces.iter().cloned(), |step| match step {
            Step::Open { tag, .. } => {
                let place = self.legend.place(&tag.device);
                write!(f, "<mark class=\"d{place}\" title=\"{}\">", Escaped(&self.tooltip(tag)))
            }
            Step::Text { text, .. } => write!(f, "{}", Escaped(text)),
            Step::Close { .. } => f.write_str("</mark>"),
        })?;
        writeln!(f, "</div>")
    }

    /// Device, kind, gloss or note, and entry, a line each.
    fn tooltip(&self, tag: &AnnotationRecord) -> String {
        let mut lines = vec![self.device(tag)];
        lines.extend(tag.gloss.as_ref().or(tag.note.as_ref()).cloned());
        lines.push(tag.entry.to_string());
        lines.join("\n")
    }

    /// Such as `Euphemism: military`, and whether it stands in a quotation.
    fn device(&self, tag: &AnnotationRecord) -> String {
        let title = self.legend.rows.get(self.legend.place(&tag.device)).map_or(tag.device.as_str(), |row| row.title);
        let kind = tag.kind.as_ref().map_or(String::new(), |kind| format!(": {kind}"));
        let voice = if tag.voice == Voice::Quoted { " (in a quotation)" } else { "" };
        format!("{title}{kind}{voice}")
    }

    fn tags(&self, f: &mut fmt::Formatter<'_>, record: &Record) -> fmt::Result {
        if let Some(off) = passages_off(record) {
            writeln!(f, "<p>{}</p>", Escaped(&off))?;
        }
        if record.annotations.is_empty() {
            return Ok(());
        }
        writeln!(f, "<details>\n<summary>What was tagged, and why</summary>\n<table>")?;
        writeln!(f, "<tr><th>Text</th><th>Device</th><th>Plainly, or why</th><th>Entry</th></tr>")?;
        for tag in &record.annotations {
            writeln!(
                f,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td></tr>",
                Escaped(&one_line(&tag.text)),
                Escaped(&self.device(tag)),
                Escaped(tag.gloss.as_ref().or(tag.note.as_ref()).map_or("", String::as_str)),
                Escaped(&tag.entry.to_string())
            )?;
        }
        writeln!(f, "</table>\n</details>")
    }

    fn foot(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sources: Vec<&Source> = Vec::new();
        for source in self.sections.iter().flat_map(|(article, _)| &article.record.lexicons) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        writeln!(f, "<footer>\n<h2>Lexicons</h2>\n<table>\n<tr><th>Id</th><th>Version</th><th>SHA-256</th></tr>")?;
        for Source { id, version, fingerprint } in sources {
            let (id, version, fingerprint) = (Escaped(id), Escaped(version), Escaped(fingerprint));
            writeln!(f, "<tr><td>{id}</td><td>{version}</td><td><code>{fingerprint}</code></td></tr>")?;
        }
        writeln!(f, "</table>\n</footer>")
    }
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Escaped(self.title);
        writeln!(f, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(f, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(
            f,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )?;
        writeln!(f, "<title>{title}</title>")?;
        self.style(f)?;
        writeln!(f, "</head>\n<body>\n<h1>{title}</h1>")?;
        self.legend(f)?;
        if self.sections.len() > 1 {
            self.contents(f)?;
        }
        writeln!(f, "<main>")?;
        for (number, (article, pieces)) in self.sections.iter().enumerate() {
            writeln!(f, "<article id=\"a{}\">\n<h2>{}</h2>", number + 1, Escaped(article.name))?;
            self.article(f, pieces)?;
            self.tags(f, article.record)?;
            writeln!(f, "</article>")?;
        }
        writeln!(f, "</main>")?;
        self.foot(f)?;
        writeln!(f, "</body>\n</html>")
    }
}
