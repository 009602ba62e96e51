//! SHA-1, for ids that SAM derives from a text. For nothing that has to be safe.

/// Gives the first ten hexadecimal digits of the SHA-1 of a text, as SAM's ids end in.
pub(crate) fn short_hash(text: &str) -> String {
    let digest = sha1(text.as_bytes());
    let mut hex: String = digest.iter().map(|word| format!("{word:08x}")).collect();
    hex.truncate(10);
    hex
}

fn sha1(bytes: &[u8]) -> [u32; 5] {
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((bytes.len() as u64 * 8).to_be_bytes());
    let mut state = [
        0x6745_2301,
        0xEFCD_AB89,
        0x98BA_DCFE,
        0x1032_5476,
        0xC3D2_E1F0,
    ];
    let (blocks, _) = message.as_chunks::<64>();
    for block in blocks {
        mix(&mut state, block);
    }
    state
}

fn mix(state: &mut [u32; 5], block: &[u8; 64]) {
    let (chunks, _) = block.as_chunks::<4>();
    let mut words: Vec<u32> = chunks
        .iter()
        .map(|chunk| u32::from_be_bytes(*chunk))
        .collect();
    for i in 16..80 {
        let word = words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16];
        words.push(word.rotate_left(1));
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (i, word) in words.iter().enumerate() {
        let (f, k) = match i / 20 {
            0 => ((b & c) | (!b & d), 0x5A82_7999u32),
            1 => (b ^ c ^ d, 0x6ED9_EBA1),
            2 => ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC),
            _ => (b ^ c ^ d, 0xCA62_C1D6),
        };
        let next = a.rotate_left(5).wrapping_add(f).wrapping_add(e);
        let next = next.wrapping_add(k).wrapping_add(*word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    for (sum, part) in state.iter_mut().zip([a, b, c, d, e]) {
        *sum = sum.wrapping_add(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_published() {
        assert_eq!(short_hash("abc"), "a9993e3647");
        assert_eq!(short_hash(""), "da39a3ee5e");
    }
}
