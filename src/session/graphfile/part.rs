//! A block of lines as a part of the graph.

use super::blocks::Block;
use super::blocks::LONGEST_LINE;
use super::line;
use super::line::Fault;
use super::line::Lists;
use crate::model::Batch;

/// What a block held.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The place of its block.
    pub(super) number: usize,
    pub(super) batch: Batch,
    /// How many lines it has.
    pub(super) lines: u32,
    /// The line of each node, from 0 in the block.
    pub(super) node_lines: Vec<u32>,
    /// Lines that were not taken.
    pub(super) faults: Vec<(u32, Fault)>,
}

impl Part {
    /// Reads the lines of a block.
    pub(super) fn of(block: &Block) -> Self {
        let mut part = Self {
            number: block.number,
            ..Self::default()
        };
        match std::str::from_utf8(&block.bytes) {
            Ok(text) => part.texts(text.split_terminator('\n').map(Ok)),
            Err(_) => {
                let end = block.bytes.strip_suffix(b"\n").unwrap_or(&block.bytes);
                let lines = end.split(|byte| *byte == b'\n');
                part.texts(lines.map(std::str::from_utf8));
            }
        }
        if block.cut {
            let text = format!("a line is longer than {} MiB", LONGEST_LINE >> 20);
            part.faults.push((part.lines, text.into()));
            part.lines += 1;
        }
        part
    }

    fn texts<'a>(&mut self, lines: impl Iterator<Item = Result<&'a str, std::str::Utf8Error>>) {
        let mut lists = Lists::default();
        for line in lines {
            let taken = match line {
                Ok(line) if line.bytes().all(|byte| byte.is_ascii_whitespace()) => Ok(()),
                Ok(line) => line::take(line, &mut lists, &mut self.batch),
                Err(_) => Err("it is not UTF-8".into()),
            };
            if let Err(fault) = taken {
                self.faults.push((self.lines, fault));
            }
            if self.node_lines.len() < self.batch.node_count() {
                self.node_lines.push(self.lines);
            }
            self.lines += 1;
        }
    }
}
