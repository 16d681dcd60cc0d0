//! Backfills from the first chunk to the last report.

use arco_flow_backfill::controller::{Backfill, BackfillState};
use arco_flow_backfill::partition_status::PartitionStatus;
use arco_flow_core::partition::{Day, PartitionKey, PartitionsDefinition};

fn january(chunk_size: usize) -> Backfill {
    let daily = PartitionsDefinition::Daily {
        start: Day::from_ymd(2026, 1, 1),
    };
    let today = Day::from_ymd(2026, 2, 1);
    let keys = daily.range("2026-01-01", "2026-01-31", today);
    Backfill::new(keys, chunk_size)
}

fn run_all(backfill: &mut Backfill, succeeds: impl Fn(&PartitionKey) -> bool) -> usize {
    let mut chunks = 0;
    loop {
        let chunk = backfill.next_chunk();
        if chunk.is_empty() {
            return chunks;
        }
        chunks += 1;
        for key in chunk {
            backfill.report(&key, succeeds(&key));
        }
    }
}

#[test]
fn a_range_runs_in_chunks_to_completion() {
    let mut backfill = january(10);
    assert_eq!(run_all(&mut backfill, |_| true), 4);
    assert_eq!(backfill.state(), BackfillState::Completed);
}

#[test]
fn a_chunk_never_exceeds_its_size() {
    let mut backfill = january(10);
    let first = backfill.next_chunk();
    assert_eq!(first.len(), 10);
    assert!(backfill.next_chunk().is_empty());
    backfill.report(&first[0], true);
    assert_eq!(backfill.next_chunk().len(), 1);
}

#[test]
fn pause_and_resume_lose_nothing() {
    let mut backfill = january(10);
    let first = backfill.next_chunk();
    backfill.pause();
    for key in &first {
        backfill.report(key, true);
    }
    assert!(backfill.next_chunk().is_empty());
    backfill.resume();
    assert_eq!(run_all(&mut backfill, |_| true), 3);
    assert_eq!(backfill.state(), BackfillState::Completed);
}

#[test]
fn a_canceled_backfill_starts_nothing() {
    let mut backfill = january(10);
    backfill.cancel();
    backfill.resume();
    assert!(backfill.next_chunk().is_empty());
    assert_eq!(backfill.state(), BackfillState::Canceled);
}

#[test]
fn only_failed_partitions_are_retried() {
    let mut backfill = january(31);
    run_all(&mut backfill, |key| !key.0.ends_with('5'));
    assert_eq!(backfill.state(), BackfillState::CompletedWithFailures);
    let retry = backfill.retry_failed();
    let names: Vec<_> = retry.partitions().iter().map(|key| &key.0[..]).collect();
    assert_eq!(names, ["2026-01-05", "2026-01-15", "2026-01-25"]);
}

#[test]
fn counts_cover_every_partition() {
    let mut backfill = january(10);
    let first = backfill.next_chunk();
    backfill.report(&first[0], true);
    backfill.report(&first[1], false);
    let counts = backfill.status.counts(backfill.partitions());
    assert_eq!(counts[&PartitionStatus::Materialized], 1);
    assert_eq!(counts[&PartitionStatus::Failed], 1);
    assert_eq!(counts[&PartitionStatus::InProgress], 8);
    assert_eq!(counts[&PartitionStatus::Missing], 21);
}

#[test]
#[ignore = "takes minutes; run by hand before a release"]
fn soak_ten_thousand_partitions() {
    let keys = (0..10_000).map(|n| PartitionKey(n.to_string())).collect();
    let mut backfill = Backfill::new(keys, 100);
    assert_eq!(run_all(&mut backfill, |_| true), 100);
}
