//! What is seen of a model folder, and what may be added.

use super::*;

/// The folder of a model that writes, with a card.
fn writer(card: &str) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let model = home.path().join("distilbart-short");
    fs::create_dir(&model).expect("a folder");
    let configuration =
        r#"{"model_type": "bart", "architectures": ["BartForConditionalGeneration"]}"#;
    fs::write(model.join("config.json"), configuration).expect("a file");
    fs::write(model.join("model.safetensors"), "weights").expect("a file");
    fs::write(model.join(".git"), "hidden").expect("a file");
    fs::write(model.join("README.md"), card).expect("a file");
    (home, model)
}

/// Add it without a trial.
fn put(model: &Path, root: &Path) -> Result<Installed, ModelError> {
    add(model, root, |_| Ok(()))
}

#[test]
fn a_model_that_is_added_is_listed_with_what_its_card_says() {
    let cards = [
        (
            "---\nlicense: mit\nlanguage:\n- en\n- \"fr\"\ntags:\n- x\n---\n# Text",
            Some("mit"),
            vec!["en", "fr"],
        ),
        (
            "---\nlanguage: [de, fr]\nlicense: \"apache-2.0\"\n---\n",
            Some("apache-2.0"),
            vec!["de", "fr"],
        ),
        ("# No head\nlicense: mit\n", None, vec![]),
    ];
    for (card, licence, languages) in cards {
        let (_home, model) = writer(card);
        let root = tempfile::tempdir().expect("a folder");
        let added = put(&model, root.path()).expect("a model");
        assert_eq!(added.kind, Kind::Writer("bart".to_owned()));
        assert_eq!(
            (added.licence.as_deref(), added.fault.as_deref()),
            (licence, None)
        );
        assert_eq!(added.languages, languages);
        assert_eq!(installed(root.path()).expect("a list"), [added]);
        assert!(!root.path().join("distilbart-short/.git").exists());
    }
}

#[test]
fn a_model_is_not_put_in_the_place_of_another() {
    let (_home, model) = writer("");
    let root = tempfile::tempdir().expect("a folder");
    put(&model, root.path()).expect("a model");
    let said = put(&model, root.path()).expect_err("an error").to_string();
    assert!(said.contains("is there already"), "{said}");
}

#[test]
fn nothing_is_left_of_a_model_that_cannot_be_copied_whole() {
    let (_home, model) = writer("");
    let root = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink("nowhere", model.join("vocab.json")).expect("a link");
    let said = put(&model, root.path()).expect_err("an error").to_string();
    assert!(said.contains("vocab.json"), "{said}");
    let left: Vec<_> = fs::read_dir(root.path()).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_no_model_or_brings_wrong_checksums_is_not_added() {
    let root = tempfile::tempdir().expect("a folder");
    let empty = tempfile::tempdir().expect("a folder");
    let said = put(empty.path(), root.path())
        .expect_err("an error")
        .to_string();
    assert!(said.contains("config.json"), "{said}");
    let (_home, model) = writer("");
    let wrong = format!("{}  model.safetensors\n", "0".repeat(64));
    fs::write(model.join(CHECKSUMS), wrong).expect("a file");
    let said = put(&model, root.path()).expect_err("an error").to_string();
    assert!(said.contains("damaged"), "{said}");
    assert_eq!(installed(root.path()).expect("a list"), []);
}

#[test]
fn a_model_is_in_no_place_where_it_is_found_until_it_has_stood_its_trial() {
    let (_home, model) = writer("");
    let root = tempfile::tempdir().expect("a folder");
    let failed = add(&model, root.path(), |made| {
        assert!(made.path.is_dir());
        assert_eq!(installed(root.path()).expect("a list"), []);
        Err(ModelError::Exists {
            path: made.path.clone(),
        })
    });
    assert!(failed.is_err());
    assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 0);
}

#[test]
fn what_this_program_cannot_run_is_not_added() {
    for (configuration, named) in [
        ("{", "a model without a readable config.json"),
        (r#"{"model_type": "resnet"}"#, "resnet"),
    ] {
        let (_home, model) = writer("");
        fs::write(model.join("config.json"), configuration).expect("a file");
        let root = tempfile::tempdir().expect("a folder");
        let said = put(&model, root.path()).expect_err("an error").to_string();
        assert!(said.contains(named), "{said}");
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 0);
    }
}

#[test]
fn a_socket_in_a_model_is_refused_by_name() {
    let (_home, model) = writer("");
    let root = tempfile::tempdir().expect("a folder");
    let _held = std::os::unix::net::UnixListener::bind(model.join("merges.txt")).expect("a socket");
    let said = put(&model, root.path()).expect_err("an error").to_string();
    assert!(said.contains("merges.txt: is neither"), "{said}");
}

#[test]
fn an_encoder_without_its_files_is_named_by_where_it_came_from() {
    let (_home, model) = writer("");
    fs::create_dir(model.join("1_Pooling")).expect("a folder");
    fs::write(model.join("1_Pooling/config.json"), "{}").expect("a file");
    let root = tempfile::tempdir().expect("a folder");
    let said = put(&model, root.path()).expect_err("an error").to_string();
    let place = model.to_string_lossy();
    assert!(
        said.contains(&*place) && !said.contains("partial"),
        "{said}"
    );
}

#[test]
fn a_file_that_changed_is_a_fault() {
    let (_home, model) = writer("");
    let root = tempfile::tempdir().expect("a folder");
    let added = put(&model, root.path()).expect("a model");
    fs::write(added.path.join("model.safetensors"), "other").expect("a file");
    let again = Installed::look(&added.path);
    assert!(
        again
            .fault
            .is_some_and(|fault| fault.contains("model.safetensors is damaged"))
    );
}
