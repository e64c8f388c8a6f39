use std::path::Path;

use super::*;
use crate::model::checksum::sha256;

fn model() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/models/first-clause"
    ))
}

/// A folder with the files of the tests' model, and the card of another.
fn copied(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(model()).expect("the tests' model") {
        let file = file.expect("a file").path();
        std::fs::copy(&file, folder.path().join(file.file_name().expect("a name")))
            .expect("a copy");
    }
    let card = folder.path().join("model.toml");
    let mut text = std::fs::read_to_string(&card).expect("a card");
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    std::fs::write(&card, text).expect("a card");
    folder
}

fn opened(folder: &Path) -> Result<AbstractiveFolder, AbstractiveError> {
    AbstractiveFolder::open(folder, Path::new("/no/models"))
}

#[test]
fn every_card_that_comes_with_the_program_can_be_read() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../models"));
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the cards")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort_unstable();
    let mut names: Vec<String> = Card::shipped().into_iter().map(|card| card.name).collect();
    names.sort_unstable();
    assert_eq!(names, files);
    for card in Card::shipped() {
        assert!(
            card.generation.least == 0,
            "{}: padding is invention",
            card.name
        );
        assert!(
            (card.generation.most as usize) < card.limits.input,
            "{}",
            card.name
        );
        assert_eq!(
            card.kind == Kind::Bart,
            card.files.merges.is_some(),
            "{}",
            card.name
        );
    }
}

#[test]
fn what_is_wrong_with_a_folder_is_said() {
    let unknown = opened(Path::new("/no/such/model")).expect_err("no folder");
    assert!(unknown.to_string().contains("/no/such/model"));
    let known = opened(Path::new("bart-large-cnn")).expect_err("not fetched");
    assert!(
        known
            .to_string()
            .contains("/no/models/bart-large-cnn: model.safetensors or rust_model.ot"),
        "{known}"
    );
    let empty = tempfile::tempdir().expect("a folder");
    let cardless = opened(empty.path()).expect_err("no card");
    assert!(
        cardless.to_string().contains("has no model.toml"),
        "{cardless}"
    );
    let without = copied(&[]);
    std::fs::remove_file(without.path().join("merges.txt")).expect("a file");
    let missing = opened(without.path()).expect_err("no merges");
    assert!(
        missing.to_string().contains("merges.txt is missing"),
        "{missing}"
    );
}

#[test]
fn a_file_that_is_not_what_the_card_or_the_list_says_is_refused() {
    let (sum, _) = sha256(&model().join("model.safetensors")).expect("a checksum");
    let right = format!("[sha256]\n\"model.safetensors\" = \"{sum}\"\n\n[files]");
    assert!(opened(copied(&[("[files]", &right)]).path()).is_ok());
    let wrong = right.replace(&sum, &"0".repeat(64));
    let error = opened(copied(&[("[files]", &wrong)]).path()).expect_err("another file");
    assert!(error.to_string().contains("is another file"), "{error}");
    let listed = copied(&[]);
    let sums = format!("{}  vocab.json\n", "0".repeat(64));
    std::fs::write(listed.path().join("SHA256SUMS"), sums).expect("a file");
    let error = opened(listed.path()).expect_err("a damaged file");
    assert!(
        error.to_string().contains("vocab.json is damaged"),
        "{error}"
    );
}

#[test]
fn a_model_of_another_kind_than_its_card_says_is_an_error_and_no_panic() {
    let other = copied(&[("kind = \"bart\"", "kind = \"t5\"")]);
    let folder = opened(other.path()).expect("a folder");
    let error = Writer::start(folder, NonZeroUsize::MIN)
        .err()
        .expect("an error");
    assert!(
        error
            .to_string()
            .contains("model_type is \"bart\" and should be t5 or mt5"),
        "{error}"
    );
    let broken = copied(&[]);
    let config = broken.path().join("config.json");
    let text = std::fs::read_to_string(&config).expect("a configuration");
    std::fs::write(&config, text.replace("\"d_model\": 64", "\"d_model\": 96")).expect("a file");
    let folder = opened(broken.path()).expect("a folder");
    assert!(matches!(
        Writer::start(folder, NonZeroUsize::MIN),
        Err(AbstractiveError::Model(_))
    ));
}

#[tokio::test]
async fn a_text_longer_than_the_model_reads_is_read_in_chunks_to_its_end() {
    let folder = opened(model()).expect("the tests' model");
    let writer = Writer::start(folder, NonZeroUsize::MIN).expect("a writer");
    let clause = |number: usize| {
        let place = ["Northport", "Dunmore", "Vess", "Tarn", "Quay"][number % 5];
        format!(
            "Lumen Council opened {} schools in {place} on Monday, as the work goes on.",
            10 + number
        )
    };
    let filler =
        " The plan has wide support. The work took many months. The rest will follow in spring.";
    let body: String = (0..5)
        .map(|number| clause(number) + &filler.repeat(4) + "\n\n")
        .collect();
    let drafts = writer.write(&body).await.expect("drafts");
    assert!(drafts.len() > 2, "{drafts:?}");
    assert_eq!(
        writer.write(&body).await.expect("drafts"),
        drafts,
        "the same again"
    );
    let none = writer.write("").await.expect("no drafts");
    assert!(none.is_empty());
}

#[test]
fn a_draft_that_breaks_off_is_known() {
    for (text, unfinished) in [
        ("One. Two", true),
        ("One.", false),
        ("« Un. »", false),
        ("“One!”", false),
        ("", true),
    ] {
        assert_eq!(
            Draft::of(text.to_owned()).unfinished,
            unfinished,
            "{text:?}"
        );
    }
}
