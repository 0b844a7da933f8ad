//! Subscribes to an event source over plain TCP, and prints its events until the connection fails:
//!
//! ```sh
//! cargo run --example subscribe -- 127.0.0.1:8080 /clock
//! ```
//!
//! It uses HTTP/1.0, because a body in HTTP/1.1 may have the chunked coding, which this example does not decode.

use eventsource_wasm::{Action, Cause, Connection, Head, Input, Moment, Policy};
use std::{
    env,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

fn main() {
    let mut args = env::args().skip(1);
    let (Some(host), Some(path)) = (args.next(), args.next()) else {
        return eprintln!("Pass the server and the path, for example: 127.0.0.1:8080 /clock");
    };
    let start = Instant::now();
    let now = || Moment {
        time: start.elapsed().as_secs() * 1000,
        random: 0.5,
    };
    let mut connection = Connection::new(Policy::Standard);
    let mut action = Action::Request;
    let mut body: Box<dyn Read> = Box::new(io::empty());
    let mut buffer = [0; 4096];
    loop {
        if let Action::Deliver(batch) = &action {
            for event in batch.events() {
                println!("{}: {}", event.event_type, event.data);
            }
        }
        let content_type;
        let input = match action {
            Action::Request => match request(&host, &path, connection.last_event_id()) {
                Ok((status, value, rest)) => {
                    body = Box::new(rest);
                    content_type = value;
                    let head = Head {
                        status,
                        content_type: content_type.as_deref(),
                    };
                    Input::Response(head, now())
                }
                Err(error) => Input::Failed(Cause::Network(error), now()),
            },
            Action::Announce | Action::Deliver(_) | Action::Read => match body.read(&mut buffer) {
                Ok(0) => Input::Failed(Cause::End, now()),
                Ok(length) => Input::Chunk(&buffer[..length]),
                Err(error) => Input::Failed(Cause::Network(error), now()),
            },
            Action::Reestablish { failure, delay } => {
                eprintln!("{} Trying again in {delay} ms.", failure.cause);
                thread::sleep(Duration::from_millis(delay));
                Input::Elapsed
            }
            Action::Fail(failure) => return eprintln!("{}", failure.cause),
        };
        action = connection.handle(input).expect("an answer to the action");
    }
}

/// The response's status, its Content-Type and its body.
fn request(
    host: &str,
    path: &str,
    last_event_id: Option<&str>,
) -> io::Result<(u16, Option<String>, impl Read + use<>)> {
    let mut stream = TcpStream::connect(host)?;
    let id = last_event_id.map_or(String::new(), |id| format!("Last-Event-ID: {id}\r\n"));
    let accept = "Accept: text/event-stream\r\n";
    stream
        .write_all(format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n{accept}{id}\r\n").as_bytes())?;
    let mut response = BufReader::new(stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && response.read_until(b'\n', &mut head)? > 0 {}
    let head = String::from_utf8_lossy(&head);
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let content_type = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-type")
            .then(|| value.trim().to_owned())
    });
    Ok((
        status.ok_or(io::ErrorKind::InvalidData)?,
        content_type,
        response,
    ))
}
