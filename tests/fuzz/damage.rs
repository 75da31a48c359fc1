//! What disks and copies do to a file of pages: flipped bits, cuts, and pages lost, swapped, or full of zeros.

use super::mutation::flip;
use super::numbers::Numbers;

pub const PAGE: usize = 4096;

/// Damages a file in one of these ways.
pub fn damage(numbers: &mut Numbers, bytes: &mut Vec<u8>) {
    let pages = bytes.len().div_ceil(PAGE).max(1);
    match numbers.below(12) {
        0..=3 => (0..=numbers.below(3)).for_each(|_| flip(numbers, bytes)),
        4 => (0..200).for_each(|_| flip(numbers, bytes)),
        5 => bytes.truncate(numbers.below(pages + 1) * PAGE),
        6 => bytes.truncate(numbers.below(bytes.len() + 1)),
        7 => swap(bytes, numbers.below(pages), numbers.below(pages)),
        8 => fill(bytes, numbers.below(pages), |_| 0),
        9 => fill(bytes, numbers.below(pages), |_| numbers.next() as u8),
        10 => {
            // Half a page, as where a disk writes in sectors.
            let sector = numbers.below(bytes.len() / 512 + 1) * 512;
            let end = (sector + 512).min(bytes.len());
            bytes[sector.min(end)..end].fill(0);
        }
        _ => copy(bytes, numbers.below(pages), numbers.below(pages)),
    }
}

fn page(bytes: &[u8], number: usize) -> std::ops::Range<usize> {
    let start = (number * PAGE).min(bytes.len());
    start..(start + PAGE).min(bytes.len())
}

fn fill(bytes: &mut [u8], number: usize, mut with: impl FnMut(usize) -> u8) {
    let range = page(bytes, number);
    for at in range {
        bytes[at] = with(at);
    }
}

fn swap(bytes: &mut [u8], one: usize, other: usize) {
    for (a, b) in page(bytes, one).zip(page(bytes, other)) {
        bytes.swap(a, b);
    }
}

fn copy(bytes: &mut [u8], from: usize, to: usize) {
    for (a, b) in page(bytes, from).zip(page(bytes, to)) {
        bytes[b] = bytes[a];
    }
}
