//! A method: its step is a sibling.
impl Store {
    #[costate::coroutine]
    pub fn get(&mut self, key: u32) -> Option<&Value> {
        if let Some(found) = self.lookup(key).await {
            return Some(found);
        }
        self.load(key).await
    }
}
