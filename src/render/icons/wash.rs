//! What is left of a stranger's icon: its shapes, or its pixels.

use super::super::base64::base64;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

/// Most pixels along a side of a PNG.
const SIDE: u32 = 1024;

/// Longest SVG that may come out, in bytes.
const WRITTEN: usize = 512 << 10;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Gives an icon as the address of its own data.
pub(super) fn data_uri(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(PNG) {
        let png = png(bytes)?;
        return Ok(format!("data:image/png;base64,{}", base64(&png)));
    }
    let svg = svg(bytes)?;
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        base64(svg.as_bytes())
    ))
}

/// Decodes and encodes a PNG, after a look at the size that its head tells.
fn png(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let side = |at: usize| {
        let bytes = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        bytes.map_or(u32::MAX, u32::from_be_bytes)
    };
    if side(16) > SIDE || side(20) > SIDE {
        return Err(format!("it is larger than {SIDE} pixels along a side"));
    }
    let pixels = Pixmap::decode_png(bytes).map_err(|error| format!("no PNG: {error}"))?;
    pixels.encode_png().map_err(|error| error.to_string())
}

/// Reads an SVG and writes its shapes anew: elements that draw nothing of themselves, pictures in
/// it and text are gone.
fn svg(bytes: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "neither PNG nor text of SVG")?;
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options.image_href_resolver.resolve_data = Box::new(|_, _, _| None);
    let tree = usvg::Tree::from_str(text, &options).map_err(|error| format!("no SVG: {error}"))?;
    let written = tree.to_string(&usvg::WriteOptions {
        coordinates_precision: 3,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        attributes_indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    });
    match written.len() {
        0..=WRITTEN => Ok(written),
        _ => Err(format!(
            "it draws more than {} KiB of shapes",
            WRITTEN >> 10
        )),
    }
}
