//! The files the rules are about: what git tracks or would track, as text.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use tests::shared::workspace;

/// One file of the checkout.
pub(crate) struct File {
    /// Relative to the root, with slashes.
    pub(crate) path: String,
    /// Its text; empty for a file that is not UTF-8 text.
    pub(crate) text: String,
}

impl File {
    /// A file as a rule's own test makes it up.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// Whether it lies in this folder or is the file of that name: `api/src/store` has `api/src/store.rs` and
    /// all below `api/src/store/`.
    pub(crate) fn is_in(&self, place: &str) -> bool {
        self.path
            .strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
    }

    /// Whether it is all test: below a `tests` or `benches` folder, the `tests` package, or a `tests.rs` beside its subject.
    pub(crate) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
    }

    /// Its lines with their numbers, without comments.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().filter_map(|(index, line)| {
            let code = match line.find("//") {
                Some(0) => "",
                Some(at) if line[..at].ends_with(char::is_whitespace) => &line[..at],
                _ => line,
            };
            (!code.trim().is_empty()).then_some((index + 1, code))
        })
    }

    /// The code that ships: none of a test file, and of others what precedes their `#[cfg(test)] mod`.
    pub(crate) fn shipped_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let until = if self.is_test() {
            0
        } else {
            self.test_part().unwrap_or(usize::MAX)
        };
        self.code().take_while(move |(number, _)| *number < until)
    }

    /// The code that tests: all of a test file, and of others what follows `#[cfg(test)] mod`.
    pub(crate) fn test_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let from = if self.is_test() {
            0
        } else {
            self.test_part().unwrap_or(usize::MAX)
        };
        self.code().skip_while(move |(number, _)| *number < from)
    }

    /// The number of the line `#[cfg(test)]` that a module with a body follows.
    fn test_part(&self) -> Option<usize> {
        let lines: Vec<_> = self.text.lines().map(str::trim).collect();
        let opens = |line: &&str| line.starts_with("mod ") && line.ends_with('{');
        let at = lines
            .windows(2)
            .position(|pair| pair[0] == "#[cfg(test)]" && opens(&pair[1]))?;
        Some(at + 1)
    }
}

/// All files that are in the repository or would be after `git add --all`.
pub(crate) fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
        let root = workspace();
        let mut paths = listed_by_git(&root).unwrap_or_else(|| walked(&root));
        paths.sort();
        assert!(
            paths.len() > 20,
            "only {} files found below {}",
            paths.len(),
            root.display()
        );
        paths
            .into_iter()
            .filter_map(|path| read(&root, path))
            .collect()
    });
    &FILES
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .ok()
        .filter(|listed| listed.status.success())?;
    let names = String::from_utf8(listed.stdout).ok()?;
    Some(names.split_terminator('\0').map(str::to_owned).collect())
}

/// For a checkout without git: everything but what is built or fetched.
fn walked(root: &Path) -> Vec<String> {
    let made = ["target", ".git", ".cache", "node_modules", "dist"];
    let mut folders = vec![root.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let kept = !entry
                .file_name()
                .to_str()
                .is_some_and(|name| made.contains(&name));
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && kept => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    found.extend(
                        path.strip_prefix(root)
                            .ok()
                            .and_then(Path::to_str)
                            .map(str::to_owned),
                    );
                }
                _ => {}
            }
        }
    }
    found
}

fn read(root: &Path, path: String) -> Option<File> {
    // A file deleted but not yet committed is still listed.
    let bytes = fs::read(root.join(&path)).ok()?;
    Some(File {
        path,
        text: String::from_utf8(bytes).unwrap_or_default(),
    })
}

/// Fails with all complaints of a rule over the checkout.
#[track_caller]
pub(crate) fn holds(rule: impl Fn(&File) -> Vec<String>) {
    report(files().iter().flat_map(rule).collect());
}

/// Fails with these complaints, if there are any.
#[track_caller]
pub(crate) fn report(complaints: Vec<String>) {
    assert!(
        complaints.is_empty(),
        "{} found:\n  {}",
        complaints.len(),
        complaints.join("\n  ")
    );
}

/// Asserts that a rule finds this many faults in a made-up file.
#[track_caller]
pub(crate) fn finds(count: usize, rule: impl Fn(&File) -> Vec<String>, path: &str, text: &str) {
    let complaints = rule(&File::new(path, text));
    assert_eq!(complaints.len(), count, "{path}: {complaints:?}");
}

#[test]
fn comments_are_not_code_and_addresses_are_not_comments() {
    let file = File::new(
        "a.rs",
        "//! head\nlet a = 1; // why\nlet b = \"http://x\";\n\n    // note",
    );
    let code: Vec<_> = file.code().collect();
    assert_eq!(code, [(2, "let a = 1; "), (3, "let b = \"http://x\";")]);
}

#[test]
fn a_file_is_shipped_up_to_its_tests() {
    let file = File::new(
        "api/src/a.rs",
        "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}",
    );
    assert_eq!(file.shipped_code().count(), 1);
    assert_eq!(file.test_code().count(), 4);
    let file = File::new("api/src/a/tests.rs", "fn b() {}");
    assert_eq!(
        (file.shipped_code().count(), file.test_code().count()),
        (0, 1)
    );
}
