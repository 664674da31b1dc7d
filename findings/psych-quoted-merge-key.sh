#!/usr/bin/env bash
# Psych, the YAML library of Ruby, takes the quoted key "<<" for a merge key: the members of its value become members of
# the mapping around it. A merge key is the plain scalar alone (https://yaml.org/type/merge.html); PyYAML keeps the quoted
# one as text. So no writer can give a mapping a key of this name that Ruby reads. Exits with 1 if a library behaves in
# another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
ruby=3.1.7+really3.1.2-0+deb12u1
apt-get download --quiet "ruby3.1=$ruby" "libruby3.1=$ruby" libyaml-0-2=0.2.5-1 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
libraries=usr/lib/$(uname -m)-linux-gnu
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3

printf '%s\n' 'codes:' '  "<<":' '    status: 400' '  not_found:' '    status: 404' > errors.yaml
cat > read.rb <<'CODE'
require "psych"
require "json"
puts "psych #{Psych::VERSION}: #{Psych.load_file("errors.yaml").to_json}"
CODE
cat > read.py <<'CODE'
import json
import yaml
with open("errors.yaml") as file:
    read = json.dumps(yaml.safe_load(file), separators=(",", ":"))
print(f"PyYAML {yaml.__version__}: {read}")
CODE
{
  LD_LIBRARY_PATH=$libraries RUBYLIB=usr/lib/ruby/3.1.0:$libraries/ruby/3.1.0 usr/bin/ruby3.1 --disable-gems read.rb
  env/bin/python read.py
} | tee seen
cat > expected <<'TEXT'
psych 4.0.3: {"codes":{"status":400,"not_found":{"status":404}}}
PyYAML 6.0.3: {"codes":{"<<":{"status":400},"not_found":{"status":404}}}
TEXT
diff expected seen
