#!/usr/bin/env bash
# YAML::Tiny for Perl drops the lines of a literal block text that begin with `#`, as if they were comments, and its empty
# lines: of a Markdown description in an OpenAPI document, the headings and paragraphs are gone, without an error. In a
# block text both are text: https://yaml.org/spec/1.2.2/#812-literal-style. YAML::PP keeps them. Exits with 1 if a package
# behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet libyaml-tiny-perl=1.73-1 libyaml-pp-perl=0.035-1 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
export PERL5LIB=$folder/usr/share/perl5

cat > openapi.yaml <<'YAML'
---
description: |
  Errors of the API.

  # Retries

  Wait before you retry.
title: Files API
YAML
cat > expected.pp <<'TEXT'
Errors of the API.

# Retries

Wait before you retry.
TEXT
perl -MYAML::PP -e 'print YAML::PP->new->load_file("openapi.yaml")->{description}' > seen.pp
perl -MYAML::Tiny -e 'print YAML::Tiny->read("openapi.yaml")->[0]{description}' > seen.tiny
perl -MYAML::PP -MYAML::Tiny -e 'print "YAML::PP $YAML::PP::VERSION, YAML::Tiny $YAML::Tiny::VERSION\n"'
sed 's/^/YAML::PP:   /' seen.pp
sed 's/^/YAML::Tiny: /' seen.tiny
diff expected.pp seen.pp
if grep --quiet '^# Retries' seen.tiny; then exit 1; fi
