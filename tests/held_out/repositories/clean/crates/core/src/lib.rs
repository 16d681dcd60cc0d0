//! Core.
#![allow(dead_code)]

pub mod storage;

/// A version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u16, pub u16);

/// Parses.
///
/// Long documentation that goes on
/// for several lines, with an example:
///
/// ```
/// assert!(otter_core::parse_version("1.2").is_some());
/// ```
///
/// and a closing remark.
#[inline]
#[must_use]
pub fn parse_version(text: &str) -> Option<Version> {
    let (a, b) = text.split_once('.')?;
    Some(Version(a.parse().ok()?, b.parse().ok()?))
}

#[macro_export]
macro_rules! version {
    ($a:expr, $b:expr) => {
        $crate::Version($a, $b)
    };
}

pub union Raw {
    pub int: u32,
    pub float: f32,
}

pub mod limits {
    pub const MAX_KEYS: usize = 1_000;
    pub static NAMES: [&str; 2] = ["keys", "bytes"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses() {
        assert_eq!(parse_version("1.2"), Some(Version(1, 2)));
    }

    #[cfg(feature = "json")]
    mod json {
        #[test]
        fn round_trips() {}
    }

    #[cfg(not(miri))]
    #[test]
    fn r#type() {}

    #[rstest::rstest]
    #[case("1.2", true)]
    #[case("x", false)]
    fn parse_cases(#[case] text: &str, #[case] ok: bool) {
        assert_eq!(parse_version(text).is_some(), ok);
    }
}
