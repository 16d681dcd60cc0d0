/// Slots that tasks share.
pub struct Pool {
    pub slots: usize,
}

impl Pool {
    pub fn take(&mut self) -> bool {
        if self.slots == 0 {
            return false;
        }
        self.slots -= 1;
        true
    }
}
