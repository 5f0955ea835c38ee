#!/usr/bin/env bash
# Runs the build on Linux and macOS: ./build.sh [TARGET ...] [--option value ...]     ./build.sh --help lists both.
#
# PRODEV_BUILD_ENGINE chooses what build/Build.cs runs on:
#   nuke      the package Nuke.Common
#   standin   our own small implementation of what Build.cs uses (build/StandIn)
#   auto      nuke where the package source has it, else the stand-in (the default)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

require_sdk() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)
    command -v dotnet >/dev/null 2>&1 ||
        fail "The .NET SDK was not found. Install version $wanted or a later one of the same line from https://dot.net, and put 'dotnet' on the PATH."
    dotnet --version >/dev/null 2>&1 ||
        fail "No installed .NET SDK fits global.json, which asks for $wanted or a later one of the same line. Installed are:" \
            "$(dotnet --list-sdks 2>/dev/null | sed 's/^/  /')" \
            "Install a fitting one from https://dot.net."
}

# True if the restore failed for no other reason than that the package source does not have Nuke.Common. A source that could not be
# reached says nothing about what it has, so that is no reason to go on with something else.
only_nuke_is_missing() {
    local errors missing='error NU110[12]: Unable to find package Nuke\.Common(\. | with )' details='error NU1102: +- Found '
    errors=$(grep -E '(^|[^[:alnum:]])error[ :]' <<<"$1" | grep -vE "$details" || true)
    [ -n "$errors" ] && ! grep -qvE "$missing" <<<"$errors"
}

choose_engine() {
    local wanted=${PRODEV_BUILD_ENGINE:-auto} log
    case $wanted in
        nuke | standin) engine=$wanted ;;
        auto)
            if log=$(dotnet restore build/_build.csproj -p:BuildEngine=nuke 2>&1); then
                engine=nuke
            elif only_nuke_is_missing "$log"; then
                engine=standin
            else
                fail "$log" \
                    "Whether the package source has Nuke.Common could not be found out; the errors above say why." \
                    "Mend that and run again, or set PRODEV_BUILD_ENGINE=standin to build without asking."
            fi
            ;;
        *) fail "PRODEV_BUILD_ENGINE is '$wanted'. It must be nuke, standin or auto." ;;
    esac
}

require_sdk
choose_engine
case $engine in
    nuke) echo "Build engine: Nuke.Common (nuke)" ;;
    standin) echo "Build engine: the stand-in for Nuke.Common (standin)" ;;
esac

if ! log=$(dotnet build build/_build.csproj -p:BuildEngine="$engine" --nologo -v quiet 2>&1); then
    fail "$log" "The build itself (build/_build.csproj) could not be compiled; the errors above say why."
fi

exec dotnet "$root/artifacts/build/$engine/run/_build.dll" "$@"
