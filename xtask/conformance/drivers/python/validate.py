"""Holds documents against openapi-spec-validator: `validate.py FILE...`.

Prints the version of the validator, then one JSON object for each document, with what it found.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator
from openapi_spec_validator.readers import read_from_filename


def findings(file: str) -> list[dict[str, str]]:
    document, base_uri = read_from_filename(file)
    is_3_0 = document["openapi"].startswith("3.0")
    validator = OpenAPIV30SpecValidator if is_3_0 else OpenAPIV31SpecValidator
    return [
        {
            "severity": "error",
            "rule": type(error).__name__,
            "message": f"{error.message} ({'.'.join(map(str, error.absolute_path))})",
        }
        for error in validator(document, base_uri=base_uri).iter_errors()
    ]


def main() -> None:
    if len(sys.argv) < 2:
        print("usage: validate.py FILE...", file=sys.stderr)
        sys.exit(2)
    name = "openapi-spec-validator"
    print(json.dumps({"client": name, "version": version(name)}))
    for file in sys.argv[1:]:
        print(json.dumps({"subject": str(Path(file)), "findings": findings(file)}))


if __name__ == "__main__":
    main()
