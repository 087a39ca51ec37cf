//! Turns `es/*.json` and `en/*.json` into one typed function a key.

use std::{env, error::Error, fs, path::Path};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    println!("cargo:rerun-if-changed=es");
    println!("cargo:rerun-if-changed=en");

    let config = Config::new("es")?
        .add_locale("en")?
        .add_namespaces(namespaces(Path::new(&root))?)?
        .locales_path(".")
        // Words are needed in attributes, messages and files too, so every key can become a string.
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(Some(root.into()), config)?;
    let code = gen_code(&parsed, None, false, None, false)?;
    fs::write(
        Path::new(&env::var("OUT_DIR")?).join("locales.rs"),
        code.to_string(),
    )?;
    Ok(())
}

/// One file of the default language is one namespace.
fn namespaces(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("es"))? {
        let path = entry?.path();
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
