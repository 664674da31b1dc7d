//! The part of the version that a change requires.

use semver::Version as SemVer;

/// The part of the version that a change requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Version {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The smallest version after `released` that changes this number; `last_final` is the last final version. Before
    /// 1.0.0, the second number changes in place of the first, and the third in place of the second.
    pub(crate) fn after(self, released: &SemVer, last_final: Option<&SemVer>) -> SemVer {
        // A pre-release promises only its own numbers and those of the last final version.
        if !released.pre.is_empty() {
            let own = SemVer::new(released.major, released.minor, released.patch);
            return match last_final {
                Some(last) => own.max(self.after(last, None)),
                None => own,
            };
        }
        let SemVer {
            major,
            minor,
            patch,
            ..
        } = *released;
        // The largest number stays as it is.
        let next = |number: u64| number.saturating_add(1);
        match (self, major) {
            (Self::Major, 1..) => SemVer::new(next(major), 0, 0),
            (Self::Major, 0) | (Self::Minor, 1..) => SemVer::new(major, next(minor), 0),
            (Self::Minor, 0) | (Self::Patch, _) => SemVer::new(major, minor, next(patch)),
        }
    }
}
