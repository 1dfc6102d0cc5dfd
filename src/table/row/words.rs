//! The closed lists of words that some columns draw from.

/// What became of a document.
pub const DOCUMENT_STATUS: &[&str] = &["converted", "partial", "no_forms", "duplicate", "failed"];
/// Whether a form was read whole.
pub const FORM_STATUS: &[&str] = &["complete", "partial"];
/// Units of money.
pub const MONEY_UNIT: &[&str] = &["yuan", "thousand_yuan", "wan_yuan", "million_yuan", "yi_yuan"];
/// Where the unit of a sum was stated, the nearest statement first.
pub const UNIT_BASIS: &[&str] = &["cell", "row", "column", "section", "form", "evidence", "default"];
/// What kind of sum a column of a form holds.
pub const MEASURE: &[&str] =
    &["budget", "budget_initial", "budget_final", "executed", "final_account", "amount"];
/// What stands behind a figure.
pub const TRUST: &[&str] = &["proven", "stated", "repaired", "assumed", "disputed"];
/// The kinds of scored lines.
pub const INDICATOR_KIND: &[&str] = &["indicator", "execution"];
/// How a target or an outcome compares with its number.
pub const OPERATOR: &[&str] = &["=", ">", ">=", "<", "<="];
/// How much a finding weighs.
pub const SEVERITY: &[&str] = &["info", "warning", "error"];
