//! What a form means, whatever its dump does to it.

use serde::Serialize;

#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    pub seed: u64,
    pub dialect: &'static str,
    pub level: &'static str,
    pub encoding: &'static str,
    pub forms: Vec<Form>,
    /// What noise did to the whole document.
    pub noise: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub form: &'static str,
    /// The line of the dump, from 1, on which it begins.
    pub line: usize,
    pub title: String,
    pub heads: Heads,
    pub amounts: Vec<Amount>,
    pub measures: Vec<Measure>,
    pub indicators: Vec<Indicator>,
    pub texts: Vec<Text>,
    pub weight_total: Option<String>,
    pub score_total: Option<String>,
    pub defects: Vec<Defect>,
}

/// A head that can be written in more than one way (a name with the code glued to it, and without) lists them all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Heads {
    pub year: Option<i32>,
    pub department: Vec<String>,
    pub project: Vec<String>,
    pub reporting_org: Vec<String>,
    pub implementing_org: Vec<String>,
    /// The unit in which the form's sums really are.
    pub unit: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Amount {
    /// The name of the line in biaodan's grammars, where they have one.
    pub code: Option<&'static str>,
    pub item: String,
    /// The measures that say the same of its column; the first is the plainest.
    pub measures: &'static [&'static str],
    pub year: Option<i32>,
    pub yuan: String,
    /// The figure as it is printed, after all noise.
    pub raw: String,
    /// Whether it is one of those that a total is the sum of.
    pub part: bool,
    /// What noise did to it, where that is more than white space.
    pub noise: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Measure {
    pub item: String,
    pub value: String,
    pub unit: &'static str,
    pub raw: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Indicator {
    /// `execution` or `indicator`.
    pub kind: &'static str,
    pub level1: Option<String>,
    pub level2: Option<String>,
    pub level3: Option<String>,
    pub target: Option<String>,
    pub target_op: Option<&'static str>,
    /// Given only where no two people would read it differently.
    pub target_value: Option<String>,
    pub actual: Option<String>,
    pub actual_value: Option<String>,
    pub weight: Option<String>,
    pub score: Option<String>,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Text {
    pub field: &'static str,
    pub text: String,
}

/// A mistake of whoever filled in the form, planted on purpose.
#[derive(Clone, Debug, Serialize)]
pub struct Defect {
    pub kind: &'static str,
    /// The code of a finding that reports it.
    pub finding: &'static str,
    pub about: String,
}
