"""Reads exported tables as users of pandas, pyarrow, openpyxl, DuckDB, and datasets would, and compares every span with
the native JSONL. The folder holds a project's exports: native.jsonl, spans.csv, excel.csv, spans.xlsx, spans.parquet,
and hf/.
A second argument names the sample's committed tables, without their endings: their quantities are compared too."""

import json
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
from datasets import load_dataset


def native(folder):
    """Every span, and every text, of the JSONL. Only a line feed ends a line."""
    with open(folder / "native.jsonl", encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file]
    spans = [
        (row["id"], row["annotator"], span["id"], span["label"], span["start"], span["end"], span["text"])
        for row in rows
        for span in row.get("spans", [])
    ]
    pieces = [
        (row["id"], row["annotator"], span["id"], span["label"], start, end, row["text"][start:end])
        for row in rows
        for span in row.get("spans", [])
        for start, end in span.get("fragments", [[span["start"], span["end"]]])
    ]
    return sorted(spans), sorted(pieces), {row["id"]: row["text"] for row in rows}


def same(name, expected, actual):
    missing, added = sorted(set(expected) - set(actual)), sorted(set(actual) - set(expected))
    if missing or added or len(expected) != len(actual):
        sys.exit(f"{name}: missing {missing[:3]}, added {added[:3]}")
    print(f"{name} agrees on {len(actual)} entries")


COLUMNS = ["article_id", "annotator", "span_id", "label", "start", "end", "text"]


def spans_of(frame):
    frame = frame[frame["span_id"].notna() & (frame["span_id"] != "")]
    rows = frame[COLUMNS].itertuples(index=False)
    return [(*row[:4], int(row[4]), int(row[5]), row[6]) for row in rows]


QUANTITY = ["low", "best", "high", "kind", "modifier", "who"]


def quantities_of(frame):
    """The plain columns of every quantity; numbers that pandas holds as floats, for want of some, are whole ones."""
    frame = frame[frame["attribute.quantity"].notna() & (frame["attribute.quantity"] != "")]
    plain = lambda cell: None if pd.isna(cell) or cell == "" else cell
    number = lambda cell: None if plain(cell) is None else int(float(cell))
    for _, row in frame.iterrows():
        parts = [row[f"attribute.quantity.{part}"] for part in QUANTITY]
        yield (row["article_id"], row["span_id"], *map(number, parts[:3]), *map(plain, parts[3:]))


def native_quantities(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file]
    for row in rows:
        for span in row.get("spans", []):
            if quantity := span.get("attributes", {}).get("quantity"):
                who = "; ".join(quantity.get("who", [])) or None
                yield (row["id"], span["id"], *(quantity.get(part) for part in QUANTITY[:5]), who)


def check_quantities(sample):
    """The figures of the sample project, as whoever sums them up would read them."""
    expected = list(native_quantities(f"{sample}.jsonl"))
    assert expected, "the sample holds no quantity, so it proves nothing"
    table = pd.read_parquet(f"{sample}.parquet")
    assert table["attribute.quantity.low"].dtype.kind in "if", "a number came as something else"
    same("quantities, parquet", expected, list(quantities_of(table)))
    plain = {"dtype": str, "keep_default_na": False}
    same("quantities, csv", expected, list(quantities_of(pd.read_csv(f"{sample}.csv", **plain))))


def unguarded(cell):
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") else cell


def main():
    folder = Path(sys.argv[1])
    spans, pieces, texts = native(folder)
    assert spans, "the export holds no span, so it proves nothing"
    plain = {"dtype": str, "keep_default_na": False}
    same("csv, pandas", spans, spans_of(pd.read_csv(folder / "spans.csv", **plain)))
    articles = pd.read_csv(folder / "spans.articles.csv", **plain)
    same("articles.csv, pandas", texts.items(), list(zip(articles["article_id"], articles["text"])))
    excel = pd.read_csv(folder / "excel.csv", sep=";", encoding="utf-8-sig", **plain)
    same("csv-excel, pandas", spans, spans_of(excel.map(unguarded)))
    sheet = openpyxl.load_workbook(folder / "spans.xlsx")["spans"]
    header, *rows = sheet.iter_rows()
    assert all(cell.data_type != "f" for row in rows for cell in row), "a cell is a formula"
    unescape = openpyxl.utils.escape.unescape
    cells = [[unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row] for row in rows]
    same("xlsx, openpyxl", spans, spans_of(pd.DataFrame(cells, columns=[cell.value for cell in header])))
    table = pq.read_table(folder / "spans.parquet")
    assert str(table.schema.field("start").type) == "int64" and str(table.schema.field("text").type) == "string"
    same("parquet, pyarrow", spans, spans_of(table.to_pandas()))
    query = f"select {', '.join(chr(34) + name + chr(34) for name in COLUMNS)} from '{folder / 'spans.parquet'}'"
    same("parquet, DuckDB", spans, duckdb.sql(f"{query} where span_id is not null").fetchall())
    found, tagged = [], 0
    for part in load_dataset(str(folder / "hf"), cache_dir=str(folder / "cache")).values():
        labels = part.features["spans"].feature["label"].names
        tags = part.features["ner_tags"].feature.names
        for row in part:
            assert row["text"] == texts[row["id"]] and len(row["tokens"]) == len(row["ner_tags"])
            tagged += sum(tags[tag].startswith("B-") for tag in row["ner_tags"])
            for span in row["spans"]:
                assert row["text"][span["start"] : span["end"]] == span["text"]
                place = (span["start"], span["end"], span["text"])
                found.append((row["id"], row["annotator"], span["id"], labels[span["label"]], *place))
    assert tagged > 0, "no token is tagged"
    same("hf, datasets", pieces, found)
    check_quantities(sys.argv[2])


if __name__ == "__main__":
    main()
