//! The article: text that is selected, tagged, and walked.
//!
//! The widget reads an article's text and one layer of annotations, and queues [`ArticleOutput`]s; it changes
//! nothing itself and knows neither the session nor the project.

mod output;
mod state;

pub use output::{ArticleOutput, ArticleRefusal};
pub use state::ArticleState;
