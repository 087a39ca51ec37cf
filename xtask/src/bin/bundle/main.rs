//! Makes `target/site`, all that the browser fetches besides pages: the islands and the reader of
//! QR codes (`pkg/`), the styles (`app.css`) and the files of `public/`. The server embeds the folder.
//!
//! Files that stay the same are not written again, and files that no longer belong are removed,
//! so the folder never holds anything of an earlier bundle.

mod compressed;
mod packages;
mod site;
mod styles;

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};
use pico_args::Arguments;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = Arguments::from_env();
    let root: PathBuf = arguments.value_from_str("--root")?;
    let islands: PathBuf = arguments.value_from_str("--islands")?;
    let scanner: PathBuf = arguments.value_from_str("--scanner")?;
    let wasm_opt: Option<PathBuf> = arguments.opt_value_from_str("--wasm-opt")?;
    let compress = arguments.contains("--compress");
    if let Some(unknown) = arguments.finish().first() {
        bail!("what is {}?", unknown.to_string_lossy());
    }

    let target = root.join("target");
    let mut files = BTreeMap::new();
    for (name, wasm) in [("capacita", islands), ("scanner", scanner)] {
        let work = target.join("xtask");
        let package = packages::package(name, &wasm, wasm_opt.as_deref(), &work)?;
        files.extend(site::read_folder(&package, "pkg/")?);
    }
    files.insert("app.css".to_owned(), styles::bundle(&root.join("style"))?);
    files.extend(site::read_folder(&root.join("public"), "")?);

    let site = target.join("site");
    let files = if compress {
        compressed::with_variants(files, &site)?
    } else {
        files
    };
    site::write(&site, &files)?;
    for (name, content) in &files {
        println!("      {:>9} bytes  {name}", content.len());
    }
    Ok(())
}
