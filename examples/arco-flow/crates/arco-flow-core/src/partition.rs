//! Partitions: how an asset is cut into pieces that run by themselves.

/// One piece of an asset: `2026-03-01`, `eu`, or `2026-03-01|eu`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionKey(pub String);

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    pub fn from_ymd(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Writes the day as `2026-03-01`.
    pub fn iso(self) -> String {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year + era * 400 + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// How an asset is partitioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartitionsDefinition {
    /// One partition for each whole day from `start` on.
    Daily { start: Day },
    /// A fixed list, in its order.
    Static(Vec<String>),
    /// Every combination of two definitions.
    Product(Box<PartitionsDefinition>, Box<PartitionsDefinition>),
}

impl PartitionsDefinition {
    /// The keys that exist on `today`, in order; `today` itself is not over yet.
    pub fn keys(&self, today: Day) -> Vec<PartitionKey> {
        match self {
            Self::Daily { start } => (start.0..today.0)
                .map(|day| PartitionKey(Day(day).iso()))
                .collect(),
            Self::Static(names) => names.iter().cloned().map(PartitionKey).collect(),
            Self::Product(left, right) => product(&left.keys(today), &right.keys(today)),
        }
    }

    /// The keys from `first` to `last`, both included; empty if either is unknown.
    pub fn range(&self, first: &str, last: &str, today: Day) -> Vec<PartitionKey> {
        let keys = self.keys(today);
        let find = |name: &str| keys.iter().position(|key| key.0 == name);
        match (find(first), find(last)) {
            (Some(from), Some(to)) if from <= to => keys[from..=to].to_vec(),
            _ => Vec::new(),
        }
    }
}

fn product(left: &[PartitionKey], right: &[PartitionKey]) -> Vec<PartitionKey> {
    left.iter()
        .flat_map(|a| {
            right
                .iter()
                .map(move |b| PartitionKey(format!("{}|{}", a.0, b.0)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_across_leap_years() {
        for (ymd, text) in [
            ((1970, 1, 1), "1970-01-01"),
            ((2000, 2, 29), "2000-02-29"),
            ((2024, 12, 31), "2024-12-31"),
            ((2100, 3, 1), "2100-03-01"),
        ] {
            assert_eq!(Day::from_ymd(ymd.0, ymd.1, ymd.2).iso(), text);
        }
    }

    #[test]
    fn static_keys_keep_their_order() {
        let regions = PartitionsDefinition::Static(vec!["us".into(), "eu".into()]);
        let keys = regions.keys(Day(0));
        assert_eq!(keys[0].0, "us");
        assert_eq!(keys[1].0, "eu");
    }
}
