//! What formats write for whom, where each of their documents is one annotator's.

use std::borrow::Cow;

use crate::model::{Annotator, Article, Layer};

use super::files::file_name;

/// The layers in which somebody marked something; nobody's, which is empty, where nobody did, so that the article goes
/// out without marks.
pub(super) fn each_layer(
    layers: &[(Annotator, Layer)],
) -> impl Iterator<Item = (Option<&Annotator>, Cow<'_, Layer>)> {
    let mut marked = layers.iter().filter(|(_, layer)| layer.exists()).peekable();
    let nobody = marked.peek().is_none();
    let nobody = nobody.then(|| (None, Cow::Owned(Layer::default())));
    let marked = marked.map(|(annotator, layer)| (Some(annotator), Cow::Borrowed(layer)));
    nobody.into_iter().chain(marked)
}

/// The path, the annotator, and the layer of each document of an article in a folder: those of an annotator lie in a
/// folder of that name.
pub(super) fn each_document<'l>(
    article: &Article,
    layers: &'l [(Annotator, Layer)],
) -> impl Iterator<Item = (String, Option<&'l Annotator>, Cow<'l, Layer>)> {
    let name = file_name(article.id.as_str());
    each_layer(layers).map(move |(annotator, layer)| {
        let path = match annotator {
            Some(annotator) => format!("{}/{name}", file_name(annotator.as_str())),
            None => name.clone(),
        };
        (path, annotator, layer)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::marked;
    use super::*;

    #[test]
    fn an_article_goes_out_once_for_each_annotator_and_never_not_at_all() {
        let names = |layers: &[(Annotator, Layer)]| -> Vec<Option<String>> {
            let all = each_layer(layers);
            all.map(|(annotator, _)| annotator.map(ToString::to_string))
                .collect()
        };
        let (_, ana) = marked("a", "{1:actor|X|1}");
        let nothing = (Annotator::new("bo").unwrap(), Layer::default());
        assert_eq!(names(&[]), [None]);
        assert_eq!(names(std::slice::from_ref(&nothing)), [None]);
        let all = [ana, vec![nothing]].concat();
        assert_eq!(names(&all), [Some("ana".to_owned())]);
    }
}
