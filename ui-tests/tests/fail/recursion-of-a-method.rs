//! A method that awaits itself would hold itself.
struct Tree(Vec<Tree>);

impl Tree {
    #[costate::coroutine]
    fn depth(&self) -> usize {
        let mut depth = 0;
        for below in &self.0 {
            let this = Self::depth(below).await;
            depth = depth.max(this);
        }
        depth + 1
    }
}

fn main() {}
