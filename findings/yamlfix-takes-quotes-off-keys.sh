#!/usr/bin/env bash
# yamlfix takes the quotes off keys such as "off" and "on". A reader of YAML 1.1, such as PyYAML, then reads booleans where
# the file had texts (https://yaml.org/type/bool.html): a formatter changes what a list of error codes says. Values keep
# their quotes. Exits with 1 if a package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check yamlfix==1.19.1 PyYAML==6.0.3

printf '%s\n' '---' 'codes:' '  "off":' '    type: "off"' '  not_found:' '    type: request' > errors.yaml
cat > read.py <<'CODE'
import sys
import yaml
with open("errors.yaml") as file:
    print(f"{sys.argv[1]}: {yaml.safe_load(file)}")
CODE
{
  env/bin/python read.py before
  env/bin/yamlfix errors.yaml > log 2>&1
  env/bin/python read.py after
} | tee seen
env/bin/pip list 2> /dev/null | grep --extended-regexp --ignore-case 'yamlfix|pyyaml'
cat errors.yaml
cat > expected <<'TEXT'
before: {'codes': {'off': {'type': 'off'}, 'not_found': {'type': 'request'}}}
after: {'codes': {False: {'type': 'off'}, 'not_found': {'type': 'request'}}}
TEXT
diff expected seen
