//! What words can mean: the closed sets that the dataset contract names. How they are spelled is data.

use serde::Deserialize;

/// How a figure is compared with what it is a target for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Op {
    /// Exactly the number.
    #[serde(rename = "=")]
    Eq,
    /// More than the number.
    #[serde(rename = ">")]
    Gt,
    /// The number or more.
    #[serde(rename = ">=")]
    Ge,
    /// Less than the number.
    #[serde(rename = "<")]
    Lt,
    /// The number or less.
    #[serde(rename = "<=")]
    Le,
}

impl Op {
    /// The sign in the `target_op` and `actual_op` columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Gt => ">",
            Op::Ge => ">=",
            Op::Lt => "<",
            Op::Le => "<=",
        }
    }
}

/// A unit in which sums of money are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyUnit {
    /// One yuan.
    Yuan,
    /// A thousand yuan.
    ThousandYuan,
    /// Ten thousand yuan.
    WanYuan,
    /// A million yuan.
    MillionYuan,
    /// A hundred million yuan.
    YiYuan,
}

impl MoneyUnit {
    /// Every unit, the smallest first.
    pub const ALL: [MoneyUnit; 5] = [
        MoneyUnit::Yuan,
        MoneyUnit::ThousandYuan,
        MoneyUnit::WanYuan,
        MoneyUnit::MillionYuan,
        MoneyUnit::YiYuan,
    ];

    /// The name in the `unit` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            MoneyUnit::Yuan => "yuan",
            MoneyUnit::ThousandYuan => "thousand_yuan",
            MoneyUnit::WanYuan => "wan_yuan",
            MoneyUnit::MillionYuan => "million_yuan",
            MoneyUnit::YiYuan => "yi_yuan",
        }
    }

    /// The unit is this power of ten times one yuan.
    pub const fn power(self) -> i8 {
        match self {
            MoneyUnit::Yuan => 0,
            MoneyUnit::ThousandYuan => 3,
            MoneyUnit::WanYuan => 4,
            MoneyUnit::MillionYuan => 6,
            MoneyUnit::YiYuan => 8,
        }
    }
}

/// The part of one in which a rate is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Percent {
    /// `%`
    Hundredth,
    /// `‰`
    Thousandth,
}

impl Percent {
    /// The power of ten that turns the printed number into a fraction of one.
    pub const fn power(self) -> i8 {
        match self {
            Percent::Hundredth => -2,
            Percent::Thousandth => -3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_contracts() {
        let names: Vec<_> = MoneyUnit::ALL.iter().map(|unit| unit.as_str()).collect();
        assert_eq!(names, ["yuan", "thousand_yuan", "wan_yuan", "million_yuan", "yi_yuan"]);
        assert!(MoneyUnit::ALL.windows(2).all(|pair| pair[0].power() < pair[1].power()));
        let signs = [Op::Eq, Op::Gt, Op::Ge, Op::Lt, Op::Le].map(Op::as_str);
        assert_eq!(signs, ["=", ">", ">=", "<", "<="]);
    }
}
