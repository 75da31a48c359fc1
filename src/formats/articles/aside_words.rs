//! Words that tell what stands inside an article and is not of it, in the languages of news. Data, and how a line is held
//! against it; case, accents, and vowel signs do not count. Knows no markup.

use std::sync::LazyLock;

use super::dom::folded_line;

/// Letters of an offer beside its link, where they are more than those of the link.
const LONGEST_OFFER: usize = 40;

type Folded = LazyLock<Vec<String>>;

/// Before a link to another article, alone or as the first words of the link.
static READ_ALSO: Folded = LazyLock::new(|| {
    folded(&[
        "lire aussi",
        "à lire aussi",
        "a lire aussi",
        "lire également",
        "à lire également",
        "voir aussi",
        "à voir aussi",
        "écouter aussi",
        "sur le même sujet",
        "à lire sur le même sujet",
        "dans la même rubrique",
        "articles liés",
        "articles connexes",
        "articles similaires",
        "en savoir plus",
        "pour aller plus loin",
        "notre dossier",
        "read also",
        "also read",
        "read more",
        "read next",
        "see also",
        "related article",
        "related articles",
        "related news",
        "related stories",
        "related story",
        "more on this story",
        "more on this",
        "recommended reading",
        "you may also like",
        "اقرأ أيضا",
        "اقرأ كذلك",
        "اقرأ المزيد",
        "اقرأ ايضا",
        "اقرئي أيضا",
        "شاهد أيضا",
        "طالع أيضا",
        "انظر أيضا",
        "للمزيد",
        "مواضيع ذات صلة",
        "موضوعات ذات صلة",
        "أخبار ذات صلة",
        "مقالات ذات صلة",
        "قد يهمك أيضا",
        "قد يعجبك أيضا",
        "lea también",
        "lee también",
        "leer también",
        "lea más",
        "leer más",
        "ver también",
        "vea también",
        "mira también",
        "te puede interesar",
        "le puede interesar",
        "también te puede interesar",
        "noticias relacionadas",
        "artículos relacionados",
        "más información",
        "קראו גם",
        "קרא גם",
        "קראי גם",
        "קראו עוד",
        "ראו גם",
        "צפו גם",
        "עוד בנושא",
        "כתבות נוספות",
        "לקריאה נוספת",
        "אולי יעניין אותך",
    ])
});

/// The same, but so short that an article may be called so: alone, or with a sign behind them.
static READ: Folded = LazyLock::new(|| {
    folded(&[
        "lire",
        "à lire",
        "à voir",
        "relire",
        "read",
        "more",
        "related",
        "recommended",
        "watch",
        "اقرأ",
        "شاهد",
        "المزيد",
        "ذات صلة",
        "lea",
        "lee",
        "leer",
        "relacionado",
        "relacionados",
        "קראו",
        "עוד",
    ])
});

/// All that stands in the place of an advertisement.
static ADVERTISING: Folded = LazyLock::new(|| {
    folded(&[
        "publicité",
        "la suite après cette publicité",
        "la suite après la publicité",
        "la suite de votre article après cette publicité",
        "contenu sponsorisé",
        "advertisement",
        "advertising",
        "advertisement continue reading below",
        "advertisement scroll to continue",
        "article continues after advertisement",
        "article continues below advertisement",
        "story continues below advertisement",
        "sponsored",
        "sponsored content",
        "إعلان",
        "إعلانات",
        "إعلان ممول",
        "محتوى ممول",
        "publicidad",
        "anuncio",
        "continúa después de la publicidad",
        "contenido patrocinado",
        "פרסומת",
        "תוכן ממומן",
    ])
});

/// What begins a line that says that the rest is for subscribers, each with words that must follow.
static SUBSCRIBERS_ONLY: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let lines = [
        ("il vous reste", "de cet article"),
        ("cet article est réservé a", "abonnés"),
        ("article réservé a", "abonnés"),
        ("contenu réservé a", "abonnés"),
        ("la suite est réservée a", "abonnés"),
        ("la suite de cet article est réservée", "abonnés"),
        ("la suite de l'article est réservée", "abonnés"),
        ("abonnez-vous pour lire", ""),
        ("pour lire la suite", "abonn"),
        ("vous devez être abonné", ""),
        ("this article is for subscribers", ""),
        ("this content is for subscribers", ""),
        ("this story is for subscribers", ""),
        ("this article is exclusive to subscribers", ""),
        ("subscribe to continue reading", ""),
        ("subscribe to read", ""),
        ("to continue reading", "subscri"),
        ("to read the full", "subscri"),
        ("you have reached your limit of free", ""),
        ("هذا المقال للمشتركين", ""),
        ("هذا المحتوى للمشتركين", ""),
        ("هذا المحتوى مخصص للمشتركين", ""),
        ("اشترك لقراءة", ""),
        ("اشترك لمتابعة القراءة", ""),
        ("لمتابعة القراءة", "اشترك"),
        ("este contenido es exclusivo para suscriptores", ""),
        ("contenido exclusivo para suscriptores", ""),
        ("este artículo es exclusivo para suscriptores", ""),
        ("suscríbete para seguir leyendo", ""),
        ("suscríbase para seguir leyendo", ""),
        ("para seguir leyendo", "suscri"),
        ("הכתבה למנויים בלבד", ""),
        ("התוכן למנויים בלבד", ""),
        ("להמשך קריאה", "מנוי"),
    ];
    lines
        .iter()
        .map(|(start, rest)| (folded_line(start), folded_line(rest)))
        .collect()
});

/// What begins a line that offers a newsletter, a subscription, or a channel. A link or a button goes with it.
static OFFERS: Folded = LazyLock::new(|| {
    folded(&[
        "abonnez-vous",
        "je m'abonne",
        "s'abonner",
        "déjà abonné",
        "inscrivez-vous à notre",
        "inscrivez-vous à la newsletter",
        "recevez notre newsletter",
        "recevez notre lettre",
        "recevez gratuitement notre",
        "rejoignez notre chaîne",
        "suivez-nous sur",
        "suivez toute l'actualité",
        "retrouvez-nous sur",
        "subscribe now",
        "subscribe to our",
        "subscribe today",
        "already a subscriber",
        "sign up for our",
        "sign up to our",
        "sign up to receive",
        "get our newsletter",
        "get our free newsletter",
        "join our whatsapp",
        "join our telegram",
        "follow us on",
        "اشترك في نشرتنا",
        "اشترك في النشرة",
        "اشترك في قناتنا",
        "اشتركوا في قناتنا",
        "اشتركوا في نشرتنا",
        "للاشتراك في قناتنا",
        "للاشتراك في نشرتنا",
        "انضم إلى قناتنا",
        "انضموا إلى قناتنا",
        "تابعونا على",
        "تابعنا على",
        "تابعوا قناتنا",
        "suscríbete a nuestr",
        "suscríbase a nuestr",
        "suscríbete gratis",
        "regístrate para recibir",
        "síguenos en",
        "únete a nuestro canal",
        "הירשמו לניוזלטר",
        "הרשמו לניוזלטר",
        "הצטרפו לערוץ",
        "הצטרפו לקבוצת",
        "עקבו אחרינו",
    ])
});

/// What words that stand alone in an element say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    ReadAlso,
    Advertising,
    SubscribersOnly,
    Offer,
}

/// What a line says that consists of words outside links and words in links.
pub(super) fn said(outside: &str, linked: &str, has_button: bool) -> Option<Said> {
    let (outside, linked) = (folded_line(outside), folded_line(linked));
    let lead = bare(&outside);
    if !linked.is_empty() && (is_one(lead, &READ_ALSO) || is_one(lead, &READ)) {
        return Some(Said::ReadAlso);
    }
    if lead.is_empty() && opens_link(&linked) {
        return Some(Said::ReadAlso);
    }
    let whole = format!("{outside} {linked}");
    let whole = bare(&whole);
    if is_one(whole, &ADVERTISING) {
        return Some(Said::Advertising);
    }
    let is_for_subscribers = |(start, rest): &(String, String)| {
        whole
            .strip_prefix(start.as_str())
            .is_some_and(|behind| behind.contains(rest.as_str()))
    };
    if SUBSCRIBERS_ONLY.iter().any(is_for_subscribers) {
        return Some(Said::SubscribersOnly);
    }
    let is_offer = OFFERS.iter().any(|start| whole.starts_with(start.as_str()));
    let letters = |words: &str| words.chars().count();
    let is_short = letters(&outside) <= letters(&linked).max(LONGEST_OFFER);
    (is_offer && (has_button || !linked.is_empty() && is_short)).then_some(Said::Offer)
}

/// Whether all of a line is what stands before links to other articles, so that what follows is such links.
pub(super) fn heads_links(line: &str) -> bool {
    let line = folded_line(line);
    let line = bare(&line);
    is_one(line, &READ_ALSO) || is_one(line, &READ)
}

/// Whether the words of a link begin with such words. The short ones need a sign behind them.
fn opens_link(linked: &str) -> bool {
    let linked = linked.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind = |lead: &String| linked.strip_prefix(lead.as_str());
    let ends_word = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
    let has_sign = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with([':', '|', '>', '»', '«', '-']) || rest.starts_with("..")
    };
    READ_ALSO.iter().filter_map(behind).any(ends_word) || READ.iter().filter_map(behind).any(has_sign)
}

fn is_one(line: &str, words: &Folded) -> bool {
    words.iter().any(|one| one == line)
}

fn folded(words: &[&str]) -> Vec<String> {
    words.iter().map(|one| folded_line(one)).collect()
}

/// Without the signs around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_is_only_where_all_of_it_does() {
        use Said::{Advertising, Offer, ReadAlso, SubscribersOnly};
        for (outside, linked, is) in [
            ("Lire aussi :", "Le port rouvre", Some(ReadAlso)),
            ("À LIRE AUSSI\u{a0}:\u{a0}", "Le port rouvre", Some(ReadAlso)),
            (">> ", "Read more: The port opens", Some(ReadAlso)),
            ("", "اقرأ أيضًا.. الميناء يفتح", Some(ReadAlso)),
            ("إقرأ أيضاً: ", "الميناء يفتح", Some(ReadAlso)),
            ("קראו גם: ", "הנמל נפתח", Some(ReadAlso)),
            ("Lea también | ", "El puerto abre", Some(ReadAlso)),
            ("", "Lire : le port rouvre", Some(ReadAlso)),
            ("", "Lire et écrire à Nerval", None),
            ("", "Voir aussitôt le port", None),
            ("Lire aussi :", "", None),
            ("Lire aussi les tracts suffit, selon", "un enseignant", None),
            ("Read more about the port, he said, in", "the paper", None),
            ("- Publicité -", "", Some(Advertising)),
            ("إعلان", "", Some(Advertising)),
            ("Une publicité", "", None),
            (
                "Il vous reste 62.4% de cet article à lire. La suite est réservée aux abonnés.",
                "",
                Some(SubscribersOnly),
            ),
            ("Il vous reste dix jours, dit-il.", "", None),
            ("La tribune réservée aux abonnés a brûlé.", "", None),
            (
                "Subscribe to continue reading",
                "Subscribe",
                Some(SubscribersOnly),
            ),
            ("Follow us on", "Telegram", Some(Offer)),
            ("Follow us on the way, they said.", "", None),
            (
                "Follow us on this road, they said, and did so for hours with",
                "us",
                None,
            ),
            ("تابعونا على", "تلغرام", Some(Offer)),
        ] {
            assert_eq!(said(outside, linked, false), is, "{outside} {linked}");
        }
        assert_eq!(said("Abonnez-vous", "", true), Some(Offer));
        assert!(heads_links("Sur le même sujet") && !heads_links("Le port"));
    }
}
