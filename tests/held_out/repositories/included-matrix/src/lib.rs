//! Ferry.
pub mod dag;
mod pool;
pub use pool::Pool;
