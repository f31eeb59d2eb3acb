//! Imports by `*` in a block leave the locals around it what they are.
#![deny(warnings)]
#![forbid(unused_imports, non_upper_case_globals)]

mod shapes {
    pub enum Shape {
        Round,
        Square,
    }

    pub fn area(side: u32) -> u32 {
        side * side
    }
}

#[costate::coroutine]
fn measure(shape: shapes::Shape, side: u32) -> u32 {
    use shapes::Shape::*;
    match shape {
        Round => std::future::ready(side).await,
        Square => {
            use shapes::*;
            std::future::ready(area(side)).await
        }
    }
}

fn main() {
    assert_eq!(costate::block_on(measure(shapes::Shape::Square, 3)), 9);
    assert_eq!(costate::block_on(measure(shapes::Shape::Round, 3)), 3);
}
