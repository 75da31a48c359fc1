//! What waits until the end of the dataset: a `DocBin` has all tokens before all spans, and says how long each part is.

use std::io::{self, Read, Seek, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use tempfile::SpooledTempFile;

/// Bytes that one part keeps in memory, packed, before they go to a file.
const WAITING: usize = 4 << 20;

/// Bytes that are written now and read once later. Tokens are long and much alike, so they wait packed.
pub(super) struct Spool {
    packed: ZlibEncoder<SpooledTempFile>,
}

impl Spool {
    pub(super) fn new() -> Self {
        Self {
            packed: ZlibEncoder::new(SpooledTempFile::new(WAITING), Compression::fast()),
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.packed.write_all(bytes)
    }

    /// How many bytes were pushed.
    pub(super) fn length(&self) -> u64 {
        self.packed.total_in()
    }

    /// Everything that was pushed, from the beginning.
    pub(super) fn into_reader(self) -> io::Result<impl Read> {
        let mut file = self.packed.finish()?;
        file.rewind()?;
        Ok(ZlibDecoder::new(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pushed_is_read() {
        let mut spool = Spool::new();
        spool.push(b"un ").unwrap();
        spool.push(b"deux").unwrap();
        assert_eq!(spool.length(), 7);
        let mut read = Vec::new();
        spool.into_reader().unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, b"un deux");
    }
}
