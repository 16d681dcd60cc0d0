//! What the log alone must be able to tell.

use std::collections::BTreeMap;

use arco_flow_core::asset::AssetKey;
use arco_flow_core::event::{EventKind, EventLog, MetadataValue};
use arco_flow_core::run::{order_queue, QueuedRun, RunId, RunState};

fn enter(log: &mut EventLog, run: u64, states: &[RunState]) {
    for state in states {
        log.append(RunId(run), EventKind::RunEntered(*state));
    }
}

#[test]
fn replay_gives_the_state_of_every_run() {
    let mut log = EventLog::new();
    enter(&mut log, 1, &[RunState::Queued, RunState::Starting]);
    enter(&mut log, 2, &[RunState::Queued, RunState::Canceled]);
    enter(&mut log, 1, &[RunState::Started, RunState::Success]);
    let states = log.replay();
    assert_eq!(states[&RunId(1)], RunState::Success);
    assert_eq!(states[&RunId(2)], RunState::Canceled);
    assert_eq!(log.replay(), states, "replay has no memory of its own");
}

#[test]
fn every_path_to_success_is_legal() {
    let path = [RunState::Starting, RunState::Started, RunState::Success];
    let end = path
        .into_iter()
        .try_fold(RunState::Queued, RunState::advance);
    assert_eq!(end, Ok(RunState::Success));
    assert!(RunState::Queued.advance(RunState::Success).is_err());
}

#[test]
fn pages_follow_the_cursor() {
    let mut log = EventLog::new();
    enter(&mut log, 1, &[RunState::Queued; 5]);
    let first = log.page(0, 2);
    assert_eq!(first.len(), 2);
    let second = log.page(first[1].sequence, 10);
    assert_eq!(second[0].sequence, 3);
    assert!(log.page(5, 10).is_empty());
}

#[test]
fn the_latest_metadata_wins() {
    let mut log = EventLog::new();
    for rows in [10, 20] {
        log.append(
            RunId(1),
            EventKind::Materialized {
                asset: AssetKey::parse("orders"),
                partition: None,
                metadata: BTreeMap::from([("rows".to_owned(), MetadataValue::Int(rows))]),
            },
        );
    }
    let metadata = log.latest_metadata(&AssetKey::parse("orders")).unwrap();
    assert_eq!(metadata["rows"], MetadataValue::Int(20));
}

#[test]
fn the_queue_prefers_priority_then_age() {
    let run = |id, priority: &str| QueuedRun {
        id: RunId(id),
        tags: vec![("arco/priority".to_owned(), priority.to_owned())],
    };
    let mut queue = [run(1, "0"), run(2, "5"), run(3, "5"), run(4, "bogus")];
    order_queue(&mut queue);
    assert_eq!(queue.map(|run| run.id.0), [2, 3, 1, 4]);
}
