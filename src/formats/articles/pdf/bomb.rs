//! Whether a stream of a PDF document is made to fill the memory. The library unpacks streams whole, so it is asked
//! before the library sees them.

use std::io::{BufReader, Read};

use flate2::bufread::ZlibDecoder;

use super::super::super::MOST_BYTES;

/// How many times larger than itself a stream of this kind can become.
const MOST_RATIO: usize = 1032;
/// Streams packed within one another.
const MOST_PACKED: usize = 4;

/// Whether a stream, unpacked, has more bytes than an article may have.
pub(super) fn is_bomb(document: &[u8]) -> bool {
    let starts = memchr::memmem::find_iter(document, b"stream");
    starts.filter_map(|at| packed(document, at)).any(is_bomb_packed)
}

/// The bytes of the stream whose keyword stands there, if it is packed and large enough to matter.
fn packed(document: &[u8], at: usize) -> Option<&[u8]> {
    let is_end = document.get(at.checked_sub(3)?..at) == Some(b"end");
    let mut rest = document.get(at + b"stream".len()..)?;
    while let Some((b'\r' | b'\n' | b' ', behind)) =
        rest.split_first().map(|(first, behind)| (*first, behind))
    {
        rest = behind;
    }
    if is_end || !is_zlib(rest) {
        return None;
    }
    let end = memchr::memmem::find(rest, b"endstream").unwrap_or(rest.len());
    rest.get(..end)
}

fn is_bomb_packed(stream: &[u8]) -> bool {
    let mut size = stream.len();
    let mut reader: Box<dyn Read + '_> = Box::new(stream);
    for _ in 0..MOST_PACKED {
        let mut unpacked: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(BufReader::new(reader)));
        size = size.saturating_mul(MOST_RATIO);
        let mut head = Vec::new();
        if unpacked.by_ref().take(2).read_to_end(&mut head).is_err() {
            return false;
        }
        let is_packed = is_zlib(&head);
        reader = Box::new(std::io::Cursor::new(head).chain(unpacked));
        if !is_packed {
            return size > MOST_BYTES && is_larger(reader);
        }
    }
    // Nobody packs anything that often.
    true
}

fn is_larger(reader: impl Read) -> bool {
    let count = std::io::copy(&mut reader.take(MOST_BYTES as u64 + 1), &mut std::io::sink());
    count.is_ok_and(|count| count > MOST_BYTES as u64)
}

/// Whether bytes begin as a packed stream does.
fn is_zlib(bytes: &[u8]) -> bool {
    match bytes {
        [first, second, ..] => {
            first & 0x0f == 8
                && first >> 4 <= 7
                && (u16::from(*first) * 256 + u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::ZlibEncoder;

    use super::*;

    fn pack(bytes: impl Read) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
        let mut bytes = bytes;
        std::io::copy(&mut bytes, &mut encoder).unwrap();
        encoder.finish().unwrap()
    }

    fn document(stream: &[u8]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n1 0 obj << >>\nstream\r\n".to_vec();
        bytes.write_all(stream).unwrap();
        bytes.extend(b"\nendstream endobj");
        bytes
    }

    #[test]
    fn a_stream_that_would_fill_the_memory_is_found() {
        let large = pack(std::io::repeat(b' ').take(MOST_BYTES as u64 + 1000));
        assert!(is_bomb(&document(&large)));
        let mut inner = pack(&b"words"[..]);
        assert!(!is_bomb(&document(&inner)));
        inner = pack(&inner[..]);
        assert!(!is_bomb(&document(&inner)));
        assert!(is_bomb(&document(&pack(&pack(&large[..])[..]))));
        for _ in 0..4 {
            inner = pack(&inner[..]);
        }
        assert!(is_bomb(&document(&inner)));
        for harmless in [&b"words"[..], b"", b"\x78", b"\x78\x9c", b"\x78\x9c broken"] {
            assert!(!is_bomb(&document(harmless)));
        }
    }
}
