//! What is imported, and what is refused.

use super::*;
use crate::config::default_sources;

#[test]
fn a_file_that_is_not_the_known_one_is_refused() {
    let source = tempfile::tempdir().expect("a folder");
    let into = tempfile::tempdir().expect("a folder");
    let into = into.path().join("model");
    let missing = import(source.path(), &into).expect_err("an error");
    assert!(missing.to_string().contains("e5-small-q4.bin"), "{missing}");
    fs::write(source.path().join("e5-small-q4.bin"), "E5S1").expect("a file");
    let other = import(source.path(), &into).expect_err("an error");
    assert!(other.to_string().contains("should be 1571fc98"), "{other}");
    assert!(!into.exists());
}

/// The real files, which `make setup` fetches.
#[test]
fn the_multilingual_encoder_is_made_of_what_the_setup_fetched() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join(NAME);
    let made = import(&default_sources(), &into).expect("a model");
    assert_eq!(made.name(), NAME);
    assert_eq!(made.prompt().expect("a prompt"), "query: ");
    assert!(made.vocabulary().is_none() && made.tokenizer().is_file());
    let again = import(&default_sources(), &into).expect("a model");
    assert_eq!(again.version(), made.version());
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert!(left.iter().all(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        !name.to_string_lossy().contains("partial")
    }));
}

#[test]
fn every_tensor_of_a_layer_has_its_place_in_bert() {
    let packed = Packed {
        hidden: 4,
        layers: 2,
        heads: 2,
        inner: 8,
        vocabulary: 10,
        positions: 5,
        kinds: 2,
        block: 32,
        entries: Vec::new(),
    };
    let table = [
        ("emb.word", "embeddings.word_embeddings.weight", vec![10, 4]),
        (
            "l1.q.w",
            "encoder.layer.1.attention.self.query.weight",
            vec![4, 4],
        ),
        (
            "l0.fi.w",
            "encoder.layer.0.intermediate.dense.weight",
            vec![8, 4],
        ),
        (
            "l0.fi.b",
            "encoder.layer.0.intermediate.dense.bias",
            vec![8],
        ),
        ("l1.fo.w", "encoder.layer.1.output.dense.weight", vec![4, 8]),
        (
            "l0.oln.w",
            "encoder.layer.0.output.LayerNorm.weight",
            vec![4],
        ),
    ];
    for (name, expected, shape) in table {
        assert_eq!(placed(name, &packed), Some((expected.to_owned(), shape)));
    }
    for unknown in ["l2.q.w", "l0.q", "l0.z.w", "emb.tok", "lx.q.w"] {
        assert_eq!(placed(unknown, &packed), None, "{unknown}");
    }
}
