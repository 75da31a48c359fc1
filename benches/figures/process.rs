//! Whole processes: the program itself as a child, and its peak of memory.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program, with its folders inside the run's own.
pub fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashiya"));
    command
        .env("HASHIYA_HOME", home)
        .env("HASHIYA_ANNOTATOR", "figures");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// What a child took from its start to its end.
pub struct Took {
    /// The peak of its resident memory in megabytes (10⁶ bytes).
    pub peak_mb: f64,
    /// Processor time of all its threads, in the system's own time and the program's.
    pub processor: Duration,
    /// Time that passed.
    pub passed: Duration,
}

/// Waits for a child that was just started.
///
/// The kernel keeps both figures only while the process lives, so they are asked every millisecond; what the child takes in
/// its last one is missed.
pub fn watch(mut child: Child) -> Took {
    let began = Instant::now();
    let id = child.id();
    let of = |file: &str| std::fs::read_to_string(format!("/proc/{id}/{file}")).ok();
    let (mut peak_kib, mut ticks) = (0_u64, 0_u64);
    loop {
        peak_kib = peak_kib.max(of("status").as_deref().and_then(vm_hwm_kib).unwrap_or(0));
        ticks = ticks.max(of("stat").as_deref().and_then(processor_ticks).unwrap_or(0));
        if let Some(ended) = child.try_wait().expect("the child can be waited for") {
            assert!(ended.success(), "the child ended with {ended}");
            assert!(peak_kib > 0, "the child's memory could not be read");
            return Took {
                peak_mb: peak_kib as f64 * 1024.0 / 1e6,
                // A tick is a hundredth of a second (`USER_HZ`) on every Linux that Rust builds for.
                processor: Duration::from_millis(ticks * 10),
                passed: began.elapsed(),
            };
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Waits for a child and gives the peak of its resident memory in megabytes.
pub fn peak_memory(child: Child) -> f64 {
    watch(child).peak_mb
}

fn vm_hwm_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// `utime` and `stime`, the 14th and 15th field; the second, the name in brackets, may hold spaces.
fn processor_ticks(stat: &str) -> Option<u64> {
    let (_, behind_the_name) = stat.rsplit_once(')')?;
    let mut fields = behind_the_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(ticks()? + ticks()?)
}
