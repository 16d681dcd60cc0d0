//! Limits on what runs at the same time.

use std::collections::BTreeMap;

/// Slots by the name of their pool: `warehouse` has 4, say.
#[derive(Debug, Clone, Default)]
pub struct Pools {
    limits: BTreeMap<String, usize>,
    used: BTreeMap<String, usize>,
}

impl Pools {
    /// Sets the limit of a pool; a pool without one has no limit.
    pub fn limit(mut self, pool: &str, slots: usize) -> Self {
        self.limits.insert(pool.to_owned(), slots);
        self
    }

    /// Takes a slot, and tells whether there was one.
    pub fn acquire(&mut self, pool: &str) -> bool {
        let used = self.used.entry(pool.to_owned()).or_default();
        let free = self.limits.get(pool).map_or(true, |limit| *used < *limit);
        *used += usize::from(free);
        free
    }

    /// Gives a slot back.
    pub fn release(&mut self, pool: &str) {
        if let Some(used) = self.used.get_mut(pool) {
            *used = used.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_pool_refuses_until_a_slot_is_given_back() {
        let mut pools = Pools::default().limit("warehouse", 1);
        assert!(pools.acquire("warehouse"));
        assert!(!pools.acquire("warehouse"));
        pools.release("warehouse");
        assert!(pools.acquire("warehouse"));
    }
}
