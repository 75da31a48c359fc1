//! The four kinds of tables: what is written, what comes back, what is said of bad input.

use super::super::testing::{marked, options, read_from, write_to};
use super::super::{ReadOptions, format};
use crate::model::Layer;

const TRICKY: [&str; 6] = [
    "La {1:actor|famille 👨‍👩‍👧|1} de {2:location|حلب|2}",
    "{1:actor|la {2:location|Syrie|1} et|2}\r\n{3:actor|NA|3}\t\u{2028}",
    "au {1:actor|un|1} mot {1|deux|1} =SUM(A1) {2:actor|=SUM(A1)|2}",
    "rien",
    "{1:actor|1-2|1} {2:actor|'x|2} {3:actor|\"q\",;|3}",
    "",
];

fn read_options() -> ReadOptions {
    ReadOptions {
        codebook: Some(options().codebook),
        ..ReadOptions::default()
    }
}

#[test]
fn what_is_written_comes_back() {
    for id in ["csv", "csv-excel", "xlsx", "parquet"] {
        let folder = tempfile::tempdir().unwrap();
        let mut articles: Vec<_> = TRICKY
            .iter()
            .enumerate()
            .map(|(n, text)| marked(&format!("a{n}"), text))
            .collect();
        articles[3].1[0].1 = Layer {
            status: Some(crate::model::Status::Done),
            ..Layer::default()
        };
        articles[0].0.header.title = Some("-5% \"Titre\"".to_owned());
        articles[0]
            .0
            .header
            .meta
            .insert("source".to_owned(), "AFP".into());
        articles[0].0.header.meta.insert("page".to_owned(), 3.into());
        write_to(folder.path(), format(id).unwrap(), &options(), &articles);
        let back = read_from(folder.path(), &read_options());
        assert_eq!(back.diagnostics, [], "{id}");
        for ((article, layers), incoming) in articles.iter().zip(&back.articles) {
            assert_eq!(incoming.article, *article, "{id}");
            let own: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
            let read: Vec<_> = incoming.layers.iter().collect();
            assert_eq!(own.len(), read.len(), "{id} {}", article.id);
            for (own, read) in own.iter().zip(read) {
                assert_eq!(
                    (Some(&own.0), &own.1),
                    (read.0.as_ref(), &read.1),
                    "{id} {}",
                    article.id
                );
            }
        }
        assert_eq!(back.articles.len(), articles.len(), "{id}");
    }
}
