#!/usr/bin/env bash
# What a change does to a stack file: one Markdown text for the pull request, SARIF for the code host, and the gate.
#
#     tools/pull-request.sh STACK [BASE]
#
# STACK is a path in the repository, BASE the commit or branch to compare with; without one, or where STACK is not in it
# yet, every finding counts. Run it in the repository, with the history of BASE fetched. It needs `sinew` and `git`.
#
# Environment:
#   DENY           rules that fail, separated by spaces or commas
#   DENY_SEVERITY  high, medium or low: fail on findings of this severity or higher
#   OUT            folder of the results, `sinew-out` unless set: summary.md, sinew.sarif, baseline.json
#   SINEW          the program, `sinew` unless set
#
# Exit code: that of `sinew check`. 0 nothing denied; 1 a denied finding; 2 an error in the file; 3 reading or writing failed.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  sed -n '2,17s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
stack="$1" base="${2:-}" out="${OUT:-sinew-out}" sinew="${SINEW:-sinew}"
mkdir -p "$out"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

options=()
deny="${DENY:-}"
for rule in ${deny//,/ }; do options+=(--deny "$rule"); done
[ -z "${DENY_SEVERITY:-}" ] || options+=(--deny-severity "$DENY_SEVERITY")

# The file as it was, under its own name: what it is (YAML, JSON, a workbook) is told by its ending.
before="$work/before/$(basename "$stack")"
mkdir -p "$work/before"
if [ -z "$base" ]; then
  why="There is nothing to compare it with, so every finding counts."
elif ! git rev-parse --quiet --verify "$base^{commit}" >/dev/null; then
  echo "$0: there is no commit $base here: fetch it first (in GitHub Actions: fetch-depth: 0)" >&2
  exit 3
elif ! git cat-file -e "$base:./$stack" 2>/dev/null; then
  why="The stack is new: every finding counts."
else
  git show "$base:./$stack" >"$before"
  if "$sinew" check "$before" --format json >"$out/baseline.json" 2>"$work/before.txt"; then
    why=""
    options+=(--baseline "$out/baseline.json")
  else
    why="The file has errors in $base, so every finding counts."
  fi
fi

status=0
"$sinew" check "$stack" "${options[@]}" --format sarif >"$out/sinew.sarif" 2>"$work/check.txt" || status=$?

# A fence longer than any in the text, so that nothing in a stack file ends it.
quoted() {
  printf '~~~~~~~~~~~~text\n'
  head -c 20000 "$1"
  printf '\n~~~~~~~~~~~~\n'
}

{
  case "$status" in
    0) said="nothing that fails" ;;
    1) said="findings that fail" ;;
    2) said="the file has errors" ;;
    *) said="the file could not be judged" ;;
  esac
  # shellcheck disable=SC2016 # the ticks are Markdown
  printf '**sinew: %s** in `%s`%s\n\n' "$said" "$stack" "${base:+, compared with \`$base\`}"
  [ -z "$why" ] || printf '%s\n\n' "$why"
  if [ "$status" -ge 2 ]; then
    quoted "$work/check.txt"
  elif [ -z "$why" ]; then
    "$sinew" diff "$before" "$stack" --format markdown 2>/dev/null
  else
    "$sinew" check "$stack" "${options[@]}" --format markdown 2>/dev/null || true
  fi
} >"$work/summary.md"

# Hosts take comments of up to 65,536 characters. What is cut is said, and a fence that is cut open is closed.
if [ "$(wc -c <"$work/summary.md")" -gt 60000 ]; then
  head -c 60000 "$work/summary.md" | sed '$d' >"$out/summary.md"
  if [ $(($(grep -c '^```' "$out/summary.md") % 2)) -eq 1 ]; then printf '```\n' >>"$out/summary.md"; fi
  # shellcheck disable=SC2016 # the ticks are Markdown
  printf '\nThe rest is left out here; `sinew diff` on both files shows all of it.\n' >>"$out/summary.md"
else
  mv "$work/summary.md" "$out/summary.md"
fi
exit "$status"
