//! What a reader of a dialect must not take for a cell or a row of its own.

use super::cases;
use biaodan::dump::{self, Dialect, Opens};
use biaodan::source::Kept;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    dialect: String,
    dump: String,
    /// Every cell: what opens it (`body`, `row`, `next`), a space, its text.
    cells: Vec<String>,
}

#[test]
fn what_is_no_cell_or_row_is_made_none() {
    for (name, case) in cases::<Case>("dump") {
        let dialect: Dialect = case.dialect.parse().unwrap();
        let kept = Kept::new();
        let grid = dump::read(&case.dump, dialect, &kept);
        let cells: Vec<String> = grid
            .cells
            .iter()
            .map(|cell| {
                let opens = match cell.opens {
                    Opens::Body => "body",
                    Opens::Row => "row",
                    Opens::Next => "next",
                };
                format!("{opens} {}", grid.text_of(cell))
            })
            .collect();
        assert_eq!(cells, case.cells, "{name}");
    }
}

#[test]
fn every_dialect_has_a_case() {
    for dialect in Dialect::ALL {
        let named = cases::<Case>("dump").iter().any(|(_, case)| case.dialect == dialect.as_str());
        assert!(named, "no case of {dialect}");
    }
}

#[test]
fn what_no_reader_knows_is_no_dialect() {
    for name in ["", "TSV", "excel", "Markdown", "cell lines"] {
        let error = name.parse::<Dialect>().unwrap_err();
        assert!(error.contains("known: cell-lines, row-lines, tsv, csv, markdown"), "{error}");
    }
}
