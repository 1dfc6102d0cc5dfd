//! A project's form as somebody fills it in: made up, and consistent.

use proptest::prelude::*;
use proptest::sample::select;

/// A form's values.
#[derive(Clone, Debug)]
pub struct Form {
    pub project: String,
    pub department: String,
    pub organisation: String,
    pub year: u32,
    /// Whether sums are printed in yuan, else in ten thousand yuan.
    pub in_yuan: bool,
    /// Parts of the money: what was granted, carried over and otherwise received. In hundredths of the unit; each of
    /// three columns, `None` where the cell is blank.
    pub funds: [[Option<u64>; 3]; 3],
    pub goals: [String; 2],
    pub lines: Vec<Line>,
    /// Weight and score of the execution line.
    pub execution: (u32, u32),
}

/// A scored line.
#[derive(Clone, Debug)]
pub struct Line {
    /// First level, by its place in [`LEVELS`].
    pub level: usize,
    pub name: String,
    pub target: String,
    pub actual: String,
    pub weight: u32,
    /// In tenths.
    pub score: u32,
    pub reason: Option<String>,
}

/// First levels with a second level of each.
pub const LEVELS: [(&str, &str); 3] =
    [("产出指标", "数量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")];

impl Form {
    /// The totals of the three columns; a column without a sum has none.
    pub fn totals(&self) -> [Option<u64>; 3] {
        [0, 1, 2].map(|column| {
            let parts: Vec<u64> = self.funds.iter().filter_map(|row| row[column]).collect();
            (!parts.is_empty()).then(|| parts.iter().sum())
        })
    }

    /// The printed rate: what was spent of the year's budget, in percent with two decimals, rounded half up.
    pub fn rate(&self) -> Option<String> {
        let hundredths = self.rate_in_hundredths()?;
        Some(format!("{}.{:02}%", hundredths / 100, hundredths % 100))
    }

    fn rate_in_hundredths(&self) -> Option<u64> {
        let [_, budget, executed] = self.totals();
        let (budget, executed) = (budget.filter(|&budget| budget > 0)?, executed?);
        Some((executed * 20_000 + budget) / (budget * 2))
    }

    /// Whether the execution's score is not its weight times the rate, by more than both are rounded.
    pub fn is_off_its_rate(&self) -> bool {
        let (weight, score) = (u64::from(self.execution.0), u64::from(self.execution.1));
        let Some(rate) = self.rate_in_hundredths() else { return false };
        // In 20,000ths of a point. A score is printed without a decimal where it needs none.
        let digit = if score.is_multiple_of(10) { 10_000 } else { 1_000 };
        let rounding = if rate < 10_000 { digit + weight } else { digit };
        (2_000 * score).abs_diff(2 * weight * rate.min(10_000)) > rounding
    }

    /// A sum of money in fen.
    pub fn fen(&self, hundredths: u64) -> u64 {
        if self.in_yuan { hundredths } else { hundredths * 10_000 }
    }

    pub fn level_weight(&self, level: usize) -> u32 {
        self.lines.iter().filter(|line| line.level == level).map(|line| line.weight).sum()
    }

    pub fn weight_total(&self) -> u32 {
        self.execution.0 + self.lines.iter().map(|line| line.weight).sum::<u32>()
    }

    /// In tenths.
    pub fn score_total(&self) -> u32 {
        self.execution.1 + self.lines.iter().map(|line| line.score).sum::<u32>()
    }
}

/// Names that are no labels: of characters that no label is made of, now and then with quotation marks inside.
fn name() -> impl Strategy<Value = String> {
    let plain = "[春夏秋冬东南西北云雨松竹梅兰]{2,9}";
    let quoted = (plain, plain, plain).prop_map(|(a, b, c)| format!("{a}\"{b}\"{c}"));
    prop_oneof![9 => plain, 1 => quoted]
}

fn sum() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(0)), 5 => (1u64..100_000_000).prop_map(Some)]
}

fn line() -> impl Strategy<Value = Line> {
    let words = || {
        let number =
            (1u32..5_000, select(vec!["个", "次", "人", "%"])).prop_map(|(n, unit)| format!("{n}{unit}"));
        prop_oneof![number, name()]
    };
    let reason = prop::option::weighted(0.3, name());
    (0usize..3, name(), words(), words(), 1u32..12, 0u32..120, reason).prop_map(
        |(level, name, target, actual, weight, score, reason)| Line {
            level,
            name,
            target,
            actual,
            weight,
            score: score.min(weight * 10),
            reason,
        },
    )
}

pub fn form() -> impl Strategy<Value = Form> {
    let names = (name(), name(), name());
    let goals =
        [(); 2].map(|()| prop::collection::vec(name(), 1..4).prop_map(|paragraphs| paragraphs.join("，\n")));
    let funds = prop::array::uniform3(prop::array::uniform3(sum()));
    let lines = prop::collection::vec(line(), 1..8);
    let execution = (1u32..12, 0u32..120).prop_map(|(weight, score)| (weight, score.min(weight * 10)));
    (names, 2015u32..2030, any::<bool>(), funds, goals, lines, execution).prop_map(
        |((project, department, organisation), year, in_yuan, funds, goals, mut lines, execution)| {
            lines.sort_by_key(|line| line.level);
            Form { project, department, organisation, year, in_yuan, funds, goals, lines, execution }
        },
    )
}
