//! The article: text that is selected, tagged, and walked.
//!
//! The widget reads an article's text and one layer of annotations, and queues [`ArticleOutput`]s; it changes
//! nothing itself and knows neither the session nor the project.

mod accessibility;
mod act;
mod card;
mod copy;
mod hidden;
mod index;
mod input_keys;
mod input_mouse;
mod keys;
mod output;
mod page;
mod paint;
mod sheet;
mod state;
mod view;

pub use act::ArticleAct;
pub use card::value_in_words;
pub use index::SpanIndex;
pub use output::{ArticleOutput, ArticleRefusal};
pub use page::Page;
pub use state::ArticleState;
pub use view::{article_id, article_ui};
