//! What the elements of HTML are to prose.

/// What an element does to the text around it and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing at all.
    Inline,
    /// Nothing by itself, but what is open in it ends with it.
    Frame,
    /// Parts what is before, in and after it.
    Block,
    /// A line break.
    Line,
    /// A line across; it has no end tag.
    Rule,
    /// A picture or field in the text; it has no end tag.
    Image,
    /// Something in the text that has an end tag, and holds no prose.
    Drawing,
    /// A block that holds no prose.
    Listing,
    /// Nothing that is seen as part of the text, and holds no prose.
    Hidden,
    /// Quotation marks that the browser adds.
    Quote,
}

impl Role {
    /// The role of the element with a name in small letters.
    pub(super) fn of(name: &str) -> Role {
        match name {
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details"
            | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form"
            | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup" | "html" | "legend" | "li"
            | "main" | "menu" | "nav" | "ol" | "p" | "search" | "section" | "summary" | "table" | "tbody" | "td"
            | "tfoot" | "th" | "thead" | "tr" | "ul" => Role::Block,
            "br" => Role::Line,
            "hr" => Role::Rule,
            "embed" | "img" | "input" => Role::Image,
            "audio" | "button" | "canvas" | "code" | "iframe" | "kbd" | "math" | "meter" | "object" | "output"
            | "progress" | "samp" | "select" | "svg" | "textarea" | "tt" | "var" | "video" => Role::Drawing,
            "listing" | "plaintext" | "pre" | "xmp" => Role::Listing,
            // Numbers of notes stand in `sup`, right behind a word.
            "datalist" | "noembed" | "noframes" | "noscript" | "rp" | "rt" | "script" | "style" | "sub" | "sup"
            | "template" | "title" => Role::Hidden,
            "q" => Role::Quote,
            "ruby" => Role::Frame,
            _ => Role::Inline,
        }
    }

    /// Whether nothing in it is prose.
    pub(super) fn is_silent(self) -> bool {
        matches!(self, Role::Drawing | Role::Listing | Role::Hidden)
    }
}

/// Whether a start tag ends the open element before it, whose end tag may be left out.
pub(super) fn implies_end(open: &str, next: &str, role: Role) -> bool {
    match open {
        "p" => matches!(role, Role::Block | Role::Listing | Role::Rule),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot"),
        "thead" | "tbody" => matches!(next, "tbody" | "tfoot"),
        "caption" => matches!(next, "thead" | "tbody" | "tr"),
        "head" => next == "body",
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        _ => false,
    }
}
