//! Storage.

use std::collections::HashMap;

pub type Key = String;

pub trait Backend: Send + Sync {
    const NAME: &'static str;
    type Error;

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Self::Error>;

    fn put(&mut self, key: &str, value: Vec<u8>) -> Result<(), Self::Error>;

    fn exists(&self, key: &str) -> Result<bool, Self::Error> {
        Ok(self.get(key)?.is_some())
    }
}

#[derive(Default)]
pub struct Memory {
    values: HashMap<Key, Vec<u8>>,
}

impl Backend for Memory {
    const NAME: &'static str = "memory";
    type Error = StorageError;

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.values.get(key).cloned())
    }

    fn put(&mut self, key: &str, value: Vec<u8>) -> Result<(), StorageError> {
        self.values.insert(key.to_owned(), value);
        Ok(())
    }
}

#[derive(Debug)]
pub enum StorageError {
    NotFound { key: Key },
    Conflict(u64),
    #[allow(unused)]
    Closed,
}

impl From<u64> for StorageError {
    fn from(version: u64) -> Self {
        Self::Conflict(version)
    }
}

pub(crate) const TABLE: &str = "otter_objects_v2";

pub async fn copy<B: Backend>(backend: &mut B, from: &str, to: &str) -> Result<(), B::Error> {
    if let Some(value) = backend.get(from)? {
        backend.put(to, value)?;
    }
    Ok(())
}
