//! A damaged encoder is refused by name before any work is taken: libtorch would end the process without a word to the user.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tests::program::{Program, summarizer};
use tests::{Fresh, archive, shared};

/// What happens to a file.
type Damage = fn(&Path);

/// A copy of the encoder in which one file is other than it should be.
fn damaged(file: &str, damage: Damage) -> TempDir {
    let copy = TempDir::new().expect("a temporary folder");
    let encoder = shared::encoder();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(encoder.join(&folder))
            .expect("a folder of the encoder")
            .flatten()
        {
            let name = folder.join(entry.file_name());
            let (from, to) = (encoder.join(&name), copy.path().join(&name));
            if from.is_dir() {
                fs::create_dir(&to).expect("a folder of the copy");
                folders.push(name);
            } else if name == Path::new(file) {
                fs::copy(&from, &to).expect("a file of the copy");
                damage(&to);
            } else {
                symlink(&from, &to).expect("a link to the encoder");
            }
        }
    }
    copy
}

fn flip_a_byte(file: &Path) {
    let mut bytes = fs::read(file).expect("a file of the copy");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(file, bytes).expect("a file of the copy");
}

fn cut_in_half(file: &Path) {
    let file = fs::OpenOptions::new()
        .write(true)
        .open(file)
        .expect("a file of the copy");
    let length = file.metadata().expect("its length").len();
    file.set_len(length / 2).expect("half the file");
}

fn remove(file: &Path) {
    fs::remove_file(file).expect("a file of the copy");
}

#[test]
fn a_damaged_encoder_is_refused_before_any_work_is_taken() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let damages: [(&str, Damage); 6] = [
        ("model.safetensors", flip_a_byte),
        ("model.safetensors", cut_in_half),
        ("model.safetensors", remove),
        ("config.json", flip_a_byte),
        ("vocab.txt", cut_in_half),
        ("SHA256SUMS", remove),
    ];
    for (file, damage) in damages {
        let model = damaged(file, damage);
        let run = summarizer(database.url(), ["run"])
            .env("COMMUNIQUE_MODEL", model.path())
            .run();
        let _ = run.refuses(1, &[file]);
        let text = Program::Summarizer
            .with(["text", "-"])
            .env("COMMUNIQUE_MODEL", model.path())
            .input("A text.")
            .run();
        let _ = text.refuses(1, &[file]);
    }
    assert_eq!(
        database.number("SELECT count(*) FROM job WHERE state <> 'QUEUED' OR attempts <> 0"),
        0
    );
    assert_eq!(database.number("SELECT count(*) FROM abstract"), 0);
}
