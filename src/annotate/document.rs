//! A text with its annotations.

use super::engine::{Hit, Pass};
use super::{Annotation, Annotator};
use crate::text::{Quotation, Span};

/// A text, its sentences and quotations, and what was tagged in it.
#[derive(Debug)]
pub struct Document<'a> {
    annotator: &'a Annotator,
    text: &'a str,
    sentences: Vec<Span>,
    quotations: Vec<Quotation>,
    hits: Vec<Hit<'a>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(annotator: &'a Annotator, text: &'a str, pass: Pass<'a>) -> Document<'a> {
        let Pass { sentences, quotations, hits } = pass;
        Document { annotator, text, sentences, quotations, hits }
    }

    /// The text that was annotated.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The annotator that made it.
    pub fn annotator(&self) -> &'a Annotator {
        self.annotator
    }

    /// The annotations by where they begin; of those that begin together, the longer first.
    pub fn annotations(&self) -> impl ExactSizeIterator<Item = Annotation<'_>> {
        self.hits.iter().map(|hit| Annotation { annotator: self.annotator, text: self.text, hit })
    }

    /// The sentences, in order, without the white space around them.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// The quotations, in order of where they begin.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }
}
