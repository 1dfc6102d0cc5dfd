//! Days of the Gregorian calendar, without a clock or a time zone.

use std::fmt;

/// A day that the calendar has, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The day, if the calendar has it; forms are of the years 1990 to 2099.
    pub fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        let exists = (1990..=2099).contains(&year) && (1..=12).contains(&month);
        if !exists || !(1..=days_in(year, month)).contains(&day) {
            return None;
        }
        // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: the year begins in
        // March, so that the leap day is its last.
        let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
        let (era, of_era) = (y / 400, y % 400);
        let of_year = (153 * m + 2) / 5 + day - 1;
        Some(Date(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// The day this many days after 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Date(days)
    }

    /// Days since 1970-01-01, as `date32` counts.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month and day.
    pub const fn parts(self) -> (i32, i32, i32) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let y = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * y + y / 4 - y / 100);
        let m = (5 * of_year + 2) / 153;
        let day = of_year - (153 * m + 2) / 5 + 1;
        let month = if m < 10 { m + 3 } else { m - 9 };
        (y + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
    }
}

const fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_century_comes_back() {
        let first = Date::new(1990, 1, 1).expect("a day").days();
        let last = Date::new(2099, 12, 31).expect("a day").days();
        assert_eq!(last - first + 1, 110 * 365 + 27);
        for days in first..=last {
            let (year, month, day) = Date::from_days(days).parts();
            assert_eq!(Date::new(year, month, day), Some(Date(days)));
        }
    }

    #[test]
    fn days_the_calendar_lacks() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2024, 2, 29).map(|date| date.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(Date::new(2023, 0, 1), None);
        assert_eq!(Date::new(1970, 1, 1), None);
        assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
    }
}
