//! TSV files of other tools: their layers, and whatever can be wrong with them.

use super::super::testing::read_from;
use super::super::{Collected, ReadOptions};
use super::tests::{codes, read_bytes};
use crate::model::{Annotator, SpanId};

/// Names as INCEpTION's own layer has them: over two words, stacked, in a part of a word, and after an emoji.
pub(super) const NAMES: &str = "#FORMAT=WebAnno TSV 3.3\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
    #T_SP=webanno.custom.Mood|\n\
    #T_RL=webanno.custom.Owns|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\n\n\
    #Sentence.id=s1\n\
    #Text=😀 Sony Music bought\n\
    1-1\t0-2\t😀\t_\t_\t*\t_\t_\t\n\
    1-2\t3-7\tSony\thttp://x/Q41187[1]|*[2]\tORG[1]|a\\|b[2]\t_\t_\t_\t\n\
    1-2.1\t3-5\tSo\t*\t*\t_\t_\t_\t\n\
    1-3\t8-13\tMusic\thttp://x/Q41187[1]\tORG[1]\t_\t_\t_\t\n\
    1-4\t14-20\tbought\t_\t_\t_\t_\t_\t\n\n\
    #Text=Epic.\n\
    2-1\t21-25\tEpic\t_\tORG\t_\t*|of\t1-2[1_0]|1-2.1\t\n\
    2-2\t25-26\t.\t_\t_\t_\t_\t_\t\n";

/// Each span as its label, words, and attributes, then each relation.
fn shown(collected: &Collected) -> Vec<String> {
    let incoming = &collected.articles[0];
    let Some((_, layer)) = incoming.layers.first() else {
        return Vec::new();
    };
    let words = |id: &SpanId| {
        let span = layer.spans.get(id).unwrap();
        span.ranges.quote(&incoming.article.text).unwrap()
    };
    let spans = layer.spans.iter().map(|span| {
        let attributes = span.attributes.iter();
        let attributes: Vec<String> = attributes
            .map(|(id, value)| format!(" {id}={}", value.to_json()))
            .collect();
        format!("{} ‹{}›{}", span.label, words(&span.id), attributes.concat())
    });
    let relations = layer.relations.values().map(|relation| {
        format!(
            "{}: {} → {}",
            relation.relation_type,
            words(&relation.from),
            words(&relation.to)
        )
    });
    let (mut all, mut relations): (Vec<String>, Vec<String>) = (spans.collect(), relations.collect());
    relations.sort();
    all.extend(relations);
    all
}

#[test]
fn layers_of_others_become_labels_attributes_and_relations() {
    let read = read_bytes(NAMES.as_bytes());
    assert_eq!(codes(&read.diagnostics), ["text_rebuilt"]);
    assert_eq!(
        read.articles[0].article.text.as_str(),
        "😀 Sony Music bought\nEpic."
    );
    assert_eq!(
        shown(&read),
        [
            "Mood ‹😀›",
            "NamedEntity ‹So›",
            "a|b ‹Sony›",
            "ORG ‹Sony Music› identifier=\"http://x/Q41187\"",
            "ORG ‹Epic›",
            "Owns: So → Epic",
            "Owns: Sony Music → Epic",
        ]
    );
}

#[test]
fn other_line_ends_and_a_byte_order_mark_change_nothing() {
    for tsv in [
        NAMES.replace('\n', "\r\n"),
        NAMES.replace('\n', "\r"),
        format!("\u{feff}{NAMES}"),
        NAMES.replace("\n\n\n", "\n\n"),
        NAMES.replace("\t\n", "\n"),
    ] {
        assert_eq!(
            shown(&read_bytes(tsv.as_bytes())),
            shown(&read_bytes(NAMES.as_bytes())),
            "{tsv:?}"
        );
    }
    let utf16: Vec<u8> = format!("\u{feff}{NAMES}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let read = read_bytes(&utf16);
    assert_eq!(codes(&read.diagnostics), ["encoding", "text_rebuilt"]);
    assert_eq!(shown(&read).len(), 7);
}

#[test]
fn older_versions_are_read_and_others_refused() {
    for (version, expected) in [
        ("3.0", &["text_rebuilt"][..]),
        ("3.1", &["text_rebuilt"]),
        ("3.2", &["text_rebuilt"]),
        ("3.9", &["format_version", "text_rebuilt"]),
        ("2.0", &["format_version"]),
        ("", &["format_version"]),
    ] {
        let tsv = NAMES.replacen("3.3", version, 1);
        assert_eq!(
            codes(&read_bytes(tsv.as_bytes()).diagnostics),
            expected,
            "{version}"
        );
    }
    let java = "#FORMAT=WebAnno TSV 3.1\n#T_SP=x.Y|\n\n\n#Text=\\u00e9t\\u00e9 \\uD83D\\uDE00\n1-1\t0-3\tété\t*\t\n1-2\t4-6\t😀\t*\t\n";
    assert_eq!(shown(&read_bytes(java.as_bytes())), ["Y ‹été›", "Y ‹😀›"]);
}

#[test]
fn files_that_count_code_points_are_told_and_put_right() {
    let points = NAMES
        .replace("0-2\t😀", "0-1\t😀")
        .replace("3-7\tSony", "2-6\tSony")
        .replace("3-5\tSo", "2-4\tSo")
        .replace("8-13\tMusic", "7-12\tMusic")
        .replace("14-20\tbought", "13-19\tbought")
        .replace("21-25\tEpic", "20-24\tEpic")
        .replace("25-26\t.", "24-25\t.");
    let read = read_bytes(points.as_bytes());
    assert_eq!(codes(&read.diagnostics), ["offset_unit", "text_rebuilt"]);
    assert_eq!(shown(&read), shown(&read_bytes(NAMES.as_bytes())));
    assert_eq!(
        read.articles[0].article.text.as_str(),
        "😀 Sony Music bought\nEpic."
    );
}

#[test]
fn layers_of_words_and_slots_are_counted_and_chains_become_relations() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n\
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue\n\
        #T_SP=webanno.custom.Frame|value|ROLE_webanno.custom.Frame:args_webanno.custom.Link|webanno.custom.Part\n\
        #T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceRelation|referenceType\n\
        #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS\n\n\n\
        #Text=Ana sees her old self\n\
        1-1\t0-3\tAna\tNP\tN\t_\t_\t_\tsame->1-1\tnam[1]\tSBJ\t1-2\t\n\
        1-2\t4-8\tsees\tVB\tV\tsee\twho;what\t1-1;1-3\t_\t_\t_\t_\t\n\
        1-3\t9-12\ther\tPP\tP\t_\t_\t_\t*->1-2\t*[1]\t_\t_\t\n\
        1-4\t13-16\told\t_\t_\t_\t_\t_\t*->1-3|x->2-1\tnom[1]|nom[2]\t_\t_\t\n\
        1-5\t17-21\tself\t_\t_\t_\t_\t_\t*->1-3\tnom[1]\t_\t_\t\n";
    let read = read_bytes(tsv.as_bytes());
    assert_eq!(
        codes(&read.diagnostics),
        ["left_out", "left_out", "chains_as_relations"]
    );
    assert!(
        read.diagnostics[0].message.starts_with("4 "),
        "{:?}",
        read.diagnostics
    );
    assert!(
        read.diagnostics[1].message.starts_with("2 "),
        "{:?}",
        read.diagnostics
    );
    assert_eq!(
        shown(&read),
        [
            "nam ‹Ana›",
            "see ‹sees›",
            "CoreferenceLink ‹her›",
            "nom ‹old›",
            "nom ‹old self›",
            "CoreferenceLink: her → old self",
            "same: Ana → her",
        ]
    );
}

#[test]
fn each_bad_row_is_told_with_its_line_and_the_rest_comes_in() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_XX=a\n#T_RL=custom.Relation|label|BT_custom.Span\n\n\n\
        #Text=Un deux trois quatre\n\
        1-1\t0-2\tUn\ta\t_\t_\t\n\
        1-2\t3-7\tdeus\tb\t_\t_\t\n\
        1-3\t8-99\ttrois\tc\t_\t_\t\n\
        1-4\tx-y\tquatre\td\t_\t_\t\n\
        1-5\t14\n\
        1-6\t14-20\tquatre\te[1]|f[1]\to\t1-9\t\n\
        1-6\t14-20\tquatre\t_\tz|o\t1-1[7_0]|1-2\t\n\
        1-6.1\t15-15\t\tg\t_\t_\t\n\n\
        #Text=Un\n\
        2-1\t3-5\tUn\th\t_\t_\t\n";
    let read = read_bytes(tsv.as_bytes());
    let places: Vec<(&str, Option<u64>)> = read
        .diagnostics
        .iter()
        .map(|found| (found.code, found.line))
        .collect();
    assert_eq!(
        places,
        [
            ("bad_header", Some(3)),
            ("bad_line", Some(11)),
            ("bad_line", Some(12)),
            ("quote_mismatch", Some(9)),
            ("bad_offsets", Some(10)),
            ("bad_offsets", Some(17)),
            ("bad_value", Some(13)),
            ("duplicate_id", Some(14)),
            ("bad_offsets", Some(9)),
            ("bad_offsets", Some(10)),
            ("bad_offsets", Some(15)),
            ("dangling", Some(13)),
            ("dangling", Some(14)),
            ("dangling", Some(14)),
        ]
    );
    assert!(
        read.diagnostics
            .iter()
            .all(|found| found.code == "duplicate_id" || found.hint.is_some())
    );
    assert_eq!(shown(&read), ["a ‹Un›", "e ‹quatre›", "f ‹quatre›", "h ‹Un›"]);
    assert_eq!(read.articles[0].article.text.as_str(), "Un deux trois quatre\nUn");
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_told() {
    let ends: Vec<usize> = NAMES
        .match_indices("\n\n#Text=Epic")
        .map(|(at, _)| at + 1)
        .collect();
    for end in 0..NAMES.len() {
        let read = read_bytes(NAMES.as_bytes().get(..end).unwrap());
        let is_told = read.diagnostics.iter().any(|found| found.code != "text_rebuilt");
        // A file that ends with a whole sentence is one.
        assert!(
            is_told || ends.contains(&end) || ends.contains(&(end - 1)),
            "{end}"
        );
    }
}

#[test]
fn the_last_line_is_counted_whatever_ends_the_lines() {
    for end in ["\n", "\r", "\r\n"] {
        let cut = NAMES.trim_end().replace('\n', end);
        let read = read_bytes(cut.as_bytes());
        let found = read.diagnostics.iter().find(|found| found.code == "cut_off");
        assert_eq!(found.unwrap().line, Some(17), "{end:?}");
    }
}

#[test]
fn what_holds_no_text_is_refused() {
    for (tsv, code) in [
        ("", "empty_file"),
        ("#FORMAT=WebAnno TSV 3.3\n\n\n", "no_text"),
        (
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n1-1\t0-2\tun\ta\t\n",
            "no_text",
        ),
    ] {
        let read = read_bytes(tsv.as_bytes());
        assert!(read.articles.is_empty());
        assert!(
            codes(&read.diagnostics).contains(&code),
            "{tsv:?} {:?}",
            read.diagnostics
        );
    }
}

#[test]
fn positions_that_cannot_be_are_not_believed() {
    for place in [
        "99999999999-99999999999",
        "18446744073709551615-18446744073709551615",
        "7-3",
        "-1-2",
    ] {
        let tsv = format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Y|v\n\n\n#Text=Un\n1-1\t0-2\tUn\ta\t\n\n#Text=\u{e9}\n2-1\t{place}\t\u{e9}\tb\t\n"
        );
        let read = read_bytes(tsv.as_bytes());
        assert!(
            codes(&read.diagnostics)
                .iter()
                .any(|code| ["bad_offsets", "bad_line"].contains(code)),
            "{place}"
        );
        assert_eq!(
            read.articles[0]
                .article
                .text
                .as_str()
                .trim_start_matches("Un\n")
                .trim_start(),
            "\u{e9}"
        );
    }
}

#[test]
fn the_files_of_a_project_of_inception_say_who_marked_what() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("annotation").join("nouvelles.txt");
    std::fs::create_dir_all(&place).unwrap();
    for name in ["admin.tsv", "INITIAL_CAS.tsv"] {
        std::fs::write(place.join(name), NAMES).unwrap();
    }
    let read = read_from(folder.path(), &ReadOptions::default());
    let who: Vec<Option<&str>> = read
        .articles
        .iter()
        .map(|incoming| incoming.layers[0].0.as_ref().map(Annotator::as_str))
        .collect();
    assert_eq!(who, [None, Some("admin")]);
    assert!(
        read.articles
            .iter()
            .all(|incoming| incoming.article.header.meta["file"] == "nouvelles.txt")
    );
    assert_eq!(read.articles[0].article.id, read.articles[1].article.id);
}

#[test]
fn cells_that_say_two_things_are_told() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Y|value\n#T_CH=x.Link|referenceRelation|referenceType\n\n\n\
        #Text=Un deux\n\
        1-1\t0-2\tUn\ta[1]|b[1]\tx->1\ty[1]\t\n\
        1-2\t3-7\tdeux\tc[1]\t_\ty[1]\t\n";
    let read = read_bytes(tsv.as_bytes());
    assert_eq!(codes(&read.diagnostics), ["bad_value"; 4]);
    assert_eq!(shown(&read), ["b ‹Un›", "a ‹Un deux›"]);
}

#[test]
fn a_row_of_many_values_costs_no_more_than_they_are() {
    let stack = vec!["a[1]"; 20_000].join("|");
    let head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Y|value\n\n\n#Text=Un\n1-1\t0-2\tUn\t";
    let read = read_bytes([head, &stack, &"\t".repeat(1_000_000), "\n"].concat().as_bytes());
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.diagnostics.len(), 19_999);
}
