//! Annotations become something that people read.
//!
//! Everything here is built on [`segments`], as a renderer of one's own can be.

mod html;
mod legend;
mod nest;
mod segments;
mod terminal;
mod visible;

pub use html::{html, Article};
pub use segments::{segments, Segment, Segments};
pub use terminal::{terminal, TerminalOptions};
