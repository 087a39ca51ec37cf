//! The name under which a file is saved.

/// A name as browsers of any age understand it: plain ASCII, then in UTF-8 (RFC 6266).
pub fn attachment(name: &str) -> String {
    let plain = |c: char| {
        let sound = c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ';
        if sound { c } else { '_' }
    };
    let ascii: String = name.chars().map(plain).collect();
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let encoded = encoded.replace('+', "%20").replace('*', "%2A");
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            attachment("Guía \"x\"*.pdf"),
            "attachment; filename=\"Gu_a _x_*.pdf\"; filename*=UTF-8''Gu%C3%ADa%20%22x%22%2A.pdf"
        );
        assert_eq!(
            attachment("a\r\nb.pdf"),
            "attachment; filename=\"a__b.pdf\"; filename*=UTF-8''a%0D%0Ab.pdf"
        );
    }
}
