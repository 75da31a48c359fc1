//! The title of an article that came as bare text: its first line that reads like a headline.
//!
//! Scraped pages open with navigation, dates, bylines, and messages of the site; this file knows their shapes in
//! the languages of news, as data. It changes nothing: the title is a line of the text, trimmed.

/// Nothing longer is a headline, in code points.
const LONGEST: usize = 200;
/// Lines with words that are looked at.
const LINES: usize = 30;

/// Words that open a breadcrumb: the site's front page.
const HOME: &[&str] = &[
    "accueil",
    "home",
    "homepage",
    "inicio",
    "início",
    "portada",
    "startseite",
    "главная",
    "ana sayfa",
    "anasayfa",
    "الرئيسية",
    "الصفحة الرئيسية",
    "صفحه اصلی",
    "خانه",
    "صفحہ اول",
    "דף הבית",
    "עמוד הבית",
    "ראשי",
    "首页",
    "首頁",
    "ホーム",
    "トップ",
    "홈",
    "होम",
    "मुखपृष्ठ",
    "beranda",
    "hem",
    "forside",
];

/// Words that open a line about the page rather than the story.
const ABOUT_THE_PAGE: &[&str] = &[
    "lire aussi",
    "à lire aussi",
    "voir aussi",
    "a lire",
    "publié",
    "mis à jour",
    "mise à jour",
    "modifié le",
    "cliquez",
    "partager",
    "s'abonner",
    "abonnez-vous",
    "par ",
    "source :",
    "source:",
    "photo",
    "crédit",
    "read also",
    "read more",
    "see also",
    "also read",
    "published",
    "updated",
    "posted",
    "last modified",
    "by ",
    "share",
    "subscribe",
    "click",
    "advertisement",
    "skip to",
    "menu",
    "lea también",
    "leer más",
    "lee también",
    "ver también",
    "publicado",
    "actualizado",
    "por ",
    "compartir",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ أيضاً",
    "إقرأ أيضا",
    "اقرأ المزيد",
    "شاهد أيضا",
    "شاهد أيضًا",
    "نشر في",
    "نُشر",
    "تاريخ النشر",
    "آخر تحديث",
    "بقلم",
    "كتب:",
    "كتبت:",
    "المصدر",
    "مشاركة",
    "إعلان",
    "קראו גם",
    "קרא גם",
    "ראו גם",
    "פורסם",
    "עודכן",
    "מאת",
    "שתפו",
    "תפריט",
    "相关阅读",
    "延伸阅读",
    "另请参阅",
    "来源：",
    "发布时间",
    "编辑：",
    "记者：",
    "यह भी पढ़ें",
    "ये भी पढ़ें",
    "प्रकाशित",
    "अपडेट",
    "साझा करें",
];

/// Words of dates, without month names that are ordinary words too.
const DATE_WORDS: &[&str] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "le",
    "à",
    "h",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "am",
    "pm",
    "gmt",
    "utc",
    "at",
    "on",
    "st",
    "nd",
    "rd",
    "th",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "de",
    "del",
    "el",
    "las",
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ابريل",
    "إبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "اغسطس",
    "سبتمبر",
    "أكتوبر",
    "اكتوبر",
    "نوفمبر",
    "ديسمبر",
    "كانون",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين",
    "الثاني",
    "الأول",
    "جانفي",
    "فيفري",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "غشت",
    "شتنبر",
    "نونبر",
    "دجنبر",
    "يوليوز",
    "الاثنين",
    "الإثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
    "يوم",
    "م",
    "ص",
    "ه",
    "הבוקר",
    "בינואר",
    "בפברואר",
    "במרץ",
    "באפריל",
    "במאי",
    "ביוני",
    "ביולי",
    "באוגוסט",
    "בספטמבר",
    "באוקטובר",
    "בנובמבר",
    "בדצמבר",
    "יום",
    "ראשון",
    "שני",
    "שלישי",
    "רביעי",
    "חמישי",
    "שישי",
    "שבת",
    "年",
    "月",
    "日",
    "时",
    "分",
    "星期",
    "जनवरी",
    "फ़रवरी",
    "फरवरी",
    "मार्च",
    "अप्रैल",
    "मई",
    "जून",
    "जुलाई",
    "अगस्त",
    "सितंबर",
    "अक्टूबर",
    "अक्तूबर",
    "नवंबर",
    "दिसंबर",
    "सोमवार",
    "मंगलवार",
    "बुधवार",
    "गुरुवार",
    "शुक्रवार",
    "शनिवार",
    "रविवार",
];

/// The title of a text, or nothing where no line reads like one.
pub(super) fn title_of(text: &str) -> Option<String> {
    let mut second_choice = None;
    // A line of Windows ends in an empty one more, which has no letters either.
    for line in text
        .split(is_line_end)
        .filter(|line| line.chars().any(char::is_alphabetic))
        .take(LINES)
    {
        let line = line.trim();
        if is_navigation(line) || is_about_the_page(line) || is_date(line) {
            continue;
        }
        if line.chars().count() > LONGEST {
            // The story has begun: what follows is its words, not its title.
            break;
        }
        match reading(line) {
            Reading::Headline => return Some(line.to_owned()),
            Reading::Perhaps => second_choice = second_choice.or(Some(line)),
            Reading::No => {}
        }
    }
    second_choice.map(str::to_owned)
}

/// What ends a line on any system; a line separator, too, since what follows it stands on a line of its own.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

enum Reading {
    Headline,
    /// A sentence, an exclamation, or a very short line: taken where nothing better comes.
    Perhaps,
    No,
}

fn reading(line: &str) -> Reading {
    let last = line.chars().next_back().unwrap_or(' ');
    let opens_list = line.starts_with(['-', '•', '*', '·', '▪', '►', '–']);
    // A dateline ("Nerval, 12 mai –") runs on into the story.
    if opens_list || matches!(last, '–' | '—' | '-' | ':' | '：') {
        return Reading::No;
    }
    let words = line
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    let wide = line
        .chars()
        .filter(|c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{2e80}'..='\u{9fff}'))
        .count();
    let ends_like_prose = matches!(last, '.' | '!' | '…' | '。' | '！' | '।' | '۔');
    if ends_like_prose || (words < 3 && wide < 6) {
        Reading::Perhaps
    } else {
        Reading::Headline
    }
}

fn starts_with_any(lowercase: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| {
        let rest = lowercase.strip_prefix(start);
        let ends_word = start.ends_with([' ', ':', '：']) || !start.is_ascii() && start.chars().all(is_wide);
        rest.is_some_and(|rest| ends_word || !rest.chars().next().is_some_and(char::is_alphanumeric))
    })
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}')
}

/// A breadcrumb or a row of headlines: it opens with the front page's name, or separators or wide gaps cut it into
/// three parts or more.
fn is_navigation(line: &str) -> bool {
    if starts_with_any(&line.to_lowercase(), HOME) {
        return true;
    }
    let parts = |separator: &str| {
        line.split(separator)
            .filter(|part| !part.trim().is_empty())
            .count()
    };
    let by_separator = [">", "›", "»", "|", "→", " / ", "•", "·", "::", "\t"];
    // Guillemets quote, too: a closing one needs no opening one to be a separator.
    if by_separator
        .iter()
        .any(|separator| parts(separator) >= 3 && !(*separator == "»" && line.contains('«')))
    {
        return true;
    }
    gaps(line) >= 2
}

/// Runs of two or more spaces between words.
fn gaps(line: &str) -> usize {
    let mut runs = 0;
    let mut spaces = 0;
    for c in line.chars() {
        if c.is_whitespace() {
            spaces += 1;
        } else {
            runs += usize::from(spaces >= 2);
            spaces = 0;
        }
    }
    runs
}

/// Whether a line is about the page rather than the story: who wrote it, when, how to share it.
pub(super) fn is_about_the_page(line: &str) -> bool {
    let lowercase = line.to_lowercase().replace('’', "'");
    let plain = lowercase.trim_start_matches(|c: char| !c.is_alphanumeric());
    starts_with_any(plain, ABOUT_THE_PAGE)
}

/// Digits and the words of dates, and nothing else.
fn is_date(line: &str) -> bool {
    let lowercase = line.to_lowercase();
    let is_cut = |c: char| !c.is_alphabetic() && !is_mark(c);
    lowercase.contains(char::is_numeric)
        && lowercase
            .split(is_cut)
            .filter(|word| !word.is_empty())
            .all(|word| DATE_WORDS.contains(&word))
}

/// Vowel signs that belong to the word before them, as in Hindi.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>) {
        assert_eq!(title_of(text).as_deref(), title, "{text}");
    }

    #[test]
    fn a_headline_is_taken_from_behind_what_scraped_pages_open_with() {
        let body = "Le gouverneur a annoncé mardi la fermeture de la route. ".repeat(5);
        for before in [
            "",
            "12/05/2031\n",
            "Mardi 12 mai 2031 à 14h05\n",
            "١٢ مايو ٢٠٣١\n",
            "2031年5月12日\n",
            "12 मई 2031\n",
            "Accueil Dernières minutes Monde La route de Nerval rouverte après...\n",
            "Accueil > Monde > Sahel\n",
            "الرئيسية | أخبار | العالم\n",
            "Pêche : la saison s'ouvre    Football : deux matchs amicaux    Santé : un nouvel hôpital    Météo\n",
            "Publié dans La Gazette le 04 - 06 - 2031\n",
            "Lire aussi : le marché rouvre ses portes\n",
            "Par Inès Valcourt\n",
            "- Le port de Salmère rouvre\n",
            "Merci d'avoir signalé!\nCette image sera retirée après vérification par notre équipe.\n",
            "0\n",
            "Nerval, 12 mai (Gazette) –\n",
        ] {
            let text = format!("{before}\nLa route de Nerval rouverte après trois jours\n\n{body}");
            check(&text, Some("La route de Nerval rouverte après trois jours"));
        }
    }

    #[test]
    fn each_script_has_headlines() {
        for title in [
            "إعادة فتح طريق نروال بعد ثلاثة أيام",
            "כביש נרוול נפתח מחדש לאחר שלושה ימים",
            "内尔瓦公路三天后重新开放",
            "तीन दिन बाद नेरवाल सड़क फिर खुली",
            "Se reabre la carretera de Nerval",
        ] {
            for end in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
                check(&format!("  {title} {end}x"), Some(title));
            }
        }
    }

    #[test]
    fn a_text_of_one_sentence_is_its_own_title() {
        check(
            "Plus de 50 civils ont été tués.",
            Some("Plus de 50 civils ont été tués."),
        );
        check("Alerte", Some("Alerte"));
    }

    #[test]
    fn where_no_line_reads_like_a_headline_there_is_none() {
        let long = "mot ".repeat(60);
        for text in [
            "",
            "  \n\n",
            "12/05/2031",
            "Accueil > Monde > Sahel",
            &long,
            &format!("{long}\nUne phrase courte ensuite"),
        ] {
            check(text, None);
        }
    }
}
