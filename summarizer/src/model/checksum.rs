//! `SHA256SUMS`: which files a folder must hold, and what must be in them.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{CHECKSUMS, ModelError};

/// The parsed list: file name (relative, with `/`) and lower-case hexadecimal SHA-256.
pub(crate) struct Checksums(Vec<(String, String)>);

impl Checksums {
    /// The list of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, ModelError> {
        let path = folder.join(CHECKSUMS);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(|line| ModelError::BadChecksums { path, line }),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Err(ModelError::Unsummed {
                path: folder.to_owned(),
            }),
            Err(cause) => Err(ModelError::Unreadable { path, cause }),
        }
    }

    /// Parse what `sha256sum` writes; on failure, the number of the line that is wrong (from 1).
    pub(crate) fn parse(text: &str) -> Result<Self, usize> {
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let number = index + 1;
            let (sum, file) = line.split_once("  ").ok_or(number)?;
            let hexadecimal = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
            // A list that points outside its folder was not written for it.
            let inside = Path::new(file)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            if !hexadecimal || !inside || file.is_empty() {
                return Err(number);
            }
            entries.push((file.to_owned(), sum.to_ascii_lowercase()));
        }
        Ok(Self(entries))
    }

    /// The checksum listed for a file.
    pub(crate) fn of(&self, file: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == file);
        found.map(|(_, sum)| sum.as_str())
    }

    /// Read every listed file and compare.
    pub(crate) fn verify(&self, folder: &Path) -> Result<(), ModelError> {
        for (file, expected) in &self.0 {
            let path = folder.join(file);
            let (found, bytes) = sha256(&path).map_err(|cause| ModelError::Unreadable {
                path: path.clone(),
                cause,
            })?;
            if found != *expected {
                return Err(ModelError::Damaged {
                    path,
                    expected: expected.clone(),
                    found,
                    bytes,
                });
            }
        }
        Ok(())
    }
}

/// The SHA-256 of the weights in a folder, once all its files are what its list says, where it has one.
pub(crate) fn of_weights(folder: &Path, weights: &str) -> Result<String, ModelError> {
    if folder.join(CHECKSUMS).is_file() {
        let sums = Checksums::read(folder)?;
        sums.verify(folder)?;
        if let Some(sum) = sums.of(weights) {
            return Ok(sum.to_owned());
        }
    }
    let path = folder.join(weights);
    match sha256(&path) {
        Ok((sum, _)) => Ok(sum),
        Err(cause) => Err(ModelError::Unreadable { path, cause }),
    }
}

/// Write the list of all files of a folder that is whole, by name.
pub(crate) fn write(folder: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    files.sort();
    let mut list = String::new();
    for file in files {
        let (sum, _) = sha256(&folder.join(&file))?;
        list.push_str(&format!("{sum}  {file}\n"));
    }
    std::fs::write(folder.join(CHECKSUMS), list)
}

/// The names of all files below `folder`, with `/`, but for the list itself.
fn gather(folder: &Path, prefix: &str, files: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files)?;
        } else if name != CHECKSUMS {
            files.push(name);
        }
    }
    Ok(())
}

/// Lower-case hexadecimal SHA-256 of a file, and its length in bytes.
pub(crate) fn sha256(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut block = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        digest.update(&block[..read]);
        bytes += read as u64;
    }
    Ok((HEXLOWER.encode(&digest.finalize()), bytes))
}
