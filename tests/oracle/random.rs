//! A small random generator with a seed (SplitMix64). `EVENTSOURCE_SEED` says where random tests start, and
//! `EVENTSOURCE_ROUNDS` how many there are. Without them, every run is the same.

use std::{env, fmt::Display, str::FromStr};

pub(crate) struct Random(u64);

/// Calls `round` so many times, each time with a new generator. Prints how to repeat a round that panics.
pub(crate) fn rounds(default_count: u64, mut round: impl FnMut(&mut Random)) {
    let seed: u64 = variable("EVENTSOURCE_SEED", 1);
    let count = variable("EVENTSOURCE_ROUNDS", default_count);
    for seed in (0..count).map(|step| seed.wrapping_add(step)) {
        let _say_if_it_panics = SayIfPanicking(seed);
        round(&mut Random(seed));
    }
    println!("{count} rounds from seed {seed}");
}

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap();
        usize::try_from(self.next() % limit).unwrap()
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

struct SayIfPanicking(u64);

impl Drop for SayIfPanicking {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!(
                "repeat with EVENTSOURCE_SEED={} EVENTSOURCE_ROUNDS=1",
                self.0
            );
        }
    }
}

/// The value of an environment variable.
pub(crate) fn variable<T: FromStr<Err: Display>>(name: &str, default: T) -> T {
    match env::var(name) {
        Ok(value) => value
            .parse()
            .unwrap_or_else(|error| panic!("{name} is \"{value}\", not a whole number: {error}")),
        Err(_) => default,
    }
}
