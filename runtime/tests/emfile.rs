//! A server that is out of descriptors sheds and goes on. In a process of its own, whose limit it lowers.
#![cfg(unix)]

use costate::block_on;
use costate::net::TcpListener;
use costate::time::timeout;
use futures::FutureExt;
use futures::future::{join3, lazy};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::File;
use std::net::TcpStream;
use std::time::Duration;

/// Opens descriptors until there are no more.
fn exhaust() -> Vec<File> {
    std::iter::from_fn(|| File::open("/dev/null").ok()).collect()
}

#[test]
fn accept_reports_the_shortage_and_incoming_waits_it_out() {
    let limit = Rlimit {
        current: Some(64),
        maximum: getrlimit(Resource::Nofile).maximum,
    };
    setrlimit(Resource::Nofile, limit).unwrap();
    let start = lazy(|_| {
        let bound = TcpListener::bind("127.0.0.1:0").now_or_never().unwrap();
        let listener: &'static TcpListener = Box::leak(Box::new(bound.unwrap()));
        let clients = [(); 3].map(|()| TcpStream::connect(listener.local_addr().unwrap()).unwrap());
        (listener, exhaust(), clients)
    });
    let accepted = block_on(start.then(|(listener, hoard, clients)| {
        listener.accept().then(move |failed| {
            let code = failed.unwrap_err().raw_os_error();
            assert_eq!(code, Some(rustix::io::Errno::MFILE.raw_os_error()));
            // It is pending, not an error, while the shortage lasts.
            let incoming = Box::leak(Box::new(listener.incoming()));
            let limited = timeout(Duration::from_millis(30), incoming.accept());
            limited.then(move |shed| {
                assert!(shed.is_err());
                drop(hoard);
                // The connections were waiting all the while.
                let incoming = Box::leak(Box::new(listener.incoming()));
                let all = join3(incoming.accept(), listener.accept(), listener.accept());
                all.map(move |(first, second, third)| {
                    drop(clients);
                    [first, second, third].map(|accepted| accepted.is_ok())
                })
            })
        })
    }));
    assert_eq!(accepted, [true; 3]);
}
