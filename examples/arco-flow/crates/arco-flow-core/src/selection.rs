//! Selecting assets by text: `orders`, `+orders`, `orders+`, `*orders`, `a, b`.

use std::collections::BTreeSet;

use crate::asset::{AssetGraph, AssetKey};

/// How far a selection reaches from its asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Itself,
    OneStep,
    Everything,
}

/// One term of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    asset: AssetKey,
    upstream: Reach,
    downstream: Reach,
}

impl Term {
    /// Reads one term; `+` is one step, `*` is the whole side.
    pub fn parse(text: &str) -> Self {
        let (upstream, rest) = strip_reach(text.trim(), |t, mark| t.strip_prefix(mark));
        let (downstream, rest) = strip_reach(rest, |t, mark| t.strip_suffix(mark));
        Self {
            asset: AssetKey::parse(rest),
            upstream,
            downstream,
        }
    }
}

fn strip_reach<'a>(
    text: &'a str,
    strip: impl Fn(&'a str, char) -> Option<&'a str>,
) -> (Reach, &'a str) {
    if let Some(rest) = strip(text, '*') {
        return (Reach::Everything, rest);
    }
    match strip(text, '+') {
        Some(rest) => (Reach::OneStep, rest),
        None => (Reach::Itself, text),
    }
}

/// Returns the assets of `graph` that `text` selects; unknown names select nothing.
pub fn select(graph: &AssetGraph, text: &str) -> BTreeSet<AssetKey> {
    let mut selected = BTreeSet::new();
    for term in text.split(',').map(Term::parse) {
        if !graph.keys().any(|key| *key == term.asset) {
            continue;
        }
        walk(&term.asset, term.upstream, &mut selected, |key| {
            graph.upstream_of(key)
        });
        walk(&term.asset, term.downstream, &mut selected, |key| {
            graph.downstream_of(key)
        });
    }
    selected
}

fn walk(
    start: &AssetKey,
    reach: Reach,
    selected: &mut BTreeSet<AssetKey>,
    neighbours: impl Fn(&AssetKey) -> BTreeSet<AssetKey>,
) {
    let mut seen = BTreeSet::from([start.clone()]);
    let mut frontier = match reach {
        Reach::Itself => BTreeSet::new(),
        Reach::OneStep | Reach::Everything => neighbours(start),
    };
    while let Some(key) = frontier.pop_first() {
        if seen.insert(key.clone()) && reach == Reach::Everything {
            frontier.extend(neighbours(&key));
        }
    }
    selected.extend(seen);
}
