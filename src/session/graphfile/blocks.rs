//! A stream cut into blocks of whole lines.

use std::io;
use std::io::Read;

/// Bytes of a block, more or less: some ten thousand lines, so that handing it over costs nothing.
const BLOCK: usize = 4 << 20;

/// Longest line, in bytes.
pub(super) const LONGEST_LINE: usize = 64 << 20;

/// Some whole lines.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its place among the blocks, from 0.
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
    /// Whether its last line was too long and was left out.
    pub(super) cut: bool,
}

/// The blocks of a stream, in order.
pub(super) struct Blocks<R> {
    input: R,
    /// The beginning of a line that the last block ended in.
    rest: Vec<u8>,
    count: usize,
    done: bool,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            rest: Vec::new(),
            count: 0,
            done: false,
        }
    }

    /// Tells whether the stream has come to its end.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// Gives the next block, `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Block>> {
        if self.done {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(BLOCK + self.rest.len());
        bytes.append(&mut self.rest);
        let mut cut = false;
        while !self.fill(&mut bytes)? {
            if bytes.len() > LONGEST_LINE {
                cut = true;
                bytes = self.skip_line()?;
                break;
            }
        }
        if self.count == 0 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let number = self.count;
        self.count += 1;
        Ok(Some(Block { number, bytes, cut }))
    }

    /// Reads on; true where whole lines stand in `bytes`, whose rest is kept for the next block.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let before = bytes.len();
        let mut part = (&mut self.input).take(BLOCK as u64);
        self.done = part.read_to_end(bytes)? < BLOCK;
        if self.done {
            return Ok(true);
        }
        let end = bytes[before..].iter().rposition(|byte| *byte == b'\n');
        if let Some(end) = end {
            self.rest = bytes.split_off(before + end + 1);
        }
        Ok(end.is_some())
    }

    /// Reads up to the end of a line that is too long; what stands behind it is kept.
    fn skip_line(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while !self.done {
            bytes.clear();
            let mut part = (&mut self.input).take(BLOCK as u64);
            self.done = part.read_to_end(&mut bytes)? < BLOCK;
            if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
                self.rest = bytes.split_off(end + 1);
                // What is kept has still to be handed out.
                self.done &= self.rest.is_empty();
                break;
            }
        }
        Ok(Vec::new())
    }
}
