# The servers as containers of build/compose.services.yaml, in a project of this clone. Sourced by services.sh.

docker_answers() {
    command -v docker >/dev/null && docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1
}

compose() {
    PRODEV_SERVICES_PASSWORD=$1 docker compose --project-name "prodev-$(printf '%s' "$root" | cksum | cut -d ' ' -f 1)" \
        --file "$here/compose.services.yaml" "${@:2}"
}

# start_containers NAME...: `--wait` returns when their health checks pass.
start_containers() {
    local name port password since=$SECONDS
    password=$(random_password)
    for name in "$@"; do
        rm -f "$root/$name.state"
        remember "$name" from docker
        remember "$name" password "$password"
    done
    if ! compose "$password" up --detach --wait --wait-timeout "$timeout" "$@" >"$root/docker.log" 2>&1 </dev/null 9>&-; then
        complain "The containers $* did not start. The end of $root/docker.log:
$(tail -n 15 "$root/docker.log" | sed 's/^/  | /')"
        return 1
    fi
    for name in "$@"; do
        port=$(compose "$password" port "$name" "$(container_port "$name")" 2>/dev/null | sed 's/.*://')
        remember "$name" port "$port"
        remember "$name" url "$(container_url "$name" "$port" "$password")"
        say "$name" "started in $((SECONDS - since)) s on 127.0.0.1:$port (container)"
    done
}

stop_containers() {
    local name password=''
    for name in $names; do
        if [ "$(state_of "$name" from)" = docker ]; then password=$(state_of "$name" password); fi
    done
    [ -n "$password" ] || return 0
    if compose "$password" down --volumes --timeout 10 >"$root/docker.log" 2>&1 </dev/null 9>&-; then
        for name in $names; do
            if [ "$(state_of "$name" from)" = docker ]; then
                rm -f "$root/$name.state"
                say "$name" "stopped"
            fi
        done
        return 0
    fi
    complain "The containers could not be removed. The end of $root/docker.log:
$(tail -n 15 "$root/docker.log" | sed 's/^/  | /')"
    return 1
}

container_port() {
    case $1 in postgres) echo 5432 ;; redis) echo 6379 ;; rabbitmq) echo 5672 ;; esac
}

container_url() {
    case $1 in
        postgres) echo "Host=127.0.0.1;Port=$2;Username=postgres;Password=$3;Database=postgres" ;;
        redis) echo "127.0.0.1:$2,password=$3" ;;
        rabbitmq) echo "amqp://prodev:$3@127.0.0.1:$2/%2F" ;;
    esac
}
