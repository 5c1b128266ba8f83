//! temporary
use super::Span;
/// q
#[derive(Clone, Copy, Debug)]
pub struct Quotation { span: Span, inner: Span }
impl Quotation {
    /// s
    pub fn span(&self) -> Span { self.span }
    /// i
    pub fn inner(&self) -> Span { self.inner }
}
/// q
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut out = Vec::new(); let mut open = None;
    for (i, c) in text.char_indices() {
        match c {
            '“' => open = Some(i),
            '”' => if let Some(s) = open.take() { out.push(Quotation { span: Span::new(s, i + 3), inner: Span::new(s + 3, i) }) },
            '"' => match open.take() { None => open = Some(i), Some(s) => out.push(Quotation { span: Span::new(s, i + 1), inner: Span::new(s + 1, i) }) },
            _ => {}
        }
    }
    out
}
