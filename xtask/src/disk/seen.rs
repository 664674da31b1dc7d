//! What a process that goes on has read of the outputs, so that its next run reads only the files that changed since.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use codegen::artifact::Artifact;

/// The most bytes that are remembered. Further files are read again in each run.
const MOST_BYTES: usize = 64 << 20;
/// A file that changed so shortly before it was read can change again with the same times. Clocks of file systems count
/// up to ten milliseconds.
const SHORTLY: Duration = Duration::from_millis(50);
/// The same for file systems that count seconds, or pairs of them.
const SHORTLY_IN_SECONDS: Duration = Duration::from_secs(5);

/// The files that the last run found to be current, with their contents.
#[derive(Default)]
pub(crate) struct Seen {
    /// By path.
    files: BTreeMap<String, File>,
    bytes: usize,
    /// Those of the run before, less those that this run has come to.
    former: BTreeMap<String, File>,
    /// When this run began; none if nothing is remembered.
    start: Option<SystemTime>,
}

struct File {
    stamp: Stamp,
    contents: String,
}

impl Seen {
    /// Begins a run that remembers what it reads.
    pub(crate) fn begin_run(&mut self) {
        self.former = std::mem::take(&mut self.files);
        self.bytes = 0;
        self.start = Some(SystemTime::now());
    }

    /// Whether the file at the path of an output is known to have its contents.
    pub(super) fn has(&mut self, output: &Artifact, metadata: &Metadata) -> bool {
        let Some((path, file)) = self.former.remove_entry(&output.path) else {
            return false;
        };
        let is_same = file.stamp == Stamp::of(metadata) && file.contents == output.contents;
        if is_same {
            self.keep(path, file);
        }
        is_same
    }

    /// Remembers that a file has the contents of an output. The metadata is from before it was read.
    pub(super) fn add(&mut self, output: Artifact, metadata: &Metadata) {
        let Some(start) = self.start else { return };
        let stamp = Stamp::of(metadata);
        let Artifact { path, contents } = output;
        if self.bytes + contents.len() <= MOST_BYTES && stamp.is_settled(start) {
            self.keep(path, File { stamp, contents });
        }
    }

    fn keep(&mut self, path: String, file: File) {
        self.bytes += file.contents.len();
        self.files.insert(path, file);
    }
}

/// What differs between two states of a file.
#[derive(PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    /// The number of the file, and when it or its metadata changed, which no program can set.
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;

        Self {
            len: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: (
                metadata.dev(),
                metadata.ino(),
                metadata.ctime(),
                metadata.ctime_nsec(),
            ),
        }
    }

    /// Whether a change after `time` gives another stamp.
    fn is_settled(&self, time: SystemTime) -> bool {
        let changed = self.changed();
        let age = changed.and_then(|changed| time.duration_since(changed).ok());
        age.is_some_and(|age| {
            let counts_seconds = changed.is_some_and(|changed| {
                let since = changed.duration_since(SystemTime::UNIX_EPOCH);
                since.is_ok_and(|since| since.subsec_nanos() == 0)
            });
            age >= if counts_seconds {
                SHORTLY_IN_SECONDS
            } else {
                SHORTLY
            }
        })
    }

    /// When the file changed.
    #[cfg(unix)]
    fn changed(&self) -> Option<SystemTime> {
        let (_, _, seconds, nanoseconds) = self.inode;
        let seconds = u64::try_from(seconds).ok()?;
        let nanoseconds = u32::try_from(nanoseconds).ok()?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
    }

    #[cfg(not(unix))]
    fn changed(&self) -> Option<SystemTime> {
        self.modified
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, FileTimes};
    use std::time::{Duration, SystemTime};

    use codegen::artifact::Artifact;

    use super::Seen;

    /// A run: whether a file is known to have these contents. If it is not, it is read.
    fn run(seen: &mut Seen, file: &std::path::Path, contents: &str) -> bool {
        seen.begin_run();
        let metadata = fs::symlink_metadata(file).expect("a file");
        let output = Artifact::new("a", contents);
        let is_known = seen.has(&output, &metadata);
        let is_current = fs::read(file).expect("a file") == contents.as_bytes();
        if !is_known && is_current {
            seen.add(output, &metadata);
        }
        is_known
    }

    #[test]
    fn a_file_is_known_until_it_or_what_it_should_contain_changes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a");
        fs::write(&file, "one").expect("a file");
        let mut seen = Seen::default();
        assert!(!run(&mut seen, &file, "one"));
        assert!(!run(&mut seen, &file, "one"), "it could still change");
        std::thread::sleep(Duration::from_millis(100));
        assert!(!run(&mut seen, &file, "one"));
        assert!(run(&mut seen, &file, "one"));
        assert!(run(&mut seen, &file, "one"));
        assert!(!run(&mut seen, &file, "two"));
        assert!(!run(&mut seen, &file, "one"), "it was forgotten");
        assert!(run(&mut seen, &file, "one"));
    }

    #[cfg(unix)]
    #[test]
    fn an_edit_with_the_same_length_and_the_time_of_before_is_seen() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let write = |contents: &str| {
            fs::write(&file, contents).expect("a file");
            let file = fs::File::options().write(true).open(&file);
            let times = FileTimes::new().set_modified(long_ago);
            file.expect("a file").set_times(times).expect("the time");
        };
        let mut seen = Seen::default();
        write("one");
        std::thread::sleep(Duration::from_millis(100));
        assert!(!run(&mut seen, &file, "one"));
        assert!(run(&mut seen, &file, "one"));
        write("two");
        assert!(!run(&mut seen, &file, "one"));
    }
}
