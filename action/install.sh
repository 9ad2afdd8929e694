#!/usr/bin/env bash
# Installs listlint into a place of its own: the version asked for, else the one that the action comes with.
set -euo pipefail

python=${LISTLINT_PYTHON:-python3}
version=${LISTLINT_VERSION:-}
source=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
home=$(mktemp -d "${RUNNER_TEMP:-/tmp}/listlint-home.XXXXXX")

if [[ -z $version ]]; then
  package=$source
elif [[ $version =~ ^[0-9][0-9A-Za-z.!+-]*$ ]]; then
  package=listlint==$version
else
  printf '::error title=listlint::the input "version" is not a version\n'
  exit 2
fi

# -I: a checkout must not slip modules of its own under Python's.
"$python" -I -m venv "$home"
bin=$home/bin
[[ -d $bin ]] || bin=$home/Scripts
"$bin/python" -I -m pip install --disable-pip-version-check --quiet -- "$package"
printf 'command=%s\n' "$bin/listlint" >>"${GITHUB_OUTPUT:-/dev/null}"
