//! Bytes in a page: compressed by gzip, which browsers unpack, and as Base64.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Returns bytes compressed and as text of letters, digits, `+`, `/` and `=`. The same bytes give the same text.
pub(super) fn text(bytes: &[u8]) -> String {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let compressed = packer.write_all(bytes).and_then(|()| packer.finish());
    encoded(&compressed.expect("memory takes all bytes"))
}

/// Returns bytes as text.
pub(super) fn encoded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
