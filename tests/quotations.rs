//! Quotations by the table of cases.

use rhetor::quotations;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// Each with its marks, and as many `>` before it as there are quotations around it.
    quotations: Vec<String>,
}

#[test]
fn every_case() {
    let table: Table = toml::from_str(include_str!("cases/quotations.toml")).unwrap();
    let mut failed = 0;
    for case in &table.case {
        let found: Vec<String> =
            quotations(&case.text).iter().map(|q| ">".repeat(q.depth()) + &case.text[q.span().range()]).collect();
        if found != case.quotations {
            failed += 1;
            eprintln!("{}:\n  want {:?}\n  got  {found:?}", case.name, case.quotations);
        }
        for q in quotations(&case.text) {
            assert!(q.span().covers(q.inner()) && q.inner().start() > q.span().start(), "{}", case.name);
        }
    }
    assert_eq!(failed, 0, "of {} cases", table.case.len());
}

/// A long text is read part by part, which nobody is to see.
#[test]
fn every_case_again_and_again_in_one_long_text() {
    let table: Table = toml::from_str(include_str!("cases/quotations.toml")).unwrap();
    let (mut text, mut expected) = (String::new(), Vec::new());
    while text.len() < 5_000_000 {
        for case in &table.case {
            // A plain paragraph ends what is not closed.
            let part = format!("{}\n\nIt rained.\n\n", case.text);
            let shifted =
                |q: rhetor::Quotation| (text.len() + q.span().start(), text.len() + q.span().end(), q.depth());
            expected.extend(quotations(&part).into_iter().map(shifted));
            text.push_str(&part);
        }
    }
    let found: Vec<_> = quotations(&text).iter().map(|q| (q.span().start(), q.span().end(), q.depth())).collect();
    assert_eq!(found, expected);
}

#[test]
fn time_is_linear() {
    // Quadratic time would take hours here.
    for piece in ["“", "”", "‘", "’", "\"", "'", "«", "»", "‘a”", "“«‘", "s’ ", "‘a\n\n", "“a\n\n“", "'a' "]
    {
        quotations(&piece.repeat(200_000));
    }
    quotations(&("“«".to_owned() + &"‘".repeat(100_000) + &"”".repeat(100_000)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn quotations_nest(text in "[“”‘’\"'«»‹›„ a.\n-]{0,60}|\\PC*") {
        let found = quotations(&text);
        for pair in found.windows(2) {
            let (a, b) = (pair[0].span(), pair[1].span());
            assert!(a.start() < b.start() && (a.end() <= b.start() || a.covers(b)), "{text:?}");
        }
        for q in &found {
            let around = found.iter().filter(|o| o.span().covers(q.span())).count();
            assert_eq!(q.depth() + 1, around, "{text:?}");
            assert!(q.span().covers(q.inner()));
        }
    }
}
