//! Dates as the words of an article give them, against the day on which it was published.
//!
//! Proposals only: what becomes of them is the annotator's to say. Knows no window.

use crate::model::{Article, DateValue, Header, Ranges, Span};
use crate::quantity::{Context, date};
use crate::text::Text;

use super::figures;

pub use crate::quantity::date::Reading;

/// Keys of the metadata that say when an article was published, the surest first.
const PUBLISHED: [&str; 2] = ["published", "date"];

/// When an article was published, as its metadata has it.
pub fn published(header: &Header) -> Option<DateValue> {
    let text = |key: &&str| header.meta.get(*key)?.as_str();
    PUBLISHED
        .iter()
        .filter_map(text)
        .find_map(|text| date::published(text, header.lang.as_deref()))
}

/// The dates that a span's words may mean, the best first; none where they say none.
pub fn proposals(article: &Article, span: &Span) -> Vec<DateValue> {
    of_span(&article.header, &article.text, &span.ranges).dates
}

/// The dates that the words of a span may mean, by those around them in its sentence too, and whether the best is
/// certain.
pub fn of_span(header: &Header, text: &Text, ranges: &Ranges) -> Reading {
    let words = ranges.quote(text).unwrap_or_default();
    let sentence = figures::around(text, ranges.hull());
    let around = Context {
        before: &sentence.0,
        after: &sentence.1,
    };
    date::reading_in(&words, around, header.lang.as_deref(), published(header).as_ref())
}

/// The dates that words may mean in that article, typed or quoted, and whether the best is certain.
pub fn read(header: &Header, words: &str) -> Reading {
    date::reading(words, header.lang.as_deref(), published(header).as_ref())
}

/// The proposed date with its weekday, Monday as 1, where the words name another weekday.
pub fn misfit(reading: &Reading, date: &DateValue) -> Option<i8> {
    let weekday = date::weekday(date)?;
    reading.weekday.filter(|named| *named != weekday).map(|_| weekday)
}

/// The date that typed words mean most likely: as dates are written, else as the articles of that language say them.
pub fn typed(header: &Header, words: &str) -> Option<DateValue> {
    let written = DateValue::typed(words).ok();
    written.or_else(|| read(header, words).dates.into_iter().next())
}

/// Whether words are a date that only the day of publication would tell, as “jeudi” is, and that day is not known.
pub fn wants_publication(header: &Header, words: &str) -> bool {
    read(header, words).dates.is_empty() && words_want_publication(words, header.lang.as_deref())
}

/// The same for words outside any article, of which no date was read.
pub fn words_want_publication(words: &str, lang: Option<&str>) -> bool {
    let some_day = DateValue::plain("2001-06-13");
    !date::reading(words, lang, Some(&some_day)).dates.is_empty()
}

/// Which days words outside any article may mean.
pub fn read_words(words: &str, lang: Option<&str>, published: Option<&str>) -> Reading {
    let published = published.and_then(|text| date::published(text, lang));
    date::reading(words, lang, published.as_ref())
}

/// Whether words name a day, month, or year that an article can have come out on.
pub fn is_publication(words: &str, lang: Option<&str>) -> bool {
    date::published(words, lang).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::{ByteOffset, ByteRange, Text};

    fn header(meta: serde_json::Value) -> Header {
        Header {
            lang: Some("fr".to_owned()),
            meta: serde_json::from_value(meta).unwrap(),
            ..Header::default()
        }
    }

    #[test]
    fn the_publication_is_found_under_either_key_and_passed_over_where_it_is_none() {
        let found = |meta| published(&header(meta)).map(|date| date.value);
        assert_eq!(
            found(json!({"date": "2022-05-12T08:00:00Z"})).as_deref(),
            Some("2022-05-12")
        );
        assert_eq!(
            found(json!({"published": "soon", "date": "12 mai 2022"})).as_deref(),
            Some("2022-05-12")
        );
        assert_eq!(found(json!({"date": 20_220_512})), None);
        assert_eq!(found(json!({})), None);
    }

    #[test]
    fn a_typed_date_is_read_as_written_or_as_said() {
        let header = header(json!({"date": "2022-05-12"}));
        let typed = |words: &str| super::typed(&header, words).map(|date| date.value);
        assert_eq!(typed("2021-3").as_deref(), Some("2021-03"));
        assert_eq!(typed("hier").as_deref(), Some("2022-05-11"));
        assert_eq!(typed("Alep"), None);
    }

    #[test]
    fn words_that_count_from_the_day_of_publication_want_it_where_it_is_not_known() {
        let unknown = header(json!({}));
        for words in ["jeudi", "hier", "la semaine dernière"] {
            assert!(wants_publication(&unknown, words), "{words}");
            assert!(
                !wants_publication(&header(json!({"date": "2022-05-12"})), words),
                "{words}"
            );
        }
        let year = header(json!({"date": "2022"}));
        assert!(wants_publication(&year, "jeudi"), "a year is no day");
        for words in ["12 mai 2021", "le 12 mai", "Alep", ""] {
            assert!(!wants_publication(&unknown, words), "{words}");
        }
    }

    #[test]
    fn a_publication_is_a_day_month_or_year_in_figures_or_words() {
        for words in [
            "2022",
            "2022-05",
            "2022-05-12",
            "2022-05-12T08:00:00Z",
            "12 mai 2022",
            "12/05/2022",
        ] {
            assert!(is_publication(words, Some("fr")), "{words}");
        }
        for words in ["demain peut-être", "12 mai", "Alep", "2022-13-40"] {
            assert!(!is_publication(words, Some("fr")), "{words}");
        }
    }

    #[test]
    fn a_weekday_that_does_not_fit_its_date_is_known() {
        let header = header(json!({"date": "2030-05-20"}));
        let misfits = |words: &str| {
            let reading = read(&header, words);
            let misfits = reading.dates.iter().map(|date| misfit(&reading, date));
            (reading.is_certain, misfits.collect::<Vec<_>>())
        };
        assert_eq!(misfits("lundi 19 mai 2030"), (false, vec![Some(7)]));
        assert_eq!(misfits("dimanche 19 mai 2030"), (true, vec![None]));
        assert_eq!(misfits("19 mai 2030"), (true, vec![None]));
    }

    #[test]
    fn a_spans_words_are_read_against_it() {
        let text = Text::new("Le marché a été visé hier.");
        let at = text.as_str().find("hier").unwrap();
        let words = ByteRange::between(ByteOffset::new(at), ByteOffset::new(at + 4));
        let span = crate::model::testing::span("s1", "date", vec![words]);
        let article = Article::new(None, header(json!({"date": "2022-05-12"})), text).unwrap();
        let dates = proposals(&article, &span);
        assert_eq!(dates.first().map(|date| date.value.as_str()), Some("2022-05-11"));
    }

    #[test]
    fn the_words_around_a_span_say_that_it_is_to_come() {
        let content = "Hier. Les écoles restent fermées jusqu'à mardi, dit-il.";
        let at = content.find("mardi").unwrap();
        let words = ByteRange::between(ByteOffset::new(at), ByteOffset::new(at + 5));
        let span = crate::model::testing::span("s1", "date", vec![words]);
        let text = Text::new(content);
        let article = Article::new(None, header(json!({"date": "2022-05-12"})), text).unwrap();
        let dates = proposals(&article, &span).into_iter().map(|date| date.value);
        assert_eq!(dates.collect::<Vec<_>>(), ["2022-05-17", "2022-05-10"]);
        assert!(!of_span(&article.header, &article.text, &span.ranges).is_certain);
    }
}
