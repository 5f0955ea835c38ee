# What `up` remembers between calls: one file a server, NAME.state, with lines KEY=VALUE, readable by its owner only
# because it holds a password. Sourced by services.sh.

open_state() {
    # 711: the accounts that run the servers must reach their own directories below, but need not list this one.
    if ! { mkdir -p "$root" && chmod 711 "$root" && root=$(cd "$root" && pwd -P); }; then
        complain "The directory '$root' cannot be created or entered. Set PRODEV_SERVICES_DIR to one that can."
        exit 1
    fi
    umask 077
}

# Two calls at the same time would start two of everything. The lock is held by descriptor 9, which no server inherits.
take_lock() {
    exec 9>"$root/lock"
    if command -v flock >/dev/null; then
        flock -w 300 9 && return
        complain "Another services.sh has held '$root/lock' for five minutes. End it, then try again."
        exit 1
    fi
    # Without flock (macOS): a directory is made by exactly one caller. A dead owner's directory is taken over.
    local tries=0 owner
    until mkdir "$root/lock.d" 2>/dev/null; do
        owner=$(cat "$root/lock.d/pid" 2>/dev/null)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$root/lock.d"; fi
        tries=$((tries + 1))
        if [ $tries -gt 3000 ]; then
            complain "Another services.sh (pid $owner) has held '$root/lock.d' for five minutes. End it, then try again."
            exit 1
        fi
        sleep 0.1
    done
    echo $$ >"$root/lock.d/pid"
    trap 'rm -rf "$root/lock.d"' EXIT
}

# state_of NAME KEY
state_of() {
    [ -f "$root/$1.state" ] && sed -n "s/^$2=//p" "$root/$1.state" | tail -n 1
}

# remember NAME KEY VALUE: the last line of a key counts.
remember() {
    printf '%s=%s\n' "$2" "$3" >>"$root/$1.state"
    if [ "$2" = url ]; then printf '%s\n' "$3" >>"$root/issued"; fi
}

variable_of() {
    case $1 in
        postgres) echo PRODEV_TEST_POSTGRES ;;
        redis) echo PRODEV_TEST_REDIS ;;
        rabbitmq) echo PRODEV_TEST_RABBITMQ ;;
    esac
}

given_value() {
    local variable
    variable=$(variable_of "$1")
    printf '%s' "${!variable:-}"
}

# A connection string that `env` printed, now or before the last `down`, names a server of our own: a shell that evaluated
# it gives us nothing new. Passwords are random, so no other string can equal it.
is_given() {
    local value
    value=$(given_value "$1")
    [ -n "$value" ] && ! grep -x -F -e "$value" "$root/issued" >/dev/null 2>&1
}

# export_line VARIABLE VALUE: safe for eval, whatever the value holds.
export_line() {
    local quote="'\\''"
    printf "export %s='%s'\n" "$1" "${2//\'/$quote}"
}

random_password() {
    # No reader ends early here: a caller may have broken pipes ignored, and then the writer complains.
    head -c 1024 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-24
}
