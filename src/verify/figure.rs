//! Figures from their raw text: what a row gives must be what is printed, in its unit, rounded half-even to what the
//! column keeps; and whatever is not by the rules must have its finding.

use super::certificate;
use super::claims::{Claims, Spot};
use super::facts::{Fact, Odd, Place, Verdict};
use super::number::{self, Printed, Reading};
use super::report::{At, Check, Sink};
use super::rows::Finding;
use crate::finding::Code;
use crate::value::decimal::{Decimal, pow10};

/// What a column keeps: digits in all, and behind the point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keeps {
    pub digits: u8,
    pub scale: u8,
}

pub(super) const MONEY: Keeps = Keeps { digits: 18, scale: 2 };
pub(super) const QUANTITY: Keeps = Keeps { digits: 18, scale: 6 };
pub(super) const POINTS: Keeps = Keeps { digits: 9, scale: 4 };

impl Keeps {
    /// What is stored for a value; `None` where it has too many digits.
    fn stored(self, value: Decimal) -> Option<Decimal> {
        let (mantissa, _) = value.at_scale(self.scale)?;
        let fits = mantissa.unsigned_abs() < pow10(self.digits)?.unsigned_abs();
        fits.then(|| Decimal::new(mantissa, self.scale))
    }
}

/// A figure as its row gives it.
pub(super) struct Given<'a, 'r> {
    pub place: Place,
    pub at: At<'a>,
    pub spot: Spot<'a>,
    /// What the column stores.
    pub stored: Option<Decimal>,
    pub keeps: Keeps,
    pub claimed: Option<&'r str>,
    /// What the raw text is.
    pub reading: Reading,
}

impl<'r> Given<'_, 'r> {
    /// The fact, with every fault of the figure reported; `power` takes a printed number to its value, or says why that
    /// number is none for this column.
    pub fn fact(
        self,
        claims: &mut Claims<'r>,
        sink: &mut Sink,
        power: impl Fn(&Printed) -> Result<i8, String>,
    ) -> Fact<'r> {
        sink.checked().figures += 1;
        let mut fact = Fact {
            place: self.place,
            line: self.at.line.unwrap_or_default(),
            value: None,
            power: 0,
            odd: None,
            claimed: self.claimed,
            doubtful: false,
            guessed: false,
            displaced: false,
            misplaced: false,
            unsure: false,
            implausible: false,
            verdict: Verdict::default(),
        };
        let Some(stored) = self.stored else {
            self.unread(claims, sink, power);
            return fact;
        };
        match &self.reading {
            Reading::Plain(printed) => self.plain(printed, stored, &mut fact, claims, sink, power),
            Reading::Odd(candidates) => self.odd(candidates, stored, &mut fact, claims, sink, power),
            Reading::Blank => {
                sink.fault(Check::Figure, self.at, format!("{stored} is given for a blank cell"))
            }
            Reading::None => {
                sink.fault(Check::Figure, self.at, format!("{stored} is given for no number at all"))
            }
        }
        fact
    }

    /// A figure without a value: its finding says so, and it is either no number or too large for its column.
    fn unread(
        &self,
        claims: &mut Claims<'r>,
        sink: &mut Sink,
        power: impl Fn(&Printed) -> Result<i8, String>,
    ) {
        sink.demand(claims.at(Code::NumberUnreadable, &self.spot).is_some(), Check::Figure, self.at, || {
            "there is no value, and no number.unreadable says why".to_owned()
        });
        if let Reading::Plain(printed) = &self.reading
            && let Ok(power) = power(printed)
        {
            let too_large =
                printed.value.shifted(power).is_none_or(|value| self.keeps.stored(value).is_none());
            sink.demand(too_large, Check::Figure, self.at, || {
                format!("there is no value, although {} is by the rules", printed.value)
            });
        }
    }

    fn plain(
        &self,
        printed: &Printed,
        stored: Decimal,
        fact: &mut Fact<'r>,
        claims: &mut Claims<'r>,
        sink: &mut Sink,
        power: impl Fn(&Printed) -> Result<i8, String>,
    ) {
        let power = match power(printed) {
            Ok(power) => power,
            Err(what) => return sink.fault(Check::Figure, self.at, what),
        };
        let value = printed.value.shifted(power);
        let kept = value.and_then(|value| self.keeps.stored(value));
        sink.demand(kept == Some(stored), Check::Figure, self.at, || {
            format!("{stored} is given, but {} times 10^{power} is printed", printed.value)
        });
        (fact.value, fact.power) = (value, power);
        if value.is_some_and(|value| value != stored) {
            self.rounded(stored, claims, sink);
        }
    }

    fn rounded(&self, stored: Decimal, claims: &mut Claims<'r>, sink: &mut Sink) {
        let finding = claims.at(Code::NumberPrecision, &self.spot);
        let sound = finding.is_some_and(|finding| gives(finding, stored));
        sink.demand(sound, Check::Figure, self.at, || {
            format!("{stored} is rounded, and no number.precision says so")
        });
    }

    fn odd(
        &self,
        candidates: &[Printed],
        stored: Decimal,
        fact: &mut Fact<'r>,
        claims: &mut Claims<'r>,
        sink: &mut Sink,
        power: impl Fn(&Printed) -> Result<i8, String>,
    ) {
        let Some(finding) = claims.at(Code::NumberMalformed, &self.spot) else {
            let what = format!("{stored} is given for a malformed number, and no number.malformed says so");
            return sink.fault(Check::Figure, self.at, what);
        };
        let all: Vec<(Decimal, i8)> = candidates
            .iter()
            .filter_map(|printed| {
                power(printed).ok().and_then(|power| Some((printed.value.shifted(power)?, power)))
            })
            .collect();
        let read = finding.value.as_deref().and_then(number::exact);
        let meant =
            all.iter().find(|(value, _)| Some(*value) == read && self.keeps.stored(*value) == Some(stored));
        let Some(&(value, power)) = meant else {
            let what =
                format!("{stored} is given, the finding says {read:?}, and the digits mean neither together");
            return sink.fault(Check::Figure, self.at, what);
        };
        if value != stored {
            self.rounded(stored, claims, sink);
        }
        let all: Vec<Decimal> = all.into_iter().map(|(value, _)| value).collect();
        let weighed = certificate::readings(finding);
        for reading in weighed.iter().filter(|reading| !all.contains(reading)) {
            sink.fault(
                Check::Certificate,
                self.at,
                format!("the digits cannot mean {reading}, which the proof weighs"),
            );
        }
        (fact.value, fact.power) = (Some(value), power);
        fact.odd = Some(Odd { finding, all, weighed });
    }
}

/// Whether a finding gives this value.
fn gives(finding: &Finding, value: Decimal) -> bool {
    finding.value.as_deref().and_then(number::exact) == Some(value)
}
