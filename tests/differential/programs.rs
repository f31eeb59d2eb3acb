//! Suspensions among the operands of ordinary programs.

use costate_tests::differential;
use costate_tests::props::*;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone)]
struct Req {
    path: String,
    body: Vec<u8>,
}
#[derive(Debug)]
struct Resp {
    status: u16,
    body: Vec<u8>,
}
struct Client {
    base: String,
    log: Mutex<Vec<String>>,
}
impl Client {
    fn get(&self, path: &str) -> Tick<Result<Resp, String>> {
        self.log.lock().unwrap().push(path.to_string());
        after(
            1,
            Ok(Resp {
                status: 200,
                body: path.bytes().collect(),
            }),
        )
    }
    fn builder(self) -> Builder {
        Builder { c: self, n: 0 }
    }
}
struct Builder {
    c: Client,
    n: u32,
}
impl Builder {
    fn with(mut self, n: u32) -> Self {
        self.n += n;
        self
    }
    fn build(self) -> Tick<Client> {
        after(1, self.c)
    }
}
impl Resp {
    fn text(self) -> Tick<Result<String, String>> {
        after(1, String::from_utf8(self.body).map_err(|e| e.to_string()))
    }
    fn ok(&self) -> bool {
        self.status == 200
    }
}
fn client() -> Client {
    Client {
        base: "http://x".into(),
        log: Mutex::new(vec![]),
    }
}

differential! {
    fn web() -> Result<(String, usize), String> {
        let c = client().builder().with(after(1, 1).await).with(2).build().await;
        let text = c.get(&format!("{}/a", c.base)).await?.text().await?.to_uppercase() + c.get("/b").await?.text().await?.trim();
        let status = if c.get("/c").await?.ok() && c.get("/d").await.is_ok() { c.get("/e").await?.status } else { 0 };
        let r = Req { path: c.get("/f").await?.text().await?, body: c.get("/g").await.map(|r| r.body).unwrap_or_default() };
        let n = r.path.len() + r.body.len() + usize::from(status) + c.log.lock().unwrap().len();
        Ok((text, n))
    }
}

differential! {
    fn maps() -> Vec<(String, u32)> {
        let mut m: HashMap<String, u32> = HashMap::new();
        m.insert(after(1, "a".to_string()).await, after(1, 1).await);
        m.insert("b".into(), after(1, 2).await);
        *m.entry("a".to_owned()).or_default() += after(1, 5).await;
        m.entry(after(1, String::from("c")).await).and_modify(|n| *n += 1).or_insert(after(1, 9).await);
        if let Some(n) = m.get_mut(&after(1, String::from("b")).await) { *n += after(1, 1).await; }
        let total = m.values().copied().sum::<u32>() + after(1, 0).await;
        m.insert("total".into(), total);
        let mut v: Vec<_> = m.into_iter().collect();
        v.sort();
        v
    }
}

differential! {
    fn queue_loop() -> u32 {
        let mut q = VecDeque::from([after(1, 1).await, 2]);
        let mut seen = Vec::with_capacity(after(1, 4).await);
        while let Some(n) = q.pop_front() {
            if n < after(1, 4).await && !seen.contains(&after(0, n).await) {
                q.extend([n + 1, after(1, n + 2).await]);
            }
            seen.push(n);
        }
        seen.len() as u32 + seen.iter().sum::<u32>() * after(1, 2).await
    }
}

differential! {
    fn option_chain() -> Option<u32> {
        let a = after(1, Some(3u32)).await?.checked_add(after(1, Some(4)).await?)?;
        let b = Some(after(1, a).await).filter(|x| *x > 2).map(|x| x * 2).unwrap_or(after(1, 0).await);
        (after(1, b).await > 3).then_some(after(1, a + b).await)
    }
}

differential! {
    fn deep() -> String {
        let s = format_it(&(after(1, 1).await, [after(1, "x").await, "y"]), after(1, Some(vec![1u8])).await.as_deref());
        s
    }
}
fn format_it(a: &(i32, [&str; 2]), b: Option<&[u8]>) -> String {
    format!("{a:?}{b:?}")
}

differential! {
    fn generic_fn() -> (u32, String) = go(3u32, String::from("s"));
    #[half::coroutine]
    fn pick<T: Clone + Ord + 'static>(a: T, b: T) -> T {
        if after(1, a.clone()).await < b { b } else { std::cmp::max(a, after(1, b).await) }
    }
    #[half::coroutine]
    fn go<T: Clone + Ord + 'static, U: Clone + Ord + 'static>(t: T, u: U) -> (T, U) {
        (pick(t.clone(), pick(t.clone(), t).await).await, pick(pick(u.clone(), u.clone()).await, u).await)
    }
}

differential! {
    fn recursion() -> u64 = fib(6);
    #[half::coroutine]
    fn fib(n: u64) -> u64 {
        if n < 2 { n } else { next(n - 1).await + next(n - 2).await }
    }
    fn next(n: u64) -> std::pin::Pin<Box<dyn Future<Output = u64>>> { Box::pin(fib(n)) }
}

differential! {
    fn send_args() -> u32 {
        let shared = Arc::new(Mutex::new(1u32));
        let n = *shared.lock().unwrap() + after(1, 2).await;
        *shared.lock().unwrap() += n;
        let len = { let g = shared.lock().unwrap(); *g } + after(1, 3).await;
        Arc::clone(&shared).lock().unwrap().pow(after(1, 2).await) + len
    }
}

struct Machine {
    regs: [i64; 4],
    stack: Vec<i64>,
    who: Noisy,
}
impl Machine {
    fn fetch(&mut self) -> Tick<i64> {
        let n = self.stack.pop().unwrap_or(1);
        after(1, n)
    }
    fn peek(&self) -> Tick<i64> {
        after(1, self.stack.last().copied().unwrap_or(7))
    }
}

differential! {
    fn methods() -> [i64; 4] = run(Machine { regs: [0; 4], stack: vec![1, 2, 3], who: noisy("who") });
    #[half::coroutine]
    fn run(mut m: Machine) -> [i64; 4] {
        let m = &mut m;
        m.regs[0] = m.fetch().await + m.peek().await * 2;
        m.regs[1] += m.fetch().await - m.regs[0];
        m.regs[(m.peek().await % 4) as usize] = m.regs[0].abs().min(m.fetch().await);
        m.stack.push(m.regs[1] ^ m.peek().await);
        let at = m.stack.len();
        m.regs[at] -= m.peek().await;
        m.regs[3] = i64::from(m.regs.contains(&m.peek().await)) + m.regs.iter().sum::<i64>() + { m.fetch().await };
        m.regs
    }
}

differential! {
    fn labelled() -> u32 {
        let mut n = 0;
        let r = 'a: loop {
            n += 1 + 'b: { if after(1, n > 2).await { break 'a n * after(1, 10).await } if n == 1 { break 'b after(1, 1).await } 0 };
            let _x = (noisy("x"), if n > 1 { continue 'a } else { after(1, 2).await });
        };
        r + loop { break after(1, 1).await + after(1, 2).await }
    }
}

differential! {
    fn struct_update_default() -> u32 {
        #[derive(Default)] struct C { a: u32, b: String, c: Vec<u8> }
        let c = C { a: after(1, 1).await, b: "x".into(), ..Default::default() };
        let d = C { c: Vec::from([after(1, 2).await]), ..C { a: c.a + after(1, 1).await, ..c } };
        d.a + d.b.len() as u32 + d.c.len() as u32
    }
}

differential! {
    fn never_operands() -> Result<u32, String> {
        let x: u32 = if after(1, true).await { 1 } else { return Err("no".to_string() + &after(1, "n").await.to_string()) };
        let y = x + match after(1, Some(2)).await { Some(n) => n, None => return Err(String::new()) } + after(1, 1).await;
        let z = after(1, y).await.checked_sub(after(1, 9).await).ok_or_else(|| format!("under {y}"))?;
        Ok(z)
    }
}
