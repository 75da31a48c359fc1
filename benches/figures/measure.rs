//! Samples and their median and 99th percentile, clocks, and the folder to work in.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// The samples of one figure.
pub struct Measured {
    /// Sorted from good to bad.
    samples: Vec<f64>,
    beside: Vec<(&'static str, f64)>,
}

impl Measured {
    /// Of what should be small, such as times and sizes.
    pub fn small_is_good(samples: impl IntoIterator<Item = f64>) -> Self {
        let mut samples: Vec<f64> = samples.into_iter().collect();
        assert!(!samples.is_empty(), "nothing was measured");
        samples.sort_by(f64::total_cmp);
        Self {
            samples,
            beside: Vec::new(),
        }
    }

    /// Of what should be large, such as rates.
    pub fn large_is_good(samples: impl IntoIterator<Item = f64>) -> Self {
        let mut measured = Self::small_is_good(samples);
        measured.samples.reverse();
        measured
    }

    /// With a number that helps to read it.
    pub fn with(mut self, name: &'static str, value: f64) -> Self {
        self.beside.push((name, value));
        self
    }

    /// Half of the samples are as good or better.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// 99 of 100 samples are as good or better; the worst one, where there are fewer.
    pub fn p99(&self) -> f64 {
        self.percentile(99)
    }

    /// Numbers that help to read it.
    pub fn beside(&self) -> &[(&'static str, f64)] {
        &self.beside
    }

    fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.samples.len() * percent).div_ceil(100);
        self.samples[rank.saturating_sub(1)]
    }
}

/// Milliseconds of a duration.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Megabytes (10⁶ bytes) a second.
pub fn megabytes_per_second(bytes: u64, duration: Duration) -> f64 {
    bytes as f64 / 1e6 / duration.as_secs_f64()
}

/// What the machine itself needs to make 4 kB durable in the folder of a file: the least that any commit can take.
pub fn fsync_milliseconds(path: &Path) -> Measured {
    use std::io::Write;
    let mut file = std::fs::File::create(path).expect("a file to write to");
    let times: Vec<f64> = (0..200)
        .map(|_| {
            let began = std::time::Instant::now();
            file.write_all(&[7; 4096]).expect("room");
            file.sync_data().expect("the disk answers");
            milliseconds(began.elapsed())
        })
        .collect();
    Measured::small_is_good(times)
}

/// Processor time of this thread so far.
#[cfg(target_os = "linux")]
pub fn thread_time() -> Duration {
    clock(rustix::time::ClockId::ThreadCPUTime)
}

/// Processor time of this process so far, all threads together.
#[cfg(target_os = "linux")]
pub fn process_time() -> Duration {
    clock(rustix::time::ClockId::ProcessCPUTime)
}

#[cfg(target_os = "linux")]
fn clock(id: rustix::time::ClockId) -> Duration {
    Duration::try_from(rustix::time::clock_gettime(id)).expect("processor time does not run backwards")
}

/// Elsewhere the time that passes stands in for processor time, which is never more on one thread.
#[cfg(not(target_os = "linux"))]
pub fn thread_time() -> Duration {
    static BEGIN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGIN.elapsed()
}

/// As for a thread.
#[cfg(not(target_os = "linux"))]
pub fn process_time() -> Duration {
    thread_time()
}

/// The temporary folder of a run; what is made in it once is used by every figure that needs it.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A new folder beside the build, so that figures are of the disk that the code is on and not of memory.
    pub fn new() -> Self {
        let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::create_dir_all(parent).expect("the build's folder for temporary files");
        let folder = tempfile::Builder::new()
            .prefix("figures-")
            .tempdir_in(parent)
            .expect("a temporary folder");
        Self { folder }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file or folder in it that is made only the first time.
    pub fn once(&self, name: &str, make: impl FnOnce(&Path)) -> PathBuf {
        let path = self.path(name);
        if !path.exists() {
            make(&path);
        }
        path
    }
}
