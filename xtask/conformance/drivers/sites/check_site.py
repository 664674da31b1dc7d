"""Checks a built site: `check_site.py SITE ERRORS`.

SITE is the folder that a site generator wrote, as a web server would serve it; ERRORS is the exported
catalog, `errors.json`. Every link within the site must lead to a page, and its fragment to an id. On the
pages of the errors no id may occur twice. Every code must have a page under its slug, with its name, its
meaning and its fix. One JSON object is printed for each page and each code, with the `fault` that was
found, if any.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup


class Site:
    """The files of a site by the paths of their addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = sorted(folder.rglob("*.html"))

    def file(self, path: str) -> Path | None:
        """The file for a path, as servers of static files find it."""
        place = self.folder / unquote(path).lstrip("/")
        candidates = [place / "index.html"] if path.endswith("/") or path == "" else [
            place,
            place.with_name(f"{place.name}.html"),
            place / "index.html",
        ]
        return next((found for found in candidates if found.is_file()), None)

    def address(self, page: Path) -> str:
        return "/" + page.relative_to(self.folder).as_posix()


@cache
def document(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


@cache
def ids(page: Path) -> Counter[str]:
    return Counter(str(tag["id"]) for tag in document(page).select("[id]"))


def faults(site: Site, page: Path) -> Iterator[str]:
    here = site.address(page)
    if "/errors/" in here:
        double = sorted(name for name, count in ids(page).items() if count > 1)
        if double:
            yield f"these ids occur twice: {', '.join(double)}"
    for tag in document(page).select("a[href]"):
        href = str(tag["href"])
        address = urlsplit(href)
        if address.scheme or address.netloc:
            continue
        target = site.file(urlsplit(urljoin(f"http://site{here}", href)).path)
        if target is None:
            yield f"{href} leads to no page"
        elif address.fragment and target.suffix == ".html" and unquote(address.fragment) not in ids(target):
            yield f"{href} leads to no id"


def fault_of(site: Site, code: dict[str, Any]) -> str | None:
    page = site.file(f"/errors/{code['slug']}")
    if page is None:
        return "it has no page"
    shown = "".join(document(page).get_text().split())
    for member in {"name", "meaning", "fix"} & code.keys():
        wanted = "".join(code[member].replace("`", "").split())
        if wanted not in shown.replace("`", ""):
            return f"its page does not show the {member}"
    return None


def main() -> None:
    if len(sys.argv) != 3:
        print("usage: check_site.py SITE ERRORS", file=sys.stderr)
        sys.exit(2)
    site = Site(Path(sys.argv[1]))
    codes = json.loads(Path(sys.argv[2]).read_text("utf-8"))["codes"]
    print(json.dumps({"client": "beautifulsoup4", "version": version("beautifulsoup4")}))
    for page in site.pages:
        found = "; ".join(faults(site, page)) or None
        print(json.dumps({"subject": site.address(page), "fault": found}))
    for code in (code for code in codes if code["audience"] == "public"):
        print(json.dumps({"subject": code["name"], "fault": fault_of(site, code)}))


if __name__ == "__main__":
    main()
