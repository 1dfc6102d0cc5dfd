//! What looks like a form and is none: no form comes of it, and every line of it is reported as unclaimed.

use super::cases;
use crate::conversion;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    dump: String,
    /// A finding that says more than that lines are unclaimed.
    finding: Option<String>,
}

#[test]
fn what_is_no_form_is_left_and_reported() {
    for (name, case) in cases::<Case>("form") {
        let outcome = conversion::of_text(case.dump.as_str());
        let filled = case.dump.lines().filter(|line| !line.trim().is_empty()).count();
        assert_eq!((outcome.status, outcome.lines as usize), ("no_forms", filled), "{name}");
        assert_eq!(outcome.lines_unclaimed as usize, filled, "{name}");
        let codes = outcome.codes();
        assert!(codes.contains(&"line.unclaimed"), "{name}: {codes:?}");
        assert!(
            codes.iter().all(|code| ["form.unknown", "line.unclaimed"].contains(code)),
            "{name}: {codes:?}"
        );
        assert!(case.finding.iter().all(|code| codes.contains(&code.as_str())), "{name}: {codes:?}");
        assert_eq!(outcome.rows.len(), outcome.of_table("findings").count(), "{name}: no row but findings");
        let reported: Vec<u32> = outcome.unclaimed_lines();
        let numbers = case.dump.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        for (line, number) in numbers {
            assert!(reported.contains(&number), "{name}: {line} is reported by no finding");
        }
    }
}
