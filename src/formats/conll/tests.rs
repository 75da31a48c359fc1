//! Columns: exact bytes, round trips over what is known to break readers, and files of others.

use proptest::prelude::*;

use super::super::flat::flat_choice;
use super::super::generated::{datasets, long_article};
use super::super::testing::{marked, options, read_from, write_to};
use super::super::{Collected, ReadOptions};
use super::FORMAT;
use crate::model::Layer;
use crate::text::Text;

fn written(articles: &super::super::generated::Dataset) -> (String, Collected) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), articles);
    let read = read_from(folder.path(), &ReadOptions::default());
    (std::fs::read_to_string(path).unwrap(), read)
}

fn foreign(name: &str, bytes: impl AsRef<[u8]>) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    read_from(folder.path(), &ReadOptions::default())
}

/// What Python's `str.split` cuts at.
fn splits(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !splits(*c)).collect()
}

/// Every chosen piece by its place among the characters that are no white space.
fn pieces(text: &Text, layer: &Layer) -> Vec<(usize, usize, String)> {
    let before = |at: usize| bare(text.as_str().get(..at).unwrap()).chars().count();
    let choice = flat_choice(text, layer).pieces.into_iter();
    let all = choice.map(|piece| {
        let label = piece.span.label.to_string();
        (
            before(piece.range.start().get()),
            before(piece.range.end().get()),
            label,
        )
    });
    all.filter(|(start, end, _)| start < end).collect()
}

/// The one article of a file: its text, and its spans as `label=words`.
#[track_caller]
fn check(name: &str, content: &str, text: &str, spans: &[&str]) -> Vec<&'static str> {
    let read = foreign(name, content);
    assert_eq!(read.articles.len(), 1, "{:?}", read.diagnostics);
    let article = &read.articles[0].article;
    assert_eq!(article.text.as_str(), text);
    let layer = read.articles[0].layers.first().map(|(_, layer)| layer);
    let found: Vec<String> = layer
        .into_iter()
        .flat_map(|layer| flat_choice(&article.text, layer).pieces)
        .map(|piece| {
            format!(
                "{}={}",
                piece.span.label,
                article.text.slice(piece.range).unwrap()
            )
        })
        .collect();
    assert_eq!(found, spans);
    let codes = read.diagnostics.iter().map(|found| found.code);
    codes.filter(|code| *code != "text_rebuilt").collect()
}

#[test]
fn lines_are_as_trainers_want_them() {
    let article = marked(
        "a1",
        "{1:armed group|Les {2:x|FDS|2}|1}{3:y|,|3} à\u{a0}{4:location|Alep|4}. Puis\u{1f}{5:y|deux|5} {5|morts|5}. {6:y| |6}",
    );
    let (bytes, _) = written(&vec![article]);
    assert_eq!(
        bytes,
        "-DOCSTART- -X- O O\n\nLes -X- O B-armed_x20_group\nFDS -X- O I-armed_x20_group\n, -X- O B-y\nà -X- O O\n\
         Alep -X- O B-location\n. -X- O O\n\nPuis -X- O O\ndeux -X- O B-y\nmorts -X- O B-y\n. -X- O O\n\n"
    );
}

#[test]
fn what_the_table_does_not_say_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let article = marked("a", "{1:ville de départ|Alep |1}{2:x| \n |2}.");
    let (_, said) = write_to(folder.path(), &FORMAT, &options(), &[article]);
    let codes: Vec<&str> = said.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["span_without_token", "trimmed_spans", "label_renamed"]);
}

#[test]
fn no_sentence_ends_inside_a_span() {
    let (bytes, read) = written(&vec![marked(
        "a",
        "Un mot. {1:a|Deux mots. Trois mots|1}. Fin ici.",
    )]);
    assert_eq!(bytes.matches("\n\n").count(), 4, "{bytes}");
    assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
}

#[test]
fn every_way_of_tagging_is_read() {
    let text = "Bob Lee Ann in Oslo";
    let spans = ["PER=Bob Lee", "PER=Ann", "LOC=Oslo"];
    let tagged = |tags: [&str; 5]| {
        let lines = text.split(' ').zip(tags);
        lines
            .flat_map(|(token, tag)| [token, "\t", tag, "\n"])
            .collect::<String>()
    };
    for (tags, told) in [
        (["B-PER", "I-PER", "B-PER", "O", "B-LOC"], None),
        (["I-PER", "I-PER", "B-PER", "O", "I-LOC"], Some("tag_scheme")),
        (["B-PER", "E-PER", "S-PER", "O", "S-LOC"], Some("tag_scheme")),
        (["B-PER", "L-PER", "U-PER", "O", "U-LOC"], Some("tag_scheme")),
        (["B-PER", "I-PER", "B-PER", "O", "I-LOC"], Some("broken_tags")),
    ] {
        let codes = check("a.conll", &tagged(tags), text, &spans);
        assert_eq!(codes.first().copied(), told, "{tags:?}");
    }
}

#[test]
fn columns_of_others_are_read() {
    let four = "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n. . O O\n";
    check("eng.train", four, "EU rejects.", &["ORG=EU"]);
    check(
        "a.iob",
        "\u{feff}L’\tO\r\nONU\tB-ORG\r\n\r\nIci O\r\n",
        "L’ONU\nIci",
        &["ORG=ONU"],
    );
    check(
        "zh.txt",
        "北 B-LOC\n京 I-LOC\n下 O\n雨 O\n。 O\n",
        "北京下雨。",
        &["LOC=北京"],
    );
    let named = foreign("a.conll", "-DOCSTART- (1 EU) O\n\nEU B-ORG\n");
    assert_eq!(named.articles[0].article.header.meta["document"], "(1 EU)");
    let codes = check(
        "a.conll",
        "# id 7\nEU B-ORG\nlonely\nin X\n\tO\n",
        "EU lonely in",
        &["ORG=EU"],
    );
    assert_eq!(codes, ["bad_line", "bad_tag", "bad_line", "comments"]);
    let wide: Vec<u8> = "\u{feff}Homs B-LOC\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(foreign("a.conll", wide).articles[0].article.text.as_str(), "Homs");
    let latin = foreign("a.conll", b"\xc9t\xe9 O\nAl\xe8s B-LOC\n");
    assert_eq!(latin.articles[0].article.text.as_str(), "Été Alès");
    assert!(latin.diagnostics.iter().any(|found| found.code == "encoding"));
}

#[test]
fn a_document_of_spans_without_end_is_refused() {
    let read = foreign("endless.conll", "Alep B-LOC\n".repeat(200_001));
    let last = read.diagnostics.last().map(|found| found.code);
    assert_eq!((last, read.articles.len()), (Some("too_large"), 0));
}

#[test]
fn plain_texts_are_left_alone() {
    for text in [
        "Un texte.\nQui va - O\n",
        "a b\nc d\ne f\n",
        "",
        "O O\nO O\nO O\n",
    ] {
        let read = foreign("a.txt", text);
        assert!(
            read.diagnostics.iter().all(|found| found.code != "text_rebuilt"),
            "{text:?}"
        );
    }
}

#[test]
fn a_long_file_without_documents_is_cut_at_its_sentences() {
    let read = foreign("a.conll", "mot O\nAlep B-LOC\n\n".repeat(201));
    assert_eq!(read.articles.len(), 201);
    assert!(
        read.diagnostics
            .iter()
            .any(|found| found.code == "sentences_as_articles")
    );
    assert_eq!(foreign("a.conll", "mot O\n\n".repeat(200)).articles.len(), 1);
}

#[test]
fn a_span_of_67_000_characters_comes_back() {
    let articles = long_article();
    let (_, read) = written(&articles);
    let (found, own) = (&read.articles[0], &articles[0]);
    assert_eq!(
        pieces(&found.article.text, &found.layers[0].1),
        pieces(&own.0.text, &own.1[0].1)
    );
}

#[test]
fn nothing_that_is_cut_panics() {
    let good = "-DOCSTART- -X- O O\n\nÉté -X- O B-a_x20_b\n. -X- O O\n\nx\tE-a\n";
    for end in 0..=good.len() {
        let read = foreign("a.conll", &good.as_bytes()[..end]);
        assert!(read.articles.len() <= 1, "{end}");
        assert!(
            end == 0 || !read.articles.is_empty() || end < 24 || !read.diagnostics.is_empty(),
            "{end}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_comes_back(articles in datasets()) {
        let (bytes, read) = written(&articles);
        let mut expected = Vec::new();
        for (article, layers) in &articles {
            let marked: Vec<_> = layers.iter().filter(|(_, layer)| layer.exists()).collect();
            for at in 0..marked.len().max(1) {
                let empty = Layer::default();
                let layer = marked.get(at).map_or(&empty, |(_, layer)| layer);
                expected.push((bare(article.text.as_str()), pieces(&article.text, layer)));
            }
        }
        prop_assert_eq!(bytes.matches("-DOCSTART- -X- O O\n").count(), expected.len());
        expected.retain(|(text, _)| !text.is_empty());
        let found: Vec<_> = read.articles.iter().map(|one| {
            let text = &one.article.text;
            let spans = one.layers.first().map_or_else(Vec::new, |(_, layer)| pieces(text, layer));
            (bare(text.as_str()), spans)
        }).collect();
        prop_assert_eq!(found, expected);
        for line in bytes.split('\n').filter(|line| !line.is_empty()) {
            prop_assert_eq!(line.split(splits).count(), 4, "{:?}", line);
        }
    }

    #[test]
    fn mutated_bytes_never_panic(bytes in prop::collection::vec(prop::sample::select(&b"aB-IOE\t \n\r#\xc3\xa9\x00_x"[..]), 0..60)) {
        foreign("a.conll", bytes);
    }
}
