//! The event log: everything that happened, in order, and nothing else.

use std::collections::BTreeMap;

use crate::asset::AssetKey;
use crate::partition::PartitionKey;
use crate::run::{RunId, RunState};

/// A value that a materialization reports about itself.
#[derive(Debug, Clone, PartialEq)]
pub enum MetadataValue {
    Int(i64),
    Float(f64),
    Text(String),
    Url(String),
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    RunEntered(RunState),
    Materialized {
        asset: AssetKey,
        partition: Option<PartitionKey>,
        metadata: BTreeMap<String, MetadataValue>,
    },
    StepFailed {
        asset: AssetKey,
        attempt: u32,
        message: String,
    },
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The position in the log, from 1, without gaps.
    pub sequence: u64,
    pub run: RunId,
    pub kind: EventKind,
}

/// A log that only grows.
#[derive(Debug, Clone, Default)]
pub struct EventLog {
    events: Vec<Event>,
}

impl EventLog {
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes `kind` at the end and returns its sequence number.
    pub fn append(&mut self, run: RunId, kind: EventKind) -> u64 {
        let sequence = self.events.len() as u64 + 1;
        self.events.push(Event {
            sequence,
            run,
            kind,
        });
        sequence
    }

    /// At most `limit` events after the cursor `after`, oldest first.
    pub fn page(&self, after: u64, limit: usize) -> &[Event] {
        let start = usize::try_from(after)
            .unwrap_or(usize::MAX)
            .min(self.events.len());
        let end = start.saturating_add(limit).min(self.events.len());
        &self.events[start..end]
    }

    /// The state of every run, computed from the events alone.
    pub fn replay(&self) -> BTreeMap<RunId, RunState> {
        let mut states = BTreeMap::new();
        for event in &self.events {
            if let EventKind::RunEntered(state) = event.kind {
                states.insert(event.run, state);
            }
        }
        states
    }

    /// The metadata of the last materialization of `asset`.
    pub fn latest_metadata(&self, asset: &AssetKey) -> Option<&BTreeMap<String, MetadataValue>> {
        self.events
            .iter()
            .rev()
            .find_map(|event| match &event.kind {
                EventKind::Materialized {
                    asset: key,
                    metadata,
                    ..
                } if key == asset => Some(metadata),
                _ => None,
            })
    }
}
