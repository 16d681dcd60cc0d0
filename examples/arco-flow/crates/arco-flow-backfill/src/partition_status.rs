//! What is known of each partition of an asset (ADR-026).

use std::collections::BTreeMap;

use arco_flow_core::partition::PartitionKey;

/// Where a partition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionStatus {
    Missing,
    InProgress,
    Materialized,
    Failed,
}

/// The status of every partition of one asset.
#[derive(Debug, Clone, Default)]
pub struct PartitionStatusMap {
    known: BTreeMap<PartitionKey, PartitionStatus>,
}

impl PartitionStatusMap {
    pub fn set(&mut self, key: &PartitionKey, status: PartitionStatus) {
        self.known.insert(key.clone(), status);
    }

    /// The status of `key`; a partition that was never run is missing.
    pub fn get(&self, key: &PartitionKey) -> PartitionStatus {
        self.known
            .get(key)
            .copied()
            .unwrap_or(PartitionStatus::Missing)
    }

    /// How many of `keys` have each status.
    pub fn counts(&self, keys: &[PartitionKey]) -> BTreeMap<PartitionStatus, usize> {
        let mut counts = BTreeMap::new();
        for key in keys {
            *counts.entry(self.get(key)).or_default() += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_partitions_are_missing() {
        let map = PartitionStatusMap::default();
        let key = PartitionKey("2026-03-01".to_owned());
        assert_eq!(map.get(&key), PartitionStatus::Missing);
        assert_eq!(map.counts(&[key])[&PartitionStatus::Missing], 1);
    }
}
