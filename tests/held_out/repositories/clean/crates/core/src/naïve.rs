pub fn naive() {}
