"""Reads YAML files with PyYAML, ruamel.yaml or libfyaml: `read_yaml.py READER FILE...`.

Next to each file is its twin in JSON. Prints the version of the reader, then one JSON object for each file, with
both as JSON texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import ruamel.yaml
import yaml


def ruamel_of(edition: str) -> Callable[[str], object]:
    def load(text: str) -> object:
        reader = ruamel.yaml.YAML(typ="safe", pure=True)
        reader.version = edition
        return reader.load(text)

    return load


def fy_tool(*args: str, text: str = "") -> str:
    command = ["fy-tool", *args]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def fyaml(text: str) -> object:
    return json.loads(fy_tool("--dump", "--mode=json", "-", text=text))


READERS: dict[str, tuple[str, Callable[[], str], Callable[[str], object]]] = {
    "pyyaml": ("PyYAML", lambda: version("pyyaml"), yaml.safe_load),
    "ruamel-1.1": ("ruamel.yaml in 1.1 mode", lambda: version("ruamel.yaml"), ruamel_of("1.1")),
    "ruamel-1.2": ("ruamel.yaml", lambda: version("ruamel.yaml"), ruamel_of("1.2")),
    "libfyaml": ("libfyaml", lambda: fy_tool("--version").strip(), fyaml),
}


def encode(value: object) -> str:
    # What JSON lacks, such as dates, differs from every JSON text.
    return json.dumps(value, default=lambda other: f"{type(other).__name__}: {other}")


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1] not in READERS:
        print(f"usage: read_yaml.py {'|'.join(READERS)} FILE...", file=sys.stderr)
        sys.exit(2)
    client, edition, load = READERS[sys.argv[1]]
    print(json.dumps({"client": client, "version": edition()}))
    for file in map(Path, sys.argv[2:]):
        line = {"subject": str(file)}
        try:
            line["yaml"] = encode(load(file.read_text(encoding="utf-8")))
        except Exception as error:
            line["fault"] = f"{type(error).__name__}: {error}"
        line["json"] = encode(json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
