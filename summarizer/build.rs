//! Lets the binaries, tests and benchmarks find libtorch without `LD_LIBRARY_PATH`: their run path names,
//! in this order, the folders an installed binary may keep it in, then the checkout it was built in.

use std::env;

#[allow(
    clippy::disallowed_methods,
    reason = "Cargo talks to a build script by the environment alone"
)]
fn main() {
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let mut folders = vec![
        "$ORIGIN".to_owned(),
        "$ORIGIN/../lib/communique".to_owned(),
        "$ORIGIN/../../.cache/libtorch/lib".to_owned(),
    ];
    if let Ok(libtorch) = env::var("LIBTORCH") {
        match std::path::absolute(&libtorch) {
            Ok(absolute) => folders.push(format!("{}/lib", absolute.display())),
            Err(error) => println!("cargo:warning=LIBTORCH={libtorch} is not a path: {error}"),
        }
    }
    for folder in folders {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}");
    }
}
