//! What the article widget is given to draw: borrowed from the window's snapshot, never changed.

use crate::gui::keys::Keys;
use crate::gui::reading::Reading;
use crate::gui::words;
use crate::model::{ArticleId, Codebook, Header, LabelId, Layer, ReadingDirections};
use crate::text::Text;

/// One article with one annotator's layer.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Which article; another one resets selection and scroll position.
    pub id: &'a ArticleId,
    /// The headline; shown above the text where no line of the text is it.
    pub title: &'a str,
    /// Source, date, language, address, status in one line.
    pub byline: &'a str,
    /// The language, for the choice of glyphs and line breaks.
    pub lang: Option<&'a str>,
    /// What else is known of it, such as when it came out.
    pub header: &'a Header,
    /// The text.
    pub text: &'a Text,
    /// The annotations.
    pub layer: &'a Layer,
    /// Another number whenever the layer is another one; the snapshot's revision will do.
    pub version: u64,
    /// Labels, colours, keys.
    pub codebook: &'a Codebook,
    /// The analyst's override of the paragraphs' own directions.
    pub directions: &'a ReadingDirections,
    /// How the text is set.
    pub reading: Reading,
    /// Size of the type as a multiple of the usual one.
    pub zoom: f32,
    /// Whether zero-width and direction marks are shown.
    pub show_hidden: bool,
    /// Whether spans can be made and changed now.
    pub editable: bool,
    /// What the keys mean.
    pub keys: Keys<'a>,
}

impl<'a> Page<'a> {
    /// A label as it is read on screen; its id where the codebook has no name for it.
    pub fn label_name<'b>(&self, label: &'b LabelId) -> &'b str
    where
        'a: 'b,
    {
        words::label_name(self.codebook, label)
    }
}
