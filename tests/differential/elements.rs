//! Methods of elements whose arguments suspend and mention the index, or what has the element: `v[i].m(f(i).await)`.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
fn an_argument_mentions_the_index() -> usize {
    let mut v = vec![vec![1usize], vec![2]];
    let i = 1;
    v[i].push(after(1, i).await);
    v[i].len()
}
}
differential! {
fn an_argument_mentions_the_index_in_a_loop() -> usize {
    let mut v = vec![vec![1usize], vec![2]];
    for i in 0..2 { v[i].push(after(1, i * 2).await); }
    v[1].len() + v[0][1]
}
}
differential! {
fn a_field_of_an_element_changes() -> usize {
    let mut v = vec![(noisy("a"), noisy("b")), (noisy("c"), noisy("d"))];
    for i in 0..2 { let s = ["x", "y"]; v[i].0.rename(after(1, s[i]).await); }
    v.len()
}
}
differential! {
fn an_element_that_is_copied_changes_meanwhile() -> usize {
    let mut v = vec![3usize, 4, 5];
    let mut i = 1;
    let n = v[i].pow(after(1, { i += 1; v[0] = 2; v[1] = 7; v[i - 2] } as u32).await);
    v[i] = v[i].max(after(1, v[i - 1]).await);
    n + v[2]
}
}
differential! {
fn elements_of_arrays() -> usize {
    let mut a = [vec![3usize], vec![4], vec![5]];
    let i = 1;
    a[i].push(after(1, i + 2).await); let _ = a[i].contains(&after(1, a[0][0]).await);

    a[0].len() * a[1][1]
}
}
struct Graph {
    rows: [Vec<Noisy>; 2],
    dist: std::collections::HashMap<&'static str, u32>,
}
differential! {
fn elements_behind_fields_beside_others() -> u32 {
    let mut g = Graph { rows: [vec![noisy("a")], vec![noisy("b")]], dist: [("x", 1), ("y", 2)].into() };
    let k = "x";
    let n = g.dist[k].checked_add(after(1, g.dist["y"]).await).unwrap();
    g.rows[n as usize - 3].push(after(1, noisy(k)).await);
    g.rows[n as usize - 2].push(after(1, noisy(if g.dist["x"] > 1 { "p" } else { "q" })).await);
    n + g.dist[k].wrapping_sub(after(1, g.dist[k]).await)
}
}
differential! {
fn an_argument_mentions_what_has_the_element() -> bool {
    let list = vec![String::from("abc"), String::from("a")];
    let at = 0;
    list[at].starts_with(after(1, list[1].as_str()).await) && list[at..].starts_with(&after(1, list[at..][..1].to_vec()).await)
}
}
differential! {
fn elements_that_are_references_and_in_a_box() -> () {
    let mut n1 = noisy("n1"); let mut n2 = noisy("n2");
    let mut refs = [&mut n1, &mut n2];
    for i in 0..refs.len() { refs[i].rename(after(1, ["u", "v"][i]).await); }
    let mut b: Box<[Noisy]> = vec![noisy("b1"), noisy("b2")].into();
    for i in 0..2 { b[i].rename(after(1, ["u", "v"][i]).await); }
}
}
