#!/usr/bin/env bash
# Checks the lists of a checkout and tells the job: annotations, a summary, files for other tools.
# All input comes through the environment; none of it is ever read as shell.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
listlint=${LISTLINT_COMMAND:-listlint}
python=${LISTLINT_PYTHON:-python3}
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/listlint.XXXXXX")
summary_limit=900000 # bytes; GitHub refuses a step's summary beyond 1 MiB

fail() {
  printf '::error title=listlint::%s\n' "$1"
  exit 2
}

# Whether the input NAME, whose value is VALUE, is on.
enabled() {
  case $2 in
    true | True | TRUE) return 0 ;;
    false | False | FALSE | '') return 1 ;;
    *) fail "the input \"$1\" is neither true nor false" ;;
  esac
}

# The commit that the checked-out pull request is compared with; fetched where a shallow checkout lacks it.
base_of_pull_request() {
  local base=${LISTLINT_BASE_SHA:-} head=${LISTLINT_HEAD_SHA:-} parents
  # A shallow commit still names its parents: GitHub's merge commit has the base first and the pull request second.
  parents=$(git cat-file commit HEAD | sed -n -e '/^$/q' -e 's/^parent //p' | tr '\n' ' ')
  if [[ -n $head && $parents == *" $head " ]]; then
    base=${parents%% *}
    has_commit "$base" || git fetch --quiet --no-tags --depth=1 origin "$base" >&2 || return 1
    printf '%s\n' "$base"
    return
  fi
  if ! git merge-base "$base" HEAD 2>/dev/null; then
    if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
      git fetch --quiet --no-tags --unshallow origin >&2 || return 1
    fi
    has_commit "$base" || git fetch --quiet --no-tags origin "$base" >&2 || return 1
    git merge-base "$base" HEAD
  fi
}

has_commit() {
  git cat-file -e "$1^{commit}" 2>/dev/null
}

# The findings in FORMAT, written to FILE.
report() {
  "$listlint" check ${options[@]+"${options[@]}"} --output-format "$1" --output-file "$2" -- ${paths[@]+"${paths[@]}"}
}

paths=()
while IFS= read -r line; do
  read -r line <<<"$line" # without the blanks around it
  [[ -z $line ]] || paths+=("$line")
done <<<"${LISTLINT_PATHS:-}"

options=()
read -r -a options <<<"$(tr '\n' ' ' <<<"${LISTLINT_ARGS:-}")"

since=${LISTLINT_SINCE:-}
if [[ -z $since && ${LISTLINT_BASE_SHA:-} =~ ^[0-9a-f]{40,64}$ ]]; then
  since=$(base_of_pull_request) ||
    fail 'the base of the pull request is not at hand; give actions/checkout "fetch-depth: 2"'
fi
[[ $since != none ]] || since=
[[ -z $since ]] || options+=("--since=$since")
if enabled online "${LISTLINT_ONLINE:-}"; then options+=(--online); fi

if enabled fix "${LISTLINT_FIX:-}"; then
  status=0
  "$listlint" fix ${options[@]+"${options[@]}"} --output-format concise -- ${paths[@]+"${paths[@]}"} || status=$?
  ((status < 2)) || fail 'the fixes could not be applied; the log says why'
fi

status=0
report github "$folder/annotations.txt" || status=$?
if [[ ! -e $folder/annotations.txt ]] || { ((status > 1)) && [[ ! -s $folder/annotations.txt ]]; }; then
  fail 'the lists could not be checked; the log says why'
fi
report markdown "$folder/summary.md" || true
report sarif "$folder/listlint.sarif" || true
report rdjson "$folder/listlint.rdjson" || true
report concise "$folder/findings.txt" || true

printf '::group::All findings\n'
cat "$folder/findings.txt"
printf '::endgroup::\n'

"$python" -I "$here/annotations.py" "$folder/annotations.txt" ${since:+"$since"}
{
  printf '## listlint\n\n'
  LC_ALL=C awk -v "limit=$summary_limit" -f "$here/cut.awk" "$folder/summary.md"
} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
{
  printf 'findings=%s\n' "$(grep -c '^::' "$folder/annotations.txt" || true)"
  printf 'summary=%s\n' "$folder/summary.md"
  printf 'sarif=%s\n' "$folder/listlint.sarif"
  printf 'rdjson=%s\n' "$folder/listlint.rdjson"
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
