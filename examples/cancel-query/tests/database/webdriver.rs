//! A real browser, Chromium, driven over the WebDriver protocol: JSON over HTTP.

use serde_json::{Value, json};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Without these it doesn't run as root, or asks its maker for news at every start.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1000,700",
];

/// How long it may take for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one window.
pub struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// `None` if `chromedriver` isn't installed.
    pub fn start(name: &str) -> Option<Self> {
        let mut driver = Command::new("chromedriver");
        driver
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut driver = driver.spawn().ok()?;
        let port = port(&mut driver).expect("chromedriver says its port");
        let process = std::process::id();
        let profile = std::env::temp_dir().join(format!("cancel-query-{process}-{name}"));
        fs::create_dir(&profile).expect("there is room for it");
        let mut browser = Browser {
            driver,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            session: String::new(),
            profile,
        };
        let mut flags: Vec<_> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", browser.profile.display()));
        let options = json!({ "goog:chromeOptions": { "args": flags } });
        let session = json!({ "capabilities": { "alwaysMatch": options } });
        let session = browser.send("POST", "/session", &session);
        let session = session["sessionId"].as_str().expect("it gives a session");
        browser.session = format!("/session/{session}");
        Some(browser)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.exchange(method, path, &body.to_string());
        let value = answer.expect("chromedriver answers")["value"].take();
        let refused = value.get("error").is_some();
        assert!(!refused, "{method} {path} {body}: {value}");
        value
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> io::Result<Value> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{method} {}{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.session,
            body.len()
        )?;
        let mut stream = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let (name, value) = line.split_once(':').unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        // It leaves the connection open, whatever it is asked.
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        serde_json::from_slice(&body).map_err(io::Error::other)
    }

    pub fn go_to(&self, url: &str) {
        self.send("POST", "/url", &json!({ "url": url }));
    }

    /// Clicks on what a CSS selector finds, as a person does.
    pub fn click(&self, selector: &str) {
        let find = json!({ "using": "css selector", "value": selector });
        let found = self.send("POST", "/element", &find);
        let mut found = found.as_object().expect("it is there").values();
        let element = found.next().and_then(Value::as_str).expect("it has a name");
        self.send("POST", &format!("/element/{element}/click"), &json!({}));
    }

    /// The text of what a CSS selector finds, as JavaScript sees it; empty where there is nothing.
    pub fn text(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let text = json!({ "script": script, "args": [selector] });
        let text = self.send("POST", "/execute/sync", &text);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Closes the tab, and goes to another one, which it opens before.
    pub fn close_tab_beside(&self, url: &str) {
        let other = self.send("POST", "/window/new", &json!({ "type": "tab" }));
        self.send("DELETE", "/window", &json!({}));
        self.send("POST", "/window", &json!({ "handle": other["handle"] }));
        self.go_to(url);
    }

    /// What it looks like, as a file, if `COSTATE_SCREENSHOTS` names a folder.
    pub fn screenshot(&self, name: &str) {
        let Some(folder) = std::env::var_os("COSTATE_SCREENSHOTS") else {
            return;
        };
        let picture = self.send("GET", "/screenshot", &json!({}));
        let picture = picture.as_str().expect("it is text");
        let file = PathBuf::from(folder).join(format!("{name}.png.base64"));
        fs::write(file, picture).expect("the folder is there");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // The browser ends with its session.
            let _ = self.exchange("DELETE", "", "{}");
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// Where the driver listens: it says so when it does.
fn port(driver: &mut Child) -> Option<u16> {
    let lines = BufReader::new(driver.stdout.take()?).lines();
    let said = lines
        .map_while(Result::ok)
        .find(|line| line.contains("started successfully"))?;
    said.trim_end_matches('.').rsplit(' ').next()?.parse().ok()
}
