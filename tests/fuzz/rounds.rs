//! Plays rounds: each from one number, with everything that was told of a panic, and with its input kept for who mends it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use hashiya::formats::hush_guarded_panics;

use super::numbers::Numbers;

/// Something that takes input.
pub struct Target {
    pub name: &'static str,
    pub play: fn(&mut Round),
}

/// One try.
pub struct Round {
    pub numbers: Numbers,
    /// Whether what takes too long is a fault: only where a clock may be asked.
    is_timed: bool,
}

/// The same rounds each time.
const SEED: u64 = 20_260_131;
/// How long a round may take in processor time before it is taken for one that never ends.
const ENDLESS: Duration = Duration::from_mins(4);
/// Failed rounds with the same words that are told in full.
const TOLD: usize = 2;

/// The input of the round that is played.
static INPUT: Mutex<Vec<(String, Vec<u8>)>> = Mutex::new(Vec::new());
/// What panicked in it, also in threads of its own.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// The round that is played, and the processor time when it began.
static PLAYED: Mutex<Option<(&'static str, u64, Duration)>> = Mutex::new(None);
/// Panics are the whole program's, so that one target plays at a time.
static TURN: Mutex<()> = Mutex::new(());

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Round {
    /// Keeps what the round is about, in case that it fails.
    #[allow(clippy::unused_self, reason = "only a round has an input")]
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        held(&INPUT).push((name.to_owned(), bytes.to_vec()));
    }

    /// Does what shall not take longer.
    pub fn within<T>(&self, longest: Duration, work: impl FnOnce() -> T) -> T {
        let began = self.is_timed.then(processor_time);
        let done = work();
        if let Some(took) = began.map(|began| processor_time().saturating_sub(began)) {
            assert!(
                took <= longest,
                "it took too long: {:.0} s or more",
                longest.as_secs_f64()
            );
        }
        done
    }
}

/// What went wrong in a round.
struct Fault {
    what: String,
    folder: PathBuf,
}

fn play(target: &Target, number: u64, is_timed: bool) -> Result<(), Fault> {
    listen();
    held(&INPUT).clear();
    held(&PANICS).clear();
    *held(&PLAYED) = Some((target.name, number, processor_time()));
    let numbers = Numbers::new(number);
    let mut round = Round { numbers, is_timed };
    let ended = catch_unwind(AssertUnwindSafe(|| (target.play)(&mut round)));
    *held(&PLAYED) = None;
    let panics = std::mem::take(&mut *held(&PANICS));
    if ended.is_ok() && panics.is_empty() {
        return Ok(());
    }
    let what = panics.join("\nand: ");
    let folder = saved(target.name, number, &what);
    Err(Fault { what, folder })
}

/// Notes every panic that is not guarded, from any thread.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let otherwise = take_hook();
        set_hook(Box::new(move |info| {
            if held(&PLAYED).is_some() {
                held(&PANICS).push(info.to_string());
            } else {
                otherwise(info);
            }
        }));
        hush_guarded_panics();
    });
}

/// Writes the input of a round into a folder.
fn saved(target: &str, number: u64, what: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("fuzz")
        .join(format!("{target}-{number}"));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in held(&INPUT).iter() {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    std::fs::write(folder.join("what.txt"), what).unwrap();
    folder
}

fn told(target: &str, number: u64, fault: &Fault) -> String {
    format!(
        "{target}, round {number}: {}\nits input: {}\nagain: HASHIYA_FUZZ={target} HASHIYA_FUZZ_ROUND={number} \
         cargo test --test fuzz -- --ignored --nocapture\n",
        fault.what,
        fault.folder.display()
    )
}

/// A few rounds, the same ones each time.
pub fn play_some(target: &Target, rounds: u64) {
    let turn = held(&TURN);
    let mut seeds = Numbers::new(SEED);
    let faults: Vec<String> = (0..rounds)
        .filter_map(|_| {
            let number = seeds.next();
            let fault = play(target, number, false).err()?;
            Some(told(target.name, number, &fault))
        })
        .take(TOLD)
        .collect();
    drop(turn);
    assert!(faults.is_empty(), "{}", faults.concat());
}

/// How far a target is.
#[derive(Default)]
struct Tally {
    rounds: u64,
    took: Duration,
    longest: (Duration, u64),
    faults: u64,
}

/// Rounds for the seconds that are asked for, the targets in turn, each as long as the others.
pub fn play_long(targets: &[Target]) {
    let turn = held(&TURN);
    let asked = |name: &str| std::env::var(name).ok();
    let number = |name: &str| asked(name).map(|text| text.parse::<u64>().unwrap());
    let only = asked("HASHIYA_FUZZ");
    let targets: Vec<&Target> = targets
        .iter()
        .filter(|target| only.as_deref().is_none_or(|name| name == target.name))
        .collect();
    assert!(!targets.is_empty(), "there is no target {only:?}");
    watch_over();
    if let Some(round) = number("HASHIYA_FUZZ_ROUND") {
        for target in targets {
            if let Err(fault) = play(target, round, true) {
                println!("{}", told(target.name, round, &fault));
            }
        }
        return;
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let seed = number("HASHIYA_FUZZ_SEED").unwrap_or(now.as_nanos() as u64);
    let seconds = Duration::from_secs(number("HASHIYA_FUZZ_SECONDS").unwrap_or(60));
    println!("seed {seed}, {} s", seconds.as_secs());
    let faults = run(&targets, seed, seconds);
    drop(turn);
    assert_eq!(faults, 0, "faults, told above");
}

fn run(targets: &[&Target], seed: u64, seconds: Duration) -> u64 {
    let mut seeds = Numbers::new(seed);
    let mut tallies: Vec<Tally> = targets.iter().map(|_| Tally::default()).collect();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let (began, mut shown) = (Instant::now(), 0);
    while began.elapsed() < seconds {
        let next = (0..targets.len())
            .min_by_key(|index| tallies[*index].took)
            .unwrap();
        let (target, tally, number) = (targets[next], &mut tallies[next], seeds.next());
        let start = Instant::now();
        let played = play(target, number, true);
        let took = start.elapsed();
        tally.rounds += 1;
        tally.took += took;
        tally.longest = tally.longest.max((took, number));
        if let Err(fault) = played {
            tally.faults += 1;
            let kind = format!(
                "{}{}",
                target.name,
                fault
                    .what
                    .chars()
                    .filter(|c| !c.is_ascii_digit() && *c != '\n')
                    .take(160)
                    .collect::<String>()
            );
            let times = known.entry(kind).or_insert(0);
            *times += 1;
            if *times <= TOLD {
                println!("{}", told(target.name, number, &fault));
            } else {
                std::fs::remove_dir_all(&fault.folder).unwrap();
            }
        }
        let minutes = began.elapsed().as_secs() / 60;
        if minutes > shown {
            shown = minutes;
            println!("after {minutes} min: {}", figures(targets, &tallies));
        }
    }
    for (kind, count) in known {
        println!("{count} times: {kind}");
    }
    println!(
        "in {} s: {}",
        began.elapsed().as_secs(),
        figures(targets, &tallies)
    );
    tallies.iter().map(|tally| tally.faults).sum()
}

fn figures(targets: &[&Target], tallies: &[Tally]) -> String {
    let each = targets.iter().zip(tallies).map(|(target, tally)| {
        let (longest, number) = tally.longest;
        format!(
            "{} {} rounds, {} faults, longest {:.1} s ({number})",
            target.name,
            tally.rounds,
            tally.faults,
            longest.as_secs_f64()
        )
    });
    each.collect::<Vec<_>>().join("; ")
}

/// Ends the program, with the input kept, where a round never ends.
fn watch_over() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(5));
            let played = *held(&PLAYED);
            if let Some((target, number, began)) = played
                && processor_time().saturating_sub(began) > ENDLESS
            {
                let folder = saved(target, number, "it does not end");
                println!(
                    "{target}, round {number} does not end; its input: {}",
                    folder.display()
                );
                std::process::exit(101);
            }
        }
    });
}

/// Of all threads: what others do on the machine does not count.
#[cfg(target_os = "linux")]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

/// What else there is.
#[cfg(not(target_os = "linux"))]
fn processor_time() -> Duration {
    static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}
