//! From a hub of the tests' own, which has the tests' model under the name of a real one.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::num::NonZeroUsize;

use super::*;
use crate::abstractive::Writer;

const NAME: &str = "distilbart-cnn-12-6";
const REPOSITORY: &str = "/sshleifer/distilbart-cnn-12-6/resolve/main/";

fn model() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/models/first-clause"
    ))
}

/// What a hub does with a request for a file.
#[derive(Clone, Copy, PartialEq)]
enum Conduct {
    /// It gives what it has.
    Honest,
    /// It has no weights in safetensors, only in libtorch's own format.
    Old,
    /// It hangs up in the midst of the weights.
    BreaksOff,
    /// It is out of order.
    Broken,
}

/// A hub on a free port; its address.
fn hub(conduct: Conduct) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for caller in listener.incoming().flatten() {
            // A caller that hung up has what it wanted.
            drop(answer(caller, conduct));
        }
    });
    format!("http://{address}/")
}

fn answer(mut caller: TcpStream, conduct: Conduct) -> std::io::Result<()> {
    let mut lines = BufReader::new(caller.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let file = path.strip_prefix(REPOSITORY).unwrap_or("nothing of ours");
    let of_ours = match (conduct, file) {
        (Conduct::Old, "model.safetensors") => "nothing",
        (Conduct::Old, "rust_model.ot") => "model.safetensors",
        _ => file,
    };
    let (status, content) = match fs::read(model().join(of_ours)) {
        _ if conduct == Conduct::Broken => ("503 Service Unavailable", Vec::new()),
        Ok(content) => ("200 OK", content),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let given = match (conduct, file) {
        (Conduct::BreaksOff, "model.safetensors") => &content[..content.len() / 2],
        _ => &content[..],
    };
    let length = content.len();
    write!(
        caller,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    caller.write_all(given)
}

fn opened(root: &Path) -> AbstractiveFolder {
    AbstractiveFolder::open(Path::new(NAME), root).expect("a model")
}

#[tokio::test]
async fn a_model_that_is_fetched_is_whole_verified_and_writes() {
    let root = tempfile::tempdir().expect("a folder");
    let mut told = Vec::new();
    let fetched = fetch(NAME, &hub(Conduct::Honest), root.path(), |so_far| {
        told.push((so_far.file.to_owned(), so_far.bytes, so_far.of));
    });
    fetched.expect("a model");
    let folder = opened(root.path());
    assert_eq!(folder.card().name, NAME);
    let (file, bytes, of) = told.last().expect("news");
    assert_eq!((file.as_str(), Some(*bytes)), ("model.safetensors", *of));
    let sums = fs::read_to_string(root.path().join(NAME).join("SHA256SUMS")).expect("sums");
    for file in [
        "config.json",
        "vocab.json",
        "merges.txt",
        "model.safetensors",
        "model.toml",
    ] {
        assert!(sums.contains(file), "{file} in {sums}");
    }
    let writer = Writer::start(folder, NonZeroUsize::MIN).expect("a writer");
    let drafts = writer.write("The town opened a garden.").await;
    assert_eq!(drafts.expect("drafts").len(), 1);

    let again = fetch(NAME, &hub(Conduct::Honest), root.path(), |_| {});
    assert!(matches!(again, Err(FetchError::Exists { .. })), "{again:?}");
}

#[test]
fn weights_are_taken_in_the_format_that_there_is() {
    let root = tempfile::tempdir().expect("a folder");
    fetch(NAME, &hub(Conduct::Old), root.path(), |_| {}).expect("a model");
    assert!(opened(root.path()).weights().ends_with("rust_model.ot"));
}

#[test]
fn nothing_is_left_of_what_could_not_be_fetched_and_the_address_is_told() {
    let table = [
        (
            NAME,
            hub(Conduct::BreaksOff),
            "model.safetensors: it broke off after",
        ),
        (NAME, hub(Conduct::Broken), "config.json: http status: 503"),
        (
            NAME,
            format!("{}wrong", hub(Conduct::Honest)),
            "config.json: there is nothing at this address",
        ),
        (
            NAME,
            "http://127.0.0.1:9".to_owned(),
            "http://127.0.0.1:9/sshleifer/",
        ),
        (NAME, "no address".to_owned(), "no address/sshleifer/"),
        ("gpt-2", hub(Conduct::Honest), "t5-base"),
    ];
    for (name, hub, expected) in table {
        let root = tempfile::tempdir().expect("a folder");
        let error = fetch(name, &hub, root.path(), |_| {}).expect_err("an error");
        assert!(error.to_string().contains(expected), "{hub}: {error}");
        let left: Vec<_> = fs::read_dir(root.path()).expect("a folder").collect();
        assert!(left.is_empty(), "{hub}: {left:?}");
    }
}

#[test]
fn every_card_says_where_its_model_is_and_the_usual_hub_is_an_address() {
    for card in Card::shipped() {
        assert!(!card.repository.is_empty(), "{}", card.name);
    }
    let hub = usual_hub();
    let host = hub.strip_prefix("https://");
    assert!(host.is_some_and(|host| !host.contains('/')), "{hub}");
}
