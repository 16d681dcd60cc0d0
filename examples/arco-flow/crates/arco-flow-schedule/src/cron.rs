//! Cron expressions with five fields, in UTC.

/// Why an expression is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CronError {
    /// There are not five fields.
    FieldCount(usize),
    /// A field is no number, list, range or step within its limits.
    BadField(String),
}

/// A parsed expression: for each field the values that it allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    minutes: Vec<u32>,
    hours: Vec<u32>,
    days: Vec<u32>,
    months: Vec<u32>,
    weekdays: Vec<u32>,
}

/// A minute of the calendar; the weekday counts from Sunday, which is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minute {
    pub minute: u32,
    pub hour: u32,
    pub day: u32,
    pub month: u32,
    pub weekday: u32,
}

impl Cron {
    /// Reads `*/15 6-18 * * 1-5`.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let fields: Vec<_> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields[..] else {
            return Err(CronError::FieldCount(fields.len()));
        };
        Ok(Self {
            minutes: parse_field(minutes, 0, 59)?,
            hours: parse_field(hours, 0, 23)?,
            days: parse_field(days, 1, 31)?,
            months: parse_field(months, 1, 12)?,
            weekdays: parse_field(weekdays, 0, 6)?,
        })
    }

    /// Whether the expression fires at `at`.
    pub fn matches(&self, at: Minute) -> bool {
        self.minutes.contains(&at.minute)
            && self.hours.contains(&at.hour)
            && self.days.contains(&at.day)
            && self.months.contains(&at.month)
            && self.weekdays.contains(&at.weekday)
    }
}

fn parse_field(field: &str, low: u32, high: u32) -> Result<Vec<u32>, CronError> {
    let bad = || CronError::BadField(field.to_owned());
    let mut values = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse().map_err(|_| bad())?),
            None => (part, 1),
        };
        let (from, to) = parse_range(range, low, high).ok_or_else(bad)?;
        if step == 0 || from < low || to > high || from > to {
            return Err(bad());
        }
        values.extend((from..=to).step_by(step));
    }
    Ok(values)
}

fn parse_range(range: &str, low: u32, high: u32) -> Option<(u32, u32)> {
    if range == "*" {
        return Some((low, high));
    }
    match range.split_once('-') {
        Some((from, to)) => Some((from.parse().ok()?, to.parse().ok()?)),
        None => range.parse().ok().map(|value| (value, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY_NOON: Minute = Minute {
        minute: 0,
        hour: 12,
        day: 2,
        month: 3,
        weekday: 1,
    };

    #[test]
    fn steps_ranges_and_lists_match() {
        for text in ["*/15 6-18 * * 1-5", "0 0,12 * * *", "0 12 2 3 1"] {
            assert!(Cron::parse(text).unwrap().matches(MONDAY_NOON), "{text}");
        }
        assert!(!Cron::parse("5 12 * * *").unwrap().matches(MONDAY_NOON));
    }

    #[test]
    fn bad_expressions_are_refused() {
        assert_eq!(Cron::parse("* * *"), Err(CronError::FieldCount(3)));
        for text in ["60 * * * *", "* */0 * * *", "* * 9-3 * *", "a * * * *"] {
            assert!(matches!(Cron::parse(text), Err(CronError::BadField(_))));
        }
    }
}
