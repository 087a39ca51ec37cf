//! From compiled WebAssembly to what a browser can load: the islands become `capacita.js` and
//! `capacita_bg.wasm`, the reader of QR codes `scanner.js` and `scanner_bg.wasm`.

use std::{
    fs, mem,
    path::{Path, PathBuf},
    process::Command,
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::{Bindgen, Output};

/// What Rust's compiler takes for granted on this target, and every browser has; nothing more, or
/// `wasm-opt` might use what some browsers lack.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes the package in `work/NAME` unless it is there already, and returns that folder. Pages ask
/// for its files by the name.
///
/// # Errors
/// The compiled file is missing or not of our version of wasm-bindgen, or `wasm-opt` fails.
pub fn package(name: &str, wasm: &Path, wasm_opt: Option<&Path>, work: &Path) -> Result<PathBuf> {
    let package = work.join(name);
    let stamp = work.join(format!("{name}.stamp"));
    let fingerprint = fingerprint(wasm, wasm_opt)?;
    if package.exists() && fs::read_to_string(&stamp).is_ok_and(|old| old == fingerprint) {
        return Ok(package);
    }
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    // The names go here and not by the compiler's `strip`, which would take a section along
    // that wasm-bindgen reads.
    let mut output = Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name(name)
        .generate_output()
        .context("wasm-bindgen")?;
    let renamed = shorten_imports(&mut output);
    output.emit(&package).context("wasm-bindgen")?;
    rename_in_script(&package.join(format!("{name}.js")), &renamed)?;
    if let Some(wasm_opt) = wasm_opt {
        optimise(&package.join(format!("{name}_bg.wasm")), wasm_opt)?;
    }
    fs::write(stamp, fingerprint)?;
    Ok(package)
}

/// Gives what the compiled file imports short names; gives the old ones with the new.
///
/// wasm-bindgen ends each name with 16 random digits, in the compiled file and in the script
/// alike: nothing compresses them, and they are 2 % of what a phone loads.
fn shorten_imports(output: &mut Output) -> Vec<(String, String)> {
    let imports = output.wasm_mut().imports.iter_mut();
    imports
        .filter(|import| import.module.starts_with("./"))
        .enumerate()
        .map(|(at, import)| {
            let new = format!("i{at}");
            (mem::replace(&mut import.name, new.clone()), new)
        })
        .collect()
}

/// Gives what the script hands to the compiled file the same short names.
fn rename_in_script(script: &Path, renamed: &[(String, String)]) -> Result<()> {
    let mut text = fs::read_to_string(script)?;
    for (old, new) in renamed {
        let key = format!(" {old}: ");
        if text.matches(&key).count() != 1 {
            bail!("{}: {old} is not handed in once", script.display());
        }
        text = text.replacen(&key, &format!(" {new}: "), 1);
    }
    Ok(fs::write(script, text)?)
}

/// What the package depends on: the compiled file as it is now, and how it is treated. A new
/// version of wasm-bindgen shows itself in the compiled file.
fn fingerprint(wasm: &Path, wasm_opt: Option<&Path>) -> Result<String> {
    let metadata = fs::metadata(wasm).with_context(|| wasm.display().to_string())?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!(
        "{} {} {} {wasm_opt:?}",
        wasm.display(),
        metadata.len(),
        modified.as_nanos(),
    ))
}

fn optimise(file: &Path, wasm_opt: &Path) -> Result<()> {
    let status = Command::new(wasm_opt)
        .args(["-Oz", "-Oz", "--strip-target-features"])
        .args(FEATURES)
        .arg("-o")
        .arg(file)
        .arg(file)
        .status()
        .with_context(|| wasm_opt.display().to_string())?;
    if !status.success() {
        bail!("wasm-opt failed ({status})");
    }
    Ok(())
}
