//! CAS files: round trips in both notations, and what other tools write.

use super::super::testing::{marked, options, read_from, write_to};
use super::super::{Format, ReadOptions};
use super::{JSON, XMI};
use crate::model::Layer;

fn spans(layer: &Layer) -> Vec<(String, String, String)> {
    let spans = layer.spans.iter();
    spans
        .map(|span| {
            (
                span.id.to_string(),
                span.label.to_string(),
                format!("{:?}", span.ranges),
            )
        })
        .collect()
}

fn check(format: &Format) {
    for markup in [
        "",
        "{1:a|la {2:b é|Syrie|2}|1} 👩‍👩‍👧 {3:حلب|e\u{301}\u{a0}x|3}",
        "{1:a|x\r\ny\rz\u{2028}w\u{85}v|1} {2:b<&\"|\t]]>=SUM(A1)|2}",
        "{1:a|un|1} deux {1|trois|1} {2:a|NA|2}",
    ] {
        let article = marked("a b", markup);
        let folder = tempfile::tempdir().unwrap();
        let (path, said) = write_to(folder.path(), format, &options(), std::slice::from_ref(&article));
        assert!(said.is_empty(), "{said:?}");
        let read = read_from(&path, &ReadOptions::default());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.articles[0].article, article.0);
        if article.1[0].1.exists() {
            assert_eq!(
                spans(&read.articles[0].layers[0].1),
                spans(&article.1[0].1),
                "{markup:?}"
            );
        }
    }
}

#[test]
fn what_was_written_comes_back_from_xmi() {
    check(&XMI);
}

#[test]
fn what_was_written_comes_back_from_json() {
    check(&JSON);
}

#[test]
fn control_characters_become_spaces_in_xml_and_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let article = marked("a", "x\u{1}y {1:a|z|1}");
    let (path, said) = write_to(folder.path(), &XMI, &options(), &[article]);
    assert_eq!(said[0].code, "characters_replaced");
    let read = read_from(&path, &ReadOptions::default());
    assert_eq!(read.articles[0].article.text.as_str(), "x y z");
    assert_eq!(read.articles[0].layers[0].1.spans.len(), 1);
}

#[test]
fn layers_of_others_become_labels_and_attributes() {
    let xmi = "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
        xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmlns:webanno=\"http:///webanno/custom.ecore\" \
        xmi:version=\"2.0\"><cas:NULL xmi:id=\"0\"/><ner:NamedEntity xmi:id=\"3\" sofa=\"1\" begin=\"3\" end=\"7\" \
        value=\"ORG\" identifier=\"Q41187\"/><webanno:Mood xmi:id=\"4\" sofa=\"1\" begin=\"0\" end=\"2\" tone=\"glad\"/>\
        <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" sofaString=\"😀 Sony\"/></xmi:XMI>";
    for end in (1..xmi.len()).filter(|end| xmi.is_char_boundary(*end)) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("d.xmi"), xmi.get(..end).unwrap()).unwrap();
        let read = read_from(folder.path(), &ReadOptions::default());
        assert!(!read.diagnostics.is_empty(), "{end}");
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.xmi"), xmi).unwrap();
    let read = read_from(folder.path(), &ReadOptions::default());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let labels: Vec<(String, usize)> = read.articles[0].layers[0]
        .1
        .spans
        .iter()
        .map(|span| (span.label.to_string(), span.attributes.len()))
        .collect();
    assert_eq!(labels, [("Mood".to_owned(), 1), ("ORG".to_owned(), 1)]);
}

#[test]
fn a_list_of_many_values_costs_no_more_than_they_are() {
    let values = "<names>Alep</names>".repeat(50_000);
    let xmi = format!(
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:a=\"http:///a.ecore\"><a:Place xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"4\">{values}</a:Place>\
         <cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"Alep\"/></xmi:XMI>"
    );
    let names = attributes(&[("d.xmi", &xmi)]);
    assert_eq!(names.matches("\"Alep\"").count(), 50_000);
}

/// The attributes of the first span, as JSON.
fn attributes(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let read = read_from(folder.path(), &ReadOptions::default());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let layer = &read.articles[0].layers[0].1;
    let span = layer.spans.iter().next().unwrap();
    let values = span.attributes.iter();
    let values: Vec<String> = values
        .map(|(id, value)| format!("{id}={}", value.to_json()))
        .collect();
    values.join(" ")
}

#[test]
fn features_of_others_have_the_types_that_their_files_say() {
    let json = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Alep"},
        {"%ID":2,"%TYPE":"a.Mood","@sofa":1,"begin":0,"end":4,"n":7,"x":0.5,"sure":true,"code":"07","grade":"7"}],
        "%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2]}}}"#;
    let expected = r#"code="07" grade="7" n=7 sure=true x=0.5"#;
    assert_eq!(attributes(&[("d.json", json)]), expected);
    let xmi = r#"<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
        xmlns:a="http:///a.ecore" xmi:version="2.0"><a:Mood xmi:id="2" sofa="1" begin="0" end="4" n="7" x="0.5"
        sure="true" code="07" grade="7"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView"
        sofaString="Alep"/></xmi:XMI>"#;
    let feature = |name: &str, range: &str| {
        format!(
            "<featureDescription><name>{name}</name><description/><rangeTypeName>uima.cas.{range}</rangeTypeName></featureDescription>"
        )
    };
    let above = feature("n", "Integer") + &feature("sure", "Boolean");
    let own = feature("x", "Double") + &feature("code", "String") + &feature("grade", "String");
    let types = format!(
        "<typeSystemDescription><types><typeDescription><name>a.Base</name>\
         <supertypeName>uima.tcas.Annotation</supertypeName><features>{above}</features></typeDescription>\
         <typeDescription><name>a.Mood</name><supertypeName>a.Base</supertypeName><features>{own}</features>\
         </typeDescription></types></typeSystemDescription>"
    );
    assert_eq!(
        attributes(&[("d.xmi", xmi), ("TypeSystem.xml", &types)]),
        expected
    );
    // Nothing says what they are.
    assert_eq!(
        attributes(&[("d.xmi", xmi)]),
        r#"code="07" grade="7" n="7" sure="true" x="0.5""#
    );
}

#[test]
fn attributes_are_features_of_their_types() {
    use super::super::generated_full::typed_codebook;
    use super::super::testing::options_for;
    use crate::model::{AttributeId, Value, parse_json};
    let mut article = marked("a", "{1:actor|x|1}");
    let layer = &mut article.1[0].1;
    let mut span = crate::model::Span::clone(layer.spans.iter().next().unwrap());
    for (id, json) in [
        ("type", r#""rebels""#),
        ("number", "7"),
        ("share", "7.50"),
        ("sure", "false"),
        ("who", r#"["a"]"#),
        ("label", "9999999999"),
        ("1st é", "true"),
        ("begin", r#""b""#),
    ] {
        let value = Value::from_json(&parse_json(json).unwrap().value).unwrap();
        span.attributes.insert(AttributeId::new(id).unwrap(), value);
    }
    layer.spans.insert(std::sync::Arc::new(span));
    let folder = tempfile::tempdir().unwrap();
    let options = options_for(typed_codebook());
    let (path, _) = write_to(folder.path(), &XMI, &options, std::slice::from_ref(&article));
    let xmi = std::fs::read_to_string(path.join("ana/a.xmi")).unwrap();
    let span = "<custom:Span xmi:id=\"3\" sofa=\"1\" begin=\"0\" end=\"1\" label=\"actor\" spanId=\"1\" \
        a_1st_x20__xe9_=\"true\" a_begin=\"b\" number=\"7\" share=\"7.50\" sure=\"false\" type=\"rebels\" \
        who=\"[&quot;a&quot;]\" attributes=\"{&quot;label&quot;:9999999999}\"/>";
    assert!(xmi.contains(span), "{xmi}");
    let types = std::fs::read_to_string(path.join("TypeSystem.xml")).unwrap();
    for (name, range) in [
        ("number", "Integer"),
        ("share", "Double"),
        ("a_1st_x20__xe9_", "Boolean"),
        ("quantity", "String"),
    ] {
        let feature = format!("<name>{name}</name><rangeTypeName>uima.cas.{range}</rangeTypeName>");
        assert!(types.contains(&feature), "{name}: {types}");
    }
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(folder.path(), &JSON, &options, &[article]);
    let json = std::fs::read_to_string(path.join("ana/a.json")).unwrap();
    assert!(
        json.contains(r#""number":7,"share":7.50,"sure":false,"type":"rebels""#),
        "{json}"
    );
}

#[test]
fn what_inception_notes_of_a_document_is_taken_and_what_has_no_place_is_told() {
    let xmi = "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
        xmlns:meta=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" \
        xmlns:anno=\"http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore\" \
        xmlns:seg=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
        xmlns:custom=\"http:///webanno/custom.ecore\"><meta:DocumentMetaData xmi:id=\"2\" sofa=\"1\" begin=\"0\" \
        end=\"4\" language=\"fr\" documentTitle=\"d7.txt\"/><anno:CASMetadata xmi:id=\"3\" sofa=\"1\" begin=\"0\" \
        end=\"4\" username=\"mia\"/><seg:Token xmi:id=\"4\" sofa=\"1\" begin=\"0\" end=\"4\"/>\
        <custom:Place xmi:id=\"5\" sofa=\"1\" begin=\"0\" end=\"4\" value=\"city\"><names>Alep</names>\
        <names>حلب</names></custom:Place><custom:PlaceLink xmi:id=\"6\" role=\"x\" target=\"5\"/>\
        <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" sofaString=\"Alep\"/></xmi:XMI>";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("d.xmi"), xmi).unwrap();
    let read = read_from(folder.path(), &ReadOptions::default());
    let codes: Vec<&str> = read.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["left_out"], "{:?}", read.diagnostics);
    let incoming = &read.articles[0];
    assert_eq!(incoming.article.header.lang.as_deref(), Some("fr"));
    assert_eq!(incoming.article.header.meta["document"], "d7.txt");
    let (annotator, layer) = &incoming.layers[0];
    assert_eq!(annotator.as_ref().unwrap().as_str(), "mia");
    let span = layer.spans.iter().next().unwrap();
    let names = &span.attributes[&crate::model::AttributeId::new("names").unwrap()];
    assert_eq!(span.label.as_str(), "city");
    assert_eq!(names.to_json().to_string(), r#"["Alep","حلب"]"#);
}
