//! Forms as they are posted.

use super::File;

pub fn encode_with_file(form: &[(&str, &str)], file: File<'_>) -> Vec<u8> {
    encode_with_files(form, &[file])
}

pub fn encode_with_files(form: &[(&str, &str)], files: &[File<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form {
        let part = format!(
            "------boundary7\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.as_bytes());
    }
    for (file_name, content) in files {
        let head = format!(
            "------boundary7\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"------boundary7--\r\n");
    body
}

pub fn encode(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish()
}
