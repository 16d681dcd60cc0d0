//! The REST surface as a client sees it.

use arco_flow_api::auth::Tokens;
use arco_flow_api::routes::{Request, Service, PAGE_LIMIT};

const ACME: Option<&str> = Some("Bearer a");
const OTHER: Option<&str> = Some("Bearer o");

fn service() -> Service {
    Service::new(Tokens::default().with("a", "acme").with("o", "other"))
}

fn post<'a>(path: &'a str, body: &[&'a str]) -> Request<'a> {
    Request {
        method: "POST",
        path,
        authorization: ACME,
        body: body.to_vec(),
        after: 0,
    }
}

fn events(authorization: Option<&str>, after: u64) -> Request<'_> {
    Request {
        method: "GET",
        path: "/v1/events",
        authorization,
        body: Vec::new(),
        after,
    }
}

mod runs {
    use super::*;

    #[test]
    fn a_run_is_created_and_canceled() {
        let mut service = service();
        let created = service.handle(&post("/v1/runs", &[]));
        assert_eq!((created.status, created.body.as_str()), (201, "1"));
        let cancel = Request {
            method: "DELETE",
            ..post("/v1/runs/1", &[])
        };
        assert_eq!(service.handle(&cancel).status, 200);
        assert_eq!(service.handle(&cancel).status, 409);
    }

    #[test]
    fn an_unknown_run_is_not_found() {
        let cancel = Request {
            method: "DELETE",
            ..post("/v1/runs/7", &[])
        };
        assert_eq!(service().handle(&cancel).status, 404);
    }
}

#[test]
fn tenants_do_not_see_each_other() {
    let mut service = service();
    service.handle(&post("/v1/runs", &[]));
    let body = |service: &mut Service, who| service.handle(&events(who, 0)).body;
    assert!(body(&mut service, ACME).starts_with("1 events"));
    assert!(body(&mut service, OTHER).starts_with("0 events"));
    assert_eq!(service.handle(&events(None, 0)).status, 401);
}

#[test]
fn pages_are_limited_and_continue_at_the_cursor() {
    let mut service = service();
    for _ in 0..=PAGE_LIMIT {
        service.handle(&post("/v1/runs", &[]));
    }
    let first = service.handle(&events(ACME, 0));
    assert_eq!(first.body, "100 events, next after 100");
    let second = service.handle(&events(ACME, 100));
    assert_eq!(second.body, "1 events, next after 101");
}

#[test]
fn a_backfill_needs_partitions() {
    let mut service = service();
    assert_eq!(service.handle(&post("/v1/backfills", &[])).status, 422);
    let accepted = service.handle(&post("/v1/backfills", &["2026-03-01"]));
    assert_eq!(accepted.status, 202);
}

#[test]
fn health_needs_no_token() {
    let request = Request {
        method: "GET",
        path: "/v1/health",
        ..Request::default()
    };
    assert_eq!(service().handle(&request).status, 200);
}
