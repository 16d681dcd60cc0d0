//! Assets and the graph of their dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The name of an asset: path segments, written with `/` between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetKey {
    segments: Vec<String>,
}

impl AssetKey {
    /// Reads `warehouse/orders`; empty segments are dropped.
    pub fn parse(text: &str) -> Self {
        let segments = text
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(str::to_owned)
            .collect();
        Self { segments }
    }
}

impl fmt::Display for AssetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("/"))
    }
}

/// Why a graph is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphError {
    /// An asset depends on one that nobody defines.
    UnknownUpstream { asset: AssetKey, upstream: AssetKey },
    /// The assets named depend on each other in a circle.
    Cycle(Vec<AssetKey>),
}

/// Assets and what each of them depends on.
#[derive(Debug, Clone, Default)]
pub struct AssetGraph {
    upstream: BTreeMap<AssetKey, BTreeSet<AssetKey>>,
}

impl AssetGraph {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an asset, or further dependencies of one that is there.
    pub fn add(&mut self, asset: &str, upstream: &[&str]) -> &mut Self {
        self.upstream
            .entry(AssetKey::parse(asset))
            .or_default()
            .extend(upstream.iter().map(|name| AssetKey::parse(name)));
        self
    }

    pub fn keys(&self) -> impl Iterator<Item = &AssetKey> {
        self.upstream.keys()
    }

    /// What `asset` depends on directly.
    pub fn upstream_of(&self, asset: &AssetKey) -> BTreeSet<AssetKey> {
        self.upstream.get(asset).cloned().unwrap_or_default()
    }

    /// What depends on `asset` directly.
    pub fn downstream_of(&self, asset: &AssetKey) -> BTreeSet<AssetKey> {
        self.upstream
            .iter()
            .filter(|(_, upstream)| upstream.contains(asset))
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// The order in which assets are materialized: upstream first, ties by name.
    ///
    /// The same graph always gives the same order, whatever the order of `add`.
    pub fn plan(&self) -> Result<Vec<AssetKey>, GraphError> {
        self.check_upstream()?;
        let mut waiting = self.upstream.clone();
        let mut order = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let Some(next) = first_ready(&waiting) else {
                return Err(GraphError::Cycle(waiting.into_keys().collect()));
            };
            waiting.remove(&next);
            for upstream in waiting.values_mut() {
                upstream.remove(&next);
            }
            order.push(next);
        }
        Ok(order)
    }

    fn check_upstream(&self) -> Result<(), GraphError> {
        for (asset, upstream) in &self.upstream {
            if let Some(missing) = upstream.iter().find(|key| !self.upstream.contains_key(key)) {
                return Err(GraphError::UnknownUpstream {
                    asset: asset.clone(),
                    upstream: missing.clone(),
                });
            }
        }
        Ok(())
    }
}

fn first_ready(waiting: &BTreeMap<AssetKey, BTreeSet<AssetKey>>) -> Option<AssetKey> {
    waiting
        .iter()
        .find(|(_, upstream)| upstream.is_empty())
        .map(|(key, _)| key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_round_trips_through_text() {
        let key = AssetKey::parse("/warehouse//orders/");
        assert_eq!(key.to_string(), "warehouse/orders");
        assert_eq!(AssetKey::parse(&key.to_string()), key);
    }

    #[test]
    fn downstream_is_the_inverse_of_upstream() {
        let mut graph = AssetGraph::new();
        graph.add("raw", &[]).add("clean", &["raw"]);
        let raw = AssetKey::parse("raw");
        let clean = AssetKey::parse("clean");
        assert!(graph.upstream_of(&clean).contains(&raw));
        assert!(graph.downstream_of(&raw).contains(&clean));
    }
}
