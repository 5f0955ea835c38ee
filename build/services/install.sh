# Installing servers with apt-get, as root on Debian and Ubuntu. Sourced by services.sh.

can_install() {
    [ "${PRODEV_SERVICES_INSTALL:-1}" != 0 ] && is_root && command -v apt-get >/dev/null
}

# Programs that tests start themselves: installed where that is allowed. Without one of them its tests fail and say how to get it.
install_programs() {
    if command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ]; then return 0; fi
    if uses installed && can_install; then install_packages pgbouncer; fi
}

# install_servers NAME...
install_servers() {
    local name packages=''
    for name in "$@"; do packages="$packages $("${name}_package")"; done
    # shellcheck disable=SC2086
    install_packages $packages
}

# install_packages PACKAGE...
install_packages() {
    local packages=" $*"
    echo "Installing$packages with apt-get (log: $root/install.log)"
    forbid_system_services
    # The package lists of a fresh image are empty or old; they are read again only when the first try fails.
    # shellcheck disable=SC2086
    {
        apt_install $packages || { apt_get update && apt_install $packages; }
    } >>"$root/install.log" 2>&1 </dev/null 9>&- || complain "apt-get could not install$packages:
$(tail -n 8 "$root/install.log" | sed 's/^/  | /')"
    allow_system_services
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }

apt_install() { apt_get install -y --no-install-recommends "$@"; }

# A package starts its server as a system service when it is installed. Ours run privately, so that start is forbidden for
# as long as the installation takes, in the way that Debian documents. A machine's own policy is left alone.
policy=/usr/sbin/policy-rc.d
policy_mark='Written by build/services.sh for the time of an installation.'

forbid_system_services() {
    [ -e "$policy" ] && return
    printf '#!/bin/sh\n# %s\nexit 101\n' "$policy_mark" >"$policy" && chmod 755 "$policy"
    trap allow_system_services EXIT
}

allow_system_services() {
    if [ -f "$policy" ] && grep -q "$policy_mark" "$policy"; then rm -f "$policy"; fi
}
