//! A small WebDriver client: HTTP to chromedriver on this machine, by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::judge::judge;

/// The key under which WebDriver names an element (W3C WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one page; it ends with this value.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

/// A place in the page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

impl Browser {
    /// Starts a headless Chromium; `None` where there is none on this machine.
    pub(crate) fn start() -> Option<Self> {
        let what = "the page in a browser";
        let (chromium, driver) = (judge("chromium", what), judge("chromedriver", what));
        let chromium = which(chromium?)?;
        driver?;
        // A port that is free when it is chosen may be taken when it is used.
        let (driver, port) = (0..5).find_map(|_| start_driver()).expect("chromedriver starts");
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let nth = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}-{nth}", std::process::id()));
        let mut browser = Self { driver, port, session: String::new(), profile };
        browser.open_session(&chromium);
        Some(browser)
    }

    fn open_session(&mut self, chromium: &Path) {
        let args = [
            "--headless".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-dev-shm-usage".into(),
            "--disable-quic".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--disable-default-apps".into(),
            "--no-first-run".into(),
            "--no-default-browser-check".into(),
            "--hide-scrollbars".into(),
            "--lang=en".into(),
            format!("--user-data-dir={}", self.profile.display()),
            "about:blank".into(),
        ];
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": args, "binary": chromium },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = self.ask("POST", "/session", &capabilities);
        self.session = answer["sessionId"].as_str().expect("a session").to_owned();
    }

    /// Sets the size of the window and whether its reader prefers dark pages.
    pub(crate) fn look(&self, [width, height]: [u32; 2], is_dark: bool) {
        let size = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        } });
        self.post("/goog/cdp/execute", &size);
        let scheme = if is_dark { "dark" } else { "light" };
        let media = json!({ "cmd": "Emulation.setEmulatedMedia", "params": {
            "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                // What is still scrolling cannot be clicked.
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ],
        } });
        self.post("/goog/cdp/execute", &media);
    }

    /// Shows the page as paper does, or as a screen again.
    pub(crate) fn paper(&self, is_paper: bool) {
        let media =
            json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": if is_paper { "print" } else { "" } } });
        self.post("/goog/cdp/execute", &media);
    }

    /// One HTTP exchange; fails the test where the driver reports an error.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a timeout");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.port
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("a request");
        let mut reader = BufReader::new(stream);
        let mut length = None;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a head");
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().ok();
            }
        }
        let mut text = vec![0; length.expect("an answer says its length")];
        reader.read_exact(&mut text).expect("an answer");
        let answer: Value = serde_json::from_slice(&text).expect("JSON");
        let value = answer["value"].clone();
        assert!(value.get("error").is_none_or(Value::is_null), "{method} {path}: {value}");
        value
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}{path}", self.session), body)
    }

    /// Opens a file.
    pub(crate) fn open(&self, file: &Path) {
        self.open_at(file, "");
    }

    /// Opens a file at what stands behind `#` in an address.
    pub(crate) fn open_at(&self, file: &Path, part: &str) {
        // What the browser asked for while it started is not the page's.
        self.log("performance");
        self.log("browser");
        self.post("/url", &json!({ "url": format!("file://{}{part}", file.display()) }));
    }

    /// Opens an address of this machine.
    pub(crate) fn go(&self, address: &str) {
        self.log("performance");
        self.log("browser");
        self.post("/url", &json!({ "url": address }));
    }

    /// What a function body in JavaScript returns.
    pub(crate) fn script(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Waits until an expression in JavaScript holds: input events take a frame or two to arrive.
    pub(crate) fn until(&self, condition: &str) {
        let holds = format!("return Boolean({condition})");
        for _ in 0..100 {
            if self.script(&holds) == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        panic!("never came to be: {condition}");
    }

    /// The first element of a selector; fails where there is none.
    pub(crate) fn find(&self, selector: &str) -> Element {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        Element(found[ELEMENT].as_str().expect("an element").to_owned())
    }

    /// Clicks in the middle of an element as a person would: it must be in sight and not covered.
    pub(crate) fn click(&self, selector: &str) {
        let Element(id) = self.find(selector);
        self.script(&format!(
            "document.querySelector({}).scrollIntoView({{block: 'center', behavior: 'instant'}})",
            json!(selector)
        ));
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    /// Moves the pointer to the middle of an element.
    pub(crate) fn point(&self, selector: &str) {
        let Element(id) = self.find(selector);
        let step = json!({ "type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": { ELEMENT: id } });
        self.post("/actions", &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": [step] }] }));
    }

    /// Presses the pointer in the middle of an element, moves it by so much, and lets go.
    pub(crate) fn drag(&self, selector: &str, [x, y]: [i32; 2]) {
        let Element(id) = self.find(selector);
        let steps = json!([
            { "type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": { ELEMENT: id } },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerMove", "duration": 50, "x": x, "y": y, "origin": "pointer" },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.post("/actions", &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": steps }] }));
    }

    /// Moves fingers over the page: each step has the place of each finger, in points of the window.
    pub(crate) fn touch(&self, steps: &[&[[f64; 2]]]) {
        let send = |kind: &str, fingers: &[[f64; 2]]| {
            let fingers = fingers.iter().enumerate().map(|(at, [x, y])| json!({ "x": x, "y": y, "id": at }));
            let params = json!({ "type": kind, "touchPoints": fingers.collect::<Vec<_>>() });
            self.post("/goog/cdp/execute", &json!({ "cmd": "Input.dispatchTouchEvent", "params": params }));
        };
        for (at, fingers) in steps.iter().enumerate() {
            send(if at == 0 { "touchStart" } else { "touchMove" }, fingers);
        }
        send("touchEnd", &[]);
    }

    /// Types keys: WebDriver's code points stand for keys without a letter.
    pub(crate) fn keys(&self, keys: &str) {
        let steps: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() })))
            .collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": steps }] }));
    }

    /// Presses a key while another is held.
    pub(crate) fn chord(&self, held: char, key: char) {
        let step = |kind: &str, key: char| json!({ "type": kind, "value": key.to_string() });
        let steps = [step("keyDown", held), step("keyDown", key), step("keyUp", key), step("keyUp", held)];
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": steps }] }));
    }

    /// What the last argument of a function body in JavaScript is called with.
    pub(crate) fn answer(&self, body: &str) -> Value {
        self.post("/execute/async", &json!({ "script": body, "args": [] }))
    }

    /// Entries of a log (`browser`, `performance`) since it was last read.
    pub(crate) fn log(&self, kind: &str) -> Vec<Value> {
        self.post("/se/log", &json!({ "type": kind })).as_array().cloned().unwrap_or_default()
    }

    /// What is in the window, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        let path = format!("/session/{}/screenshot", self.session);
        bytes(&self.ask("GET", &path, &Value::Null))
    }

    /// The whole page as PNG, however long; packing it as small as possible would take as long again.
    pub(crate) fn whole(&self) -> Vec<u8> {
        let params = json!({ "captureBeyondViewport": true, "format": "png", "optimizeForSpeed": true });
        let shot = json!({ "cmd": "Page.captureScreenshot", "params": params });
        bytes(&self.post("/goog/cdp/execute", &shot)["data"])
    }

    /// The page on paper, as PDF.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let paper =
            json!({ "cmd": "Page.printToPDF", "params": { "preferCSSPageSize": true, "printBackground": true } });
        bytes(&self.post("/goog/cdp/execute", &paper)["data"])
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.ask("DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().expect("text")).expect("base64")
}

fn start_driver() -> Option<(Child, u16)> {
    let mut command = Command::new("chromedriver");
    let mut driver = command.args(["--port=0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    match port_of(&mut driver) {
        Some(port) => Some((driver, port)),
        None => {
            let _ = driver.kill();
            let _ = driver.wait();
            None
        }
    }
}

/// `ChromeDriver was started successfully on port 41235.`
fn port_of(driver: &mut Child) -> Option<u16> {
    let lines = BufReader::new(driver.stdout.take()?).lines();
    for line in lines.map_while(Result::ok) {
        if let Some((_, port)) = line.split_once("on port ")
            && line.contains("success")
        {
            return port.trim_end_matches('.').parse().ok();
        }
    }
    None
}

fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
