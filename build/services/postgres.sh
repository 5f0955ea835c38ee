# PostgreSQL: a cluster of its own, TCP only (a socket's path may be longer than the 107 characters a system allows).
# Sourced by services.sh.

postgres_package() { echo postgresql; }

postgres_hint() { echo "Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql"; }

postgres_find() {
    local directory
    for directory in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V -r) \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin "$(dirname "$(command -v initdb || echo /)")"; do
        if [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ]; then
            postgres_bin=$directory
            return 0
        fi
    done
    return 1
}

postgres_version() { "$postgres_bin/postgres" --version | sed 's/^postgres (PostgreSQL) \([^ ]*\).*/PostgreSQL \1/'; }

postgres_start() {
    local account=$1 home port password locale=C
    home=$(state_of postgres home)
    port=$(free_port 20000)
    password=$(random_password)
    if locale -a 2>/dev/null | grep -i '^C\.utf-\{0,1\}8$' >/dev/null; then locale=C.UTF-8; fi

    printf '%s\n' "$password" >"$home/password"
    give "$account" "$home/password"
    (
        cd "$home" && as "$account" "$postgres_bin/initdb" -D "$home/data" -U postgres --pwfile="$home/password" \
            -A scram-sha-256 --no-sync -E UTF8 --locale=$locale
    ) >>"$root/postgres.log" 2>&1 </dev/null 9>&- || return 1
    cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 200
CONF
    remember postgres port "$port"
    remember postgres password "$password"
    remember postgres url "Host=127.0.0.1;Port=$port;Username=postgres;Password=$password;Database=postgres"
    launch "$account" "$home" "$home/postgres.pid" "$root/postgres.log" "$postgres_bin/postgres" -D "$home/data"
}

# A start-up message; 'R' asks for the password, which a server that is still starting or recovering does not do.
postgres_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf '\000\000\000\051\000\003\000\000user\000postgres\000database\000postgres\000\000' >&3
        IFS= read -r -t 2 -n 1 answer <&3 && [ "$answer" = R ]
    ) 2>/dev/null
}

# Fast shutdown, then immediate shutdown: both end the server's children as well.
postgres_stop_signals() { echo INT QUIT; }
