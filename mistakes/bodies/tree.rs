use std::future::{Ready, ready};
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Leaf(i32),
    Pair { left: usize, right: usize },
}

struct Tree {
    nodes: Vec<Kind>,
    label: String,
}

impl Tree {
    fn load(&self, at: usize) -> Ready<Kind> {
        ready(self.nodes[at])
    }
}

struct Walker {
    tree: Arc<Tree>,
    seen: Vec<bool>,
    sums: [i32; 4],
}

impl Walker {
    // subject
    async fn walk(&mut self, root: usize, weights: &[i32; 4]) -> Result<i32, String> {
        let mut pending = vec![root];
        let mut result = 0;
        'nodes: while let Some(at) = pending.pop() {
            if self.seen[at] {
                continue 'nodes;
            }
            self.seen[at] = true;
            match self.tree.load(at).await {
                Kind::Leaf(0) => break 'nodes,
                Kind::Leaf(value @ 1..=9) => result += value * weights[at % 4],
                Kind::Leaf(value) => result -= value,
                Kind::Pair { left, right } => {
                    pending.push(left);
                    pending.push(right);
                    self.sums[left % 4] += self.tree.load(right).await.weight();
                }
            }
        }
        let best = self.sums.iter().max().ok_or("none")?;
        let label = self.tree.label.clone() + "!";
        ready(()).await;
        if label.len() > 3 { Ok(result + *best) } else { Err(label) }
    }
}

impl Kind {
    fn weight(self) -> i32 {
        match self {
            Kind::Leaf(value) => value,
            Kind::Pair { .. } => 2,
        }
    }
}

fn main() {}
