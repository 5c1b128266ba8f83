//! temporary
/// m
pub struct OffsetMap<'t>(&'t str);
impl<'t> OffsetMap<'t> {
    /// n
    pub fn new(t: &'t str) -> Self { Self(t) }
    /// n
    pub fn char_of_byte(&self, b: usize) -> usize { self.0[..b].chars().count() }
    /// n
    pub fn utf16_of_byte(&self, b: usize) -> usize { self.0[..b].encode_utf16().count() }
    /// n
    pub fn byte_of_char(&self, c: usize) -> usize { self.0.char_indices().nth(c).map_or(self.0.len(), |x| x.0) }
    /// n
    pub fn byte_of_utf16(&self, c: usize) -> usize { c }
}
