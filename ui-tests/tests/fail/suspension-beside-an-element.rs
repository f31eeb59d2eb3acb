//! An element that a method may change, or that is assigned meanwhile, is not to be read while its argument suspends.
#[costate::coroutine]
fn name(mut lists: [Vec<usize>; 2], mut list: Vec<usize>) -> usize {
    lists[0].push(std::future::ready(lists.len()).await);
    list[0].pow({ list = vec![2]; std::future::ready(1).await })
}

fn main() {}
