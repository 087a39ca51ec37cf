//! Files that commands write: under another name first, and durable before they get their own.

use std::{fs, path::Path};

pub use crate::server::database::beside;
use crate::server::secrets::create_private;

/// An empty file that its owner alone can read. What an interrupted run left there goes.
pub fn make_private(file: &Path) -> Result<(), String> {
    let cannot = |error| format!("cannot write {}: {error}", file.display());
    if file.exists() {
        fs::remove_file(file).map_err(cannot)?;
    }
    create_private(file, b"").map_err(cannot)
}

/// Gives a finished file its name, once it is on the disk.
pub fn put(finished: &Path, name: &Path) -> Result<(), String> {
    let cannot = |error| format!("cannot write {}: {error}", name.display());
    fs::File::open(finished)
        .and_then(|file| file.sync_all())
        .map_err(cannot)?;
    fs::rename(finished, name).map_err(cannot)?;
    sync_folder(name);
    Ok(())
}

/// Makes the name itself durable, where the system can.
fn sync_folder(file: &Path) {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = fs::File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
}
