use proptest::prelude::*;

use super::*;

fn words(text: &str) -> Vec<&str> {
    let rules = WordRules { clitics: vec!["'s".into(), "'re".into()], ..WordRules::default() };
    let mut tokens = Vec::new();
    cut(text, Span::new(0, text.len()), &rules, &mut tokens);
    tokens.iter().map(|t| &text[t.span().range()]).collect()
}

#[test]
fn tokens_are_what_the_pattern_language_calls_words() {
    let table: &[(&str, &[&str])] = &[
        ("the U.S. cease-fire", &["the", "U.S.", "cease-fire"]),
        ("a U.S.-led raid.", &["a", "U.S.-led", "raid", "."]),
        ("don't pay €5 or 2,597", &["don't", "pay", "€5", "or", "2,597"]),
        ("Pakistan’s $3.5m, 5%", &["Pakistan", "’s", "$3.5m", ",", "5%"]),
        ("a 34-year-old, 12th, £5m at 21C", &["a", "34-year-old", ",", "12th", ",", "£5m", "at", "21C"]),
        ("2,597-strong 1990's £", &["2,597-strong", "1990", "'s", "£"]),
        ("at 5 p.m. Wait...", &["at", "5", "p.m.", "Wait", "..."]),
        ("see example.com, or a@b.org.", &["see", "example.com", ",", "or", "a@b.org", "."]),
        ("the workers’ union", &["the", "workers", "’", "union"]),
        ("Türkiye-based Élysée's", &["Türkiye-based", "Élysée", "'s"]),
        ("“We’re done” — he", &["“", "We", "’re", "done", "”", "—", "he"]),
        ("附带损害 ok", &["附", "带", "损", "害", "ok"]),
        ("👩‍🚒!", &["👩‍🚒", "!"]),
        ("AT&T vs. and/or", &["AT&T", "vs", ".", "and", "/", "or"]),
        ("one\r\ntwo\t\u{1}three\0", &["one", "two", "three"]),
        ("", &[]),
    ];
    for (text, want) in table {
        assert_eq!(&words(text), want, "{text}");
    }
}

#[test]
fn folding_makes_variants_equal() {
    for (a, b) in
        [("Don’t", "don't"), ("cease‐fire", "cease-fire"), ("“", "\""), ("—", "--"), ("col\u{ad}lateral", "Collateral")]
    {
        let (mut x, mut y) = (String::new(), String::new());
        fold(a, &mut x);
        fold(b, &mut y);
        assert_eq!(x, y);
    }
}

#[test]
fn short_words_are_told_apart() {
    let words = ["a", "b", "ab", "ba", "a ", " ", "-", "fourteen-bytes", "fifteen--letter", "fifteen-letters"];
    for (i, a) in words.iter().enumerate() {
        for b in &words[i + 1..] {
            assert_ne!(Short::new(a), Short::new(b), "{a} {b}");
        }
    }
    assert_eq!(["", "é", "sixteen--letters"].map(Short::new), [None; 3]);
}

/// Texts in which all that words are made of turns up next to all else.
fn texts() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let piece = prop::sample::select(vec![
        "a", "the", "Ab", "NATO", "extraordinarily", "I", "é", "ß", "5", "12345678", "2,597", "1.5", "%",
        "$", "€", "£", ".", ".", ",", "-", "'", "'s", "'S", "'re", "’", "’s", "‘", "“", "”", "–", "—", "…", "‐", "\u{ad}", "&", "@", "_", "!", "\"",
        "(", "[", "{", "`", " ", " ", "\n", "\r\n", "\t", "\0", "\u{1f}", "\u{85}",
        "\u{a0}", "\u{301}", "\u{200d}", "\u{7f}", "附", "👩", "m", "th",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Tokens with their folded forms; may know every word of letters, and no other.
struct Folded {
    tokens: Vec<(Token, Option<Short>)>,
    knows_words: bool,
}

impl Tokens for Folded {
    fn take_known(&mut self, token: Token, word: Short) -> bool {
        let known = self.knows_words && word.spelled().bytes().all(|byte| byte.is_ascii_lowercase());
        self.tokens.extend(known.then_some((token, Some(word))));
        known
    }

    fn take_other(&mut self, token: Token, word: Option<Short>) {
        self.tokens.push((token, word));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16_384) })]

    #[test]
    fn the_fast_path_cuts_as_the_general_one_does(
        text in texts(),
        before in "[ a.'’]{0,2}",
        behind in "[ a.'5’é]{0,2}",
        knows_words: bool,
    ) {
        let rules = WordRules {
            clitics: vec!["'s".into(), "'re".into()],
            number_endings: vec!["m".into(), "th".into()],
            ..WordRules::default()
        };
        let whole = format!("{before}{text}{behind}");
        let within = Span::new(before.len(), before.len() + text.len());
        let mut general = Vec::new();
        let mut at = within.start();
        while at < within.end() {
            let cut = cut_one(&whole, at, within, &rules);
            general.extend(cut.token.into_iter().chain(cut.clitic).map(|(token, _)| token));
            at = cut.end;
        }
        let mut fast = Folded { tokens: Vec::new(), knows_words };
        cut(&whole, within, &rules, &mut fast);
        let fast = fast.tokens;
        let tokens: Vec<_> = fast.iter().map(|(token, _)| *token).collect();
        prop_assert_eq!(tokens, general, "{:?}", &whole[within.range()]);
        for (token, word) in fast {
            let (text, mut folded) = (&whole[token.span().range()], String::new());
            fold(text, &mut folded);
            prop_assert!(word.is_none() || word == Short::new(&folded), "{text}");
        }
    }
}
