//! Tells cargo which folders the code reads while it compiles.

use std::{env, fs, path::Path};

/// What the browser fetches, made by `cargo xtask`; `src/server/assets.rs` embeds it.
const SITE: &str = "target/site";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    // A fresh clone has no bundle yet and must compile all the same; and a build for
    // development, which reads the folder when it runs, must know where to look later.
    if !Path::new(SITE).exists() {
        fs::create_dir_all(SITE).expect("the build folder can be written to");
    }
    // Only a release holds the files themselves; for development they may change freely.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={SITE}");
    }
}
