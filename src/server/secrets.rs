//! The key that is not in the database: seals document numbers and files, and hashes what must be
//! looked up without being readable.
//!
//! A stolen database file alone gives away no document number. The key file is created on first
//! start beside the database (`--secret-file` puts it elsewhere) and must be backed up apart. A
//! database that has sealed records is opened with their key or not at all.

use std::{fs, io::Write as _, path::Path};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};

/// Keys derived from the one in the file, each for one purpose.
#[derive(Clone)]
pub struct Secrets {
    seal: [u8; 32],
    seal_files: [u8; 32],
    lookup: [u8; 32],
}

const NONCE: usize = 24;

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Reads the key file, or creates it (readable by its owner alone) when it is not there.
    pub fn load_or_create(path: &Path) -> Result<Self, String> {
        if let Some(secrets) = Self::load(path)? {
            return Ok(secrets);
        }
        let key = random_bytes::<32>();
        create_private(path, &key)
            .map_err(|error| format!("cannot create the key file {}: {error}", path.display()))?;
        Ok(Self::from_key(&key))
    }

    /// Reads the key file that opens `sealed`, which a database holds.
    ///
    /// # Errors
    /// In one line: the file is not there, or is not that database's. Another key in its place
    /// would find nobody by their document again, and seal some records with it beside the others.
    pub fn load_for(path: &Path, sealed: &[u8]) -> Result<Self, String> {
        let secrets = Self::load(path)?.ok_or_else(|| {
            format!(
                "the key file {} is not there: put back the one that belongs to the database",
                path.display()
            )
        })?;
        if secrets.open(sealed).is_none() {
            return Err(format!(
                "the key file {} does not belong to the database",
                path.display()
            ));
        }
        Ok(secrets)
    }

    /// Reads the key file; `None` when it is not there.
    pub fn load(path: &Path) -> Result<Option<Self>, String> {
        match fs::read(path) {
            Ok(bytes) => {
                let key: [u8; 32] = bytes
                    .try_into()
                    .map_err(|_| format!("{} is not a key file (32 bytes)", path.display()))?;
                Ok(Some(Self::from_key(&key)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!(
                "cannot read the key file {}: {error}",
                path.display()
            )),
        }
    }

    /// Derives the keys from the one in the file.
    pub fn from_key(key: &[u8; 32]) -> Self {
        Self {
            seal: blake3::derive_key("capacita 2026-11 document seal", key),
            seal_files: blake3::derive_key("capacita 2026-11 file seal", key),
            lookup: blake3::derive_key("capacita 2026-11 lookup hash", key),
        }
    }

    /// Encrypts a short text; the nonce stands in front.
    pub fn seal(&self, plain: &str) -> Vec<u8> {
        sealed(&self.seal, plain.as_bytes())
    }

    /// Decrypts what [`Self::seal`] made; `None` when it was made with another key or damaged.
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        String::from_utf8(opened(&self.seal, sealed)?).ok()
    }

    /// Encrypts a file, with a key of its own. Takes its time where the file is large.
    pub fn seal_bytes(&self, plain: &[u8]) -> Vec<u8> {
        sealed(&self.seal_files, plain)
    }

    /// Decrypts what [`Self::seal_bytes`] made; `None` when it was made with another key or damaged.
    pub fn open_bytes(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        opened(&self.seal_files, sealed)
    }

    /// A keyed hash: equal texts of one purpose are found, and nothing is readable.
    pub fn lookup_hash(&self, purpose: &str, text: &str) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.lookup);
        hasher
            .update(purpose.as_bytes())
            .update(&[0])
            .update(text.as_bytes());
        *hasher.finalize().as_bytes()
    }
}

fn sealed(key: &[u8; 32], plain: &[u8]) -> Vec<u8> {
    let nonce = random_bytes::<NONCE>();
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), plain)
        .expect("what fits into memory can always be sealed");
    [nonce.as_slice(), &sealed].concat()
}

fn opened(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&XNonce::from(nonce), sealed).ok()
}

/// Random bytes from the operating system.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks for random bytes"
)]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 128 random bits as text: a key that nobody guesses.
pub fn random_key() -> String {
    hexadecimal(&random_bytes::<16>())
}

/// Bytes as text, two digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let empty = String::with_capacity(bytes.len() * 2);
    bytes.iter().fold(empty, |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

/// Writes a new file that its owner alone can read.
pub fn create_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_text_opens_only_with_its_key() {
        let secrets = Secrets::from_key(&[7; 32]);
        let sealed = secrets.seal("01234567");
        assert_eq!(secrets.open(&sealed).as_deref(), Some("01234567"));
        assert_ne!(secrets.seal("01234567"), sealed);
        assert_eq!(Secrets::from_key(&[8; 32]).open(&sealed), None);
        assert_eq!(secrets.open(&sealed[..10]), None);
        let mut damaged = sealed;
        *damaged.last_mut().expect("not empty") ^= 1;
        assert_eq!(secrets.open(&damaged), None);
    }

    #[test]
    fn sealed_files_open_only_with_their_key() {
        let secrets = Secrets::from_key(&[7; 32]);
        let file = [0, 159, 146, 150].repeat(1000);
        let sealed = secrets.seal_bytes(&file);
        assert_eq!(secrets.open_bytes(&sealed), Some(file.clone()));
        assert!(!sealed.windows(8).any(|window| window == &file[..8]));
        assert_eq!(Secrets::from_key(&[8; 32]).open_bytes(&sealed), None);
        // A text's key opens no file, and the other way round.
        assert_eq!(secrets.open(&secrets.seal_bytes(b"01234567")), None);
        assert_eq!(secrets.open_bytes(&secrets.seal("01234567")), None);
        for broken in [&sealed[..sealed.len() - 1], &sealed[..23], &[]] {
            assert_eq!(secrets.open_bytes(broken), None);
        }
    }

    #[test]
    fn lookup_hashes_depend_on_key_and_purpose() {
        let secrets = Secrets::from_key(&[7; 32]);
        assert_eq!(
            secrets.lookup_hash("dni", "1"),
            secrets.lookup_hash("dni", "1")
        );
        assert_ne!(
            secrets.lookup_hash("dni", "1"),
            secrets.lookup_hash("passport", "1")
        );
        assert_ne!(
            secrets.lookup_hash("dni", "1"),
            Secrets::from_key(&[8; 32]).lookup_hash("dni", "1")
        );
    }
}
