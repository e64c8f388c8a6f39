//! Puts the playground into the server: the bundle in `playground/dist` when `make playground` has made one, else the
//! page in `playground/absent` that says how to. Writes `playground.rs`, which `src/http/playground.rs` includes.
//! And the documents of `queries/` and of the dashboard: writes `queries.rs`, which `src/http/documents.rs` includes.

use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

#[allow(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script where to write by this variable alone"
)]
fn main() -> Result<(), Box<dyn Error>> {
    // Both folders are in the repository, even when there is no bundle: Cargo runs this again on every build for the sake
    // of a path that is not there.
    println!("cargo:rerun-if-changed=playground/dist");
    println!("cargo:rerun-if-changed=playground/absent");
    println!("cargo:rerun-if-changed=../queries");
    println!("cargo:rerun-if-changed=dashboard/documents");
    println!("cargo:rerun-if-changed=build.rs");

    let bundled = Path::new("playground/dist/index.html").is_file();
    let folder = Path::new(if bundled {
        "playground/dist"
    } else {
        "playground/absent"
    });
    let mut page = String::new();
    let mut assets = String::new();
    for name in names(folder)? {
        let entry = entry(folder, &name, bundled)?;
        match name.as_str() {
            "index.html" => page = entry,
            _ => writeln!(assets, "    {entry},")?,
        }
    }

    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: this is run by Cargo")?;
    let out = PathBuf::from(out);
    let queries =
        documents("EMBEDDED", "../queries")? + &documents("OF_PAGES", "dashboard/documents")?;
    fs::write(out.join("queries.rs"), queries)?;
    fs::write(
        out.join("playground.rs"),
        format!(
            "const BUNDLED: bool = {bundled};\nstatic PAGE: Asset = {page};\nstatic ASSETS: &[Asset] = &[\n{assets}];\n"
        ),
    )?;
    Ok(())
}

/// The name and the text of each document of a folder, in the order of their names.
fn documents(constant: &str, folder: &str) -> Result<String, Box<dyn Error>> {
    let mut entries = String::new();
    for file in names(Path::new(folder))? {
        let Some(name) = file.strip_suffix(".graphql") else {
            continue;
        };
        let path = format!("/{folder}/{file}");
        writeln!(
            entries,
            "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),"
        )?;
    }
    Ok(format!(
        "static {constant}: &[(&str, &str)] = &[\n{entries}];\n"
    ))
}

/// The files to serve, in the order of their names: not the compressed twins, and nothing hidden.
fn names(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?
            .file_name()
            .into_string()
            .map_err(|name| format!("not a name for a URL: {name:?}"))?;
        if !name.starts_with('.') && !name.ends_with(".br") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// One `Asset` as an expression.
fn entry(folder: &Path, name: &str, bundled: bool) -> Result<String, Box<dyn Error>> {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let media_type = match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        _ => {
            return Err(format!(
                "{name}: no media type known for .{extension}: add it to api/build.rs"
            )
            .into());
        }
    };
    // The bundler puts a hash of the content into these names, so what they name never changes.
    let cache = if bundled && matches!(extension, "css" | "js" | "svg" | "ttf" | "woff2") {
        "FOR_EVER"
    } else {
        "ASK_AGAIN"
    };
    let brotli = format!("{name}.br");
    let brotli = match folder.join(&brotli).is_file() {
        true => format!("Some({})", content(folder, &brotli)?),
        false => "None".to_owned(),
    };
    Ok(format!(
        "Asset {{ path: {name:?}, media_type: {media_type:?}, cache_control: {cache}, identity: {}, brotli: {brotli} }}",
        content(folder, name)?,
    ))
}

/// One `Content` as an expression. The entity tag is a hash of the very bytes, so the compressed form has its own.
fn content(folder: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let path = folder.join(name);
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let path = format!("/{}/{name}", folder.display());
    Ok(format!(
        "Content {{ etag: {tag:?}, bytes: include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?})) }}"
    ))
}
