//! Tables: what is written, what comes back, what is read of those of others.

use super::super::office::tests::archive;
use super::super::testing::{marked, options, read_from, write_to};
use super::super::{Collected, Incoming, ReadOptions, format};
use crate::model::Layer;

const TRICKY: [&str; 6] = [
    "La {1:actor|famille 👨‍👩‍👧|1} de {2:location|حلب|2}",
    "{1:actor|la {2:location|Syrie|1} et|2}\r\n{3:actor|NA|3}\t\u{2028}",
    "au {1:actor|un|1} mot {1|deux|1} =SUM(A1) {2:actor|=SUM(A1)|2}",
    "rien",
    "{1:actor|1-2|1} {2:actor|'x|2} {3:actor|\"q\",;|3}",
    "",
];

pub(super) fn read_options() -> ReadOptions {
    ReadOptions {
        codebook: Some(options().codebook),
        ..ReadOptions::default()
    }
}

/// What is read of files of these names.
pub(super) fn read_files<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    read_from(folder.path(), &read_options())
}

/// The spans of an article as `label=words`.
pub(super) fn spans_of(incoming: &Incoming) -> String {
    let spans = incoming.layers.iter().flat_map(|(_, layer)| layer.spans.iter());
    let spans = spans.map(|span| {
        let quote = span.ranges.quote(&incoming.article.text).unwrap();
        format!("{}={quote}", span.label)
    });
    spans.collect::<Vec<_>>().join(" ")
}

pub(super) fn codes(read: &Collected) -> Vec<&'static str> {
    read.diagnostics.iter().map(|found| found.code).collect()
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

#[track_caller]
fn read_csv(files: &[(&str, &str)]) -> (Vec<String>, Vec<&'static str>) {
    let back = read_files(files);
    let shown = back.articles.iter().map(|incoming| {
        let text = incoming.article.text.as_str();
        format!("{text}: {}", spans_of(incoming))
    });
    (shown.collect(), codes(&back))
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    let spaces = vec![b' '; (64 << 20) + 1];
    let bytes = archive(&[("xl/workbook.xml", &spaces)]);
    assert_eq!(codes(&read_files(&[("a.xlsx", bytes)])), ["too_large"]);
}

#[test]
fn a_row_that_is_cut_off_in_a_cell_is_told_and_kept_out() {
    let cut = "id,text\n1,whole\n2,\"the rest\n3,of the file\n";
    let (articles, codes) = read_csv(&[("a.csv", cut)]);
    assert_eq!(articles, ["whole: "]);
    assert!(codes.contains(&"open_quote"), "{codes:?}");
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_told_once_and_kept() {
    let rows = "text,date\na,25/03/2024\nb,12/03/2024\nc,05/06/2024\nd,2024-03-12\n";
    let back = read_files(&[("a.csv", rows)]);
    let [said] = back.diagnostics.as_slice() else {
        panic!("{:?}", back.diagnostics)
    };
    assert_eq!((said.code, said.line), ("bad_date", Some(3)));
    assert!(
        said.message.contains("month: 2, the first of them 12/03/2024"),
        "{said}"
    );
    assert_eq!(back.articles[1].article.header.meta["published"], "12/03/2024");
}

#[test]
fn a_column_that_has_no_place_in_an_article_is_metadata() {
    let table = "text,category,user,filename,meta,page\nDes mots,sport,ada,a.txt,une,3\nMots,,,,\"{\"\"k\"\": 1}\",\n";
    let back = read_files(&[("a.csv", table)]);
    assert_eq!(back.diagnostics, []);
    let meta = |at: usize| serde_json::to_value(&back.articles[at].article.header.meta).unwrap();
    assert_eq!(
        meta(0),
        serde_json::json!({"category": "sport", "user": "ada", "filename": "a.txt", "meta": "une", "page": "3"})
    );
    assert_eq!(meta(1), serde_json::json!({"k": 1}));
}

#[test]
fn tables_of_others_are_read() {
    // One article a row, by the usual names, with a semicolon.
    let (articles, codes) = read_csv(&[(
        "a.csv",
        "Headline;Body;Date\nUn;\"Des; mots\";2022-01-20\nDeux;;\n",
    )]);
    assert_eq!(
        (articles, codes),
        (vec!["Des; mots: ".to_owned()], vec!["no_text"])
    );
    // The text under its usual name in another language, however long other cells are.
    let table = "titre;texte;note\nUn;Des mots;Une note plus longue que ces mots\n";
    let (articles, codes) = read_csv(&[("a.csv", table)]);
    assert_eq!((articles, codes), (vec!["Des mots: ".to_owned()], vec![]));
    // Spans with the text in the same table, counted in UTF-16.
    let table = "doc_id\ttext\tmention\tbegin\tend\ttype\n1\t😀 Alep\tAlep\t3\t7\tlocation\n1\t😀 Alep\tHoms\t3\t7\tlocation\n";
    let (articles, codes) = read_csv(&[("a.tsv", table)]);
    assert_eq!(articles, ["😀 Alep: location=Alep"]);
    assert_eq!(codes, ["offset_unit", "quote_mismatch"]);
    // Without quotes nothing tells the unit.
    let table = "doc_id\ttext\tbegin\tend\ttype\n1\t😀 Alep\t2\t6\tlocation\n";
    let (articles, codes) = read_csv(&[("a.tsv", table)]);
    assert_eq!(articles, ["😀 Alep: location=Alep"]);
    assert_eq!(codes, ["offset_unit_unverified"]);
    // Spans whose text lies beside them, and spans whose text is nowhere.
    let spans = "article_id,text,start,end,label\nx,Alep,0,4,location\n";
    let (articles, codes) = read_csv(&[
        ("s.csv", spans),
        ("s.articles.csv", "article_id,text\nx,Alep brûle\n"),
    ]);
    assert_eq!(
        (articles, codes),
        (vec!["Alep brûle: location=Alep".to_owned()], vec![])
    );
    assert_eq!(read_csv(&[("s.csv", spans)]), (vec![], vec!["no_text"]));
}

#[test]
fn a_column_article_names_the_article_or_holds_its_text() {
    let spans = "article,label,start,end,quote\nx,location,7,10,Ryd\nx,actor,0,3,Ana\n";
    let alone = read_files(&[("s.csv", spans)]);
    assert!(
        alone.articles.is_empty() && codes(&alone) == ["no_text"],
        "{:?}",
        codes(&alone)
    );
    let texts = "article_id,text\nx,Ana in Ryd.\n";
    let both = read_files(&[("s.csv", spans), ("s.articles.csv", texts)]);
    assert_eq!(codes(&both), [""; 0]);
    assert_eq!(spans_of(&both.articles[0]), "actor=Ana location=Ryd");
    let whole =
        "article,label,start,end\nAna in Ryd.,location,7,10\nAna in Ryd.,actor,0,3\nAna in Ryd.,actor,0,30\n";
    let whole = read_files(&[("t.csv", whole)]);
    assert_eq!(spans_of(&whole.articles[0]), "actor=Ana location=Ryd");
}
