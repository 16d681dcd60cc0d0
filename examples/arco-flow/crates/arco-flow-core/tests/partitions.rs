//! Partition keys over time.

use arco_flow_core::partition::{Day, PartitionsDefinition};

#[test]
fn daily_partitions_end_before_today() {
    let daily = PartitionsDefinition::Daily {
        start: Day::from_ymd(2026, 2, 27),
    };
    let keys = daily.keys(Day::from_ymd(2026, 3, 2));
    let names: Vec<_> = keys.iter().map(|key| key.0.as_str()).collect();
    assert_eq!(names, ["2026-02-27", "2026-02-28", "2026-03-01"]);
}

#[test]
fn a_range_includes_both_ends() {
    let daily = PartitionsDefinition::Daily {
        start: Day::from_ymd(2026, 1, 1),
    };
    let today = Day::from_ymd(2026, 2, 1);
    assert_eq!(daily.range("2026-01-10", "2026-01-12", today).len(), 3);
    assert!(daily.range("2026-01-12", "2026-01-10", today).is_empty());
    assert!(daily.range("2026-01-10", "2027-01-10", today).is_empty());
}

#[test]
fn a_product_has_every_combination() {
    let daily = PartitionsDefinition::Daily { start: Day(0) };
    let regions = PartitionsDefinition::Static(vec!["us".into(), "eu".into()]);
    let both = PartitionsDefinition::Product(Box::new(daily), Box::new(regions));
    let keys = both.keys(Day(2));
    assert_eq!(keys.len(), 4);
    assert_eq!(keys[3].0, "1970-01-02|eu");
}
