//! Passwords: how they are hashed, and which are taken.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{
        PasswordHasher as _, PasswordVerifier as _,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use tokio::sync::Semaphore;

use crate::{
    error::{AppError, Fault, FormCheck},
    server::{incident, secrets::random_bytes},
};

/// What is tried first here and stands in no English dictionary.
const GUESSED_FIRST: &[&str] = &[
    "capacita",
    "contraseña",
    "contrasena",
    "clave",
    "peru",
    "lima",
    "policia",
    "fiscalia",
    "justicia",
    "alianza",
];

/// Hashes at once: each takes 19 MiB and a core for some tens of milliseconds.
const AT_ONCE: usize = 2;

/// Where passwords are hashed and compared: few at a time, and never on a thread that serves.
#[derive(Clone)]
pub struct PasswordPool {
    places: Arc<Semaphore>,
    argon2: Argon2<'static>,
    /// The hash of nothing that anybody knows: compared when there is no account, so that the
    /// time of the answer does not tell whether there is one.
    decoy: Arc<str>,
}

impl std::fmt::Debug for PasswordPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordPool")
    }
}

impl PasswordPool {
    /// A pool; `fast` makes hashes that are cheap to make and to break, for tests alone.
    pub fn new(fast: bool) -> Self {
        let params = if fast {
            Params::new(8, 1, 1, None)
        } else {
            Ok(Params::default())
        };
        let params = params.expect("the parameters are within Argon2's bounds");
        let decoy = decoy(&params).to_string();
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            decoy: decoy.into(),
        }
    }

    /// Hashes a password to a PHC string.
    pub async fn hash(&self, password: &str) -> Result<String, AppError> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        self.run(move || {
            let hash = argon2.hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string())
                .map_err(|error| incident(&error))
        })
        .await?
    }

    /// Whether the password fits the hash. Without a hash, it takes as long to say no.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, AppError> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let known = hash.is_some();
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        let fits = self
            .run(move || {
                PasswordHash::new(&hash)
                    .is_ok_and(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let _place = self
            .places
            .acquire()
            .await
            .expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| incident(&error))
    }
}

/// The hash of nothing that anybody knows. Chance is as good as a hash, and takes neither the time nor
/// the memory of one.
fn decoy(params: &Params) -> PasswordHash {
    PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).expect("Argon2's parameters can be written"),
        salt: Some(Salt::new(&random_bytes::<16>()).expect("a salt may have 16 bytes")),
        hash: Some(Output::new(&random_bytes::<32>()).expect("a hash may have 32 bytes")),
    }
}

/// A password that somebody chose: 10 to 200 characters, and not easy to guess.
#[derive(Clone)]
pub struct NewPassword(String);

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

impl NewPassword {
    /// The shortest in characters.
    pub const MIN: usize = 10;
    /// The longest in characters.
    pub const MAX: usize = 200;

    /// Parses what was typed. `about` is what an attacker would try first: name and e-mail.
    pub fn parse(typed: &str, about: &[&str]) -> Result<Self, Fault> {
        let length = typed.chars().count();
        if length == 0 {
            return Err(Fault::Missing);
        }
        if length < Self::MIN {
            return Err(Fault::TooShort { min: 10 });
        }
        if length > Self::MAX {
            return Err(Fault::TooLong { max: 200 });
        }
        let guessed_first: Vec<&str> = about.iter().chain(GUESSED_FIRST).copied().collect();
        if zxcvbn::zxcvbn(typed, &guessed_first).score() < zxcvbn::Score::Three {
            return Err(Fault::WeakPassword);
        }
        Ok(Self(typed.to_owned()))
    }

    /// Parses a password that was typed twice, in `field` and in `repeat_password`.
    pub fn parse_twice(
        field: &str,
        typed: &str,
        repeated: &str,
        about: &[&str],
    ) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let password = check.field(field, Self::parse(typed, about));
        if password.is_some() && typed != repeated {
            check.fault("repeat_password", Fault::PasswordsDiffer);
        }
        check.finish((password,)).map(|(password,)| password)
    }

    /// The password.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_fits() {
        let pool = PasswordPool::new(true);
        let hash = pool.hash("correcto caballo").await.expect("hashes");
        assert!(
            pool.verify("correcto caballo", Some(&hash))
                .await
                .expect("compares")
        );
        assert!(
            !pool
                .verify("correcto caballo ", Some(&hash))
                .await
                .expect("compares")
        );
        assert!(
            !pool
                .verify("correcto caballo", None)
                .await
                .expect("compares")
        );
        assert!(
            !pool
                .verify("x", Some("not a hash"))
                .await
                .expect("compares")
        );
    }

    /// Whoever compares with the decoy takes as long as with a hash: the same work is asked of both.
    #[tokio::test]
    async fn the_decoy_asks_for_the_work_of_a_hash() {
        let pool = PasswordPool::new(true);
        let hash = pool.hash("correcto caballo").await.expect("hashes");
        let parse = |hash: &str| PasswordHash::new(hash).expect("a hash");
        let (decoy, real) = (parse(&pool.decoy), parse(&hash));
        assert_eq!(decoy.algorithm, real.algorithm);
        assert_eq!(decoy.version, real.version);
        assert_eq!(decoy.params, real.params);
        let length = |hash: &PasswordHash| {
            (
                hash.salt.as_ref().map(|salt| salt.len()),
                hash.hash.as_ref().map(Output::len),
            )
        };
        assert_eq!(length(&decoy), length(&real));
        let compared = Argon2::default().verify_password(b"correcto caballo", &decoy);
        assert_eq!(
            compared,
            Err(argon2::password_hash::Error::PasswordInvalid),
            "compared to the end"
        );
    }

    #[test]
    fn which_passwords_are_taken() {
        let about = ["ana.nunez@minam.gob.pe"];
        let cases = [
            ("", Some(Fault::Missing)),
            ("río-9ñ!z", Some(Fault::TooShort { min: 10 })),
            ("1234567890", Some(Fault::WeakPassword)),
            ("contraseña1", Some(Fault::WeakPassword)),
            ("ana.nunez@minam.gob.pe", Some(Fault::WeakPassword)),
            ("lluvia canoa espejo nueve", None),
        ];
        for (typed, fault) in cases {
            assert_eq!(NewPassword::parse(typed, &about).err(), fault, "{typed}");
        }
    }
}
