//! Counts the statements that a program sends to PostgreSQL, by listening between the two.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::database::Fresh;

/// A listener between a program and its PostgreSQL server; give its [`url`](Self::url) to the program.
#[derive(Debug)]
pub struct Wiretap {
    url: String,
    statements: Arc<AtomicU64>,
}

impl Wiretap {
    /// Listens before this database.
    ///
    /// # Panics
    ///
    /// When the database is not on PostgreSQL by TCP.
    #[must_use]
    pub fn before(database: &Fresh) -> Self {
        let url = database.url();
        let (head, name) = url.rsplit_once('/').expect("a database in the URL");
        let (user, host) = head.rsplit_once('@').expect("a host in the URL");
        let server = host
            .to_socket_addrs()
            .ok()
            .and_then(|mut found| found.next());
        let server = server.unwrap_or_else(|| panic!("{host} is not an address to connect to"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let counter = Arc::clone(&counter);
                thread::spawn(move || relay(client, server, &counter));
            }
        });
        // Encrypted messages could not be told apart.
        Self {
            url: format!("{user}@127.0.0.1:{port}/{name}?sslmode=disable"),
            statements,
        }
    }

    /// The address to give as `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many statements were executed so far.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::SeqCst)
    }
}

fn relay(client: TcpStream, server: SocketAddr, counter: &AtomicU64) {
    let joined = TcpStream::connect(server).and_then(|server| {
        let (answers, back) = (server.try_clone()?, client.try_clone()?);
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        thread::spawn(move || pass(answers, back));
        Ok(server)
    });
    // When either side hangs up, the other learns it by the closed connection.
    if let Ok(server) = joined {
        let _ = count(&client, &server, counter);
        let _ = server.shutdown(Shutdown::Both);
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}

/// Passes on what a client sends, message by message: after a start-up message without a type come messages of a
/// type and a length (PostgreSQL's protocol 3.0, "Message Formats"). `Execute` and `Query` run a statement.
fn count(mut client: &TcpStream, mut server: &TcpStream, counter: &AtomicU64) -> io::Result<()> {
    let mut started = false;
    loop {
        let mut kind = [0; 1];
        if started {
            client.read_exact(&mut kind)?;
        }
        let mut length = [0; 4];
        client.read_exact(&mut length)?;
        let rest = u32::from_be_bytes(length).saturating_sub(4);
        let mut message = Vec::new();
        if started {
            message.extend(kind);
        }
        message.extend(length);
        let head = message.len();
        message.resize(head + usize::try_from(rest).unwrap_or(0), 0);
        client.read_exact(&mut message[head..])?;
        if started && matches!(kind[0], b'E' | b'Q') {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        started = true;
        server.write_all(&message)?;
    }
}
