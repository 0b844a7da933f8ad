//! All short inputs over a small alphabet.

/// Calls `each` with all concatenations of at most `depth` of the `letters`. Returns how many there are.
pub(crate) fn words(letters: &[&[u8]], depth: u32, mut each: impl FnMut(&[u8])) -> usize {
    let mut count = 0;
    extend(letters, depth, &mut Vec::new(), &mut |word| {
        count += 1;
        each(word);
    });
    count
}

fn extend(letters: &[&[u8]], depth: u32, word: &mut Vec<u8>, each: &mut impl FnMut(&[u8])) {
    each(word);
    if depth == 0 {
        return;
    }
    let length = word.len();
    for letter in letters {
        word.extend_from_slice(letter);
        extend(letters, depth - 1, word, each);
        word.truncate(length);
    }
}
