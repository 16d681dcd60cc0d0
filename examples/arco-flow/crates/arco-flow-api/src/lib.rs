//! The REST surface: requests in, responses out, no sockets.
//!
//! There is no GraphQL (EX-07); gRPC is generated from the same handlers.

pub mod auth;
pub mod routes;
