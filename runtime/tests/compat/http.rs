//! hyper's servers and clients over our sockets, and what becomes of a handler whose browser goes away.

use costate::compat::{CostateExecutor, CostateIo, CostateTimer};
use costate::future::TryJoin;
use costate::net::{TcpListener, TcpStream, UnixStream};
use costate::sync::oneshot;
use costate::time::{Duration, pause};
use costate::{Task, block_on};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response, client};
use std::future::pending;
use std::io;
use std::sync::Mutex;

type Answer = hyper::Result<Response<Full<Bytes>>>;

const REQUEST: &[u8] = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Sends back what was sent, backwards.
#[costate::coroutine]
fn reversed(request: Request<Incoming>) -> Answer {
    let body = request.into_body().collect().await?;
    let mut bytes = body.to_bytes().to_vec();
    bytes.reverse();
    Ok(Response::new(Full::from(bytes)))
}

#[test]
fn a_client_and_a_server_of_http_1_talk() {
    #[costate::coroutine]
    fn serve(listener: TcpListener) -> hyper::Result<()> {
        let (stream, _) = listener.accept().await.expect("a client comes");
        let handler = service_fn(|request| costate::spawn(reversed(request)));
        let mut server = http1::Builder::new();
        server.timer(CostateTimer::new());
        server
            .serve_connection(CostateIo::new(stream), handler)
            .await
    }
    #[costate::coroutine]
    fn body() -> hyper::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = costate::spawn(serve(listener));
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) =
            client::conn::http1::handshake(CostateIo::new(stream)).await?;
        let driving = costate::spawn(connection);
        for size in [0, 3, 1 << 20] {
            let text: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            let request = Request::post("/")
                .body(Full::<Bytes>::from(text.clone()))
                .unwrap();
            let answer = sender.send_request(request).await?;
            let answer = answer.into_body().collect().await?.to_bytes();
            assert!(answer.iter().rev().eq(&text));
        }
        drop(sender);
        driving.await?;
        serving.await
    }
    block_on(body()).unwrap();
}

#[test]
fn a_client_and_a_server_of_http_2_talk_through_the_executor() {
    #[costate::coroutine]
    fn serve(stream: UnixStream) -> hyper::Result<()> {
        let server = http2::Builder::new(CostateExecutor::new());
        let handler = service_fn(|request| costate::spawn(reversed(request)));
        server
            .serve_connection(CostateIo::new(stream), handler)
            .await
    }
    #[costate::coroutine]
    fn body() -> hyper::Result<()> {
        let (one, two) = UnixStream::pair().unwrap();
        let serving = costate::spawn(serve(two));
        let mut client = client::conn::http2::Builder::new(CostateExecutor::new());
        client.timer(CostateTimer::new());
        let (sender, connection) = client.handshake(CostateIo::new(one)).await?;
        let driving = costate::spawn(connection);
        let mut answers = Vec::new();
        for text in ["one", "two", "three"] {
            let request = Request::post("http://localhost/");
            let request = request.body(Full::<Bytes>::from(text)).unwrap();
            answers.push(sender.clone().send_request(request));
        }
        let answers = answers.try_join().await?;
        for (answer, expected) in answers.into_iter().zip(["eno", "owt", "eerht"]) {
            let text = answer.into_body().collect().await?.to_bytes();
            assert_eq!(text, expected);
        }
        drop(sender);
        driving.await?;
        serving.await
    }
    block_on(body()).unwrap();
}

#[test]
fn a_client_that_says_nothing_is_left_after_the_time_for_it() {
    #[costate::coroutine]
    fn body() -> hyper::Result<()> {
        pause();
        let (_silent, stream) = UnixStream::pair().unwrap();
        let mut server = http1::Builder::new();
        server.timer(CostateTimer::new());
        server.header_read_timeout(Duration::from_secs(30));
        let handler = service_fn(|request| costate::spawn(reversed(request)));
        server
            .serve_connection(CostateIo::new(stream), handler)
            .await
    }
    let error = block_on(body()).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

/// Says when it has begun, and when it was cancelled and has cleaned up.
#[costate::coroutine]
fn slow(begun: oneshot::Sender<()>, ended: oneshot::Sender<()>) -> Answer {
    on_cancel! {
        costate::time::sleep(Duration::from_millis(1)).await;
        let _ = ended.send(());
    }
    let _ = begun.send(());
    pending().await
}

/// A server of one slow request, and who is told of it.
fn one_slow_request(
    stream: UnixStream,
) -> (
    Task<hyper::Result<()>>,
    oneshot::Receiver<()>,
    oneshot::Receiver<()>,
) {
    #[costate::coroutine]
    fn serve(
        stream: UnixStream,
        told: Mutex<Option<(oneshot::Sender<()>, oneshot::Sender<()>)>>,
    ) -> hyper::Result<()> {
        let handler = service_fn(move |_: Request<Incoming>| {
            let told = told.lock().expect("nobody panics with it").take();
            let (begun, ended) = told.expect("it is asked once");
            costate::spawn(slow(begun, ended))
        });
        let server = http1::Builder::new();
        server
            .serve_connection(CostateIo::new(stream), handler)
            .await
    }
    let ((begin, begun), (end, ended)) = (oneshot::channel(), oneshot::channel());
    let serving = serve(stream, Mutex::new(Some((begin, end))));
    (costate::spawn(serving), begun, ended)
}

#[test]
fn a_peer_that_closes_its_connection_cancels_the_handler_which_cleans_up() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut browser, stream) = UnixStream::pair()?;
        let (serving, begun, ended) = one_slow_request(stream);
        browser.write_all(REQUEST).await?;
        begun.await.expect("the handler begins");
        drop(browser);
        ended.await.expect("the handler cleans up");
        let served = serving.await;
        assert!(served.unwrap_err().is_incomplete_message());
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn a_peer_that_only_ends_its_sending_direction_counts_as_gone_too() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut browser, stream) = UnixStream::pair()?;
        let (serving, begun, ended) = one_slow_request(stream);
        browser.write_all(REQUEST).await?;
        begun.await.expect("the handler begins");
        browser.shutdown(std::net::Shutdown::Write)?;
        ended.await.expect("the handler cleans up");
        let served = serving.await;
        assert!(served.is_err());
        Ok(())
    }
    block_on(body()).unwrap();
}

#[test]
fn a_server_whose_task_is_dropped_cancels_the_handler_which_cleans_up() {
    #[costate::coroutine]
    fn body() -> io::Result<()> {
        let (mut browser, stream) = UnixStream::pair()?;
        let (serving, begun, ended) = one_slow_request(stream);
        browser.write_all(REQUEST).await?;
        begun.await.expect("the handler begins");
        drop(serving);
        ended.await.expect("the handler cleans up");
        Ok(())
    }
    block_on(body()).unwrap();
}
