//! A field of which null and absence say different things.

/// What becomes of something that may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Revise<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It is this.
    To(T),
}

impl<T: Clone> Revise<T> {
    /// What it is then.
    pub fn over(&self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::To(value) => Some(value.clone()),
        }
    }
}
