//! The backfill controller (ADR-025).

use arco_flow_core::partition::PartitionKey;

use crate::partition_status::{PartitionStatus, PartitionStatusMap};

/// Where a backfill stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackfillState {
    Running,
    Paused,
    Canceled,
    Completed,
    CompletedWithFailures,
}

/// A backfill over the partitions of one asset.
#[derive(Debug, Clone)]
pub struct Backfill {
    partitions: Vec<PartitionKey>,
    chunk_size: usize,
    state: BackfillState,
    pub status: PartitionStatusMap,
}

impl Backfill {
    /// Plans a backfill that starts at most `chunk_size` partitions at a time.
    pub fn new(partitions: Vec<PartitionKey>, chunk_size: usize) -> Self {
        Self {
            partitions,
            chunk_size: chunk_size.max(1),
            state: BackfillState::Running,
            status: PartitionStatusMap::default(),
        }
    }

    pub fn state(&self) -> BackfillState {
        self.state
    }

    pub fn partitions(&self) -> &[PartitionKey] {
        &self.partitions
    }

    /// Marks the next partitions as in progress and returns them, in order.
    ///
    /// Gives nothing while the backfill is not running.
    pub fn next_chunk(&mut self) -> Vec<PartitionKey> {
        if self.state != BackfillState::Running {
            return Vec::new();
        }
        let free = self
            .chunk_size
            .saturating_sub(self.count(PartitionStatus::InProgress));
        let chunk: Vec<_> = self
            .partitions
            .iter()
            .filter(|key| self.status.get(key) == PartitionStatus::Missing)
            .take(free)
            .cloned()
            .collect();
        for key in &chunk {
            self.status.set(key, PartitionStatus::InProgress);
        }
        chunk
    }

    /// Takes the result of one partition and settles the backfill when all are in.
    pub fn report(&mut self, key: &PartitionKey, success: bool) {
        let status = if success {
            PartitionStatus::Materialized
        } else {
            PartitionStatus::Failed
        };
        self.status.set(key, status);
        let open = self.count(PartitionStatus::Missing) + self.count(PartitionStatus::InProgress);
        if open == 0 && self.state == BackfillState::Running {
            self.state = match self.count(PartitionStatus::Failed) {
                0 => BackfillState::Completed,
                _ => BackfillState::CompletedWithFailures,
            };
        }
    }

    /// Starts nothing more until [`Backfill::resume`]; what runs goes on.
    pub fn pause(&mut self) {
        if self.state == BackfillState::Running {
            self.state = BackfillState::Paused;
        }
    }

    pub fn resume(&mut self) {
        if self.state == BackfillState::Paused {
            self.state = BackfillState::Running;
        }
    }

    /// Starts nothing more, ever.
    pub fn cancel(&mut self) {
        if matches!(self.state, BackfillState::Running | BackfillState::Paused) {
            self.state = BackfillState::Canceled;
        }
    }

    /// Makes a new backfill of the partitions that failed in this one.
    pub fn retry_failed(&self) -> Self {
        let failed = self
            .partitions
            .iter()
            .filter(|key| self.status.get(key) == PartitionStatus::Failed)
            .cloned()
            .collect();
        Self::new(failed, self.chunk_size)
    }

    fn count(&self, status: PartitionStatus) -> usize {
        self.status
            .counts(&self.partitions)
            .get(&status)
            .copied()
            .unwrap_or(0)
    }
}
