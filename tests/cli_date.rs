//! `hashiya date` as a process.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::json;
use support::Place;

#[test]
fn words_are_read_against_the_publication_the_best_date_first() {
    let place = Place::new();
    let out = place.ok(&["date", "12 mai", "--lang", "fr", "--published", "2022-06-01"]);
    assert_eq!(out, "2022-05-12\n--05-12\n");
    let out = place.ok(&["date", "vers", "le", "12", "mai", "2022"]);
    assert_eq!(out, "about 2022-05-12\n");
    let out = place.ok(&[
        "date",
        "الأسبوع الماضي",
        "--lang",
        "ar",
        "--published",
        "2022-05-12",
    ]);
    assert_eq!(out, "2022-05-02/2022-05-08 (week)\n");
    let answer = place.json(&["date", "05/12/2021", "--lang", "en", "--json"]);
    let dates = json!([{"value": "2021-05-12"}, {"value": "2021-12-05"}]);
    assert_eq!(
        answer,
        json!({"text": "05/12/2021", "dates": dates, "certain": false, "wants_published": false})
    );
    assert_eq!(place.json(&["date", "rien", "--json"])["dates"], json!([]));
    let out = place.ok(&["date", "hier", "--lang", "fr"]);
    assert!(out.contains("`--published`"), "{out}");
    assert_eq!(
        place.json(&["date", "hier", "--json"])["wants_published"],
        json!(true)
    );
}

#[test]
fn a_publication_that_is_no_date_is_wrong_usage() {
    let (code, error) = Place::new().refused(&["date", "hier", "--published", "soon"]);
    assert_eq!((code, error.as_str()), (2, "bad_date"));
}
