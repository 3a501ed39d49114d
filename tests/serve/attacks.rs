//! Who is not the page is told nothing, and changes nothing.

use serde_json::json;

use super::served::{Served, stack};
use crate::support::binary::{code, err, run};

const STACK: &str = "sinew: 1\nname: Secret stack\nsystems:\n  a: { kind: crm }\n";

#[test]
fn another_origin_host_token_method_and_path_are_refused() {
    let served = Served::of("serve-attacks", STACK);
    let (port, token) = (served.port, served.token.clone());
    assert_eq!(token.len(), 32, "{token}");
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let body =
        json!({ "seen": served.state()["hash"], "act": { "edit": { "do": "retire", "entry": "a" } } }).to_string();
    let post = |head: &str, token: &str| {
        format!("POST /{token}/act HTTP/1.1\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
    };
    let kind = "Content-Type: application/json\r\n";
    let own = format!("Origin: http://127.0.0.1:{port}\r\n");
    let wrong = "0".repeat(32);
    let cases = [
        // Another page of the browser, with and without the token.
        (403, post(&format!("{host}{kind}Origin: http://evil.example\r\n"), &token)),
        (403, post(&format!("{host}{kind}Origin: null\r\n"), &token)),
        (403, post(&format!("{host}{kind}Origin: http://127.0.0.1:{}\r\n", port ^ 1), &token)),
        (403, post(&format!("{host}{kind}"), &token)),
        (403, post(&format!("{host}{kind}{own}Sec-Fetch-Site: cross-site\r\n"), &token)),
        (403, post(&format!("{host}{kind}{own}"), &wrong)),
        // A name of elsewhere that leads here.
        (403, post(&format!("Host: evil.example:{port}\r\n{kind}{own}"), &token)),
        (403, post(&format!("Host: 127.0.0.1\r\n{kind}{own}"), &token)),
        // What a form of another page can send without asking.
        (415, post(&format!("{host}Content-Type: text/plain\r\n{own}"), &token)),
        (405, format!("PUT /{token}/act HTTP/1.1\r\n{host}{own}Connection: close\r\n\r\n")),
        (405, format!("OPTIONS /{token}/act HTTP/1.1\r\n{host}{own}Connection: close\r\n\r\n")),
        (403, format!("GET /{wrong}/state HTTP/1.1\r\n{host}Connection: close\r\n\r\n")),
        (403, format!("GET /state HTTP/1.1\r\n{host}Connection: close\r\n\r\n")),
        (403, format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n")),
        (403, format!("GET /{token}/state HTTP/1.1\r\n{host}Origin: http://evil.example\r\nConnection: close\r\n\r\n")),
        (400, format!("GET /{token}/state HTTP/1.1\r\nConnection: close\r\n\r\n").replace("/1.1", "/1.1\r\nbroken")),
    ];
    for (status, request) in cases {
        let answer = served.raw(request.as_bytes());
        assert_eq!(answer.status, status, "{request}\n{}", answer.text());
        assert!(!answer.text().contains("Secret"), "{request}");
        assert!(!answer.head.to_lowercase().contains("access-control-allow"), "{}", answer.head);
    }
    assert_eq!(served.text(), STACK);
    // The same request from the page itself is done.
    let answer = served.raw(post(&format!("{host}{kind}{own}"), &token).as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(served.text().contains("status: retired"), "{}", served.text());
}

#[test]
fn no_path_leads_out_of_the_page_and_its_folder() {
    let served = Served::of("serve-paths", STACK);
    std::fs::write(served.file.with_file_name("other.yaml"), "Secret\n").unwrap();
    for path in [
        "../state",
        "assets/../../other.yaml",
        "assets/%2e%2e/other.yaml",
        "assets/..%2fother.yaml",
        "assets//etc/passwd",
        "export/../other.yaml",
        "export/other.yaml",
        "other.yaml",
        "stack.yaml",
        "assets/style.css/",
        "report/",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
    let entry = served.get("entry?id=..%2Fother");
    assert_eq!(entry.status, 404, "{}", entry.text());
    // A scenario is named by a word, never by a path.
    for name in ["../other", "/etc/x", "a/b", "..", "c:\\x"] {
        assert!(served.refused(&json!({ "go": name })).contains("there is no scenario"), "{name}");
    }
    served.act(&json!({ "start": "../../out of here" }));
    let names: Vec<String> = std::fs::read_dir(served.file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.contains(&"stack.out-of-here.scenario.yaml".to_owned()), "{names:?}");
    let outside = served.file.parent().unwrap().parent().unwrap();
    let strays = std::fs::read_dir(outside)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("out-of-here"));
    assert_eq!(strays.count(), 0);
}

#[test]
fn what_is_too_long_or_not_understood_is_refused_and_the_next_request_answered() {
    let served = Served::of("serve-large", STACK);
    let hash = served.state()["hash"].as_str().unwrap().to_owned();
    let long = "x".repeat(70_000);
    let answer = served.act_on(&hash, &json!({ "edit": { "do": "add-system", "name": long } }));
    assert_eq!(answer.status, 413, "{}", answer.text());
    let (port, token) = (served.port, &served.token);
    // Says that more comes than anybody wants, and sends it in pieces without saying how much.
    let head = format!(
        "POST /{token}/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    );
    let chunk = format!("4000\r\n{}\r\n", "y".repeat(0x4000));
    let answer = served.raw(format!("{head}{}0\r\n\r\n", chunk.repeat(20)).as_bytes());
    assert_eq!(answer.status, 413, "{}", answer.text());
    for body in [
        "",
        "{",
        "[]",
        "{\"seen\":1}",
        "{\"seen\":\"\",\"act\":{\"edit\":{\"do\":\"drop\"}}}",
        "{\"seen\":\"\",\"act\":\"undo\",\"x\":1}",
    ] {
        let request = format!(
            "POST /{token}/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let answer = served.raw(request.as_bytes());
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
    assert_eq!(served.raw(b"\x16\x03\x01\x02\x00\r\n\r\n").status, 400);
    assert_eq!(served.text(), STACK);
    assert_eq!(served.get("state").status, 200);
}

#[test]
fn every_answer_is_sealed() {
    let served = Served::of("serve-sealed", STACK);
    for path in ["", "state", "assets/start.js", "report", "nowhere"] {
        let head = served.get(path).head.to_lowercase();
        for wanted in [
            "content-security-policy: ",
            "frame-ancestors 'self'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
        ] {
            assert!(head.contains(wanted), "{path} lacks {wanted}:\n{head}");
        }
    }
    let head = served.get("").head;
    assert!(head.contains("default-src 'none'; script-src 'self'") && !head.contains("unsafe"), "{head}");
    // Nothing of the page comes from elsewhere.
    let page = served.get("").text();
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("//cdn"), "{page}");
}

#[cfg(target_os = "linux")]
#[test]
fn it_listens_to_this_machine_alone() {
    let served = Served::of("serve-loopback", STACK);
    // The kernel's own list: address and port in hexadecimal, state 0A is listening.
    let port = format!(":{:04X}", served.port);
    let mut at = Vec::new();
    for list in ["/proc/net/tcp", "/proc/net/tcp6"] {
        for line in std::fs::read_to_string(list).unwrap_or_default().lines() {
            let mut words = line.split_whitespace().skip(1);
            let (local, state) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
            if state == "0A" && local.ends_with(&port) {
                at.push(local.trim_end_matches(&port).to_owned());
            }
        }
    }
    assert_eq!(at, ["0100007F"], "127.0.0.1 in the order of bytes of this machine");
}

#[test]
fn what_cannot_be_served_is_said_at_once() {
    for (arguments, words) in [
        (&["serve", "-", "--no-open"][..], "needs a file"),
        (&["serve", "no/such/folder/stack.yaml", "--no-open"], "cannot write"),
        (&["serve", "no-such.yaml", "--no-open", "--read-only"], "no such file"),
        (&["serve", "/dev/null", "--no-open"], "device"),
    ] {
        let output = run(arguments);
        assert!([2, 3].contains(&code(&output)) && err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
    let file = stack("serve-port", STACK);
    let served = Served::file(&file, &[]);
    let output = run(&["serve", file.to_str().unwrap(), "--no-open", "--port", &served.port.to_string()]);
    assert!(
        code(&output) == 3 && err(&output).contains(&format!("listen at port {}", served.port)),
        "{}",
        err(&output)
    );
}
