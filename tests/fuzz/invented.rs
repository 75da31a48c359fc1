//! Small articles of the kinds that have more to them than words in a frame: mail with parts, pages with data, feeds,
//! books, rich text with other alphabets, exports of news databases.

/// Names and contents.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

const FILES: &[(&str, &str)] = &[
    (
        "parts.eml",
        "From: =?utf-8?q?Zo=C3=A9?= <z@example.org>\r\nTo: a@example.org\r\nSubject: =?utf-8?B?2K3ZhNio?= Alep\r\n\
         Date: Fri, 1 Mar 2024 10:00:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n\
         --b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain; charset=windows-1256\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n=CD=E1=C8: plus de 50 civils=20\r\n--b2\r\nContent-Type: text/html; \
         charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+UGx1cyBkZSA1MCBjaXZpbHM8L3A+\r\n--b2--\r\n--b1\r\n\
         Content-Type: text/plain; name=\"=?utf-8?q?=C3=A9t=C3=A9.txt?=\"\r\nContent-Disposition: attachment; \
         filename*=utf-8''%C3%A9t%C3%A9.txt\r\n\r\nune pi\u{e8}ce jointe\r\n--b1--\r\n",
    ),
    (
        "box.mbox",
        "From a@example.org Fri Mar  1 10:00:00 2024\nFrom: a@example.org\nSubject: Alep\nDate: Fri, 1 Mar 2024 10:00:00 +0000\n\n\
         Plus de 50 civils.\n>From here on.\n\nFrom b@example.org Sat Mar  2 10:00:00 2024\nFrom: b@example.org\nSubject: Homs\n\
         Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nRien.\n",
    ),
    (
        "page.html",
        "<!doctype html><html lang=\"ar\" dir=rtl><head><meta charset=utf-8><title>\u{62d}\u{644}\u{628} | Le Courrier</title>\
         <meta property=\"article:published_time\" content=\"2024-03-01T10:00:00+03:00\"><meta name=author content=\"Zo\u{e9}\">\
         <script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Alep\",\
         \"datePublished\":\"2024-03-01\",\"articleBody\":\"Plus de 50 civils ont fui.\"}</script></head><body><nav><a href=/>Accueil</a></nav>\
         <article><h1>Alep</h1><p>Plus de 50&nbsp;civils <b>ont fui</b> Alep &amp; Homs, selon l&#8217;arm\u{e9}e.</p><table><tr><td>a<td>b</table>\
         <ul><li>un<li>deux</ul><pre>x\n y</pre><p>\u{648}\u{635}\u{644}\u{62a} \u{627}\u{644}\u{642}\u{627}\u{641}\u{644}\u{629}</p><!-- fin --><aside>Lire aussi : Homs</aside></article>\
         <footer>Tous droits</footer></body></html>",
    ),
    (
        "atom.xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\"><title>Fil</title><entry>\
         <id>urn:1</id><title type=\"html\">Alep &amp;lt;b&amp;gt;</title><updated>2024-03-01T10:00:00Z</updated>\
         <link rel=\"alternate\" href=\"https://example.org/1\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\
         <p>Plus de 50 civils</p></div></content></entry><entry><id>urn:2</id><summary>Rien.</summary></entry></feed>",
    ),
    (
        "rss.xml",
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>Fil</title><language>fr</language><item><title><![CDATA[Alep]]></title><guid>1</guid><dc:creator>Z</dc:creator>\
         <pubDate>Fri, 01 Mar 2024 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Plus de <b>50</b> civils</p>]]></content:encoded></item>\
         <item><description>&lt;p&gt;Rien &amp;eacute;t&amp;eacute;&lt;/p&gt;</description></item></channel></rss>",
    ),
    (
        "words.rtf",
        "{\\rtf1\\ansi\\ansicpg1256\\deff0{\\fonttbl{\\f0\\fcharset178 Arial;}{\\f1\\fnil\\fcharset0 Times;}}{\\info{\\title Alep}{\\author Z}}\
         \\uc1\\f0 \\'cd\\'e1\\'c8 \\u1581?\\u-10179?\\u-8704? \\f1 plus de 50\\~civils\\par {\\*\\generator x}\\b fin\\b0\\tab\\line\
         {\\footnote une note}\\trowd\\cellx1 a\\cell\\row}",
    ),
    (
        "base.txt",
        "Document 1 of 2\n\nAlep : plus de 50 civils\n\nLe Courrier, 1 mars 2024 vendredi\n\nCopyright 2024 Le Courrier\n\nLength: 12 words\n\
         Byline: Z\n\nBody\n\nPlus de 50 civils ont fui Alep.\n\nLoad-Date: March 1, 2024\n\nEnd of Document\n",
    ),
    (
        "tokens.jsonl",
        "{\"tokens\":[\"Plus\",\"de\",\"50\",\"civils\",\"\u{e0}\",\"Alep\"],\"ner_tags\":[0,0,1,2,0,3],\"id\":\"1\"}\n\
         {\"tokens\":[\"\u{62d}\u{644}\u{628}\"],\"ner_tags\":[3]}\n",
    ),
    (
        "pairs.json",
        "[{\"text\":\"Plus de 50 civils\",\"entities\":[[8,17,\"casualty\"]]},{\"text\":\"\u{1f534} Alep\",\"spans\":[{\"start\":2,\"end\":6,\
         \"label\":\"location\",\"text\":\"Alep\"}]}]",
    ),
    (
        "rows.csv",
        "id,text,span_id,start,end,label,quantity.low\n1,\"Plus de \"\"50\"\" civils\n\u{e0} Alep\",s1,8,12,casualty,50\n2,Alep,s2,0,4,location,\n",
    ),
    (
        "rows.tsv",
        "Titre\tTexte\tDate\nAlep\tPlus de 50 civils\t01/03/2024\nHoms\tRien\t2024-03-02\n",
    ),
    (
        "utf16.txt",
        "\u{0}P\u{0}l\u{0}u\u{0}s\u{0} \u{0}d\u{0}e\u{0} \u{0}5\u{0}0",
    ),
];
