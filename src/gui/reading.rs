//! How articles are set for reading: the analyst's choices, which the preferences keep.
//!
//! Each choice is a short list that can be gone through in turn. What they look like on screen is the article's affair.

use serde::{Deserialize, Serialize};

use crate::layout::{Counted, Family};

/// The choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Size of the article's type.
    pub size: TextSize,
    /// The letters in which Arabic script is set.
    pub arabic: ArabicFace,
    /// What the numbers in the margin count.
    pub numbers: MarginNumbers,
    /// What shows where a span is.
    pub labels: LabelDisplay,
    /// Whether the values of a span stand beside the name of its label.
    pub show_values: bool,
}

/// A list of choices.
pub trait Choice: Copy + PartialEq + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// The one that follows; the first behind the last.
    #[must_use]
    fn next(self) -> Self {
        let behind = Self::ALL.iter().skip_while(|choice| **choice != self).nth(1);
        behind.or(Self::ALL.first()).copied().unwrap_or(self)
    }
}

/// Size of the article's type before zoom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// For small windows.
    Small,
    /// Comfortable for hours.
    #[default]
    Medium,
    /// For tired eyes and far screens.
    Large,
}

/// The letters in which Arabic script is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArabicFace {
    /// Noto Naskh Arabic, as in books.
    #[default]
    Naskh,
    /// Noto Sans Arabic, plain and narrow.
    Sans,
}

/// What the numbers in the margin count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarginNumbers {
    /// There are none.
    #[default]
    Off,
    /// Paragraphs with words in them.
    Paragraphs,
    /// Lines of the stored text, as a text editor counts them.
    Lines,
}

/// What shows where a span is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelDisplay {
    /// Tint, underline, and the label's name.
    #[default]
    Names,
    /// Only underlines.
    Underlines,
    /// Only tints.
    Tints,
}

impl Choice for TextSize {
    const ALL: &'static [Self] = &[Self::Small, Self::Medium, Self::Large];
}

impl Choice for ArabicFace {
    const ALL: &'static [Self] = &[Self::Naskh, Self::Sans];
}

impl Choice for MarginNumbers {
    const ALL: &'static [Self] = &[Self::Off, Self::Paragraphs, Self::Lines];
}

impl Choice for LabelDisplay {
    const ALL: &'static [Self] = &[Self::Names, Self::Underlines, Self::Tints];
}

impl From<ArabicFace> for Family {
    fn from(face: ArabicFace) -> Self {
        match face {
            ArabicFace::Naskh => Self::Naskh,
            ArabicFace::Sans => Self::Sans,
        }
    }
}

impl MarginNumbers {
    /// What is counted, where there are numbers.
    pub const fn counted(self) -> Option<Counted> {
        match self {
            Self::Off => None,
            Self::Paragraphs => Some(Counted::Paragraphs),
            Self::Lines => Some(Counted::Lines),
        }
    }
}

impl LabelDisplay {
    /// Whether spans have a tint.
    pub const fn has_tints(self) -> bool {
        !matches!(self, Self::Underlines)
    }

    /// Whether spans have a line below them.
    pub const fn has_underlines(self) -> bool {
        !matches!(self, Self::Tints)
    }

    /// Whether a span says its label.
    pub const fn has_names(self) -> bool {
        matches!(self, Self::Names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_gone_through_in_turn() {
        assert_eq!(TextSize::Small.next(), TextSize::Medium);
        assert_eq!(TextSize::Large.next(), TextSize::Small);
        assert_eq!(MarginNumbers::Off.next().next().next(), MarginNumbers::Off);
    }
}
