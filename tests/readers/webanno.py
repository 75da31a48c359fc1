"""Reads exports of webanno by the format's documented grammar and holds every fragment against the JSONL.

Usage: webanno.py NATIVE.jsonl FOLDER...

No library that reads the format is kept well, so this is a reader of its own, which knows nothing of the writer: a
file is a header, then sentences of `#Text=` lines and rows; positions count UTF-16 code units of the text that the
sentences make, as INCEpTION's reader puts them together.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

UNIT = re.compile(r"(\d+)-(\d+)")
STACKED = re.compile(r"(?<!\\)\|")
VALUES = [("\\\\", "\\"), ("\\[", "["), ("\\]", "]"), ("\\|", "|"), ("\\_", "_"), ("\\->", "->"), ("\\;", ";"),
          ("\\t", "\t"), ("\\n", "\n"), ("\\*", "*")]
TEXTS = [("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\\f", "\f"), ("\\b", "\b"), ("\\\\", "\\")]
TEXTS += [("\\" + chr(code), chr(code)) for code in range(32) if not 8 <= code <= 13]


def unescaped(text, signs):
    table = dict(signs)
    return re.sub("|".join(re.escape(sign) for sign in table), lambda sign: table[sign[0]], text, flags=re.DOTALL)


def units(text):
    return text.encode("utf-16-le", "surrogatepass")


def words(text, begin, end):
    """What stands between two positions in UTF-16."""
    return units(text)[2 * begin : 2 * end].decode("utf-16-le")


def sheet(path):
    """The header's layers, the text, and the rows, by the states of INCEpTION's reader."""
    file = path.read_bytes().decode("utf-8")
    assert file.endswith("\n") and not file.endswith("\n\n"), f"{path}: its end would be refused"
    lines = re.split("\r\n|\n|\r", file[:-1])
    assert re.fullmatch(r"#FORMAT=WebAnno TSV 3\.3", lines[0]), path
    at, layers = 1, []
    while lines[at].startswith("#T_"):
        kind, rest = lines[at].split("=", 1)
        layers.append((kind, *rest.split("|")))
        at += 1
    assert lines[at] == lines[at + 1] == "", f"{path}: two blank lines stand behind the header"
    text, sentence, rows, state = "", [], [], "between"
    for line in lines[at + 2 :]:
        if state in ("between", "head") and line.startswith("#"):
            state = "head"
            if line.startswith("#Text="):
                sentence.append(unescaped(line.removeprefix("#Text="), TEXTS))
        elif line == "":
            assert state == "row", f"{path}: a blank line where a sentence or a row should be"
            state = "between"
        else:
            assert state in ("head", "row"), f"{path}: a row without a sentence"
            name, place, word, *cells = line.split("\t")
            begin, end = map(int, place.split("-"))
            if state == "head":
                gap = begin - len(units(text)) // 2
                assert gap >= -1, f"{path}: {name} begins too early"
                text = text[:-1] if gap == -1 else text + " " * gap
                text += "".join(one + "\n" for one in sentence)
                sentence = []
            rows.append((name, begin, end, word, cells))
            state = "row"
    assert state == "row"
    return layers, text, rows


def attribute(feature):
    """The name of an attribute, which a feature's name may have to escape."""
    feature = feature.removeprefix("x_x_")
    return re.sub(r"_x([0-9a-f]+)_", lambda code: chr(int(code[1], 16)), feature)


def plain(value):
    """A value as both sides can have it: what reads as JSON as that, whatever else as it stands."""
    try:
        return json.dumps(json.loads(value) if isinstance(value, str) else value, sort_keys=True)
    except ValueError:
        return value


def value_and_number(value):
    number = re.search(r"(?<!\\)\[([\d_]+)\]$", value)
    return (value[: number.start()], number[1]) if number else (value, None)


def marked(path):
    """The text, spans as [label, begin, end, attributes], and relations as (label, source, target)."""
    layers, text, rows = sheet(path)
    columns = [(kind, name, column) for kind, name, *own in layers for column in own]
    assert len({(name, column) for _, name, column in columns}) == len(columns), path
    spans, stacks, numbered, links = [], {}, {}, []
    last = (0, 0)
    for name, begin, end, word, cells in rows:
        number = tuple(map(int, UNIT.fullmatch(name).groups()))
        assert number == (last[0], last[1] + 1) or number == (last[0] + 1, 1), f"{path}: {name}"
        last = number
        own = words(text, begin, end)
        assert re.sub("[\t\n\r\x0b\x0c\x85\u2028\u2029]", " ", own) == word, f"{path}: {name} {own!r} {word!r}"
        assert len(cells) == len(columns) + 1 and cells[-1] == "", f"{path}: {name}"
        stack, kinds, sources = [], [], []
        own = [(column, cell) for column, cell in zip(columns, cells) if cell != "_"]
        for (kind, layer, column), cell in sorted(own, key=lambda one: one[0][2] != "label"):
            values = [value_and_number(value) for value in STACKED.split(cell)]
            if column.startswith("BT_"):
                assert column == "BT_custom.Span", column
                sources = values
            elif kind == "#T_RL" and column == "label":
                assert layer == "custom.Relation"
                kinds = [unescaped(value, VALUES) for value, _ in values]
            elif kind == "#T_SP":
                assert layer == "custom.Span"
                assert len(values) == 1 or all(number for _, number in values), f"{path}: {name}"
                for at, (value, number) in enumerate(values):
                    value = None if value == "*" else unescaped(value, VALUES)
                    if column != "label":
                        span = spans[stack[at]]
                        assert number is None or spans[numbered[number]] is span, f"{path}: {name}"
                        assert value is None or span[3].setdefault(attribute(column), value) == value
                        continue
                    if number in numbered:
                        assert spans[numbered[number]][0] == value, f"{path}: {name}"
                        spans[numbered[number]][2] = end
                    else:
                        spans.append([value, begin, end, {}])
                        if number:
                            numbered[number] = len(spans) - 1
                    stack.append(numbered[number] if number else len(spans) - 1)
        stacks[name] = stack
        assert len(kinds) == len(sources), f"{path}: {name}"
        links.extend((kind, source, name) for kind, source in zip(kinds, sources))
    assert sorted(map(int, numbered)) == list(range(1, len(numbered) + 1)), path
    relations = []
    for kind, (source, numbers), target in links:
        one, other = (numbers or "0_0").split("_")
        ends = [
            numbered[number] if number != "0" else stacks[name][0] for number, name in ((one, source), (other, target))
        ]
        assert stacks[source].count(ends[0]) and stacks[target].count(ends[1]), f"{path}: {target}"
        relations.append((kind, *(spans[end] for end in ends)))
    return text, spans, relations


def native(path):
    """Texts, fragments, and relations of each article, by its id; positions in code points."""
    articles = {}
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        text, spans, relations = articles.setdefault(row["id"], (row["text"], Counter(), Counter()))
        first = {}
        for span in row.get("spans", []):
            attributes = tuple(sorted((name, plain(value)) for name, value in span.get("attributes", {}).items()))
            fragments = span.get("fragments", [[span["start"], span["end"]]])
            pieces = [(span["label"], start, end, attributes) for start, end in fragments]
            first[span["id"]] = pieces[0]
            spans.update(pieces)
        for relation in row.get("relations", []):
            relations[relation["type"], first[relation["from"]], first[relation["to"]]] += 1
    return articles


def in_points(text, span):
    label, begin, end, attributes = span
    attributes = tuple(sorted((name, plain(value)) for name, value in attributes.items()))
    return label, len(words(text, 0, begin)), len(words(text, 0, end)), attributes


def main():
    given, *folders = map(Path, sys.argv[1:])
    for folder in folders:
        wanted, seen, count = native(given), {}, Counter()
        for path in sorted(folder.rglob("*.tsv")):
            text, spans, relations = marked(path)
            about = next(line for line in path.read_text("utf-8").split("\n") if line.startswith("#Hashiya="))
            own = seen.setdefault(json.loads(about.removeprefix("#Hashiya="))["id"], (text[:-1], Counter(), Counter()))
            own[1].update(in_points(text, span) for span in spans)
            own[2].update((kind, in_points(text, one), in_points(text, other)) for kind, one, other in relations)
            count.update(fragments=len(spans), relations=len(relations))
        for id in wanted.keys() | seen.keys():
            assert seen.get(id) == wanted.get(id), f"{folder}: {id}: {seen.get(id)} {wanted.get(id)}"
        print(f"{folder}: {count['fragments']} fragments, {count['relations']} relations as in {given}")


main()
