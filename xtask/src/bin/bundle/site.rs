//! Folders of small files, as maps from relative path to content.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

/// Files by their path, with `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything in a folder and below, each path with `prefix` before it; empty when there is no
/// such folder.
///
/// # Errors
/// Something cannot be read, or a name is not UTF-8.
pub fn read_folder(folder: &Path, prefix: &str) -> Result<Files> {
    let mut files = Files::new();
    if !folder.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .with_context(|| format!("{} is not a plain name", path.display()))?;
        if path.is_dir() {
            files.extend(read_folder(&path, &format!("{prefix}{name}/"))?);
        } else if !name.starts_with('.') {
            let content = fs::read(&path).with_context(|| path.display().to_string())?;
            files.insert(format!("{prefix}{name}"), content);
        }
    }
    Ok(files)
}

/// Makes the folder hold exactly these files, touching only those that differ.
///
/// # Errors
/// Something cannot be read, written or removed.
pub fn write(folder: &Path, files: &Files) -> Result<()> {
    let old = read_folder(folder, "")?;
    for name in old.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder.join(name)).with_context(|| name.clone())?;
    }
    for (name, content) in files {
        if old.get(name) != Some(content) {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&path, content).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}
