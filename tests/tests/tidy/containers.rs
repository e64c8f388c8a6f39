//! What the containers may write to, and what of a working folder goes neither into git nor into an image.

use crate::checkout::files;

/// The text of a file of the checkout.
fn read(path: &str) -> &'static str {
    let found = files().iter().find(|file| file.path == path);
    found.map_or_else(|| panic!("there is no {path}"), |file| &file.text)
}

/// The lines below a key of two spaces' indent, without their own indent.
fn service<'a>(compose: &'a str, name: &str) -> Vec<&'a str> {
    let key = format!("  {name}:");
    let lines = compose.lines().skip_while(|line| **line != *key).skip(1);
    lines
        .take_while(|line| line.is_empty() || line.starts_with("   "))
        .map(str::trim)
        .collect()
}

#[test]
fn the_server_in_a_container_keeps_its_index_where_it_may_write() {
    let compose = read("docker/compose.yaml");
    let api = service(compose, "api");
    let index = api
        .iter()
        .find_map(|line| line.strip_prefix("COMMUNIQUE_INDEX: "))
        .expect("a root that is read only has no cache folder: COMMUNIQUE_INDEX says where else");
    // Its own `environment` takes the place of the one that all programs share.
    assert!(api.contains(&"<<: *environment"), "{api:?}");
    let (volume, folder) = api
        .iter()
        .find_map(|line| line.strip_prefix("- ")?.split_once(":/"))
        .expect("a volume");
    assert!(
        index.starts_with(&format!("/{folder}/")),
        "{index} is not in the volume on /{folder}"
    );
    assert!(compose.contains(&format!("\nvolumes:\n  database:\n  {volume}:\n")));
    // A new volume is its owner's whose the folder is in the image.
    let home = format!("--home-dir /{folder} --create-home");
    assert!(read("docker/Dockerfile").contains(&home), "no {home}");
}

#[test]
fn what_lies_beside_a_database_is_neither_committed_nor_copied_and_is_cleaned_with_it() {
    for ending in ["", "-shm", "-wal", ".index"] {
        for (path, line) in [
            (".gitignore", format!("/*.db{ending}")),
            ("docker/Dockerfile.dockerignore", format!("**/*.db{ending}")),
        ] {
            assert!(
                read(path).lines().any(|one| one == line),
                "{path}: no {line}"
            );
        }
        let file = format!("samples.db{ending}");
        let removed = |line: &str| {
            line.starts_with("\trm -rf ") && line.split_whitespace().any(|word| word == file)
        };
        assert!(
            read("Makefile").lines().any(removed),
            "Makefile: clean leaves {file}"
        );
    }
}
