//! Automation conditions: when an asset is materialized because of its upstream.
//!
//! This is the first phase of EX-09; conditions cannot be combined yet.

use std::collections::BTreeMap;

use arco_flow_core::asset::{AssetGraph, AssetKey};

/// When an asset is to be materialized by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// As soon as an upstream asset is newer.
    Eager,
    /// Never been materialized.
    Missing,
}

/// The assets that `condition` asks for, given the last materialization of each.
pub fn due(
    graph: &AssetGraph,
    condition: Condition,
    last: &BTreeMap<AssetKey, u64>,
) -> Vec<AssetKey> {
    let is_due = |key: &&AssetKey| match (condition, last.get(*key)) {
        (_, None) => true,
        (Condition::Missing, Some(_)) => false,
        (Condition::Eager, Some(own)) => graph
            .upstream_of(key)
            .iter()
            .any(|upstream| last.get(upstream) > Some(own)),
    };
    graph.keys().filter(is_due).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eager_assets_follow_a_newer_upstream() {
        let mut graph = AssetGraph::new();
        graph.add("raw", &[]).add("clean", &["raw"]);
        let raw = AssetKey::parse("raw");
        let clean = AssetKey::parse("clean");
        let stale = BTreeMap::from([(raw.clone(), 2), (clean.clone(), 1)]);
        assert_eq!(due(&graph, Condition::Eager, &stale), vec![clean.clone()]);
        let fresh = BTreeMap::from([(raw, 2), (clean, 3)]);
        assert!(due(&graph, Condition::Eager, &fresh).is_empty());
    }
}
