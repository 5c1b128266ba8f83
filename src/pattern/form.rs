//! The forms of a word, by their tags.

use std::fmt;
use std::str::FromStr;

/// A word class, or one form of it: what stands after the slash in `neutralise/v` or `official/nns`.
///
/// ```
/// use rhetor::Form;
///
/// let form: Form = "vbd".parse()?;
/// assert_eq!(form, Form::Vbd);
/// assert_eq!(form.to_string(), "vbd");
/// # Ok::<(), rhetor::FormError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// `v`: every form of a verb.
    Verb,
    /// `vb`: the base form, "take".
    Vb,
    /// `vbz`: third person singular, "takes".
    Vbz,
    /// `vbg`: "taking".
    Vbg,
    /// `vbd`: the past tense, "took".
    Vbd,
    /// `vbn`: the past participle, "taken".
    Vbn,
    /// `n`: every form of a noun.
    Noun,
    /// `nn`: the singular.
    Nn,
    /// `nns`: the plural.
    Nns,
    /// `a`: every form of an adjective.
    Adjective,
    /// `jj`: the positive, "big".
    Jj,
    /// `jjr`: the comparative, "bigger".
    Jjr,
    /// `jjs`: the superlative, "biggest".
    Jjs,
}

use Form::{Adjective, Jj, Jjr, Jjs, Nn, Nns, Noun, Vb, Vbd, Vbg, Vbn, Vbz, Verb};

/// Each form and its tag, in the order of the enum. A group is followed by its base form.
pub(super) const FORMS: [(Form, &str); 13] = [
    (Verb, "v"),
    (Vb, "vb"),
    (Vbz, "vbz"),
    (Vbg, "vbg"),
    (Vbd, "vbd"),
    (Vbn, "vbn"),
    (Noun, "n"),
    (Nn, "nn"),
    (Nns, "nns"),
    (Adjective, "a"),
    (Jj, "jj"),
    (Jjr, "jjr"),
    (Jjs, "jjs"),
];

impl Form {
    /// The word class that this form belongs to.
    ///
    /// ```
    /// # use rhetor::Form;
    /// assert_eq!(Form::Nns.group(), Form::Noun);
    /// assert_eq!(Form::Noun.group(), Form::Noun);
    /// ```
    pub fn group(self) -> Form {
        match self {
            Verb | Vb | Vbz | Vbg | Vbd | Vbn => Verb,
            Noun | Nn | Nns => Noun,
            Adjective | Jj | Jjr | Jjs => Adjective,
        }
    }

    /// Whether a word in the form `other` is also one in this form.
    ///
    /// ```
    /// # use rhetor::Form;
    /// assert!(Form::Verb.covers(Form::Vbd));
    /// assert!(!Form::Vbd.covers(Form::Verb));
    /// ```
    pub fn covers(self, other: Form) -> bool {
        self == other || self == other.group()
    }

    pub(super) fn is_base(self) -> bool {
        matches!(self, Vb | Nn | Jj)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FORMS[*self as usize].1)
    }
}

impl FromStr for Form {
    type Err = FormError;

    fn from_str(tag: &str) -> Result<Form, FormError> {
        let found = FORMS.iter().find(|(_, known)| *known == tag);
        found.map(|(form, _)| *form).ok_or_else(|| FormError(tag.to_owned()))
    }
}

/// The tag after a slash names no form.
///
/// ```
/// let error = "vbx".parse::<rhetor::Form>().unwrap_err();
/// assert!(error.to_string().starts_with("`vbx` is no form"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no form: write one of v vb vbz vbg vbd vbn, n nn nns, a jj jjr jjs")]
pub struct FormError(String);
