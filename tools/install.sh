#!/bin/sh
# Installs the sinew program of a release on Linux or macOS, after comparing it with the checksum of the release.
#
#     install.sh --repository OWNER/NAME [--version v1.2.3] [--to FOLDER]
#
# Without a version the newest release is taken; FOLDER is ~/.local/bin unless set. Needs curl or wget, tar, and sha256sum
# or shasum. FROM in the environment names another place that has the files of one release, such as file:///mnt/share.
set -eu

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

repository='' version='' to="${HOME:-.}/.local/bin"
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || fail "$1 needs a value"
  case "$1" in
    --repository) repository="$2" ;;
    --version) version="$2" ;;
    --to) to="$2" ;;
    *) fail "there is no option $1; there are --repository, --version and --to" ;;
  esac
  shift 2
done

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl ;;
  Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  *) fail "there is no binary for $(uname -s) on $(uname -m): build it with cargo (README.md)" ;;
esac

if [ -n "${FROM:-}" ]; then
  from="$FROM"
elif [ -z "$repository" ]; then
  fail "say which repository: --repository OWNER/NAME"
elif [ -n "$version" ]; then
  from="https://github.com/$repository/releases/download/$version"
else
  from="https://github.com/$repository/releases/latest/download"
fi

fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL --retry 3 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$2" "$1"
  else
    fail "neither curl nor wget is here"
  fi
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
file="sinew-$target.tar.gz"
fetch "$from/$file" "$work/$file" || fail "$from/$file could not be fetched"
fetch "$from/SHA256SUMS" "$work/SHA256SUMS" || fail "$from/SHA256SUMS could not be fetched"
want="$(awk -v file="$file" '$2 == file { print $1 }' "$work/SHA256SUMS")"
[ -n "$want" ] || fail "SHA256SUMS has no line for $file"
if command -v sha256sum >/dev/null 2>&1; then
  found="$(sha256sum "$work/$file" | cut -d' ' -f1)"
else
  found="$(shasum -a 256 "$work/$file" | cut -d' ' -f1)"
fi
[ "$want" = "$found" ] || fail "$file is not what the release says: its SHA-256 is $found and not $want; nothing was installed"

tar -xzf "$work/$file" -C "$work"
mkdir -p "$to"
# Under another name first: a copy that is cut short never stands at its place.
cp "$work/sinew/sinew" "$to/.sinew.$$"
chmod 755 "$to/.sinew.$$"
mv -f "$to/.sinew.$$" "$to/sinew"
echo "$to/sinew: $("$to/sinew" --version)"
case ":$PATH:" in
  *":$to:"*) ;;
  *) echo "$to is not in PATH yet" ;;
esac
