//! The ways in which a number is written wrongly, by what sets them right.

use std::fmt;

macro_rules! repairs {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        /// One departure from the rules, and how it was read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Repair { $($(#[doc = $doc])+ $name,)+ }

        impl Repair {
            /// Every repair, in the order of this list.
            pub const ALL: &'static [Repair] = &[$(Repair::$name,)+];

            /// What was done, as a finding's message says it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Repair::$name => $text,)+ }
            }
        }
    };
}

repairs! {
    /// `37,70.00`
    MisplacedSeparator = "misplaced separator dropped";
    /// `1,234567.00`
    MissingSeparator = "missing separator added";
    /// `1、234`
    SeparatorAlike = "look-alike read as a separator";
    /// `1,5`
    CommaForPoint = "comma read as the decimal point";
    /// `1.234.56`
    PointForComma = "point read as a separator";
    /// `1234。56`
    PointAlike = "look-alike read as the decimal point";
    /// `12..5`
    DoubledPoint = "doubled point read as one";
    /// `1.2.3`
    DroppedPoint = "surplus point dropped";
    /// `12.50.`
    StrayMark = "stray mark at an end dropped";
    /// `4O.00`
    LookAlike = "look-alike letter read as a digit";
    /// `1740.4 9`
    InnerSpace = "inner white space taken out";
    /// `.5`
    MissingZero = "missing zero before the point added";
    /// `007`
    LeadingZero = "leading zeros dropped";
    /// `(12.5)` is -12.5
    BracketsForMinus = "brackets read as a minus sign";
    /// `(12.5)` is 12.5
    Brackets = "brackets dropped";
    /// `约12.5`
    Approximate = "figure stated as approximate";
}

/// A set of repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Repairs(u16);

impl Repairs {
    /// No repair.
    pub const NONE: Repairs = Repairs(0);

    /// The set with `repair` in it.
    pub const fn with(self, repair: Repair) -> Self {
        Repairs(self.0 | 1 << repair as u16)
    }

    /// Whether `repair` is in the set.
    pub const fn has(self, repair: Repair) -> bool {
        self.0 & (1 << repair as u16) != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The repairs in the set.
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.iter().copied().filter(move |&repair| self.has(repair))
    }
}

impl fmt::Display for Repairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, repair) in self.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { "; " }, repair.as_str())?;
        }
        Ok(())
    }
}
