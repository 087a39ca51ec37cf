//! How cells come back from the server: JSON, which the browser reads with the parser that it has,
//! so that the client need not bring one along.

use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    codec::{JsonEncoding, Post},
};
use serde::Serialize;

/// The answers of the grid's server functions.
pub type InJson = Post<CellsInJson>;

/// Cells as JSON.
pub struct CellsInJson;

impl ContentType for CellsInJson {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for CellsInJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for CellsInJson {
    type Error = <JsonEncoding as Encodes<T>>::Error;

    fn encode(cells: &T) -> Result<Bytes, Self::Error> {
        JsonEncoding::encode(cells)
    }
}

#[cfg(feature = "ssr")]
impl<T: serde::de::DeserializeOwned> Decodes<T> for CellsInJson {
    type Error = <JsonEncoding as Decodes<T>>::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        JsonEncoding::decode(bytes)
    }
}

#[cfg(not(feature = "ssr"))]
mod browser {
    use leptos::{
        wasm_bindgen::JsValue,
        web_sys::js_sys::{Array, JSON, Reflect},
    };

    use super::{Bytes, CellsInJson, Decodes};
    use crate::{
        attendance::{Cell, MarkId},
        enrolment::EnrolmentId,
        sessions::SessionId,
    };

    /// What is said of an answer that is none; nobody reads it.
    const NO_CELL: &str = "no cell";

    impl Decodes<Cell> for CellsInJson {
        type Error = &'static str;

        fn decode(bytes: Bytes) -> Result<Cell, Self::Error> {
            parsed(&bytes).and_then(|value| cell(&value)).ok_or(NO_CELL)
        }
    }

    impl Decodes<Vec<Cell>> for CellsInJson {
        type Error = &'static str;

        fn decode(bytes: Bytes) -> Result<Vec<Cell>, Self::Error> {
            let cells = parsed(&bytes).ok_or(NO_CELL)?;
            let cells = Array::from(&cells).into_iter();
            cells
                .map(|value| cell(&value))
                .collect::<Option<_>>()
                .ok_or(NO_CELL)
        }
    }

    fn parsed(bytes: &[u8]) -> Option<JsValue> {
        JSON::parse(std::str::from_utf8(bytes).ok()?).ok()
    }

    fn cell(value: &JsValue) -> Option<Cell> {
        Some(Cell {
            enrolment: EnrolmentId::new(number(value, "enrolment")?),
            session: SessionId::new(number(value, "session")?),
            status: field(value, "status")?.as_string()?.parse().ok()?,
            minutes: number(value, "minutes")?,
            newest: number(value, "newest").map(MarkId::new),
            conflict: field(value, "conflict")?.as_bool()?,
        })
    }

    fn field(value: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(value, &JsValue::from_str(name)).ok()
    }

    fn number(value: &JsValue, name: &str) -> Option<i64> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "ids and minutes are whole, and far below 2^53"
        )]
        field(value, name)?.as_f64().map(|number| number as i64)
    }
}
