"""Generates clients from the documents, compiles them, and lets them read an error of a newer server:
`generator_cases.py ADDRESS DOCUMENTS NODE CARGO TARGET`. DOCUMENTS contains open.yaml, closed.yaml and names.yaml,
and NODE the installation of the Node drivers.

Prints the versions of the tools, then one JSON object for each check.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import openapi_generator_cli

SOURCES = Path(__file__).resolve().parent.parent / "generated"
JAR = Path(openapi_generator_cli.__file__).parent / "openapi-generator.jar"

# What newer_server.py sends.
SEEN = {
    "status": 400,
    "code": "code_of_tomorrow",
    "type": "type_of_tomorrow",
    "member": {"known": False},
}


class Fault(Exception):
    """A command that failed, or a client that reads something else."""


def run(*command: object, cwd: Path | None = None) -> str:
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=400)
    if ended.returncode != 0:
        lines = (ended.stdout + ended.stderr).strip().splitlines()
        raise Fault(f"{words[0]} failed: " + "\n".join(lines[-15:]))
    return ended.stdout


def expect(seen: object, expected: object) -> None:
    if seen != expected:
        raise Fault(f"the client reads {seen}, not {expected}")


class Work:
    """The folders and the programs."""

    def __init__(self, address: str, documents: str, node: str, cargo: str, target: str) -> None:
        self.address = address
        self.documents = Path(documents)
        self.node = Path(node)
        self.cargo = cargo
        self.target = Path(target)

    def bin(self, name: str) -> Path:
        return self.node / "node_modules/.bin" / name

    def openapi_generator(self, document: str, language: str, place: Path, *options: str) -> None:
        source = self.documents / f"{document}.yaml"
        run("java", "-jar", JAR, "generate", "-q", "-i", source, "-g", language, "-o", place, *options)

    # Each of these yields the name of a check and what it expects.

    def rust(self) -> Iterator[tuple[str, Callable[[], None]]]:
        place = self.documents / "rust"

        def check() -> None:
            self.openapi_generator("open", "rust", place)
            for file in ("Cargo.toml", "Cargo.lock"):
                shutil.copy(SOURCES / "rust" / file, place / file)
            (place / "src/lib.rs").unlink()
            shutil.copy(SOURCES / "rust/main.rs", place / "src/main.rs")
            seen = run(
                self.cargo, "run", "--quiet", "--locked", "--target-dir", self.target, "--", self.address,
                cwd=place,
            )  # fmt: skip
            expect(json.loads(seen), {key: SEEN[key] for key in ("status", "code", "type")})

        yield "openapi-generator, rust", check

    def java(self) -> Iterator[tuple[str, Callable[[], None]]]:
        def compiled(document: str) -> Path:
            place = self.documents / f"java-{document}"
            options = ("--library", "native", "--additional-properties", "openApiNullable=false")
            self.openapi_generator(document, "java", place, *options)
            sources = [*(place / "src/main").rglob("*.java"), *(SOURCES / "java").rglob("*.java")]
            # The jar of the generator contains Jackson.
            run("javac", "-nowarn", "-proc:none", "-cp", JAR, "-d", place / "classes", *sources)
            return place / "classes"

        def cases(classes: Path, address: str) -> str:
            path = f"{JAR}{os.pathsep}{classes}"
            return run("java", "-XX:MaxJavaStackTraceDepth=2", "-cp", path, "Cases", address)

        def open_document() -> None:
            expect(json.loads(cases(compiled("open"), self.address)), SEEN)

        def closed_document() -> None:
            classes = compiled("closed")
            try:
                seen = cases(classes, f"{self.address}/known_type")
            except Fault as fault:
                if "Unexpected value 'code_of_tomorrow'" in str(fault):
                    return
                raise
            raise Fault(f"the client reads an unknown code: {seen}")

        yield "openapi-generator, java", open_document
        yield "openapi-generator, java, closed", closed_document

    def python(self) -> Iterator[tuple[str, Callable[[], None]]]:
        def generated(document: str) -> str:
            package = f"generated_{document}"
            place = self.documents / package
            options = ("--additional-properties", f"packageName={package}")
            self.openapi_generator(document, "python", place, *options)
            run(sys.executable, "-m", "compileall", "-q", place / package)
            sys.path.insert(0, str(place))
            return package

        def open_document() -> None:
            package = importlib.import_module(generated("open"))
            configuration = package.Configuration(host=self.address)
            api = package.DefaultApi(package.ApiClient(configuration))
            try:
                api.list_models()
            except package.ApiException as error:
                read = error.data.error
                expect(
                    {
                        "status": error.status,
                        "code": read.code,
                        "type": read.type,
                        "member": read.additional_properties["member_of_tomorrow"],
                    },
                    SEEN,
                )
                empty = package.ErrorEnvelope.from_json('{"error":{"message":"","type":"t"}}')
                expect(empty.error.message, "")
                return
            raise Fault("the call did not fail")

        def names() -> None:
            package = importlib.import_module(generated("names"))
            expect(package.ErrorCode.None_.value, "none")

        yield "openapi-generator, python", open_document
        yield "openapi-generator, python, names that are keywords", names

    def datamodel(self) -> Iterator[tuple[str, Callable[[], None]]]:
        place = self.documents / "datamodel"

        def models(document: str) -> object:
            place.mkdir(exist_ok=True)
            name = f"models_{document}"
            run(
                sys.executable, "-m", "datamodel_code_generator", "--input", self.documents / f"{document}.yaml",
                "--input-file-type", "openapi", "--output", place / f"{name}.py",
                "--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11",
            )  # fmt: skip
            sys.path.insert(0, str(place))
            return importlib.import_module(name)

        def open_document() -> None:
            error = {"message": "", **{key: SEEN[key] for key in ("code", "type")}}
            body = {"error": {**error, "member_of_tomorrow": SEEN["member"]}}
            envelope = models("open").ErrorEnvelope.model_validate(body)  # type: ignore[attr-defined]
            expect(envelope.model_dump(exclude_unset=True), body)

        def names() -> None:
            models("names")

        yield "datamodel-code-generator", open_document
        yield "datamodel-code-generator, names that are keywords", names

    def typescript(self) -> Iterator[tuple[str, Callable[[], None]]]:
        place = self.node / "generated"
        document = self.documents / "open.yaml"

        def generate_and_compile() -> None:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            for file in ("cases.ts", "tsconfig.json"):
                shutil.copy(SOURCES / "typescript" / file, place)
            # The manifest of the drivers says that all files are modules of ECMAScript.
            (place / "package.json").write_text('{"type": "commonjs"}')
            self.openapi_generator("open", "typescript-fetch", place / "openapi-generator")
            run(self.bin("openapi-ts"), "-i", document, "-o", place / "hey-api", cwd=place)
            run(self.bin("orval"), "--input", document, "--output", "orval.ts", "--client", "fetch", cwd=place)
            run(self.bin("tsc"), "--project", place)

        def cases() -> None:
            lines = run("node", place / "js/cases.js", self.address).splitlines()
            expect(len(lines), 3)
            for line in lines:
                client, seen = json.loads(line), dict(SEEN)
                expect(client, {"client": client["client"], **seen})

        yield "openapi-generator, @hey-api/openapi-ts and orval, compiled", generate_and_compile
        yield "openapi-generator, @hey-api/openapi-ts and orval", cases


def main(*arguments: str) -> None:
    work = Work(*arguments)
    tools = {
        "openapi-generator-cli": version("openapi-generator-cli"),
        "datamodel-code-generator": version("datamodel-code-generator"),
    }
    for name in ("@hey-api/openapi-ts", "orval"):
        manifest = work.node / "node_modules" / name / "package.json"
        tools[name] = json.loads(manifest.read_text())["version"]
    print(json.dumps({"client": ", ".join(tools), "version": ", ".join(tools.values())}))

    def checks(of: Callable[[], Iterator[tuple[str, Callable[[], None]]]]) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for subject, check in of():
            try:
                check()
            except Exception as error:
                found.append({"subject": subject, "fault": f"{type(error).__name__}: {error}"})
                continue
            found.append({"subject": subject, "fault": None})
        return found

    all_tools = [work.rust, work.typescript, work.java, work.python, work.datamodel]
    with ThreadPoolExecutor(2) as pool:
        for found in pool.map(checks, all_tools):
            for check in found:
                print(json.dumps(check), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
