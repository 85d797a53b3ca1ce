# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page of "genesis data summary" comes through nothing that a table holds: test-summary-page.py GENESIS, TAP."""

import html.parser
import re
import subprocess
import sys
import unicodedata
import xml.dom.minidom

import claims

GENESIS = sys.argv[1]
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "h3", "h4", "p",
            "div", "span", "dl", "dt", "dd", "small", "ul", "li", "b", "article", "svg", "rect", "line", "g"}
ATTRIBUTES = {"xmlns", "lang", "charset", "name", "content", "http-equiv", "class", "title", "role", "viewbox",
              "preserveaspectratio", "x", "y", "width", "height", "rx", "x1", "x2", "y1", "y2"}
EVIL = ["<script>alert(1)</script>", '" onload="alert(1)', "' onclick='x", "</svg><img src=x>", "]]><b>", "&lt;b&gt;",
        "</style><style>*{display:none}", "</title>", "<!--", "javascript:alert(1)", "\u202egnp.exe", "a\u200bb",
        "\x1b[31mred", "\x07bell", "\ue000", "https://example.org/x.png", "tab\there"]


class Reader(html.parser.HTMLParser):
    """What a browser would see: elements, attributes, texts."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.texts = set(), {}, []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value)

    def handle_data(self, data):
        self.texts.append(data)


def quote(cell):
    return '"' + cell.replace('"', '""') + '"'


def write_table(path, names, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(quote(name) for name in names) + "\n")
        file.writelines(",".join(quote(cell) for cell in row) + "\n" for row in rows)


def summarise(*words):
    command = [GENESIS, "data", "summary", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def evil_page(folder):
    """Everything evil as a name of a column, a category and a name of a file."""
    path = f"{folder}/<b> onload=x \u202e.csv"
    names = [f"{text} {i}" for i, text in enumerate(EVIL)]
    write_table(path, names, [[EVIL[(i + j) % len(EVIL)] for j in range(len(EVIL))] for i in range(170)])
    code, out, _ = summarise(path, "--html", f"{folder}/page.html")
    assert code == 0, code
    with open(f"{folder}/page.html", encoding="utf-8", newline="") as file:
        return file.read(), out


def page_is_xml(folder):
    page, _ = evil_page(folder)
    document = xml.dom.minidom.parseString(page.encode("utf-8"))
    assert len(document.getElementsByTagName("article")) == len(EVIL)


def nothing_becomes_an_element(folder):
    page, _ = evil_page(folder)
    seen = Reader(page)
    assert seen.elements <= ELEMENTS, seen.elements - ELEMENTS
    assert set(seen.attributes) <= ATTRIBUTES, set(seen.attributes) - ATTRIBUTES
    assert page.count("<style>") == 1 and page.count("</title>") == page.count("<title>")


def text_is_all_there(folder):
    page, _ = evil_page(folder)
    texts = " ".join(Reader(page).texts)
    for text in EVIL:
        shown = "".join(c if c.isprintable() or unicodedata.category(c) == "Co" else "?" for c in text)
        parts = re.split(r"[\ue000?]", shown)
        assert all(part in texts for part in parts), text


def no_control_comes_through(folder):
    page, out = evil_page(folder)
    for text in (page, out):
        bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c != "\n"}
        assert not bad, bad
    assert "\\u202e" in page and "\\u001b" in page


def page_loads_nothing(folder):
    page, _ = evil_page(folder)
    seen = Reader(page)
    assert not {"src", "href", "action", "data", "xlink:href", "style"} & set(seen.attributes)
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    assert "url(" not in style and "@import" not in style
    assert any("default-src 'none'" in value for value in seen.attributes["content"])


def page_says_not_for_release(folder):
    page, out = evil_page(folder)
    assert "Not for release" in page and "not for release" in out
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    assert "prefers-color-scheme:dark" in style and "width=device-width" in page


def page_is_absent_when_it_cannot_be_written(folder):
    write_table(f"{folder}/a.csv", ["a"], [[str(i % 7)] for i in range(120)])
    code, out, said = summarise(f"{folder}/a.csv", "--html", f"{folder}/a.csv/page.html")
    assert code == 74 and "120 rows" in out and "page.html" in said, (code, said)


def same_table_gives_the_same_page(folder):
    write_table(f"{folder}/a.csv", ["a", "b"], [[str(i % 7), EVIL[i % 3]] for i in range(500)])
    summarise(f"{folder}/a.csv", "--html", f"{folder}/one.html")
    summarise(f"{folder}/a.csv", "--html", f"{folder}/two.html")
    with open(f"{folder}/one.html", "rb") as one, open(f"{folder}/two.html", "rb") as two:
        assert one.read() == two.read()


def an_unreadable_table_hides_no_other(folder):
    write_table(f"{folder}/a.csv", ["a"], [[str(i % 7)] for i in range(120)])
    with open(f"{folder}/b.csv", "w", encoding="utf-8") as file:
        file.write("a,b\n1,2\n3\n")
    code, out, said = summarise(f"{folder}/b.csv", f"{folder}/a.csv", "--html", f"{folder}/page.html")
    assert code == 65 and "line 3" in said and "line 3" in out and "120 rows" in out, (code, out, said)
    with open(f"{folder}/page.html", encoding="utf-8") as file:
        assert "line 3" in file.read()


def a_pipe_is_read_once(folder):
    table = "a\n" + "".join(f"{i % 7}\n" for i in range(500))
    command = [GENESIS, "data", "summary", "-", "--json"]
    done = subprocess.run(command, input=table.encode(), stdout=subprocess.PIPE, check=False)
    assert done.returncode == 0 and b'"rows" : 500' in done.stdout


claims.run([
    ("/summary-page/is-xml", page_is_xml),
    ("/summary-page/evil/becomes-no-element-and-no-attribute", nothing_becomes_an_element),
    ("/summary-page/evil/is-shown-as-text", text_is_all_there),
    ("/summary-page/evil/controls-and-bidirectional-marks-do-nothing", no_control_comes_through),
    ("/summary-page/loads-nothing", page_loads_nothing),
    ("/summary-page/not-for-release-light-and-dark", page_says_not_for_release),
    ("/summary-page/absent-when-it-cannot-be-written", page_is_absent_when_it_cannot_be_written),
    ("/summary-page/same-table-same-bytes", same_table_gives_the_same_page),
    ("/summary/tables/one-unreadable-hides-no-other", an_unreadable_table_hides_no_other),
    ("/summary/pipe/is-read-once", a_pipe_is_read_once),
])
