//! Whole processes: the program itself as a child, and its peak of memory.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program, with its folders inside the run's own.
pub fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashiya"));
    command
        .env("HASHIYA_HOME", home)
        .env("HASHIYA_ANNOTATOR", "figures");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Waits for a child and gives the peak of its resident memory in megabytes (10⁶ bytes).
///
/// The kernel keeps the peak (`VmHWM`) only while the process lives, so it is asked every millisecond; what the child
/// takes in its last one is missed.
pub fn peak_memory(mut child: Child) -> f64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0_u64;
    loop {
        if let Some(now) = std::fs::read_to_string(&status)
            .ok()
            .as_deref()
            .and_then(vm_hwm_kib)
        {
            peak_kib = peak_kib.max(now);
        }
        if let Some(ended) = child.try_wait().expect("the child can be waited for") {
            assert!(ended.success(), "the child ended with {ended}");
            assert!(peak_kib > 0, "the child's memory could not be read");
            return peak_kib as f64 * 1024.0 / 1e6;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn vm_hwm_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
