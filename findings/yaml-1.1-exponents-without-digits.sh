#!/usr/bin/env bash
# The npm package yaml, in its mode for YAML 1.1, takes an exponent without digits before it for a float. Error codes
# such as E1001 are read as NaN, and as keys all of them become one. YAML 1.1 requires a digit or a dot there:
# https://yaml.org/type/float.html. Quotes prevent it. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts yaml@2.9.1 > /dev/null

cat > read.mjs <<'CODE'
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

const { version } = JSON.parse(await readFile("node_modules/yaml/package.json", "utf8"));
console.log(`yaml ${version}`);
const text = "E1001: not found\nE1002: too large\n";
const quoted = '"E1001": not found\n"E1002": too large\n';
const expected = [
  ["1.2", text, '{"E1001":"not found","E1002":"too large"}'],
  ["1.1", text, '{"NaN":"too large"}'],
  ["1.1", quoted, '{"E1001":"not found","E1002":"too large"}'],
];
for (const [mode, yaml, json] of expected) {
  const read = JSON.stringify(parse(yaml, { version: mode }));
  console.log(`version ${mode}: ${JSON.stringify(yaml)} is read as ${read}`);
  if (read !== json) process.exitCode = 1;
}
CODE
node read.mjs
