//! Forms that send a file, `multipart/form-data`. Server functions take plain forms alone; an
//! action with a file is an axum route under `/api/` that takes a [`FileForm`] and ends in
//! [`action_answer`]. `form_return` reads the form before it comes there, so that a refused one
//! finds its way back with everything typed: all but the file, which browsers never fill in again.
//!
//! A file is held in memory, [`MAX_FILE`] bytes at most and only for whoever is signed in. What is
//! longer is read to its end and dropped, so that the browser sees the answer and the rest of the
//! form is kept.

use axum::{
    body::{Body, Bytes},
    extract::{
        DefaultBodyLimit, FromRequest as _, FromRequestParts, Multipart, Request, multipart::Field,
    },
    http::{HeaderMap, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use leptos::server_fn::error::FromServerFnError as _;

use super::headers::content_kind;
use crate::{
    attachments::MOST as MOST_ATTACHMENTS,
    error::{AppError, Fault},
    paths::{self, Path},
};

/// The largest file in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;

/// The longest name of a file in characters.
const MAX_FILE_NAME: usize = 160;

/// How much of a form that is too large is read before the connection is left to itself.
const MAX_READ: usize = 64 * 1024 * 1024;

/// What a form with a file sent.
#[derive(Clone, Debug, Default)]
pub struct FileForm {
    values: Vec<(String, String)>,
    files: Vec<SentFile>,
}

/// A file of a form.
#[derive(Clone, Debug, Default)]
pub enum SentFile {
    /// None was chosen.
    #[default]
    None,
    /// One that fits.
    Whole {
        /// Its name on the machine it came from, as it was sent.
        name: String,
        /// Everything in it.
        content: Bytes,
    },
    /// One that does not.
    TooLarge,
}

impl SentFile {
    /// The file with a name that can be kept and shown; the fault where there is none.
    pub fn whole(&self) -> Result<(String, &Bytes), Fault> {
        match self {
            Self::None => Err(Fault::Missing),
            Self::TooLarge => Err(Fault::FileTooLarge {
                max_mb: i64::try_from(MAX_FILE >> 20).unwrap_or(i64::MAX),
            }),
            Self::Whole { name, content } => Ok((file_name(name), content)),
        }
    }
}

/// The name without folders and control characters; a long one is cut before its extension.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| is_plain(*c)).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((stem, extension)) = clean.rsplit_once('.') else {
        return clean.chars().take(MAX_FILE_NAME).collect();
    };
    let room = MAX_FILE_NAME.saturating_sub(extension.chars().count() + 1);
    let stem: String = stem.chars().take(room).collect();
    let stem = if stem.is_empty() { extension } else { &stem };
    format!("{stem}.{extension}")
}

/// Whether a character may stand in a name: none that controls, and none that turns the direction
/// of reading, by which `fdp.exe` can look like `exe.pdf`.
fn is_plain(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !turns
}

impl FileForm {
    /// The first value of a field; empty when it is not there.
    pub fn value(&self, name: &str) -> &str {
        let mut values = self.values.iter();
        values
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// The file; the first, where several were sent.
    pub fn file(&self) -> &SentFile {
        static NONE: SentFile = SentFile::None;
        self.files.first().unwrap_or(&NONE)
    }

    /// Every file, where the action takes several; one more than it takes is among them.
    pub fn files(&self) -> &[SentFile] {
        &self.files
    }

    /// What tells these files from others.
    pub(super) fn mark(&self) -> Bytes {
        let content = |file: &SentFile| match file {
            SentFile::Whole { content, .. } => content.clone(),
            SentFile::None | SentFile::TooLarge => Bytes::new(),
        };
        match &self.files[..] {
            [] => Bytes::new(),
            [only] => content(only),
            several => {
                let hash = |file| *blake3::hash(&content(file)).as_bytes();
                several.iter().flat_map(hash).collect()
            }
        }
    }

    /// Everything but the file.
    pub(super) fn values(&self) -> &[(String, String)] {
        &self.values
    }

    /// Reads a form whose fields have `room` bytes; `None`: it breaks off, is not well formed or is
    /// beyond all bounds. The first `most` files are kept; without `keep_files` each is too large.
    pub(super) async fn read(
        parts: &Parts,
        body: Body,
        mut room: usize,
        (most, keep_files): (usize, bool),
    ) -> Option<Self> {
        let mut request = Request::new(body);
        request.headers_mut().clone_from(&parts.headers);
        DefaultBodyLimit::max(MAX_READ).apply(&mut request);
        let mut multipart = Multipart::from_request(request, &()).await.ok()?;
        let mut form = Self::default();
        while let Some(field) = multipart.next_field().await.ok()? {
            let Some(name) = field.name().map(str::to_owned) else {
                continue;
            };
            if let Some(file_name) = field.file_name().map(str::to_owned) {
                let fits = form.files.len() < most;
                let file = read_file(field, file_name, keep_files && fits).await?;
                if fits && !matches!(file, SentFile::None) {
                    form.files.push(file);
                }
            } else {
                let value = read_up_to(field, room).await?.ok()?;
                room -= value.len();
                let value = String::from_utf8_lossy(&value).into_owned();
                form.values.push((name, value));
            }
        }
        Some(form)
    }
}

/// A field without a name and without content is what browsers send where nothing was chosen.
async fn read_file(field: Field<'_>, name: String, keep: bool) -> Option<SentFile> {
    let room = if keep { MAX_FILE } else { 0 };
    let file = match read_up_to(field, room).await? {
        Ok(content) if content.is_empty() && name.is_empty() => SentFile::None,
        Ok(content) => SentFile::Whole {
            name,
            content: content.into(),
        },
        Err(TooLong) => SentFile::TooLarge,
    };
    Some(file)
}

/// More than there is room for.
struct TooLong;

/// Reads a field to its end; what is too long is dropped on the way. `None`: it breaks off.
async fn read_up_to(mut field: Field<'_>, room: usize) -> Option<Result<Vec<u8>, TooLong>> {
    let mut content = Vec::new();
    let mut fits = true;
    while let Some(chunk) = field.chunk().await.ok()? {
        fits = fits && content.len() + chunk.len() <= room;
        if fits {
            content.extend_from_slice(&chunk);
        } else {
            content = Vec::new();
        }
    }
    Some(if fits { Ok(content) } else { Err(TooLong) })
}

/// How many files of a form are read for an action: one more than several, so that too many are seen.
pub(super) fn files_read(uri: &Uri) -> usize {
    if uri.path() == paths::upload_attachment().as_str() {
        MOST_ATTACHMENTS + 1
    } else {
        1
    }
}

/// Whether a request sends a form with a file to an action that takes one.
pub(super) fn is_file_form(uri: &Uri, headers: &HeaderMap) -> bool {
    let takes_files = [
        paths::upload_attachment(),
        paths::upload_file(),
        paths::update_file_step(),
        paths::upload_nomination(),
        paths::upload_video_call(),
    ];
    takes_files
        .iter()
        .any(|action| action.as_str() == uri.path())
        && content_kind(headers).as_deref() == Some("multipart/form-data")
}

impl<S: Sync> FromRequestParts<S> for FileForm {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let form = parts.extensions.remove::<Self>();
        form.ok_or_else(|| {
            let needed = "send multipart/form-data".to_owned();
            action_answer(Err(AppError::Transport(needed)))
        })
    }
}

/// The answer of an action that is no server function, in the shape of those that are: where to
/// go on, or the error as JSON.
pub fn action_answer(done: Result<Path, AppError>) -> Response {
    match done {
        Ok(path) => (StatusCode::OK, [(header::LOCATION, path.to_string())]).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.ser()).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_cleaned() {
        for (sent, kept) in [
            ("ley.pdf", "ley.pdf"),
            ("C:\\Users\\ana\\ley final.pdf", "ley final.pdf"),
            ("../../etc/ley.pdf", "ley.pdf"),
            ("ley\r\nX: y\".pdf", "leyX: y\".pdf"),
            ("ley\u{202e}fdp.pdf", "leyfdp.pdf"),
            (".pdf", "pdf.pdf"),
            ("Guía de campo ñ.pdf", "Guía de campo ñ.pdf"),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        let long = file_name(&format!("{}.pdf", "a".repeat(300)));
        assert_eq!(long.chars().count(), 160);
        assert_eq!(&long[156..], ".pdf");
        assert_eq!(file_name(&"a".repeat(300)).len(), 160);
    }
}
