//! Files compressed once here, so that the server need not do it for each request.

use std::{fs, io::Write, path::Path};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::site::Files;

/// Kinds of files that shrink; images have been compressed already.
const SHRINKING: [&str; 9] = [
    "css",
    "html",
    "ico",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Adds `<name>.br` and `<name>.gz` beside each file that shrinks.
///
/// A variant that an earlier bundle made of the same content is taken from `site`.
///
/// # Errors
/// An earlier variant cannot be read.
pub fn with_variants(files: Files, site: &Path) -> Result<Files> {
    let mut all = Files::new();
    for (name, content) in files {
        let extension = name.rsplit('.').next().unwrap_or_default();
        if SHRINKING.contains(&extension) {
            let same = fs::read(site.join(&name)).is_ok_and(|old| old == content);
            for (suffix, compress) in METHODS {
                let variant = format!("{name}.{suffix}");
                let earlier = site.join(&variant);
                let shrunk = if same && earlier.exists() {
                    fs::read(earlier)?
                } else {
                    compress(&content)?
                };
                if shrunk.len() < content.len() {
                    all.insert(variant, shrunk);
                }
            }
        }
        all.insert(name, content);
    }
    Ok(all)
}

type Method = fn(&[u8]) -> Result<Vec<u8>>;
const METHODS: [(&str, Method); 2] = [("br", brotli), ("gz", gzip)];

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut shrunk = Vec::new();
    let params = BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut shrunk, &params)?;
    Ok(shrunk)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
