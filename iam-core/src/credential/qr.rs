//! QR codes: what a phone's camera reads from a screen or a printed letter.

use png::{BitDepth, ColorType, Compression, Encoder};
use qrcode::{Color, EcLevel, QrCode, render::svg};

/// A text does not fit into a QR code, or the picture cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no QR code can be made of it: {0}")]
pub struct QrError(String);

fn encode(text: &str) -> Result<QrCode, QrError> {
    QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| QrError(error.to_string()))
}

/// The picture as SVG, black on white, with the margin that readers need.
///
/// ```
/// let picture = iam_core::credential::qr::svg("otpauth://totp/Acme:ada?secret=GEZDGNBVGY3TQOJQ")?;
/// assert!(picture.contains("<svg"));
/// # Ok::<(), iam_core::credential::qr::QrError>(())
/// ```
///
/// # Errors
/// When the text is longer than 2331 bytes.
pub fn svg(text: &str) -> Result<String, QrError> {
    Ok(encode(text)?
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .quiet_zone(true)
        .build())
}

/// The picture as PNG, black on white, `scale` pixels a module (1 to 32), with a margin of four modules.
///
/// # Errors
/// When the text is longer than 2331 bytes.
pub fn png(text: &str, scale: u8) -> Result<Vec<u8>, QrError> {
    const MARGIN: usize = 4;
    let code = encode(text)?;
    let scale = usize::from(scale.clamp(1, 32));
    let modules = code.width();
    let side = (modules + 2 * MARGIN) * scale;
    let colors = code.to_colors();
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let module = |place: usize| {
                (place / scale)
                    .checked_sub(MARGIN)
                    .filter(|place| *place < modules)
            };
            let dark = match (module(x), module(y)) {
                (Some(x), Some(y)) => colors.get(y * modules + x) == Some(&Color::Dark),
                _ => false,
            };
            pixels.push(if dark { 0 } else { 255 });
        }
    }
    let failed = |error: png::EncodingError| QrError(error.to_string());
    let mut out = Vec::new();
    let width = u32::try_from(side).map_err(|error| QrError(error.to_string()))?;
    let mut encoder = Encoder::new(&mut out, width, width);
    encoder.set_color(ColorType::Grayscale);
    // Other levels write other bytes in programs that switch another compressor on.
    encoder.set_compression(Compression::Fast);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S0-52
    #[test]
    fn pictures_of_both_forms() {
        let text = "otpauth://totp/Acme:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme";
        let svg = svg(text).unwrap();
        assert!(svg.contains("<svg") && svg.contains("</svg>"));
        let png = png(text, 4).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(&png))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let size = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(size.width, size.height);
        let width = size.width as usize;
        // The margin is white, the first module of the corner mark is black.
        assert_eq!((pixels[0], pixels[16 * width + 16]), (255, 0));
        assert!(encode(&"x".repeat(3_000)).is_err());
    }
}
