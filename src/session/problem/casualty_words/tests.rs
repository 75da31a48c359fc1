//! Texts in, with what is found in brackets.

use super::*;

/// The text with what was found in brackets.
fn marked(lang: &str, text: &str) -> String {
    let mut marked = String::new();
    let mut done = 0;
    for range in casualty_words(text, Some(lang).filter(|lang| !lang.is_empty())) {
        let range = range.as_usize();
        marked.push_str(text.get(done..range.start).unwrap());
        marked.push('[');
        marked.push_str(text.get(range.clone()).unwrap());
        marked.push(']');
        done = range.end;
    }
    marked.push_str(text.get(done..).unwrap());
    marked
}

fn check(lang: &str, expected: &str) {
    let text = expected.replace(['[', ']'], "");
    assert_eq!(marked(lang, &text), expected);
}

#[test]
fn the_file_is_read_whole() {
    let tags: Vec<&str> = TABLES.iter().map(|(tag, _)| tag.as_str()).collect();
    assert_eq!(tags, ["ar", "en", "es", "fr", "he", "hi", "zh"]);
    assert!(TABLES.iter().all(|(_, table)| table.words.len() > 60));
}

#[test]
fn figures_are_found_in_each_language() {
    check("fr", "[plus de 50 civils auraient été tués], selon l'ONU");
    check("fr", "[une trentaine de blessés] et [12 341 morts]");
    check("fr", "[Quatre-vingt-onze personnes ont péri].");
    check(
        "en",
        "[At least two dozen people were killed], and [scores wounded].",
    );
    check("es", "[Al menos treinta muertos] y [1.200 desplazados]");
    check("ar", "أسفر عن [مقتل ٥٠ مدنيا] وإصابة آخرين");
    check("ar", "سقط [قتيلان] في الغارة، [وعشرات الجرحى]");
    check("he", "[עשרות הרוגים] ופצועים בתקיפה");
    check("", "[dozens killed], [50 tués], [عشرات القتلى]");
}

#[test]
fn dates_units_years_and_other_sentences_are_none() {
    check("fr", "tué le 12 mai à 15 heures à 30 km de la ville");
    check("fr", "En 2014, des civils ont été tués. Trois villages brûlent.");
    check("fr", "Ils sont dix.\nDes morts sont à craindre.");
    check("en", "He was killed on 3 May 2022 in Aleppo.");
    check("fr", "[2000 morts]");
    check("ar", "قتل في 12 مايو 2022");
    check("ar", "حذّرت في 10-12 فبراير من اكتظاظ السوق بالنازحين");
    check("fr", "Les 10-12 février, des déplacés sont revenus.");
    check("fr", "[10 morts] 12 jours après");
}

#[test]
fn the_first_and_the_last_day_of_several_are_none() {
    check("fr", "Du 10 au 12 février, des déplacés sont revenus.");
    check("fr", "Entre le 10 et le 12 février, des déplacés sont revenus.");
    check("fr", "Les 10, 11 et 12 février, des déplacés sont revenus.");
    check("en", "From 10 to 12 February the displaced returned.");
    check("es", "Del 10 al 12 de febrero volvieron los desplazados.");
    check("ar", "من 10 إلى 12 فبراير عاد النازحون");
    check("ar", "بين 10 و12 فبراير عاد النازحون");
    check("he", "בין ה-10 ל-12 בפברואר חזרו העקורים");
    check("he", "מ-10 עד 12 בפברואר חזרו העקורים");
    check("fr", "[10 tués], 12 jours après");
    check("fr", "Du 10 au 12 février, [30 civils ont été tués].");
}

#[test]
fn the_children_of_somebody_are_none() {
    check("fr", "Jean, père de quatre enfants, a été tué.");
    check("fr", "Le père et [trois enfants ont été tués].");
    check("en", "The father and [two children were killed].");
    check("en", "A father of four was killed, [two wounded].");
    check("es", "Una madre de 3 niños fue asesinada.");
    check("ar", "قُتل محمد، والد أربعة أطفال، في القصف");
    check("fr", "[Quatre enfants ont été tués] avec leur père.");
}

#[test]
fn a_list_of_figures_is_a_list_of_places() {
    check("fr", "[12 morts], [30 blessés], [3 disparus]");
    check("fr", "[entre 10 et 15 morts]");
}
#[test]
fn a_figure_reaches_back_to_its_hedge() {
    check("en", "[As many as 11,000 islanders could be displaced].");
    check("en", "By dawn [about 4,000 people had fled].");
    check("en", "[Between 20 and 30 passengers were wounded].");
    check("en", "[more than one hundred killed], [well over 30 wounded]");
    check(
        "fr",
        "[Plus d'une trentaine de civils tués], [environ 12 blessés]",
    );
    check("fr", "[Entre 20 et 30 passagers ont été blessés].");
    check("es", "[Más de 1.200 desplazados], [entre 20 y 30 heridos]");
    check("ar", "[أكثر من 50 قتيلا] [ونحو 30 جريحا]");
    check("ar", "[ما لا يقل عن 50 قتيلا]");
    check("he", "[לפחות 20 הרוגים], [כ-30 פצועים], [יותר מ-50 נעדרים]");
    check("zh", "空袭造成[至少50人死亡]，[超过30人受伤]，[约20人失踪]。");
    check("zh", "爆炸造成[数十名平民丧生]。");
    check("hi", "हमले में [कम से कम 50 लोग मारे] गए और [करीब 30 घायल] हुए।");
    check("hi", "[50 से अधिक लोग मारे] गए।");
    check("", "[au moins 50 tués]");
}

#[test]
fn a_figure_reaches_on_to_the_people_whom_it_counts() {
    check("fr", "Un tir [blesse neuf commerçants] au marché.");
    check(
        "en",
        "[The dead include two children] and a guard."
            .replace("[The ", "The [")
            .as_str(),
    );
    check("en", "They [wounded 30 or more of the civilians] there.");
    check("es", "Fueron [asesinados 12 campesinos] ayer.");
    check("ar", "[مقتل 50 من المدنيين] في القصف");
    check("he", "[נהרגו 20 אזרחים] בתקיפה");
    check("en", "[killed 12] by soldiers, [killed 3], soldiers said");
}

#[test]
fn a_figure_stays_in_its_sentence_and_apart_from_the_next() {
    check("en", "That is what it was about. [50 people were killed].");
    check("en", "It was about\n[50 people killed].");
    check("zh", "会议于2022年5月3日举行。死亡");
    check("hi", "3 मई को मौत हुई। लगभग");
    check("fr", "Le tir a [blessé neuf]. Commerçants et clients ont fui.");
    check("en", "[killed 12] and [more than 30 wounded]");
}
