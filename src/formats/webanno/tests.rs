//! TSV files that are written: exact bytes, and round trips through files.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::super::generated::{Dataset, datasets, long_article};
use super::super::piece_ids::NamedPieces;
use super::super::testing::{knowing, marked, options, read_from, relate, write_to};
use super::super::{Collected, Diagnostic, read};
use super::FORMAT;
use super::reading_tests::NAMES;
use crate::model::{Annotator, Article, Attributes, Header, Layer, SpanId};

/// The only file of a dataset of one article.
fn written(article: &(Article, Vec<(Annotator, Layer)>)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (path, said) = write_to(folder.path(), &FORMAT, &options(), std::slice::from_ref(article));
    assert!(said.is_empty(), "{said:?}");
    let name = super::super::files::file_name(article.0.id.as_str());
    let annotator = article.1.iter().find(|(_, layer)| layer.exists());
    let file = match annotator {
        Some((annotator, _)) => path.join(annotator.as_str()).join(format!("{name}.tsv")),
        None => path.join(format!("{name}.tsv")),
    };
    std::fs::read_to_string(file).unwrap()
}

pub(super) fn read_bytes(bytes: &[u8]) -> Collected {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.tsv");
    std::fs::write(&path, bytes).unwrap();
    let mut collected = Collected::default();
    assert!(read(&FORMAT, &path, &knowing(), &mut collected).is_continue());
    assert!(collected.diagnostics.iter().all(|found| found.file.is_some()));
    collected
}

pub(super) fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.code).collect()
}

#[test]
fn a_small_article_is_written_to_the_byte() {
    let mut article = marked(
        "a",
        "😀 {1:x_y|{2:b|Alep|2} et Homs|1} {3:c|fin|3}.\r\n{4:d|Un|4}\tmot\\\n",
    );
    let layer = &mut article.1[0].1;
    relate(layer, "r1", "near|by", "3", "2");
    relate(layer, "r2", "of", "4", "2");
    relate(layer, "r3", "of", "4", "3");
    assert_eq!(
        written(&article),
        "#FORMAT=WebAnno TSV 3.3\n\
         #T_SP=custom.Span|label\n\
         #T_RL=custom.Relation|label|BT_custom.Span\n\
         \n\
         \n\
         #Hashiya={\"id\":\"a\",\"annotator\":\"ana\"}\n\
         #Text=😀 Alep et Homs fin.\\r\n\
         1-1\t0-2\t😀\t_\t_\t_\t\n\
         1-2\t3-7\tAlep\tx\\_y[1]|b[2]\tnear\\|by|of\t1-5[0_2]|2-1[0_2]\t\n\
         1-3\t8-10\tet\tx\\_y[1]\t_\t_\t\n\
         1-4\t11-15\tHoms\tx\\_y[1]\t_\t_\t\n\
         1-5\t16-19\tfin\tc\tof\t2-1\t\n\
         1-6\t19-20\t.\t_\t_\t_\t\n\
         \n\
         #Text=Un\\tmot\\\\\n\
         #Text=\n\
         2-1\t22-24\tUn\td\t_\t_\t\n\
         2-2\t25-28\tmot\t_\t_\t_\t\n\
         2-3\t28-29\t\\\t_\t_\t_\t\n"
    );
}

#[test]
fn articles_without_spans_or_words_have_no_layers() {
    for (text, rows) in [
        ("", "#Text=\n1-1\t0-0\t\t\n"),
        (" \n", "#Text= \n#Text=\n1-1\t0-2\t  \t\n"),
        ("Un.", "#Text=Un.\n1-1\t0-2\tUn\t\n1-2\t2-3\t.\t\n"),
    ] {
        let head = "#FORMAT=WebAnno TSV 3.3\n\n\n#Hashiya={\"id\":\"a\"}\n";
        assert_eq!(written(&marked("a", text)), [head, rows].concat());
    }
}

#[test]
fn the_layers_and_their_features_stand_beside() {
    let folder = tempfile::tempdir().unwrap();
    let read = read_bytes(NAMES.as_bytes());
    let incoming = &read.articles[0];
    let layers = vec![(Annotator::new("ana").unwrap(), incoming.layers[0].1.clone())];
    let (path, _) = write_to(
        folder.path(),
        &FORMAT,
        &options(),
        &[(incoming.article.clone(), layers)],
    );
    let types = std::fs::read_to_string(path.join("TypeSystem.xml")).unwrap();
    let names: Vec<&str> = types.split("name>").skip(1).step_by(2).collect();
    let names: Vec<&str> = names.iter().map(|name| name.trim_end_matches("</")).collect();
    assert_eq!(
        names,
        [
            "custom.Span",
            "identifier",
            "label",
            "custom.Relation",
            "Governor",
            "Dependent",
            "kind",
            "label"
        ]
    );
}

/// What is left of an article's layer in the format, as strings, so that a failure shows itself.
fn kept(article: &Article, layer: &Layer) -> Vec<String> {
    let named = NamedPieces::of(layer);
    let shown = |at: usize| {
        let piece = &named.list[at];
        format!(
            "{:?} {} {:?}",
            piece.range, piece.span.label, piece.span.attributes
        )
    };
    let mut all: Vec<String> = (0..named.list.len()).map(shown).collect();
    all.extend(layer.relations.values().map(|relation| {
        let end = |span| named.first_of(span).map(shown);
        format!(
            "{}: {:?} → {:?} {:?}",
            relation.relation_type,
            end(&relation.from),
            end(&relation.to),
            relation.attributes
        )
    }));
    all.sort();
    let Header {
        title, lang, meta, ..
    } = &article.header;
    all.push(format!(
        "{:?} {title:?} {lang:?} {meta:?} {:?}",
        article.text.as_str(),
        layer.status
    ));
    all
}

type Said = BTreeMap<(String, Option<String>), Vec<String>>;

fn expected(dataset: &Dataset) -> Said {
    let mut said = Said::new();
    for (article, layers) in dataset {
        let mut marked = layers.iter().filter(|(_, layer)| layer.exists()).peekable();
        if marked.peek().is_none() {
            said.insert((article.id.to_string(), None), kept(article, &Layer::default()));
        }
        for (annotator, layer) in marked {
            let key = (article.id.to_string(), Some(annotator.to_string()));
            said.insert(key, kept(article, layer));
        }
    }
    said
}

fn found(collected: &Collected) -> Said {
    let mut said = Said::new();
    for incoming in &collected.articles {
        let nobody = (None, Layer::default());
        let (annotator, layer) = incoming.layers.first().unwrap_or(&nobody);
        let key = (
            incoming.article.id.to_string(),
            annotator.as_ref().map(ToString::to_string),
        );
        said.insert(key, kept(&incoming.article, layer));
    }
    said
}

/// The text that INCEpTION makes of a file: see its `Tsv3XDeserializer`. A line feed stands behind it.
fn as_inception(tsv: &str) -> String {
    let (mut text, mut sentence): (Vec<u16>, Vec<u16>) = (Vec::new(), Vec::new());
    let mut is_head = false;
    for line in tsv.split('\n').skip(1) {
        if let Some(words) = line.strip_prefix("#Text=") {
            sentence.extend(super::escape::unescaped_text(words, false).encode_utf16());
            sentence.push(u16::from(b'\n'));
            is_head = true;
        } else if is_head {
            let begin: usize = line.split(['\t', '-']).nth(2).unwrap().parse().unwrap();
            if text.len() > begin {
                assert_eq!((text.len(), text.pop()), (begin + 1, Some(u16::from(b'\n'))));
            }
            text.resize(begin.max(text.len()), u16::from(b' '));
            text.append(&mut sentence);
            is_head = false;
        }
    }
    String::from_utf16(&text).unwrap()
}

fn round_trip(dataset: &Dataset) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), &FORMAT, &options(), dataset);
    let collected = read_from(&path, &knowing());
    let problems: Vec<_> = collected
        .diagnostics
        .iter()
        .filter(|found| found.code != "splits_cluster")
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(found(&collected), expected(dataset));
    let (again, _) = write_to(&folder.path().join("again"), &FORMAT, &options(), dataset);
    for entry in walkdir::WalkDir::new(&path) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(&path).unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let tsv = std::fs::read_to_string(entry.path()).unwrap();
        assert_eq!(tsv, std::fs::read_to_string(again.join(name)).unwrap());
        assert!(tsv.ends_with('\n') && !tsv.ends_with("\n\n"));
        if entry.path().extension().is_some_and(|ending| ending == "tsv") {
            let text = as_inception(&tsv);
            let texts = dataset.iter().map(|(article, _)| article.text.as_str());
            let is_known = |own: &str| text.strip_suffix('\n') == Some(own);
            assert!(texts.into_iter().any(is_known), "{text:?}\n{tsv}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn what_is_written_is_read_back(dataset in datasets()) {
        round_trip(&dataset);
    }

    #[test]
    fn good_files_with_bytes_changed_are_read_or_told(
        dataset in datasets(), at in any::<prop::sample::Index>(), byte in prop::sample::select(&b"\t\n\r|[]_*\\-#0 9a\xff\x00"[..]), cut in any::<bool>(),
    ) {
        for (article, layers) in dataset {
            let folder = tempfile::tempdir().unwrap();
            let (path, _) = write_to(folder.path(), &FORMAT, &options(), &[(article, layers)]);
            for entry in walkdir::WalkDir::new(path).into_iter().flatten() {
                if entry.path().extension().is_some_and(|ending| ending == "tsv") {
                    let mut bytes = std::fs::read(entry.path()).unwrap();
                    let at = at.index(bytes.len());
                    if cut { bytes.remove(at); } else { bytes[at] = byte; }
                    let read = read_bytes(&bytes);
                    prop_assert!(!read.articles.is_empty() || !read.diagnostics.is_empty());
                }
            }
        }
    }
}

#[test]
fn a_span_of_sixty_seven_thousand_characters_comes_back() {
    round_trip(&long_article());
}

#[test]
fn values_that_the_format_has_no_sign_for_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut article = marked("a", "{1:a|un|1}");
    let mut read = read_bytes(
        b"#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label|remark\n\n\n#Text=un\n1-1\t0-2\tun\ta\tx\\ry\t\n",
    );
    let layer = read.articles[0].layers.remove(0).1;
    article.1[0].1 = layer;
    let (_, said) = write_to(folder.path(), &FORMAT, &options(), &[article]);
    assert_eq!(codes(&said), ["characters_replaced"]);
}

#[test]
fn attributes_of_any_name_are_features_and_come_back() {
    use crate::model::{AttributeId, Value};
    let mut article = marked("a", "{1:x|un|1} {2:y|deux|2}");
    let layer = &mut article.1[0].1;
    relate(layer, "r1", "of", "1", "2");
    let names = ["ville de départ", "ROLE_x", "B-PER", "end", "فاعل", "7"];
    let values = ["|_*\\[]->;", "", "\ta\n", "*", "_", "_[1]"];
    let attributes: Attributes = names
        .into_iter()
        .zip(values)
        .map(|(name, value)| (AttributeId::new(name).unwrap(), Value::Text(value.to_owned())))
        .collect();
    let mut span = crate::model::Span::clone(layer.spans.get(&SpanId::new("1").unwrap()).unwrap());
    span.attributes = attributes.clone();
    layer.spans.insert(Arc::new(span));
    layer
        .relations
        .values_mut()
        .for_each(|relation| relation.attributes = attributes.clone());
    let tsv = written(&article);
    assert!(
        tsv.contains("|BT_custom.Span\n") && tsv.contains("|x_x_end|"),
        "{tsv}"
    );
    round_trip(&vec![article]);
}
