//! What a reader made of all visitors, and what it cost.

use std::time::Duration;

use crate::lobby::FRAMES;
use crate::peers::Outcome;

/// The numbers of frames within which visitors are counted.
pub const WITHIN: [usize; 4] = [1, 3, 6, FRAMES];

/// What looking at frames cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    frames: u32,
    total: Duration,
    worst: Duration,
}

impl Cost {
    fn add(&mut self, looks: &[Outcome]) {
        for look in looks {
            self.frames += 1;
            self.total += look.cpu;
            self.worst = self.worst.max(look.cpu);
        }
    }

    fn merge(&mut self, other: Self) {
        self.frames += other.frames;
        self.total += other.total;
        self.worst = self.worst.max(other.worst);
    }

    /// The mean CPU time of a frame in milliseconds.
    pub fn mean(&self) -> f64 {
        1e3 * self.total.as_secs_f64() / f64::from(self.frames.max(1))
    }
}

/// What a reader made of all visitors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    visitors: u32,
    /// How many visitors were first read in each frame.
    firsts: [u32; FRAMES],
    /// What visitors' frames cost.
    pub with_code: Cost,
    /// What frames of people without a code cost.
    pub without_code: Cost,
    /// How many texts were none of the visitor's.
    pub wrong: u32,
}

impl Tally {
    /// Counts a visitor, who shows `text`.
    pub fn visitor(&mut self, text: &str, looks: &[Outcome]) {
        self.visitors += 1;
        let is_read = |look: &Outcome| look.texts.iter().any(|read| read == text);
        if let Some(first) = looks.iter().position(is_read) {
            self.firsts[first] += 1;
        }
        self.wrong += looks.iter().flat_map(|look| &look.texts).filter(|read| *read != text).count() as u32;
        self.with_code.add(looks);
    }

    /// Counts frames without a code.
    pub fn passers_by(&mut self, looks: &[Outcome]) {
        self.wrong += looks.iter().map(|look| look.texts.len() as u32).sum::<u32>();
        self.without_code.add(looks);
    }

    /// Adds what another thread counted.
    pub fn merge(&mut self, other: &Self) {
        self.visitors += other.visitors;
        self.firsts.iter_mut().zip(other.firsts).for_each(|(sum, more)| *sum += more);
        self.with_code.merge(other.with_code);
        self.without_code.merge(other.without_code);
        self.wrong += other.wrong;
    }

    /// The percentage of visitors who were read within 1, 3, 6 and 12 frames.
    pub fn within(&self) -> [f64; 4] {
        WITHIN.map(|frames| {
            let read: u32 = self.firsts[..frames].iter().sum();
            100.0 * f64::from(read) / f64::from(self.visitors.max(1))
        })
    }

    /// The CPU time of the frame that took the longest, in milliseconds.
    pub fn worst(&self) -> f64 {
        1e3 * self.with_code.worst.max(self.without_code.worst).as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str, milliseconds: u64) -> Outcome {
        let texts = text.split_whitespace().map(str::to_owned).collect();
        Outcome { texts, cpu: Duration::from_millis(milliseconds) }
    }

    #[test]
    fn a_visitor_counts_from_the_first_frame_that_was_read() {
        let mut tally = Tally::default();
        tally.visitor("a", &[look("", 1), look("a", 1), look("", 1)]);
        tally.visitor("a", &[look("", 1), look("", 1), look("", 1)]);
        assert_eq!(tally.within(), [0.0, 50.0, 50.0, 50.0]);
    }

    #[test]
    fn other_texts_are_wrong_and_read_nobody() {
        let mut tally = Tally::default();
        tally.visitor("a", &[look("b", 1), look("a c", 1)]);
        tally.passers_by(&[look("a", 1)]);
        assert_eq!((tally.wrong, tally.within()), (3, [0.0, 100.0, 100.0, 100.0]));
    }

    #[test]
    fn frames_with_and_without_a_code_cost_apart_and_the_worst_is_of_all() {
        let mut tally = Tally::default();
        tally.visitor("a", &[look("", 2), look("", 4)]);
        tally.passers_by(&[look("", 9)]);
        assert_eq!((tally.with_code.mean(), tally.without_code.mean(), tally.worst()), (3.0, 9.0, 9.0));
    }

    #[test]
    fn two_threads_count_what_one_would() {
        let looks = [look("", 2), look("a", 4)];
        let (mut one, mut other, mut both) = (Tally::default(), Tally::default(), Tally::default());
        one.visitor("a", &looks);
        other.visitor("b", &looks);
        both.visitor("a", &looks);
        both.visitor("b", &looks);
        one.merge(&other);
        assert_eq!(one, both);
    }
}
