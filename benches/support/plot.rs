//! Plots of growth as small SVG files: one curve of points over a logarithmic axis, readable on light and dark grounds.

use std::path::Path;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;
/// How far the first and the last point stand from the ends of the axis.
const INSET: f64 = 35.0;

/// A curve: what it shows, what its axes count, and its points with the label of each on the horizontal axis.
pub(crate) struct Plot<'a> {
    pub(crate) title: &'a str,
    pub(crate) across: &'a str,
    pub(crate) up: &'a str,
    pub(crate) points: Vec<(String, f64, f64)>,
}

impl Plot<'_> {
    /// Writes the plot to a file of that name in the folder.
    ///
    /// # Panics
    /// When it cannot be written.
    pub(crate) fn save(&self, folder: &Path, name: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, self.svg())).unwrap_or_else(|error| {
            panic!("{}: {error}", path.display());
        });
    }

    fn svg(&self) -> String {
        let (low, high) = bounds(self.points.iter().map(|(_, x, _)| x.log10()));
        let (_, top) = bounds(self.points.iter().map(|(_, _, y)| *y));
        let across =
            |x: f64| LEFT + INSET + (x.log10() - low) / (high - low).max(1e-9) * (WIDTH - LEFT - RIGHT - 2.0 * INSET);
        let up = |y: f64| HEIGHT - BOTTOM - y / (top * 1.1) * (HEIGHT - TOP - BOTTOM);
        let (middle, floor) = ((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM);
        let Plot { title, across: across_what, up: up_what, points } = self;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n\
             <title>{title}</title>\n\
             <style>\n\
             text {{ font: 13px sans-serif; fill: #222 }}\n\
             .axis {{ stroke: #888; fill: none }}\n\
             .curve {{ stroke: #2266cc; stroke-width: 2; fill: none }}\n\
             circle {{ fill: #2266cc }}\n\
             @media (prefers-color-scheme: dark) {{ text {{ fill: #ddd }} .curve {{ stroke: #77aaff }} circle {{ fill: #77aaff }} }}\n\
             </style>\n\
             <text x=\"{middle}\" y=\"20\" text-anchor=\"middle\">{title}</text>\n\
             <path class=\"axis\" d=\"M {LEFT} {TOP} V {floor} H {}\"/>\n\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{across_what}</text>\n\
             <text x=\"{LEFT}\" y=\"{}\" text-anchor=\"middle\">{up_what}</text>\n\
             <text x=\"{}\" y=\"{floor}\" text-anchor=\"end\">0</text>\n",
            WIDTH - RIGHT,
            HEIGHT - 8.0,
            TOP - 8.0,
            LEFT - 8.0,
        );
        let line: Vec<String> = points.iter().map(|(_, x, y)| format!("{:.1},{:.1}", across(*x), up(*y))).collect();
        svg += &format!("<polyline class=\"curve\" points=\"{}\"/>\n", line.join(" "));
        for (label, x, y) in points {
            let (x, at, value) = (across(*x), up(*y), format!("{y:.1}"));
            svg += &format!(
                "<circle cx=\"{x:.1}\" cy=\"{at:.1}\" r=\"3.5\"/>\n\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value}</text>\n\
                 <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>\n",
                at - 9.0,
                floor + 18.0,
            );
        }
        svg + "</svg>\n"
    }
}

fn bounds(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
}
