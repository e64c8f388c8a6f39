//! Model folders that are whole, and every way in which one may not be.

use super::*;

/// SHA-256 of `hello\n`.
const HELLO: &str = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("1_Pooling")).expect("a folder");
    let mut list = String::new();
    for file in REQUIRED.iter().chain(&WORD_PIECES) {
        fs::write(folder.path().join(file), "hello\n").expect("a file");
        list.push_str(&format!("{HELLO}  {file}\n"));
    }
    fs::write(folder.path().join(CHECKSUMS), list).expect("a list");
    folder
}

fn message(path: &Path) -> String {
    ModelFolder::open(path).expect_err("an error").to_string()
}

#[test]
fn a_whole_folder_opens_and_tells_its_version() {
    let folder = folder();
    let model = ModelFolder::open(folder.path()).expect("a model");
    assert_eq!(model.version(), "5891b5b522d5+extract-5");
    assert_eq!(
        Some(model.name()),
        folder.path().file_name().and_then(|name| name.to_str())
    );
}

#[test]
fn a_missing_folder_says_how_to_get_it() {
    let message = message(Path::new("/nowhere/at/all"));
    assert!(
        message.contains("/nowhere/at/all") && message.contains("make setup"),
        "{message}"
    );
}

#[test]
fn a_missing_file_is_named() {
    let folder = folder();
    fs::remove_file(folder.path().join("vocab.txt")).expect("removed");
    assert!(message(folder.path()).contains("vocab.txt"));
}

#[test]
fn a_truncated_file_is_named_with_both_checksums() {
    let folder = folder();
    fs::write(folder.path().join(WEIGHTS), "hell").expect("a file");
    let message = message(folder.path());
    assert!(
        message.contains(WEIGHTS) && message.contains(HELLO),
        "{message}"
    );
    assert!(
        message.contains("4 bytes") && message.contains("make setup"),
        "{message}"
    );
}

#[test]
fn a_list_without_the_weights_is_refused() {
    let folder = folder();
    fs::write(
        folder.path().join(CHECKSUMS),
        format!("{HELLO}  vocab.txt\n"),
    )
    .expect("a list");
    assert!(message(folder.path()).contains("does not list model.safetensors"));
}

#[test]
fn a_line_that_is_no_checksum_is_refused_with_its_number() {
    for line in [
        "x",
        "zz  vocab.txt",
        &format!("{HELLO}  ../vocab.txt"),
        &format!("{HELLO}  "),
    ] {
        let folder = folder();
        fs::write(folder.path().join(CHECKSUMS), format!("\n{line}\n")).expect("a list");
        assert!(
            message(folder.path()).contains("SHA256SUMS:2:"),
            "for {line:?}"
        );
    }
}
