"""Compares what readers see of the same pages in four engines: `compare_pages.py SITE`.

SITE has the pages in `docs/errors`, the catalog in `errors.json`, and what mdBook, MkDocs and MDX made
of the pages in `mdbook`, `mkdocs` and `mdx`. cmark-gfm, which GitHub uses, is called here. One JSON
object is printed for each page, with the `fault` that was found, if any.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cmarkgfm
from bs4 import BeautifulSoup, Tag
from cmarkgfm.cmark import Options


def rendered(site: Path, page: Path) -> dict[str, Tag]:
    """The page as each engine shows it, without what the engines put around it."""
    errors = site / "docs" / "errors"
    name = page.relative_to(errors).with_suffix(".html")
    index = name.with_name(name.name.replace("README", "index"))
    # MkDocs makes a folder of each page but an index.
    folder = index if index.stem == "index" else index.with_suffix("") / "index.html"
    gfm = cmarkgfm.github_flavored_markdown_to_html(
        page.read_text("utf-8"), options=Options.CMARK_OPT_UNSAFE
    )
    parts = {
        "cmark-gfm": (gfm, None),
        "mdbook": ((site / "mdbook" / "errors" / index).read_text("utf-8"), "main"),
        "mkdocs": ((site / "mkdocs" / "errors" / folder).read_text("utf-8"), "[role=main]"),
        "mdx": ((site / "mdx" / name).read_text("utf-8"), None),
    }
    return {engine: _part(html, selector) for engine, (html, selector) in parts.items()}


def _part(html: str, selector: str | None) -> Tag:
    document = BeautifulSoup(html, "html.parser")
    part = document if selector is None else document.select_one(selector)
    if part is None:
        raise ValueError(f"there is no {selector}")
    # mdBook puts the lines into Rust code that make it compile, and hides them.
    for hidden in part.select(".boring"):
        hidden.decompose()
    return part


# What Markdown makes, and what engines put into tables and code.
HARMLESS = frozenset(
    "a br code div em h1 h2 h3 h4 hr input label li ol p pre span strong table tbody td th thead tr ul"
    " main button i svg path fa-icon".split()
)

# GitHub makes links of bare addresses, of mail too.
SCHEMES = frozenset(("", "http", "https", "mailto"))


def _anchors(part: Tag) -> list[str]:
    """The names of the explicit anchors."""
    return [str(tag["id"]) for tag in part.select("a[id]")]


def visible(part: Tag) -> str:
    """The text, without the spaces in which engines differ."""
    return "".join(part.get_text().split())


def faults(site: Path, page: Path, codes: dict[str, dict[str, Any]]) -> Iterator[str]:
    parts = rendered(site, page)
    texts = {engine: visible(part) for engine, part in parts.items()}
    first = texts["cmark-gfm"]
    for engine, text in texts.items():
        if text != first:
            pairs = enumerate(zip(first, text))
            at = next((i for i, (a, b) in pairs if a != b), min(len(first), len(text)))
            around = slice(max(0, at - 20), at + 40)
            yield f"{engine} shows {text[around]!r}, cmark-gfm {first[around]!r}"
    anchors = {engine: _anchors(part) for engine, part in parts.items()}
    for engine, part in parts.items():
        if anchors[engine] != anchors["cmark-gfm"]:
            yield f"{engine} has other anchors than cmark-gfm"
        for tag in part.find_all(True):
            handlers = [name for name in tag.attrs if name.lower().startswith("on")]
            address = str(tag.get("href", "")).strip().lower()
            scheme = address.split(":")[0] if ":" in address else ""
            if tag.name not in HARMLESS or handlers or scheme not in SCHEMES:
                yield f"{engine} has <{tag.name}> {handlers} {address}"
    code = codes.get(page.stem)
    # A catalog may allow a code without a fix.
    for member in {"name", "meaning", "fix"} & (code or {}).keys():
        # Backticks make code, and are not shown where they do.
        wanted = "".join(code[member].replace("`", "").split())
        for engine, text in texts.items():
            if wanted not in text.replace("`", ""):
                yield f"{engine} does not show the {member}: {wanted}"


def main() -> None:
    if len(sys.argv) != 2:
        print("usage: compare_pages.py SITE", file=sys.stderr)
        sys.exit(2)
    site = Path(sys.argv[1])
    codes = {code["slug"]: code for code in json.loads((site / "errors.json").read_text("utf-8"))["codes"]}
    engines = f"cmarkgfm {version('cmarkgfm')}, mkdocs"
    print(json.dumps({"client": engines, "version": version("mkdocs")}))
    pages = sorted((site / "docs" / "errors").rglob("*.md"))
    if len(pages) < len(codes):
        raise ValueError(f"{len(pages)} pages for {len(codes)} codes")
    for page in pages:
        found = "; ".join(faults(site, page, codes)) or None
        print(json.dumps({"subject": str(page), "fault": found}))


if __name__ == "__main__":
    main()
