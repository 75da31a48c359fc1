//! Each reader and 100 MB of what no tool would write: one record of that size, one without an end, good records over and
//! over where one belongs, openings without an end, and rubbish behind a good beginning. The program takes in what is
//! good, says what is not, and ends within a time and a memory.
//!
//! It reads fourteen gigabytes, so it is asked for by name:
//! `cargo test --test large_inputs -- --ignored --nocapture`, with `HASHIYA_LARGE=brat` for one format.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "what cannot be made is a failed test, also in a helper; its figures are its report"
)]

#[path = "large_inputs/samples.rs"]
mod samples;
mod support;

use std::process::Child;
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use hashiya::formats::registry;
use samples::{Sample, parquet_of, samples, wrapped};
use support::{Ended, Place};

/// The size of each input in bytes.
const SIZE: usize = 100_000_000;

/// How long the program may take, unoptimised and beside another one: ten times what the slowest takes as it is shipped.
const LONGEST: Duration = Duration::from_mins(2);

/// How many megabytes it may hold at once.
const MOST_MEMORY: u64 = 1500;

/// What is wrong with an input.
#[derive(Clone, Copy, Debug)]
enum Kind {
    OneRecord,
    WithoutEnd,
    OverAndOver,
    Openings,
    Rubbish,
}

const KINDS: [Kind; 5] = [
    Kind::OneRecord,
    Kind::WithoutEnd,
    Kind::OverAndOver,
    Kind::Openings,
    Kind::Rubbish,
];

impl Kind {
    fn input(self, sample: &Sample) -> Vec<u8> {
        // Only as one record does a file of columns say how long its words are.
        if let ("parquet", Self::OneRecord) = (sample.id, self) {
            return parquet_of(&"Plus de 50 civils Alep ".repeat(SIZE / 23));
        }
        self.around_the_gap(sample)
    }

    fn around_the_gap(self, sample: &Sample) -> Vec<u8> {
        const WORDS: &[u8] = b"Plus de 50 civils Alep ";
        let (head, tail) = (&sample.head, &sample.tail);
        let mut bytes = Vec::with_capacity(SIZE + head.len() + tail.len());
        bytes.extend(head);
        match self {
            Self::OneRecord => {
                fill(&mut bytes, WORDS, SIZE);
                bytes.extend(tail);
            }
            Self::WithoutEnd => fill(&mut bytes, WORDS, SIZE),
            Self::OverAndOver => {
                fill(&mut bytes, WORDS, SIZE / 100);
                bytes.extend(tail);
                let good = bytes.clone();
                fill(&mut bytes, &good, SIZE);
            }
            Self::Openings => fill(&mut bytes, b"[{<a><b c=\"(\"", SIZE),
            Self::Rubbish => {
                bytes.extend(WORDS);
                bytes.extend(tail);
                fill_with_rubbish(&mut bytes, SIZE);
            }
        }
        wrapped(sample, &bytes)
    }
}

fn fill(bytes: &mut Vec<u8>, with: &[u8], size: usize) {
    while bytes.len() < size {
        bytes.extend(with);
    }
}

/// All bytes in no order, the same ones each time (xorshift64, Marsaglia 2003).
fn fill_with_rubbish(bytes: &mut Vec<u8>, size: usize) {
    let mut state = 88_172_645_463_325_252_u64;
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
}

/// How an import went.
struct Import {
    ended: Ended,
    took: Duration,
    /// Megabytes; 0 where the system does not say.
    peak: u64,
}

/// Imports that input into a new project.
fn import(sample: &Sample, kind: Kind) -> Import {
    let place = Place::new();
    let name = format!("large.{}", sample.ending);
    place.write(&name, kind.input(sample));
    if let Some((ending, content)) = sample.companion {
        place.write(&format!("large.{ending}"), content);
    }
    place.ok(&["new", "p.hashiya"]);
    let mut command = place.command(&["import", "--format", sample.id, "p.hashiya", &name]);
    // A pipe that nobody empties would stop a program that says much.
    let [out, messages] = ["out", "messages"].map(|name| std::fs::File::create(place.path(name)).unwrap());
    let began = Instant::now();
    let mut child = command.stdout(out).stderr(messages).spawn().unwrap();
    let mut peak = 0;
    let code = loop {
        peak = peak.max(peak_megabytes(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code().unwrap_or(-1);
        }
        if began.elapsed() > LONGEST {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(20));
    };
    let took = began.elapsed();
    let ended = Ended {
        code,
        out: place.read("out"),
        messages: place.read("messages"),
    };
    Import { ended, took, peak }
}

/// The most memory that a process had so far.
fn peak_megabytes(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// What is wrong with how an import went; nothing where all is well.
fn complaints(import: &Import, sample: &Sample, kind: Kind) -> Vec<String> {
    let Ended { code, out, messages } = &import.ended;
    let mut wrong = Vec::new();
    if import.took > LONGEST {
        wrong.push("does not end".to_owned());
    } else if ![0, 1, 3].contains(code) || messages.contains("panicked") {
        wrong.push(format!("ended with {code}"));
    }
    if import.peak > MOST_MEMORY {
        wrong.push(format!("held {} MB", import.peak));
    }
    // Pages and sheets are found by what points at them, and nothing points behind their ends.
    let must_tell = matches!(kind, Kind::Rubbish) && !["pdf", "xlsx"].contains(&sample.id);
    let is_told = messages.contains(": error: ") || messages.contains(": warning: ");
    if !is_told && (must_tell || out.starts_with("0 articles")) {
        wrong.push("what is lost is not told".to_owned());
    }
    // A terminal is not flooded, however much there is to say.
    if messages.lines().count() > 200 {
        wrong.push(format!("said {} lines", messages.lines().count()));
    }
    wrong
}

#[test]
#[ignore = "reads fourteen gigabytes"]
fn every_reader_answers_to_a_hundred_megabytes_of_anything() {
    let samples = samples();
    for reader in registry().iter().filter(|format| format.reads()) {
        assert!(
            samples.iter().any(|sample| sample.id == reader.id),
            "{}",
            reader.id
        );
    }
    let only = std::env::var("HASHIYA_LARGE").ok();
    let chosen = samples
        .iter()
        .filter(|sample| only.as_deref().is_none_or(|id| id == sample.id));
    let trials = Mutex::new(chosen.flat_map(|sample| KINDS.map(|kind| (sample, kind))));
    let wrong = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some((sample, kind)) = trials.lock().unwrap().next() else {
                return;
            };
            let import = import(sample, kind);
            let said = import
                .ended
                .out
                .lines()
                .chain(import.ended.messages.lines())
                .next();
            let seconds = import.took.as_secs_f64();
            println!(
                "{:12} {kind:12?} {seconds:6.1} s {:5} MB  {}",
                sample.id,
                import.peak,
                said.unwrap_or("")
            );
            for what in complaints(&import, sample, kind) {
                wrong
                    .lock()
                    .unwrap()
                    .push(format!("{} {kind:?}: {what}", sample.id));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
