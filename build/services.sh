#!/usr/bin/env bash
#
# PostgreSQL, Redis and RabbitMQ for the integration tests, private to this clone: on loopback, on free ports, with
# random passwords, and with data that are thrown away.
#
#   build/services.sh up       starts what is missing and waits until all three answer
#   build/services.sh env      prints the connection strings:  eval "$(build/services.sh env)"
#   build/services.sh status   says what runs and where it came from
#   build/services.sh down     stops what `up` started, and nothing else
#
# Each server comes from the first of these that works:
#   1. a connection string in PRODEV_TEST_POSTGRES, PRODEV_TEST_REDIS or PRODEV_TEST_RABBITMQ: used as it is
#   2. an installed server (as root on Debian or Ubuntu, apt-get installs it), started under artifacts/services
#   3. a container, when a Docker engine answers (build/compose.services.yaml)
#
# Settings: PRODEV_SERVICES_DIR      where state and logs live            (default: artifacts/services)
#           PRODEV_SERVICES_FROM     "installed,docker", in this order    (default: both)
#           PRODEV_SERVICES_INSTALL  0 = never run apt-get                (default: 1)
#           PRODEV_SERVICES_TIMEOUT  seconds that one server may take     (default: 60)
#
# Exit codes: 0 done, 1 a server could not be started or stopped, 2 wrong usage, 3 (env, status) not all are available.

set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=${PRODEV_SERVICES_DIR:-$here/../artifacts/services}
sources=${PRODEV_SERVICES_FROM:-installed,docker}
timeout=${PRODEV_SERVICES_TIMEOUT:-60}
names="postgres redis rabbitmq"

for part in state processes install postgres redis rabbitmq docker; do
    # shellcheck source=/dev/null
    . "$here/services/$part.sh"
done

main() {
    if [ $# -gt 1 ]; then fail_usage "services.sh takes one verb, but got '$*'."; fi
    case ${1:-} in
        up | down | status | env) ;;
        '') fail_usage "services.sh needs a verb." ;;
        *) fail_usage "'$1' is not a verb of services.sh.$(nearest_verb "$1")" ;;
    esac
    check_settings
    open_state
    "verb_$1"
}

# --- the four verbs ---------------------------------------------------------------------------------------------------

verb_up() {
    local name wanted='' installed='' containers=''
    take_lock
    install_programs
    for name in $names; do
        if is_given "$name"; then
            say "$name" "given by $(variable_of "$name"); nothing started"
        elif is_answering "$name"; then
            say "$name" "already running on 127.0.0.1:$(state_of "$name" port)"
        else
            discard "$name" || return 1
            wanted="$wanted $name"
        fi
    done
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086
    choose_sources $wanted && start_chosen
}

verb_down() {
    local name failed=0
    take_lock
    stop_containers || failed=1
    for name in $names; do
        if [ "$(state_of "$name" from)" = installed ]; then
            { discard "$name" && say "$name" "stopped"; } &
        fi
    done
    wait
    for name in $names; do
        if [ -f "$root/$name.state" ]; then failed=1; fi
    done
    return $failed
}

verb_status() {
    local name missing=0
    for name in $names; do
        if is_given "$name"; then
            say "$name" "given by $(variable_of "$name")"
        elif is_answering "$name"; then
            say "$name" "running on 127.0.0.1:$(state_of "$name" port) ($(state_of "$name" from))"
        elif [ -f "$root/$name.state" ]; then
            say "$name" "does not answer; see $root/$name.log"
            missing=3
        else
            say "$name" "not running"
            missing=3
        fi
    done
    return $missing
}

verb_env() {
    local name missing=''
    for name in $names; do
        if is_given "$name"; then
            export_line "$(variable_of "$name")" "$(given_value "$name")"
        elif is_answering "$name"; then
            export_line "$(variable_of "$name")" "$(state_of "$name" url)"
        else
            missing="$missing $name"
        fi
    done
    [ -z "$missing" ] && return 0
    complain "Not running:$missing. Start them with 'build/services.sh up'."
    return 3
}

# --- up, in steps -----------------------------------------------------------------------------------------------------

# choose_sources NAME...: splits them into $installed and $containers, installing packages where that is allowed.
choose_sources() {
    local name absent='' still='' homeless=''
    for name in "$@"; do
        if uses installed && "${name}_find"; then installed="$installed $name"; else absent="$absent $name"; fi
    done
    if [ -n "$absent" ] && uses installed && can_install; then
        # shellcheck disable=SC2086
        install_servers $absent
        for name in $absent; do
            if "${name}_find"; then installed="$installed $name"; else still="$still $name"; fi
        done
        absent=$still
    fi
    if [ -n "$absent" ] && uses docker && docker_answers; then
        containers=$absent
        absent=''
    fi
    for name in $absent; do
        homeless="$homeless
  $name: set $(variable_of "$name"), or install it ($("${name}_hint"))"
    done
    [ -z "$homeless" ] && return 0
    complain "No server to start, and no Docker engine to run it in (looked at: $sources):$homeless
or start a Docker engine; build/compose.services.yaml holds all three."
    return 1
}

start_chosen() {
    local name pid pids='' failed=0
    # shellcheck disable=SC2086
    for name in $installed; do
        start_server "$name" &
        pids="$pids $!"
    done
    if [ -n "$containers" ]; then
        # shellcheck disable=SC2086
        start_containers $containers &
        pids="$pids $!"
    fi
    for pid in $pids; do
        wait "$pid" || failed=1
    done
    return $failed
}

# --- words ------------------------------------------------------------------------------------------------------------

say() { printf '%-9s %s\n' "$1" "$2"; }

complain() { printf 'services: %s\n' "$*" >&2; }

fail_usage() {
    complain "$1 Use one of: up, down, status, env."
    exit 2
}

nearest_verb() {
    case $1 in
        u* | start | run) printf " Did you mean 'up'?" ;;
        d* | stop | kill) printf " Did you mean 'down'?" ;;
        s* | ps | list) printf " Did you mean 'status'?" ;;
        e*) printf " Did you mean 'env'?" ;;
    esac
}

check_settings() {
    local source
    for source in ${sources//,/ }; do
        case $source in
            installed | docker) ;;
            *)
                complain "PRODEV_SERVICES_FROM names '$source'. Allowed are 'installed' and 'docker', separated by a comma."
                exit 2
                ;;
        esac
    done
    case $timeout in
        '' | *[!0-9]* | 0*)
            complain "PRODEV_SERVICES_TIMEOUT is '$timeout'. It must be a whole number of seconds from 1 on."
            exit 2
            ;;
    esac
}

uses() {
    case ",$sources," in *",$1,"*) return 0 ;; *) return 1 ;; esac
}

main "$@"
