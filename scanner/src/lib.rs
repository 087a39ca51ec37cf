//! Reads the QR code in a picture of the camera, where the browser has no `BarcodeDetector`: those
//! of iPhones and of most desktops.
//!
//! A package of its own, so that only a page that scans, in a browser that needs it, loads it.

use wasm_bindgen::prelude::wasm_bindgen;

/// The text of the first QR code in a picture; `None`: there is none that can be read.
///
/// `pixels` are those of a canvas: red, green, blue and opacity of each, row by row. A picture that
/// is not as wide and high as said has no code.
#[wasm_bindgen]
#[must_use]
pub fn read(width: u32, height: u32, pixels: &[u8]) -> Option<String> {
    let (width, height) = (width as usize, height as usize);
    if width == 0 || height == 0 || pixels.len() != width.checked_mul(height)?.checked_mul(4)? {
        return None;
    }
    let brightness = |x: usize, y: usize| grey(&pixels[(y * width + x) * 4..][..3]);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, brightness);
    let codes = picture.detect_grids();
    codes
        .iter()
        .find_map(|code| code.decode().ok())
        .map(|(_, text)| text)
}

/// How bright a pixel is to the eye (the weights of ITU-R BT.601, in 256ths).
fn grey(pixel: &[u8]) -> u8 {
    let weighted: u32 = [77, 150, 29]
        .into_iter()
        .zip(pixel)
        .map(|(weight, &part)| weight * u32::from(part))
        .sum();
    u8::try_from(weighted / 256).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use fast_qr::QRBuilder;

    use super::*;

    const SIDE: usize = 6;
    const MARGIN: usize = 4;

    /// A QR code as a camera would see it from straight ahead: its width and its pixels.
    fn picture(text: &str) -> (u32, Vec<u8>) {
        let code = QRBuilder::new(text).build().expect("short enough");
        let modules = code.size + 2 * MARGIN;
        let width = modules * SIDE;
        let dark = |at: usize| {
            let inside = (at / SIDE).checked_sub(MARGIN);
            inside.filter(|&module| module < code.size)
        };
        let mut pixels = Vec::with_capacity(width * width * 4);
        for y in 0..width {
            for x in 0..width {
                let module = dark(y).zip(dark(x));
                let is_dark = module.is_some_and(|(row, column)| code[row][column].value());
                let shade = if is_dark { 30 } else { 220 };
                pixels.extend([shade, shade, shade, 255]);
            }
        }
        (u32::try_from(width).expect("small"), pixels)
    }

    #[test]
    fn a_code_is_read() {
        let text = "https://capacita.example.pe/check-in/person/17-K7Q2M9XD4TFA3C5E";
        let (width, pixels) = picture(text);
        assert_eq!(read(width, width, &pixels).as_deref(), Some(text));
    }

    #[test]
    fn what_is_no_picture_of_a_code_has_none() {
        let (width, pixels) = picture("x");
        for (width, height, pixels) in [
            (0, 0, &[][..]),
            (0, 5, &[]),
            (5, 5, &[]),
            (width, width - 1, &pixels),
            (u32::MAX, u32::MAX, &pixels),
            (width, width, &vec![255; pixels.len()]),
            (width, width, &vec![0; pixels.len()]),
        ] {
            assert_eq!(read(width, height, pixels), None, "{width} × {height}");
        }
    }

    #[test]
    fn brightness_follows_the_eye() {
        for (pixel, bright) in [
            ([0, 0, 0], 0),
            ([255, 255, 255], 255),
            ([255, 0, 0], 76),
            ([0, 255, 0], 149),
            ([0, 0, 255], 28),
        ] {
            assert_eq!(grey(&pixel), bright, "{pixel:?}");
        }
    }
}
