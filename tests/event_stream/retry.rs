//! The retry field and the reconnection time.

use crate::{all, time};

#[test]
fn retry() {
    time("retry: 5\n", 5);
    time("retry:5\n", 5);
    time("retry: 5\n\n", 5);
    time("retry: 5\r", 5);
    time("retry: 0\n", 0);
    time("retry: 000\n", 0);
    time("retry: 007\n", 7);
    time("retry: 1234567890\n", 1_234_567_890);
    time("retry: 5\nretry: 6\n", 6);
    time("retry: 5\n\nretry: 3000\n\n", 3000);
    all("retry: 5\ndata: x\n\n", &[("message", "x", "")], "", 5);
    all(
        "data: x\nretry: 5\n\ndata: y\n\n",
        &[("message", "x", ""), ("message", "y", "")],
        "",
        5,
    );
    all("data: x\nretry: 5\nid: 1", &[], "", 5);
}

#[test]
fn a_retry_that_is_not_digits_alone_is_ignored() {
    for value in [
        "",
        " ",
        "  5",
        " \t5",
        "\t5",
        "5 ",
        " 5 ",
        "5\t",
        "+5",
        "-5",
        "--5",
        "5.",
        "5.0",
        ".5",
        "5e3",
        "0x5",
        "5s",
        "5ms",
        "5,000",
        "5_000",
        "1 000",
        "five",
        "5\0",
        "\u{0}5",
        "٣",
        "５",
        "5٣",
        "²",
        "𝟓",
        "½",
        "NaN",
        "Infinity",
        "\"5\"",
        "5;",
        "\u{FEFF}5",
        "5\u{FEFF}",
        "\u{A0}5",
        ":5",
        "5:",
    ] {
        time(format!("retry: {value}\n"), 3000);
        time(format!("retry: 7\nretry: {value}\n\n"), 7);
    }
    time(b"retry: \xFF\n", 3000);
    time(b"retry: 5\xFF\n", 3000);
    time(b"retry: \xB5\n", 3000);
    // It takes effect at the end of its line, not before.
    time("retry: 5", 3000);
    time("retry: 5\nretry: 55", 5);
    time("retry\n", 3000);
    time("retry:\n", 3000);
}

#[test]
fn a_huge_retry_saturates() {
    time("retry: 2147483647\n", 2_147_483_647);
    time("retry: 2147483648\n", 2_147_483_648);
    time("retry: 4294967295\n", 4_294_967_295);
    time("retry: 4294967296\n", 4_294_967_296);
    time("retry: 9007199254740993\n", 9_007_199_254_740_993);
    time("retry: 18446744073709551614\n", u64::MAX - 1);
    time("retry: 18446744073709551615\n", u64::MAX);
    time("retry: 18446744073709551616\n", u64::MAX);
    time("retry: 18446744073709551620\n", u64::MAX);
    time("retry: 99999999999999999999\n", u64::MAX);
    time("retry: 100000000000000000000\n", u64::MAX);
    time(format!("retry: 1{}\n", "0".repeat(400)), u64::MAX);
    time(format!("retry: {}5\n", "0".repeat(400)), 5);
    time("retry: 99999999999999999999\nretry: 5\n", 5);
}
