//! By-value methods that never return, or behind which something doesn't, and such as have a turbofish beside a closure.

use costate_tests::differential;
use costate_tests::props::*;

struct G(Noisy);
impl G {
    fn fail(self) {
        self.0.touch();
    }
    fn fail_with(self, n: u32) {
        self.0.touch();
    }
    fn run(self) -> ! {
        self.0.touch();
        panic!("run")
    }
    fn with<R>(self, f: impl FnOnce(u32) -> u32) -> u32
    where
        R: Default,
    {
        self.0.touch();
        f(3)
    }
    fn commit(self) -> u32 {
        1
    }
    fn look(&self) -> ! {
        panic!()
    }
    fn look_mut(&mut self) -> ! {
        panic!()
    }
}
fn never(n: u32) -> ! {
    panic!("never {n}")
}
async fn nev(n: u32) -> ! {
    panic!("never {n}")
}
fn quit(n: u32) -> u32 {
    n + 1
}

differential! {
    fn a_method_by_value_never_returns() -> u32 {
    let g = G(noisy("g"));
    tick(1).await;
    g.run()
    }
}
differential! {
    fn a_method_by_value_never_returns_in_a_branch() -> u32 {
    let g = G(noisy("g"));
    let n = after(1, 3).await;
    if n == 4 { g.run(); } tick(1).await;
    n
    }
}
differential! {
    fn a_branch_has_the_value_of_what_never_returns() -> u32 {
    let g = G(noisy("g"));
    let n = after(1, 3).await;
    let k: u32 = if n == 3 { g.run() } else { 5 };
    tick(1).await;
    k
    }
}
differential! {
    fn a_method_by_reference_never_returns() -> u32 {
    let g = G(noisy("g"));
    tick(1).await;
    g.look()
    }
}
differential! {
    fn a_method_by_unique_reference_never_returns() -> u32 {
    let mut g = G(noisy("g"));
    tick(1).await;
    g.look_mut()
    }
}
differential! {
    fn a_method_with_a_turbofish_is_given_a_closure() -> u32 {
    let g = G(noisy("g"));
    tick(1).await;
    let n = g.with::<u8>(|v| v + 1);
    tick(1).await;
    n
    }
}
differential! {
    fn an_arm_ends_in_what_never_returns() -> u32 {
    let g = G(noisy("g"));
    let r: Result<u32, u32> = after(1, Ok(3)).await;
    let n = match r { Ok(n) => n, Err(e) => { g.fail(); never(e) } };
    tick(1).await;
    n + g.commit()
    }
}
differential! {
    fn the_arm_is_taken_that_never_returns() -> u32 {
    let g = G(noisy("g"));
    let r: Result<u32, u32> = after(1, Err(3)).await;
    let n = match r { Ok(n) => n, Err(e) => { g.fail(); never(e) } };
    tick(1).await;
    n + g.commit()
    }
}
differential! {
    fn an_else_ends_in_what_never_returns() -> u32 {
    let g = G(noisy("g"));
    let r: Option<u32> = after(1, Some(3)).await;
    let Some(n) = r else { g.fail_with(2); never(1) };
    tick(1).await;
    n + g.commit()
    }
}
differential! {
    fn a_branch_ends_the_process() -> u32 {
    let g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 4 { g.fail(); std::process::exit(3) } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_branch_suspends_and_ends_the_process() -> u32 {
    let g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 4 { g.fail(); tick(1).await; std::process::exit(3) } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_branch_suspends_and_never_returns() -> u32 {
    let g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 3 { g.fail(); tick(1).await; never(3) } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_function_of_such_a_name_returns_behind_a_borrow() -> u32 {
    let mut g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 3 { g.0.touch(); let f = noisy("f"); tick(1).await; quit(3); } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_function_of_such_a_name_returns_behind_a_move() -> u32 {
    let mut g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 3 { g.fail(); quit(3); g = G(noisy("h")); } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_function_of_such_a_name_returns_and_the_branch_suspends() -> u32 {
    let mut g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 3 { g.fail(); tick(1).await; quit(3); tick(1).await; } else { g.fail() } tick(1).await;
    3
    }
}
differential! {
    fn a_function_of_such_a_name_returns_and_a_field_moves() -> u32 {
    let mut g = (G(noisy("g")), G(noisy("h")));
    let r = after(1, 3).await;
    if r == 3 { tick(1).await; quit(3); tick(1).await; g.0.fail(); } else { g.1.fail() } tick(1).await;
    3
    }
}
differential! {
    fn a_function_of_such_a_name_returns_and_a_borrow_is_left() -> u32 {
    let mut g = G(noisy("g"));
    let w = watch(&g.0);
    let r = after(1, 3).await;
    w.look();
    if r == 3 { tick(1).await; quit(3); tick(1).await; w.look(); } else { never(2) } tick(1).await;
    w.look();
    g.0.touch();
    3
    }
}
differential! {
    fn what_is_moved_by_name_before_the_process_ends() -> u32 {
    let g = G(noisy("g"));
    let r = after(1, 3).await;
    if r == 4 { drop(g); std::process::exit(3) } tick(1).await;
    g.commit()
    }
}
differential! {
    fn a_part_is_moved_before_the_process_ends() -> u32 {
    let g = (G(noisy("g")), noisy("h"));
    let r = after(1, 3).await;
    if r == 4 { drop(g.0); tick(1).await; std::process::exit(3) } tick(1).await;
    g.0.fail();
    tick(1).await;
    g.1.touch();
    3
    }
}
differential! {
    fn a_loop_is_left_by_what_never_returns() -> u32 {
    let g = G(noisy("g"));
    let mut n = 0;
    loop { n += after(1, 1).await; if n == 3 { g.fail(); never(n) } if n == 4 { break } } g.fail();
    n
    }
}
differential! {
    fn a_closure_never_returns() -> u32 {
    let g = G(noisy("g"));
    let r = after(1, 3).await;
    let n = Some(r).unwrap_or_else(|| never(3));
    tick(1).await;
    g.commit() + n
    }
}
