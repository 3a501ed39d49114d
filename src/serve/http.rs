//! Requests and answers: a small table of paths behind the guard.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::board;
use super::export::{EXPORTS, export};
use super::guard::{Guard, LARGEST_BODY, seal};
use super::keeper::Wrong;
use super::page;
use super::room::{Act, Ended, Room};

/// Pages that may listen at once.
const LISTENERS: usize = 64;

/// What a page asks to be done, and the state that it shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    /// The hash of the state that the page has seen.
    seen: String,
    act: Act,
}

#[derive(Deserialize)]
struct OfEntry {
    #[serde(default)]
    id: String,
}

/// Serves the room to whom the guard admits, until the program ends.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(listener: tokio::net::TcpListener, room: Arc<Room>, guard: Guard) -> std::io::Result<()> {
    let guard = Arc::new(guard);
    let answer = move |request: Request| {
        let (room, guard) = (Arc::clone(&room), Arc::clone(&guard));
        async move { answered(room, &guard, request).await }
    };
    axum::serve(listener, Router::new().fallback(answer)).await
}

async fn answered(room: Arc<Room>, guard: &Guard, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match guard.admit(&parts.method, parts.uri.path(), &parts.headers) {
        Ok(inside) => {
            let is_json = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
            routed(room, &parts.method, inside, &parts.uri, is_json, body).await
        }
        Err((status, why)) => (status, format!("refused: {why}\n")).into_response(),
    };
    let is_report = matches!(parts.uri.path().rsplit('/').next(), Some("report"));
    seal(response.headers_mut(), if is_report { page::REPORT_POLICY } else { page::POLICY });
    response
}

async fn routed(room: Arc<Room>, method: &Method, inside: &str, uri: &Uri, is_json: bool, body: Body) -> Response {
    match (method.as_str(), inside) {
        ("GET", "") => typed("text/html; charset=utf-8", page::shell()),
        ("GET", "state") => json_of(StatusCode::OK, &room.state()),
        ("GET", "events") => events(&room),
        ("GET", "picture") => typed("image/svg+xml", room.picture()),
        ("GET", "report") => typed("text/html; charset=utf-8", room.page().to_string()),
        ("GET", "words") => {
            off_thread(move || match room.opened_now() {
                Some(opened) => json_of(StatusCode::OK, &board::words(&opened.stack)),
                None => json_of(StatusCode::OK, &json!({ "products": [], "kinds": [], "mechanisms": [] })),
            })
            .await
        }
        ("GET", "entry") => {
            let Ok(Query(OfEntry { id })) = Query::<OfEntry>::try_from_uri(uri) else {
                return plain(StatusCode::BAD_REQUEST, "refused: no id");
            };
            off_thread(move || match room.opened_now().and_then(|opened| board::entry(&opened, &id)) {
                Some(entry) => json_of(StatusCode::OK, &entry),
                None => json_of(StatusCode::NOT_FOUND, &json!({ "text": "there is no such entry any more" })),
            })
            .await
        }
        ("GET", "compare") => {
            off_thread(move || match room.compared() {
                Ok(html) => typed("text/html; charset=utf-8", html),
                Err(wrong) => wrong_of(&wrong),
            })
            .await
        }
        ("POST", "act") if !is_json => plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "refused: not application/json"),
        ("POST", "act") => {
            let Ok(bytes) = to_bytes(body, LARGEST_BODY).await else {
                return plain(StatusCode::PAYLOAD_TOO_LARGE, "refused: more than 64 KiB");
            };
            match serde_json::from_slice::<Call>(&bytes) {
                Ok(call) => off_thread(move || acted(&room, &call)).await,
                Err(error) => json_of(StatusCode::BAD_REQUEST, &json!({ "text": format!("not understood: {error}") })),
            }
        }
        ("GET", _) => match (inside.strip_prefix("assets/"), inside.strip_prefix("export/")) {
            (Some(name), _) => match page::asset(name) {
                Some((kind, text)) => typed(kind, text),
                None => plain(StatusCode::NOT_FOUND, "there is no such file"),
            },
            (_, Some(name)) => {
                let Some((name, part, kind)) = EXPORTS.iter().find(|(known, ..)| *known == name) else {
                    return plain(StatusCode::NOT_FOUND, "there is no such export");
                };
                off_thread(move || handed_out(&room, name, *part, kind)).await
            }
            _ => plain(StatusCode::NOT_FOUND, "there is no such page"),
        },
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "refused: another method"),
    }
}

/// Answers are computed beside the thread that listens.
async fn off_thread(answer: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(answer).await {
        Ok(response) => response,
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "this failed inside of sinew; please report it"),
    }
}

fn acted(room: &Room, call: &Call) -> Response {
    let (ended, state) = room.act(&call.seen, &call.act);
    match ended {
        Ended::Done => json_of(StatusCode::OK, &json!({ "state": state })),
        Ended::Stale => {
            let text = "the stack changed meanwhile; nothing is lost: look at the change, and press Enter again";
            json_of(StatusCode::CONFLICT, &json!({ "text": text, "state": state }))
        }
        Ended::Wrong(wrong) => {
            let Wrong { text, problems } = wrong;
            let said = json!({ "text": text, "problems": problems, "state": state });
            json_of(StatusCode::UNPROCESSABLE_ENTITY, &said)
        }
    }
}

fn handed_out(room: &Room, name: &str, part: crate::report::Part, kind: &'static str) -> Response {
    let Some(opened) = room.opened_now() else { return wrong_of(&Wrong::because("the stack cannot be read")) };
    match export(&opened, part, room.stood().as_ref()) {
        Ok(bytes) => {
            let mut response = bytes.into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(wrong) => wrong_of(&wrong),
    }
}

/// A line whenever there is something new.
fn events(room: &Room) -> Response {
    if room.listeners() >= LISTENERS {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "refused: too many pages are open");
    }
    let ticks = WatchStream::new(room.ticks()).map(|tick| Ok::<_, Infallible>(Event::default().data(tick.to_string())));
    Sse::new(ticks).keep_alive(KeepAlive::default()).into_response()
}

fn typed(kind: &'static str, text: impl Into<Body>) -> Response {
    let mut response = Response::new(text.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn json_of(status: StatusCode, value: &Value) -> Response {
    (status, typed("application/json", value.to_string())).into_response()
}

fn wrong_of(wrong: &Wrong) -> Response {
    json_of(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "text": wrong.text, "problems": wrong.problems }))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, typed("text/plain; charset=utf-8", format!("{text}\n"))).into_response()
}
