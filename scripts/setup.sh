#!/bin/sh
# Makes .venv with a Python 3.11 to 3.13 and installs the project with the pinned versions of constraints.txt.
# System packages that are missing are installed where that is allowed; elsewhere one line says which, and set-up goes on.
# .venv/ready holds what the environment was made from: while that is unchanged, nothing is done.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }

as_root=none
if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; fi

install_packages() { # names of Debian packages; false when they could not be installed
  if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then return 1; fi
  say "installing $*"
  for step in update "install -y --no-install-recommends $*"; do
    # shellcheck disable=SC2086  # both are lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::http::Timeout=30 \
      -o Acquire::Retries=1 $step >/dev/null 2>&1 || [ "$step" = update ] || return 1
  done
}

in_range() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; }

find_python() { # prints the first Python in range; one that can make a working environment comes before one that cannot
  spare=
  for name in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python; do
    in_range "$name" || continue
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then echo "$name"; return; fi
    spare=${spare:-$name}
  done
  echo "$spare"
}

made_from() { pwd -P; cat pyproject.toml constraints.txt scripts/setup.sh | cksum; }

if [ -f .venv/ready ] && [ "$(cat .venv/ready)" = "$(made_from)" ] && in_range .venv/bin/python; then exit 0; fi

if ! { command -v tesseract && tesseract --list-langs 2>&1 | grep -qx vie; } >/dev/null 2>&1; then
  install_packages tesseract-ocr tesseract-ocr-vie ||
    say "scans cannot be read yet: install the packages tesseract-ocr and tesseract-ocr-vie (apt-get install, as root)"
fi

# An environment made elsewhere, or by another Python, is made anew.
if [ -d .venv ] && ! { in_range .venv/bin/python && { [ ! -f .venv/ready ] || [ "$(sed -n 1p .venv/ready)" = "$(pwd -P)" ]; }; }; then rm -rf .venv; fi
if [ ! -d .venv ]; then
  python=$(find_python)
  if [ -z "$python" ]; then
    install_packages python3 python3-venv || true
    python=$(find_python)
  fi
  [ -n "$python" ] || { say "no Python 3.11 to 3.13 found: install one with its venv module, or name it in PYTHON"; exit 1; }
  if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    install_packages "$package" || install_packages python3-venv || { say "$python cannot make environments: install the package $package"; exit 1; }
  fi
  say "making .venv with $("$python" --version)"
  "$python" -m venv .venv || { rm -rf .venv; exit 1; }
fi

say "installing the pinned packages"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
made_from > .venv/ready
say "ready"
