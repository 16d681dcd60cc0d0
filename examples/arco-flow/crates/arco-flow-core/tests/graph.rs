//! The asset graph as the other crates see it.

use arco_flow_core::asset::{AssetGraph, AssetKey, GraphError};
use arco_flow_core::selection::select;

fn shop() -> AssetGraph {
    let mut graph = AssetGraph::new();
    graph
        .add("report", &["orders", "customers"])
        .add("orders", &["raw/orders"])
        .add("customers", &["raw/customers"])
        .add("raw/orders", &[])
        .add("raw/customers", &[]);
    graph
}

fn names(keys: impl IntoIterator<Item = AssetKey>) -> Vec<String> {
    keys.into_iter().map(|key| key.to_string()).collect()
}

#[test]
fn plan_puts_upstream_first() {
    let plan = names(shop().plan().unwrap());
    assert_eq!(
        plan,
        [
            "raw/customers",
            "customers",
            "raw/orders",
            "orders",
            "report"
        ]
    );
}

#[test]
fn plan_names_the_assets_of_a_cycle() {
    let mut graph = shop();
    graph.add("raw/orders", &["report"]);
    let Err(GraphError::Cycle(keys)) = graph.plan() else {
        panic!("a cycle must be refused");
    };
    assert_eq!(names(keys), ["orders", "raw/orders", "report"]);
}

#[test]
fn plan_names_an_unknown_upstream() {
    let mut graph = shop();
    graph.add("orders", &["ghost"]);
    assert_eq!(
        graph.plan(),
        Err(GraphError::UnknownUpstream {
            asset: AssetKey::parse("orders"),
            upstream: AssetKey::parse("ghost"),
        })
    );
}

#[test]
fn selection_reaches_one_step_or_all() {
    let graph = shop();
    assert_eq!(names(select(&graph, "report")), ["report"]);
    assert_eq!(
        names(select(&graph, "+report")),
        ["customers", "orders", "report"]
    );
    assert_eq!(select(&graph, "*report").len(), 5);
    assert_eq!(
        names(select(&graph, "raw/orders*")),
        ["orders", "raw/orders", "report"]
    );
}

#[test]
fn selection_ignores_unknown_assets() {
    assert!(select(&shop(), "ghost, +phantom").is_empty());
}
