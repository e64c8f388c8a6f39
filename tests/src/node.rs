//! Scripts of Node among the tests: a folder `tests/NAME` with a `package.json`, its lock file, and scripts that see the
//! server as JavaScript clients do.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::environment;
use crate::program::Invocation;
use crate::shared::workspace;

/// The oldest Node that is still looked after and has `fetch`.
const OLDEST: u32 = 20;

/// A folder of scripts whose packages are installed.
#[derive(Debug)]
pub struct Scripts {
    folder: PathBuf,
}

impl Scripts {
    /// The folder `tests/NAME`, its packages installed by `npm ci` unless they are already what the lock file says.
    /// Tests that run at the same time install once. Nothing, and a printed line that says so, where there is no Node.
    ///
    /// # Panics
    ///
    /// When the packages cannot be installed; and under `CI=true` when no Node is there, because a test skipped for want
    /// of it would otherwise look like one that passed.
    #[must_use]
    #[track_caller]
    pub fn of(name: &str) -> Option<Self> {
        if let Err(hint) = node() {
            assert!(!environment::in_ci(), "no Node to test with: {hint}");
            println!("skipped: {hint}");
            return None;
        }
        let folder = workspace().join("tests").join(name);
        install(&folder, name).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Some(Self { folder })
    }

    /// Where they lie.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A run of one of its scripts by Node in its folder: not started yet, with a deadline of one minute.
    pub fn script<A: AsRef<OsStr>>(
        &self,
        file: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Invocation {
        let mut command = Command::new("node");
        command.arg(file).args(arguments);
        Invocation::of(command).folder(&self.folder)
    }

    /// A run of a command that one of its packages brings (`node_modules/.bin/NAME`), as [`script`](Self::script).
    pub fn tool<A: AsRef<OsStr>>(
        &self,
        name: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Invocation {
        let file = Path::new("node_modules/.bin").join(name);
        self.script(&file.to_string_lossy(), arguments)
    }
}

/// Whether Node and npm are there and young enough; else what to do about it.
fn node() -> Result<(), String> {
    let hint = format!(
        "no node {OLDEST} or newer with npm; install it to run the tests of JavaScript clients"
    );
    let found = printed("node").ok_or_else(|| hint.clone())?;
    let major = found.trim_start_matches('v').split('.').next();
    let young = major.and_then(|major| major.parse().ok()) >= Some(OLDEST);
    (young && printed("npm").is_some())
        .then_some(())
        .ok_or(hint)
}

fn printed(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// `npm ci`, once for each state of the lock file, by one test at a time.
fn install(folder: &Path, name: &str) -> Result<(), String> {
    let told = |error: std::io::Error| error.to_string();
    let cache = workspace().join(".cache");
    fs::create_dir_all(&cache).map_err(told)?;
    let lock = File::create(cache.join(format!("npm-{name}.lock"))).map_err(told)?;
    // Held until the file is closed, by the end of this process too.
    lock.lock().map_err(told)?;

    let wanted = fs::read(folder.join("package-lock.json")).map_err(told)?;
    let installed = folder.join("node_modules/.installed");
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .output()
        .map_err(told)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("npm ci failed: {}", said.trim()));
    }
    fs::write(&installed, wanted).map_err(told)
}
