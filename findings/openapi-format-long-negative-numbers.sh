#!/usr/bin/env bash
# openapi-format appends three equals signs to a negative whole number of sixteen characters and more in a mapping, which
# makes it a string. Every reader keeps such a number exactly: an example with the error code -9007199254740991, the smallest
# safe integer of JavaScript, no longer fits its schema. The same number without the sign, and shorter negative ones, stay
# as they are. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-format@1.33.6

cat > api.yaml <<'YAML'
openapi: 3.1.0
info: { title: Numbers, version: 1.0.0 }
paths: {}
components:
  schemas:
    Error:
      type: object
      example: { long: 9007199254740991, short: -99999999999999, negative: -9007199254740991 }
YAML
npx --no-install openapi-format --version
npx --no-install openapi-format api.yaml --no-sort --output out.yaml > /dev/null
grep -A 3 "example:" out.yaml
grep -Eq "long: 9007199254740991$" out.yaml
grep -Eq "short: -99999999999999$" out.yaml
grep -Eq "negative: -9007199254740991===$" out.yaml
