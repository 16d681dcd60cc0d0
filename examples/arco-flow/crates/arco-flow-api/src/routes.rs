//! Paths and methods, and what each of them answers.

use std::collections::BTreeMap;

use arco_flow_backfill::controller::Backfill;
use arco_flow_core::event::{EventKind, EventLog};
use arco_flow_core::partition::PartitionKey;
use arco_flow_core::run::{RunId, RunState};

use crate::auth::{Tenant, Tokens};

/// The most events that one page holds.
pub const PAGE_LIMIT: usize = 100;

#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub authorization: Option<&'a str>,
    /// Names of partitions, for a backfill.
    pub body: Vec<&'a str>,
    /// The cursor of the page before, for lists.
    pub after: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub body: String,
}

fn respond(status: u16, body: impl Into<String>) -> Response {
    Response {
        status,
        body: body.into(),
    }
}

/// What the control plane holds for one tenant.
#[derive(Debug, Default)]
struct Space {
    log: EventLog,
    runs: u64,
    backfills: Vec<Backfill>,
}

/// The service: tokens, and a space for each tenant.
#[derive(Debug, Default)]
pub struct Service {
    tokens: Tokens,
    spaces: BTreeMap<Tenant, Space>,
}

impl Service {
    pub fn new(tokens: Tokens) -> Self {
        Self {
            tokens,
            spaces: BTreeMap::new(),
        }
    }

    /// Answers one request.
    pub fn handle(&mut self, request: &Request<'_>) -> Response {
        if request.path == "/v1/health" {
            return health();
        }
        let Some(tenant) = self.tokens.tenant(request.authorization) else {
            return respond(401, "a valid bearer token is needed");
        };
        let space = self.spaces.entry(tenant.clone()).or_default();
        match (request.method, request.path) {
            ("POST", "/v1/runs") => create_run(space),
            ("GET", "/v1/events") => list_events(space, request.after),
            ("POST", "/v1/backfills") => create_backfill(space, &request.body),
            ("DELETE", path) => cancel_run(space, path),
            _ => respond(404, "no such path"),
        }
    }
}

/// Says that the process answers; needs no token.
fn health() -> Response {
    respond(200, "ok")
}

fn create_run(space: &mut Space) -> Response {
    space.runs += 1;
    let run = RunId(space.runs);
    space
        .log
        .append(run, EventKind::RunEntered(RunState::Queued));
    respond(201, run.0.to_string())
}

fn cancel_run(space: &mut Space, path: &str) -> Response {
    let number = path.strip_prefix("/v1/runs/").and_then(|n| n.parse().ok());
    let Some(run) = number.map(RunId) else {
        return respond(404, "no such path");
    };
    let Some(state) = space.log.replay().get(&run).copied() else {
        return respond(404, "no such run");
    };
    match state.advance(RunState::Canceled) {
        Ok(next) => {
            space.log.append(run, EventKind::RunEntered(next));
            respond(200, "canceled")
        }
        Err(_) => respond(409, "the run cannot be canceled now"),
    }
}

/// One page of events: their sequence numbers, and the cursor of the next page.
fn list_events(space: &Space, after: u64) -> Response {
    let page = space.log.page(after, PAGE_LIMIT);
    let next = page.last().map_or(after, |event| event.sequence);
    respond(200, format!("{} events, next after {next}", page.len()))
}

fn create_backfill(space: &mut Space, partitions: &[&str]) -> Response {
    if partitions.is_empty() {
        return respond(422, "a backfill needs partitions");
    }
    let keys = partitions
        .iter()
        .map(|name| PartitionKey((*name).to_owned()))
        .collect();
    space.backfills.push(Backfill::new(keys, 10));
    respond(202, space.backfills.len().to_string())
}
