# Redis (or Valkey): nothing is persisted. Sourced by services.sh.

redis_package() { echo redis-server; }

redis_hint() { echo "Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis"; }

redis_find() { redis_server=$(command -v redis-server || command -v valkey-server); }

redis_version() { "$redis_server" --version | sed -n 's/^\([A-Za-z]*\) server v=\([^ ]*\).*/\1 \2/p'; }

redis_start() {
    local account=$1 home port password
    home=$(state_of redis home)
    port=$(free_port 23000)
    password=$(random_password)
    cat >"$home/redis.conf" <<CONF
bind 127.0.0.1
port $port
requirepass $password
save ""
appendonly no
daemonize no
CONF
    give "$account" "$home/redis.conf"
    remember redis port "$port"
    remember redis password "$password"
    remember redis url "127.0.0.1:$port,password=$password"
    launch "$account" "$home" "$home/redis.pid" "$root/redis.log" "$redis_server" redis.conf
}

redis_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'AUTH %s\r\nPING\r\n' "$2" >&3
        IFS= read -r -t 2 login <&3 && IFS= read -r -t 2 ping <&3 && [ "${ping%$'\r'}" = +PONG ]
    ) 2>/dev/null
}

redis_stop_signals() { echo TERM; }
