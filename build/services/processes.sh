# Starting, recognising and stopping our own processes. Sourced by services.sh.
#
# A process is ours when a pid file below the server's home names it AND it works in that home. The second half is what
# makes a stale file harmless: after a crash the pid may belong to anybody.

is_root() { [ "$(id -u)" -eq 0 ]; }

# The account that runs a server: the caller's, or as root the server's own, since servers refuse root or should not have it.
account_of() {
    local account
    is_root || { id -un; return; }
    for account in "$1" nobody; do
        if id -u "$account" >/dev/null 2>&1; then echo "$account"; return; fi
    done
}

# as ACCOUNT command...
as() {
    local account=$1
    shift
    if [ "$account" = "$(id -un)" ]; then exec "$@"; fi
    exec setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups "$@"
}

# make_home NAME ACCOUNT: an empty directory that the account owns. It is below $root, or where the account cannot get
# there (a clone below /root, say) below the temporary directory.
make_home() {
    local home=$root/$1
    if ! (as "$2" test -x "$root") 2>/dev/null; then
        home=$(mktemp -d "${TMPDIR:-/tmp}/prodev-$1.XXXXXX") || return 1
    fi
    remember "$1" home "$home"
    mkdir -p "$home" && : >"$home/.prodev-services" && give "$2" "$home"
}

give() {
    local account=$1
    shift
    if is_root; then chown -R "$account" "$@"; fi
}

# launch ACCOUNT HOME PIDFILE LOG command...: detached, in HOME; the pid is on file before the command runs.
launch() {
    local account=$1 home=$2 pidfile=$3 log=$4 detach=nohup
    shift 4
    if command -v setsid >/dev/null; then detach=setsid; fi
    (
        cd "$home" || exit 1
        # shellcheck disable=SC2016
        HOME=$home as "$account" "$detach" sh -c 'echo $$ >"$0" && exec "$@"' "$pidfile" "$@"
    ) </dev/null >>"$log" 2>&1 9>&- &
}

working_directory() {
    if [ -d /proc/self ]; then
        readlink "/proc/$1/cwd" 2>/dev/null
    else
        lsof -a -p "$1" -d cwd -Fn 2>/dev/null | sed -n 's/^n//p'
    fi
}

# is_ours PID HOME: alive, and working in that home. A zombie has no working directory and does not count. Systems name a
# working directory without symbolic links, and the temporary directory of macOS is behind one.
is_ours() {
    local home
    # 0 would signal the caller's own process group.
    case $1 in '' | 0* | *[!0-9]*) return 1 ;; esac
    home=$(cd "$2" 2>/dev/null && pwd -P) || return 1
    case $(working_directory "$1")/ in
        "$home"/*) kill -0 "$1" 2>/dev/null ;;
        *) return 1 ;;
    esac
}

# pids_of NAME: the live processes that are ours, one a line.
pids_of() {
    local home file pid
    home=$(state_of "$1" home)
    [ -n "$home" ] || return 0
    for file in "$home"/*.pid; do
        [ -f "$file" ] || continue
        # RabbitMQ writes its pid without a newline, which `read` reports as a failure.
        read -r pid <"$file" || [ -n "$pid" ] || continue
        if is_ours "$pid" "$home"; then echo "$pid"; fi
    done | sort -u
}

is_answering() {
    [ -n "$(state_of "$1" url)" ] || return 1
    if [ "$(state_of "$1" from)" = installed ] && [ -z "$(pids_of "$1")" ]; then return 1; fi
    "${1}_answers" "$(state_of "$1" port)" "$(state_of "$1" password)"
}

# start_server NAME: starts it and waits until it answers. A port that somebody took in between is worth another try.
start_server() {
    local name=$1 account attempt since=$SECONDS
    account=$(account_of "$name")
    for attempt in 1 2 3; do
        : >"$root/$name.log"
        rm -f "$root/$name.state"
        remember "$name" from installed
        if make_home "$name" "$account" && "${name}_start" "$account" && await_answer "$name"; then
            say "$name" "started in $((SECONDS - since)) s on 127.0.0.1:$(state_of "$name" port) ($("${name}_version"))"
            return 0
        fi
        discard "$name"
        grep -q -i -E 'eaddrinuse|address (is )?already in use|could not bind|port .*in use' "$root/$name.log" || break
    done
    complain "$name did not start. The end of $root/$name.log:
$(tail -n 15 "$root/$name.log" | sed 's/^/  | /')"
    return 1
}

await_answer() {
    local name=$1 port password deadline=$((SECONDS + timeout))
    port=$(state_of "$name" port)
    password=$(state_of "$name" password)
    until "${name}_answers" "$port" "$password"; do
        # The launched shell needs a moment to write its pid: only a server that was seen may be missed.
        if [ -n "$(pids_of "$name")" ]; then
            local seen=1
        elif [ -n "${seen:-}" ]; then
            echo "$name ended before it answered." >>"$root/$name.log"
            return 1
        fi
        if [ $SECONDS -ge $deadline ]; then
            echo "$name did not answer within $timeout s (PRODEV_SERVICES_TIMEOUT)." >>"$root/$name.log"
            return 1
        fi
        sleep 0.1
    done
}

# await_port PORT: for a helper process that opens its port at once.
await_port() {
    local tenths
    for tenths in 1 2 3 4 5 6 7 8 9 10 20 30 40 50; do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.1
    done
    echo "Nothing listens on 127.0.0.1:$1." >>"$root/rabbitmq.log"
    return 1
}

# discard NAME: ends our processes of that server, asking first, and removes its data. Does nothing where none are ours.
discard() {
    local name=$1 home signal pid pids alive tenths
    home=$(state_of "$name" home)
    # Read once: a server that is ending removes its pid file before it has ended.
    pids=$(pids_of "$name")
    for signal in $("${name}_stop_signals") KILL; do
        for pid in $pids; do
            if is_ours "$pid" "$home"; then kill "-$signal" "$pid" 2>/dev/null; fi
        done
        tenths=0
        while [ $tenths -lt 100 ]; do
            alive=''
            for pid in $pids; do
                if is_ours "$pid" "$home"; then alive="$alive $pid"; fi
            done
            [ -z "$alive" ] && break 2
            sleep 0.1
            tenths=$((tenths + 1))
        done
    done
    if [ -n "$alive" ]; then
        complain "$name cannot be stopped by this user. Its processes:$alive."
        return 1
    fi
    # Only a directory that make_home marked is removed.
    if [ -n "$home" ] && [ -f "$home/.prodev-services" ]; then rm -rf "$home"; fi
    rm -f "$root/$name.state"
}

# free_port FROM: a port of the thousand from FROM on that nobody listens on. Below the ports that systems hand out.
free_port() {
    local port
    while :; do
        port=$(($1 + RANDOM % 1000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}
