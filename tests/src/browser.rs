//! Chromium without a window, led by WebDriver as a reader leads it: looks, clicks, types. What it asked of the network
//! and what it complained about are kept.

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::environment;
use crate::program::{Invocation, Running};
use crate::wait::eventually;

/// The key under which WebDriver names an element of a page (W3C WebDriver §12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something on a page may take to appear on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What every command is.
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

/// What to do when there is none.
const HINT: &str = "no chromium with chromedriver; install them (apt-get install chromium chromium-driver) to test the \
    playground";

/// A browser with one open page; closed when dropped.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: String,
    // Held so that it ends with the session and not before.
    _driver: Running,
}

impl Browser {
    /// Starts one that reaches this machine only. Nothing, and a printed line that says so, where there is no Chromium.
    ///
    /// # Panics
    ///
    /// When it does not start; and under `CI=true` when there is none, because a test skipped for want of it would
    /// otherwise look like one that passed.
    #[must_use]
    #[track_caller]
    pub fn start() -> Option<Self> {
        let there = |program| {
            let version = Command::new(program).arg("--version").output();
            version.is_ok_and(|output| output.status.success())
        };
        if !(there("chromedriver") && there("chromium")) {
            assert!(!environment::in_ci(), "no browser to test with: {HINT}");
            println!("skipped: {HINT}");
            return None;
        }
        let mut command = Command::new("chromedriver");
        command.arg("--port=0");
        let mut driver = Invocation::of(command)
            .within(Duration::from_secs(280))
            .start();
        let port = driver.line(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let client = Client::of(format!("http://127.0.0.1:{port}"));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": [
                "--headless=new",
                // Chromium's sandbox does not start as root, and what it opens here is our own page.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--window-size=1600,1200",
                // A page that glides on to what is clicked on has not arrived when the click does.
                "--force-prefers-reduced-motion",
                // A page that asks for another host gets no answer, as without a network.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = value(client.post("/session", &[JSON], &wanted.to_string()));
        let session = answer["sessionId"].as_str().expect("the name of a session");
        Some(Self {
            session: format!("/session/{session}"),
            client,
            _driver: driver,
        })
    }

    /// Opens an address.
    #[track_caller]
    pub fn open(&self, address: &str) {
        let _ = self.command("/url", &json!({ "url": address }));
    }

    /// The address of the open page.
    #[must_use]
    #[track_caller]
    pub fn address(&self) -> String {
        let path = format!("{}/url", self.session);
        let found = value(self.client.get(&path, &[]));
        found.as_str().unwrap_or_default().to_owned()
    }

    /// Runs the body of a function in the page; what it returns.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.command("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Clicks on the first element of a CSS selector, as soon as it can be clicked on.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        eventually(&format!("{selector} to click on"), PATIENCE, || {
            let element = self.find(selector)?;
            let path = format!("{}/element/{element}/click", self.session);
            (self.client.post(&path, &[JSON], "{}").status == 200).then_some(())
        });
    }

    /// Types into the first element of a CSS selector, as soon as there is one.
    #[track_caller]
    pub fn type_into(&self, selector: &str, text: &str) {
        eventually(&format!("{selector} to type into"), PATIENCE, || {
            let element = self.find(selector)?;
            let path = format!("{}/element/{element}/value", self.session);
            let keys = json!({ "text": text }).to_string();
            (self.client.post(&path, &[JSON], &keys).status == 200).then_some(())
        });
    }

    /// Waits until the elements of a CSS selector together show this text, however the lines are wrapped.
    #[track_caller]
    pub fn shows(&self, selector: &str, text: &str) {
        let seen = format!(
            "return Array.from(document.querySelectorAll({selector:?}), e => e.innerText).join(' ').replace(/\\s+/g, ' ')"
        );
        eventually(&format!("{selector} to show {text:?}"), PATIENCE, || {
            self.run(&seen)
                .as_str()
                .is_some_and(|shown| shown.contains(text))
                .then_some(())
        });
    }

    /// How many elements a CSS selector has.
    #[must_use]
    #[track_caller]
    pub fn count(&self, selector: &str) -> u64 {
        self.run(&format!(
            "return document.querySelectorAll({selector:?}).length"
        ))
        .as_u64()
        .expect("a number")
    }

    /// What pages complained about since the last call: messages of the console that are errors.
    #[must_use]
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        self.log("browser")
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    /// What pages asked of the network since the last call: each request (`url`, `method`, `headers`, …) as Chromium
    /// noted it.
    #[must_use]
    #[track_caller]
    pub fn requests(&self) -> Vec<Value> {
        self.log("performance")
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .map(|mut entry| entry["message"]["params"]["request"].take())
            .collect()
    }

    /// Sends a command of the Chrome DevTools Protocol; what it answers. For what WebDriver has no word for.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("/goog/cdp/execute", &body)
    }

    /// Has pages take the reader for one who prefers this colour scheme: `light` or `dark`.
    #[track_caller]
    pub fn prefers(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        let _ = self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [feature] }),
        );
    }

    /// Makes the window so wide and so high, in CSS pixels.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let _ = self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        match self.command("/se/log", &json!({ "type": kind })) {
            Value::Array(entries) => entries,
            other => panic!("the log {kind} is {other}"),
        }
    }

    fn find(&self, selector: &str) -> Option<String> {
        let wanted = json!({ "using": "css selector", "value": selector }).to_string();
        let path = format!("{}/element", self.session);
        let found = self.client.post(&path, &[JSON], &wanted).json();
        found["value"][ELEMENT].as_str().map(str::to_owned)
    }

    #[track_caller]
    fn command(&self, path: &str, body: &Value) -> Value {
        let path = format!("{}{path}", self.session);
        value(self.client.post(&path, &[JSON], &body.to_string()))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; the driver is ended by its own guard.
        let _ = self.client.call("DELETE", &self.session, &[]);
    }
}

#[track_caller]
fn value(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "the driver refused: {}", answer.body);
    answer.json()["value"].take()
}
