# RabbitMQ: a node of its own with an Erlang port mapper (epmd) of its own. The distribution's wrapper in /usr/sbin changes
# user and directory, so the script below the package's versioned directory is called instead. Sourced by services.sh.

rabbitmq_package() { echo rabbitmq-server; }

rabbitmq_hint() { echo "Debian and Ubuntu: apt-get install rabbitmq-server; macOS: brew install rabbitmq"; }

rabbitmq_find() {
    local script
    rabbitmq_epmd=$(command -v epmd || ls /usr/lib/erlang/bin/epmd /usr/lib/erlang/erts-*/bin/epmd 2>/dev/null | head -n 1)
    [ -n "$rabbitmq_epmd" ] && command -v erl >/dev/null || return 1
    for script in $(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server 2>/dev/null | sort -V -r) \
        /opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server /usr/local/opt/rabbitmq/sbin/rabbitmq-server; do
        if [ -x "$script" ]; then
            rabbitmq_script=$script
            return 0
        fi
    done
    return 1
}

rabbitmq_version() {
    local version=${rabbitmq_script#*rabbitmq_server-}
    case $version in "$rabbitmq_script") echo RabbitMQ ;; *) echo "RabbitMQ ${version%%/*}" ;; esac
}

rabbitmq_start() {
    local account=$1 home port password mapper distribution
    home=$(state_of rabbitmq home)
    port=$(free_port 26000)
    mapper=$(free_port 27000)
    distribution=$(free_port 28000)
    password=$(random_password)
    mkdir -p "$home/mnesia" "$home/log"
    cat >"$home/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
default_user = prodev
default_pass = $password
disk_free_limit.absolute = 50MB
CONF
    echo '[].' >"$home/enabled_plugins"
    give "$account" "$home"
    remember rabbitmq port "$port"
    remember rabbitmq password "$password"
    remember rabbitmq url "amqp://prodev:$password@127.0.0.1:$port/%2F"

    # Erlang would start epmd by itself, but as a daemon that nobody can tell from the system's. Here it is ours, with a pid,
    # and it listens before the first Erlang process asks for it, because none may start another.
    launch "$account" "$home" "$home/epmd.pid" "$root/rabbitmq.log" "$rabbitmq_epmd" -address 127.0.0.1 -port "$mapper"
    await_port "$mapper" || return 1
    launch "$account" "$home" "$home/server.pid" "$root/rabbitmq.log" env \
        ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$mapper" ERL_FLAGS='-start_epmd false' \
        RABBITMQ_NODENAME=prodev@localhost RABBITMQ_DIST_PORT="$distribution" \
        RABBITMQ_MNESIA_BASE="$home/mnesia" RABBITMQ_LOG_BASE="$home/log" RABBITMQ_LOGS="$home/log/rabbit.log" \
        RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
        RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_PID_FILE="$home/rabbit.pid" RABBITMQ_GENERATED_CONFIG_DIR="$home" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
        "$rabbitmq_script"
}

# The protocol header; a method frame (type 1) offers the connection. The port opens last, when the node has booted.
rabbitmq_answers() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf 'AMQP\000\000\011\001' >&3
        IFS= read -r -t 2 -n 1 answer <&3 && [ "$answer" = $'\001' ]
    ) 2>/dev/null
}

rabbitmq_stop_signals() { echo TERM; }
