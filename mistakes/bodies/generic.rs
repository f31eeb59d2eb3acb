use std::fmt::Display;
use std::future::{Future, ready};

trait Service {
    type Answer: Display + Clone;
    fn call(&self, question: &str) -> impl Future<Output = Self::Answer>;
    fn name(&self) -> String;
}

struct Fixed<T>(T);

impl<T: Display + Clone> Service for Fixed<T> {
    type Answer = T;
    fn call(&self, _: &str) -> impl Future<Output = T> {
        ready(self.0.clone())
    }
    fn name(&self) -> String {
        "fixed".to_owned()
    }
}

// subject
async fn ask<S: Service, F>(service: S, questions: &[&str], mut each: F) -> Vec<S::Answer>
where
    F: FnMut(usize, &S::Answer) -> bool,
{
    let mut answers = Vec::with_capacity(questions.len());
    for (index, question) in questions.iter().enumerate() {
        let answer = service.call(question).await;
        if !each(index, &answer) {
            continue;
        }
        let copy = answer.clone();
        answers.push(answer);
        println!("{}: {copy}", service.name());
    }
    answers
}

fn main() {
    drop(ask(Fixed(1), &["a"], |_, _| true));
}
