//! Messages as the protocol frames them: a length, an empty line, JSON. What cannot be read is answered, never trusted.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// Bytes that a message may have: a document of the largest size, every byte of it escaped, and some room.
const LONGEST: usize = 512 << 20;
/// Bytes that a line of a message's head may have.
const LINE: usize = 8 << 10;

/// What was read.
#[derive(Debug, PartialEq)]
pub(super) enum Read {
    /// A message.
    Message(Value),
    /// Something else, which was passed over: the code and the words of the answer.
    Wrong(i64, String),
    /// The stream is over, or nobody can tell any more where a message begins.
    End,
}

/// The next message of a stream.
pub(super) fn next(stream: &mut impl BufRead) -> Read {
    let Some(length) = head(stream) else { return Read::End };
    let length = match length {
        Ok(length) => length,
        Err(why) => return Read::Wrong(PARSE_ERROR, why),
    };
    if length > LONGEST {
        let passed = io::copy(&mut stream.take(length as u64), &mut io::sink());
        return match passed {
            Ok(_) => Read::Wrong(INVALID_REQUEST, format!("a message has at most {LONGEST} bytes")),
            Err(_) => Read::End,
        };
    }
    // What is announced is not what comes: room is made as it does.
    let mut body = Vec::new();
    match stream.take(length as u64).read_to_end(&mut body) {
        Ok(read) if read == length => {}
        _ => return Read::End,
    }
    match serde_json::from_slice(&body) {
        Ok(message) => Read::Message(message),
        Err(error) => Read::Wrong(PARSE_ERROR, format!("the message is not JSON: {error}")),
    }
}

/// The length that the head of a message says; nothing at the end of the stream.
fn head(stream: &mut impl BufRead) -> Option<Result<usize, String>> {
    let mut length = None;
    let mut has_begun = false;
    loop {
        let mut line = Vec::new();
        let read = stream.take(LINE as u64).read_until(b'\n', &mut line).ok()?;
        if read == 0 {
            return None;
        }
        let is_cut = !line.ends_with(b"\n");
        if is_cut && read == LINE {
            let mut rest = Vec::new();
            while rest.last() != Some(&b'\n') {
                rest.clear();
                if stream.take(LINE as u64).read_until(b'\n', &mut rest).ok()? == 0 {
                    return None;
                }
            }
            continue;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length.take() {
                Some(length) => return Some(length),
                None if has_begun => {
                    return Some(Err("the head of the message has no `Content-Length`".to_owned()));
                }
                None => continue,
            }
        }
        has_begun = true;
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            let number = value.trim().parse::<usize>();
            length = Some(number.map_err(|_| "`Content-Length` is not a number of bytes".to_owned()));
        }
    }
}

/// Writes a message.
pub(super) fn write(stream: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
    stream.write_all(&body)?;
    stream.flush()
}

/// The text is not JSON.
pub(super) const PARSE_ERROR: i64 = -32700;
/// It is no message, or comes at a wrong time.
pub(super) const INVALID_REQUEST: i64 = -32600;
/// Nobody knows this method.
pub(super) const METHOD_NOT_FOUND: i64 = -32601;
/// The method takes something else.
pub(super) const INVALID_PARAMS: i64 = -32602;
/// The client has not said hello.
pub(super) const NOT_INITIALIZED: i64 = -32002;
/// The client no longer wants it.
pub(super) const CANCELLED: i64 = -32800;
/// It was understood, and cannot be done.
pub(super) const FAILED: i64 = -32803;

/// The answer to a request.
pub(super) fn answer(id: &Value, result: Result<Value, (i64, String)>) -> Value {
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, message)) => json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }),
    }
}

/// A message that wants no answer.
pub(super) fn notification(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<Read> {
        let mut stream = io::BufReader::with_capacity(7, text);
        let mut read = Vec::new();
        loop {
            match next(&mut stream) {
                Read::End => return read,
                other => read.push(other),
            }
        }
    }

    #[test]
    fn messages_are_read_one_by_one_whatever_stands_in_their_heads() {
        let text =
            b"Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]\r\nContent-Length: 1\n\n7";
        assert_eq!(all(text), [json!({}), json!([1]), json!(7)].map(Read::Message));
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        let text =
            b"Content-Length: 2\r\n\r\n{]Content-Length: many\r\n\r\nHello: you\r\n\r\nContent-Length: 4\r\n\r\ntrue";
        let read = all(text);
        assert_eq!(read.len(), 4, "{read:?}");
        assert!(matches!(&read[0], Read::Wrong(PARSE_ERROR, why) if why.contains("not JSON")));
        assert!(matches!(&read[1], Read::Wrong(PARSE_ERROR, why) if why.contains("not a number")));
        assert!(matches!(&read[2], Read::Wrong(PARSE_ERROR, why) if why.contains("no `Content-Length`")));
        assert_eq!(read[3], Read::Message(json!(true)));
    }

    #[test]
    fn a_long_line_and_a_message_that_does_not_come_end_it_without_harm() {
        let mut text = vec![b'x'; 3 * LINE + 5];
        text.extend(b"\nContent-Length: 2\r\n\r\n{}Content-Length: 400000000\r\n\r\n{");
        assert_eq!(all(&text), [Read::Message(json!({}))]);
    }
}
