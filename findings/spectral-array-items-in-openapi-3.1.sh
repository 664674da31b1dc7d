#!/usr/bin/env bash
# Spectral's ruleset spectral:oas reports a schema of a list without items as an error in OpenAPI 3.1 too. There a
# schema is one of JSON Schema 2020-12, where items is optional:
# https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.1.2. OpenAPI 3.0 requires it. So a list that is
# always empty needs an items that no element is checked against. Exits with 1 if Spectral behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @stoplight/spectral-cli@6.16.3 ajv@8.20.0 > /dev/null

echo 'extends: [[spectral:oas, off]]
rules: { array-items: error }' > ruleset.yaml

document() {
  printf 'openapi: %s\ninfo: { title: Lists, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    None: %s\n' "$@"
}

# Counts what Spectral reports of a document with this version and schema.
reported() {
  document "$1" "$2" > document.yaml
  npx spectral lint --ruleset ruleset.yaml --format json document.yaml 2> /dev/null |
    sed -n '/^\[/,$p' | grep -c '"code": "array-items"' || true
}

npx spectral --version
bare='{ type: array, maxItems: 0 }'
status=0
for version in 3.0.3 3.1.0; do
  for schema in "$bare" '{ type: array, maxItems: 0, items: {} }'; do
    count=$(reported "$version" "$schema")
    echo "OpenAPI $version: $schema has $count findings of array-items"
    expected=1
    [ "$schema" = "$bare" ] || expected=0
    [ "$count" = "$expected" ] || status=1
  done
done

# The meta-schema of 2020-12 admits it.
node -e '
const Ajv = require("ajv/dist/2020");
const isValid = new Ajv({ strict: false }).validateSchema({ type: "array", maxItems: 0 });
console.log(`JSON Schema 2020-12: the schema without items is ${isValid ? "valid" : "invalid"}`);
process.exitCode = isValid ? 0 : 1;
' || status=1
exit $status
