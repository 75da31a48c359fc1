//! The laws of tables over generated articles, and what is wrong in files: told, never a panic, never lost in silence.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::super::generated::{Dataset, datasets, long_article};
use super::super::testing::{marked, options, read_from, write_to};
use super::super::{Collected, format, read};
use super::tests::{codes, read_files, read_options, spans_of};
use crate::model::{Annotator, Article, Layer};

const TABLES: [&str; 4] = ["csv", "csv-excel", "xlsx", "parquet"];

/// What a dataset says of an article and an annotator, less verdicts, which no table holds.
fn kept(article: &Article, annotator: Option<&str>, layer: &Layer) -> String {
    let mut layer = layer.clone();
    layer.review = None;
    format!("{article:?} {annotator:?} {layer:?}")
}

fn expected(dataset: &Dataset) -> Vec<String> {
    let mut all = Vec::new();
    for (article, layers) in dataset {
        let marked: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
        if marked.is_empty() {
            all.push(kept(article, None, &Layer::default()));
        }
        let marked = marked.into_iter();
        all.extend(marked.map(|(annotator, layer)| kept(article, Some(annotator.as_str()), layer)));
    }
    all
}

fn found(read: &Collected) -> Vec<String> {
    let mut all = Vec::new();
    for incoming in &read.articles {
        if incoming.layers.is_empty() {
            all.push(kept(&incoming.article, None, &Layer::default()));
        }
        for (annotator, layer) in &incoming.layers {
            all.push(kept(
                &incoming.article,
                annotator.as_ref().map(Annotator::as_str),
                layer,
            ));
        }
    }
    all
}

fn round_trip(id: &str, dataset: &Dataset) {
    let folder = tempfile::tempdir().unwrap();
    write_to(folder.path(), format(id).unwrap(), &options(), dataset);
    let read = read_from(folder.path(), &read_options());
    let kept_out: Vec<_> = read
        .diagnostics
        .iter()
        .filter(|found| found.code != "splits_cluster")
        .collect();
    assert!(kept_out.is_empty(), "{id}: {kept_out:?}");
    assert_eq!(found(&read), expected(dataset), "{id}");
}

/// A small dataset with something in each of the tables, and the file of its spans.
fn small(id: &str, folder: &Path) -> PathBuf {
    let articles = [
        marked("a", "La {1:actor|famille 👨‍👩‍👧|1} de {2:location|حلب|2}"),
        marked("b", "{1:actor|la {2:location|Syrie|1} et|2}"),
    ];
    write_to(folder, format(id).unwrap(), &options(), &articles).0
}

/// Reads a file, whatever is in it; something must be said or come in.
fn survives(id: &str, path: &Path) -> Collected {
    let mut collected = Collected::default();
    assert!(read(format(id).unwrap(), path, &read_options(), &mut collected).is_continue());
    assert!(
        !collected.articles.is_empty() || !collected.diagnostics.is_empty(),
        "{id}: nothing came in and nothing was said"
    );
    collected
}

#[test]
fn a_span_of_67_000_characters_comes_back_from_tables_without_cells_of_a_spreadsheet() {
    for id in ["csv", "parquet"] {
        round_trip(id, &long_article());
    }
}

#[test]
fn files_that_are_cut_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for (id, step) in [("csv", 1), ("csv-excel", 7), ("parquet", 29), ("xlsx", 401)] {
        let path = small(id, folder.path());
        let whole = std::fs::read(&path).unwrap();
        for end in (0..whole.len()).step_by(step) {
            std::fs::write(&path, &whole[..end]).unwrap();
            survives(id, &path);
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(survives(id, &path).articles.len(), 2, "{id}");
    }
}

#[test]
fn a_dataset_that_is_cut_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(small("hf", folder.path()).join("data/train-00000-of-00001.parquet")).unwrap();
    let path = folder.path().join("cut.parquet");
    for end in (0..whole.len()).step_by(31) {
        std::fs::write(&path, &whole[..end]).unwrap();
        survives("hf", &path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_written_comes_back(dataset in datasets()) {
        for id in TABLES {
            round_trip(id, &dataset);
        }
    }
}

/// Bytes that are changed, by their place among all.
fn changes() -> impl Strategy<Value = Vec<(u16, u8)>> {
    prop::collection::vec((any::<u16>(), any::<u8>()), 1..6)
}

fn changed(whole: &[u8], changes: &[(u16, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (place, byte) in changes {
        let at = usize::from(*place) * bytes.len() / (usize::from(u16::MAX) + 1);
        bytes[at] = *byte;
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_files_never_panic(changes in changes()) {
        let folder = tempfile::tempdir().unwrap();
        for id in TABLES {
            let path = small(id, folder.path());
            let whole = std::fs::read(&path).unwrap();
            std::fs::write(&path, changed(&whole, &changes)).unwrap();
            survives(id, &path);
        }
        let path = small("hf", folder.path()).join("data/train-00000-of-00001.parquet");
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, changed(&whole, &changes)).unwrap();
        survives("hf", &path);
    }
}

/// Reads tables; gives the articles as `id: label=words …`, and the codes.
fn tables<T: AsRef<[u8]>>(files: &[(&str, T)]) -> (Vec<String>, Vec<&'static str>) {
    let read = read_files(files);
    let shown = read.articles.iter();
    let shown = shown.map(|incoming| format!("{}: {}", incoming.article.id, spans_of(incoming)));
    (shown.collect(), codes(&read))
}

#[test]
fn rows_that_stand_apart_and_tables_in_another_order_lose_nothing() {
    let spans = "article_id,span_id,label,start,end,text\nx,1,a,0,4,Alep\ny,2,a,0,4,Homs\nx,3,b,5,10,brûle\n";
    let texts = "article_id,text\nz,rien\ny,Homs brûle\nx,Alep brûle\n";
    let relations = "article_id,annotator,relation_id,type,from,to\ny,,r2,t,2,2\nx,,r1,t,1,3\nw,,r3,t,1,3\n";
    let (articles, codes) = tables(&[
        ("s.csv", spans),
        ("s.articles.csv", texts),
        ("s.relations.csv", relations),
    ]);
    assert_eq!(articles, ["x: a=Alep b=brûle", "y: a=Homs", "z: "]);
    assert_eq!(codes, ["rows_apart", "dangling"]);
}

#[test]
fn what_is_there_twice_is_told() {
    let spans = "article_id,span_id,label,start,end,text\nx,1,a,0,4,Alep\nx,1,a,5,10,brûle\n";
    let texts = "article_id,text\nx,Alep brûle\nx,Homs\n";
    let read = read_files(&[("s.csv", spans), ("s.articles.csv", texts)]);
    assert_eq!(read.articles.len(), 1);
    let said = read.diagnostics.iter().map(|found| {
        let file = found.file.as_ref().unwrap().file_name().unwrap();
        (found.code, file.to_str().unwrap(), found.line)
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            ("duplicate_id", "s.csv", Some(3)),
            ("duplicate_id", "s.articles.csv", Some(3))
        ]
    );
}

#[test]
fn bytes_of_another_encoding_are_told_however_late_they_come() {
    let mut table = b"id,text\n".to_vec();
    for number in 0..20_000 {
        table.extend(format!("{number},{}\n", "Alep ".repeat(12)).bytes());
    }
    assert!(table.len() > 1 << 20);
    table.extend(b"x,Al\xe8p\n");
    let (articles, codes) = tables(&[("a.csv", &table)]);
    assert_eq!((articles.len(), codes), (20_001, vec!["encoding"]));
}

#[test]
fn tables_without_rows_or_columns_are_told() {
    for (content, code) in [
        ("", "empty_file"),
        ("text,title\n", "empty_file"),
        ("article_id,label,start,end\n", "empty_file"),
        ("article_id,label,start,end\nx,a,0,1\n", "no_text"),
        ("a,b\n,\n", "no_text"),
    ] {
        let (articles, codes) = tables(&[("a.csv", content)]);
        assert_eq!((articles.len(), codes), (0, vec![code]), "{content:?}");
    }
}

#[test]
fn quantities_are_read_from_their_columns_and_held_against_them() {
    let header = "article_id,text,label,start,end,attribute.quantity,attribute.quantity.low,attribute.quantity.kind,attribute.quantity.who";
    let value = |row: &str| {
        let table = format!("{header}\nx,51 morts.,casualty,0,8,{row}\n");
        let read = read_files(&[("a.csv", table)]);
        let span = read.articles[0].layers[0].1.spans.iter().next().cloned().unwrap();
        let value = span
            .attributes
            .values()
            .next()
            .map(|value| value.to_json().to_string());
        (value.unwrap_or_default(), codes(&read))
    };
    let whole = r#"{"kind":"killed","low":51,"who":["civilians","children"]}"#;
    assert_eq!(
        value(",51,killed,civilians; children"),
        (whole.to_owned(), vec![])
    );
    let quoted = format!("\"{}\"", whole.replace('"', "\"\""));
    assert_eq!(value(&format!("{quoted},51,killed,")), (whole.to_owned(), vec![]));
    assert_eq!(
        value(&format!("{quoted},7,killed,")),
        (whole.to_owned(), vec!["quantity_differs"])
    );
    assert_eq!(value(",many,,"), (String::new(), vec!["bad_attribute"]));
}

#[test]
fn a_table_whose_texts_are_missing_says_which_file_has_them() {
    let spans = "article_id,text,start,end,label\nx,Alep,0,4,location\ny,Homs,0,4,location\n";
    let said = |files: &[(&str, &str)]| {
        let found = read_files(files).diagnostics.remove(0);
        assert_eq!(found.code, "no_text");
        (found.message, found.hint.unwrap_or_default())
    };
    let (message, hint) = said(&[("sample.csv", spans)]);
    assert!(
        message.starts_with("sample.articles.csv, ") && message.ends_with(": 2"),
        "{message}"
    );
    assert!(hint.contains("put sample.articles.csv"), "{hint}");
    let (message, _) = said(&[
        ("sample.csv", spans),
        ("sample.articles.csv", "article_id,text\nx,Alep\n"),
    ]);
    assert!(
        message.contains("no text in this table or beside it: 1"),
        "{message}"
    );
}
