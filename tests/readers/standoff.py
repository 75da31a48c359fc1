"""Reads exports of brat, xmi, uima-json, w3c, and tei as their users do and holds every fragment against the JSONL.

Usage: standoff.py NATIVE.jsonl PATH...   where a path is a dataset of one of these formats.
"""

import json
import re
import sys
import warnings
from collections import Counter
from pathlib import Path

from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem
from lxml import etree

warnings.filterwarnings("ignore", message="Trying to add feature `type`")

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def native(path):
    """Each fragment as (label, words), counted over all articles and annotators."""
    found = Counter()
    for line in path.read_text("utf-8").split("\n"):
        row = json.loads(line) if line else {}
        for span in row.get("spans", []):
            for start, end in span.get("fragments", [[span["start"], span["end"]]]):
                found[span["label"], row["text"][start:end]] += 1
    return found


def brat(folder):
    """By brat's own rules: types, one-space joins, no line ends in fragments, triggers of the event's type."""
    found = Counter()
    for ann in sorted(folder.rglob("*.ann")):
        text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
        lines = [line.split("\t", 2) for line in ann.read_bytes().decode("utf-8").splitlines()]
        ids = [line[0] for line in lines]
        assert len(ids) == len(set(ids)), f"{ann}: an id is there twice"
        types = {line[0]: line[1].split(" ")[0] for line in lines}
        triggers = {line[1].split(" ")[0].split(":")[1] for line in lines if line[0][0] == "E"}
        for name, data, *tail in lines:
            kind, rest = data.split(" ", 1) if " " in data else (data, "")
            if name[0] == "T":
                assert re.fullmatch(r"[A-Za-z0-9_-]+", kind), kind
                places = [tuple(map(int, place.split(" "))) for place in rest.split(";")]
                pieces = [text[start:end] for start, end in places]
                assert " ".join(pieces) == tail[0], f"{ann}: {name}"
                assert not any(LINE_ENDS.search(piece) for piece in pieces)
                label = re.sub(r"_x([0-9a-f]+)_", lambda code: chr(int(code[1], 16)), kind)
                if name not in triggers:
                    found.update((label, piece) for piece in pieces)
            elif name[0] == "E":
                event, trigger = kind.split(":")
                assert types[trigger] == event, f"{ann}: {name}"
                for argument in rest.split():
                    assert argument.split(":")[1] in types, f"{ann}: {name}"
            elif name[0] == "R":
                one, other = rest.split()
                assert {one.split(":")[1], other.split(":")[1]} <= set(types) - triggers
            elif name[0] in "A#":
                assert rest.split(" ")[0] in types, f"{ann}: {name}"
    return found


def canonical(value):
    """A value as JSON, so that true is not 1; lists and objects stand as JSON in strings."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def native_values(path):
    """Each attribute of each fragment as (label, words, attribute, value)."""
    found = Counter()
    for line in path.read_text("utf-8").split("\n"):
        row = json.loads(line) if line else {}
        for span in row.get("spans", []):
            for start, end in span.get("fragments", [[span["start"], span["end"]]]):
                for name, value in span.get("attributes", {}).items():
                    found[span["label"], row["text"][start:end], name, canonical(value)] += 1
    return found


OWN = {"sofa", "begin", "end", "label", "spanId", "attributes"}
VALUES = Counter()


def cas(found, document):
    """Spans by their features, and their attributes by the features that the codebook's are."""
    for span in document.select("custom.Span"):
        label, words = span.label, span.get_covered_text()
        found[label, words] += 1
        values = json.loads(span.attributes or "{}")
        for feature in span.type.all_features:
            # The library calls a feature of the name `type` otherwise.
            name = feature.name[:-1] if feature._has_reserved_name else feature.name
            value = getattr(span, feature.name)
            if name not in OWN and value is not None:
                name = re.sub(r"_x([0-9a-f]+)_", lambda code: chr(int(code[1], 16)), name.removeprefix("a_"))
                values[name] = value
        VALUES.update((label, words, name, canonical(value)) for name, value in values.items())


def xmi(folder):
    found = Counter()
    types = load_typesystem((folder / "TypeSystem.xml").read_text("utf-8"))
    for path in sorted(folder.rglob("*.xmi")):
        with path.open("rb") as file:
            cas(found, load_cas_from_xmi(file, typesystem=types))
    return found


def uima_json(folder):
    found = Counter()
    for path in sorted(folder.rglob("*.json")):
        with path.open("rb") as file:
            cas(found, load_cas_from_json(file))
    return found


def w3c(path):
    found, texts = Counter(), {}
    for item in json.loads(path.read_text("utf-8"))["items"]:
        if item["motivation"] == "describing":
            texts[item["target"]] = item["body"]["value"]
        if item["motivation"] != "tagging":
            continue
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            text, start, end = texts[target["source"]], position["start"], position["end"]
            assert text[start:end] == quote["exact"], item["id"]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]), item["id"]
            found[item["body"]["value"], quote["exact"]] += 1
    return found


def tei(path):
    found = Counter()
    root = etree.parse(path, etree.XMLParser(huge_tree=True, resolve_entities=False)).getroot()
    ids = {element.get(XML + "id"): element for element in root.iter() if element.get(XML + "id")}
    for element in root.iter(etree.Element):
        for key in ("ana", "active", "passive", "target"):
            for pointer in element.get(key, "").split():
                place = re.fullmatch(r"#string-range\((.+),(\d+),(\d+)\)", pointer)
                assert (place[1] if place else pointer[1:]) in ids, pointer
        if element.tag == TEI + "span":
            label = ids[element.get("ana").split()[0][1:]].findtext(TEI + "catDesc")
            for pointer in element.get("target").split():
                name, start, length = re.fullmatch(r"#string-range\((.+),(\d+),(\d+)\)", pointer).groups()
                found[label, ids[name].text[int(start) : int(start) + int(length)]] += 1
    return found


def read(path):
    if path.is_file():
        return w3c(path) if path.suffix in (".jsonld", ".json") else tei(path)
    if (path / "annotation.conf").is_file():
        return brat(path)
    return xmi(path) if (path / "TypeSystem.xml").is_file() else uima_json(path)


def without_line_ends(counter):
    pieces = Counter()
    for (label, words), count in counter.items():
        pieces.update({(label, piece): count for piece in LINE_ENDS.split(words) if piece})
    return pieces


def blank(counter):
    """XML has a space for each control character that it cannot hold."""
    blanked = Counter()
    for (label, words), count in counter.items():
        blanked[label, re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", " ", words)] += count
    return blanked


def main():
    given, *paths = map(Path, sys.argv[1:])
    wanted = native(given)
    for path in paths:
        VALUES.clear()
        found, own = read(path), wanted
        if path.is_dir() and not (path / "annotation.conf").is_file():
            values = native_values(given)
            assert VALUES == values, f"{path}: {values - VALUES} {VALUES - values}"
            print(f"{path}: {sum(values.values())} attribute values as in {given}")
        if path.is_dir() and (path / "annotation.conf").is_file():
            found, own = without_line_ends(found), without_line_ends(own)
        found, own = blank(found), blank(own)
        assert found == own, f"{path}: {own - found} {found - own}"
        print(f"{path}: {sum(found.values())} fragments as in {given}")


main()
