#!/bin/sh
# Gathers the settings of this server into one text bundle:
#
#     sh collect.sh > myhost.bundle
#
# Read-only: it writes no file, changes nothing and needs no root; what it may not read it says. Passwords, keys and
# tokens are masked here, before anything is printed; of call records it lists names, sizes and times, no contents.
# The answer is for `plan validate`, `plan size --from`, `plan compare` and `plan tune --diff`.
#
# PLAN_ROOT=/mnt/image                read the files below this folder instead of /
# PLAN_CDR=/path/to/cdr               the folder of the CDR text files
# PLAN_MYSQL='mysql --socket=/path'   how to log in to the database without a prompt

# shellcheck disable=SC2012 # `find` of CentOS 6 and busybox tells no modes; names are checked before
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
ROOT=${PLAN_ROOT:-}
NL='
'
ledger=
sections=0
known=$NL
stored=$NL

limit=
if timeout 5 true >/dev/null 2>&1; then limit='timeout 30'; fi
apart=
if command -v setsid >/dev/null 2>&1; then apart=setsid; fi # a client without a terminal cannot ask for a password

# Prints what may leave: of a line that names a secret nothing behind the name, of comments nothing.
mask() {
    tr -d '\000-\010\013\014\016-\037\177' | awk '
    function hidden(text, lower, at) {
        lower = tolower(text)
        if (lower ~ /-----begin/) { inside = 1 }
        if (inside) { if (lower ~ /-----end/) { inside = 0 }; return "********" }
        if (lower ~ /^[ \t]*[#;]/ && lower !~ /plan: ignore\[/) { return "#" }
        if (match(lower, /[a-z0-9_.-]*(pass|pwd|secret|token|credential|identified|authoriz|sst_auth|private|api_?-?key|access_?-?key|licen[cs]e)[a-z0-9_.-]*/) \
            || match(lower, /[a-z0-9_.-]*key[ \t"]*[=:\t]/) \
            || match(lower, /(^|[^a-z0-9])([a-z0-9_.-]*[_.-])?(auth|pw|psk|pin|cred|creds|salt|bearer)[ \t"]*[=:\t]/)) {
            at = RSTART + RLENGTH
            return at > length(text) ? text : substr(text, 1, at - 1) " ********"
        }
        if (file && lower !~ /plan: ignore\[/) { sub(/[ \t]+#.*$/, " #", text) }
        gsub(/\/\/[^\/@ \t]*@/, "//********@", text)
        return blobs(text)
    }
    function blobs(text, made, word) {
        while (match(text, /[A-Za-z0-9+_=-]+/)) {
            word = substr(text, RSTART, RLENGTH)
            if (RLENGTH >= 32 && word ~ /[0-9]/ && (word ~ /^[0-9a-fA-F]+$/ || (word ~ /[a-z]/ && word ~ /[A-Z]/))) {
                word = "********"
            }
            made = made substr(text, 1, RSTART - 1) word
            text = substr(text, RSTART + RLENGTH)
        }
        return made text
    }
    NR > most { print "@more"; exit }
    { print "|" hidden(substr($0, 1, 4096)) }' file="$1" most=50000
}

# Prints one section: what a command says, or how it is that it says nothing.
section() { # section FILE NAME COMMAND...
    sort_of=$1
    title=$2
    shift 2
    body=$("$@" 2>/dev/null </dev/null | mask "$sort_of")
    close "$title" "$body"
}

close() { # close TITLE BODY
    cut=
    case $2 in *"$NL@more") cut=yes ;; esac
    text=${2%"$NL@more"}
    if [ -n "$text" ]; then
        sum=$(printf '%s\n' "$text" | cksum 2>/dev/null)
        sum=${sum:-unknown}
        printf '@%s\n%s\n@sum %s\n' "$1" "$text" "$sum"
    else
        sum=empty
        printf '@%s\n@sum empty\n' "$1"
    fi
    ledger="$ledger@$1 $sum$NL"
    sections=$((sections + 1))
    if [ -n "$cut" ]; then none "rest of $1" "more than 50000 lines"; fi
}

none() { # none WHAT WHY
    close "none $1: $2" ''
}

output() { # output NAME COMMAND...
    name=$1
    shift
    section '' "output $name" "$@"
}

odd() { # tell whether a name cannot stand on a line of its own
    case $1 in *[[:cntrl:]]*) return 0 ;; esac
    return 1
}

target() { # print where a link leads
    readlink "$1" 2>/dev/null || ls -ld "$1" | sed 's/.* -> //'
}

once() { # tell whether a path is met for the first time
    case $known in *"$NL$1$NL"*) return 1 ;; esac
    known="$known$1$NL"
}

file() { # file PATH: a file of settings, or the link and what it leads to
    if odd "$1"; then
        none 'a file' 'its name holds control characters'
        return
    fi
    once "$1" || return 0
    if [ -h "$ROOT$1" ]; then
        to=$(target "$ROOT$1")
        close "link $1 -> $to" ''
        case $to in
            /dev/null) ;;
            /*) file "$to" ;;
            *) file "$(normal "${1%/*}/$to")" ;;
        esac
    elif [ -f "$ROOT$1" ] && [ -r "$ROOT$1" ]; then
        mode=$(ls -ld "$ROOT$1" | cut -c1-10)
        section 1 "file $mode $1" cat "$ROOT$1"
    elif [ -e "$ROOT$1" ]; then
        none "$1" 'may not be read'
    fi
}

normal() { # print a path without . and ..
    printf '%s\n' "$1" | awk -F/ '{
        n = 0
        for (i = 1; i <= NF; i++) {
            if ($i == "" || $i == ".") { continue }
            if ($i == "..") { if (n > 0) { n-- }; continue }
            part[++n] = $i
        }
        path = ""
        for (i = 1; i <= n; i++) { path = path "/" part[i] }
        print path
    }'
}

folder() { # folder PATH: the files of a folder, those nobody reads among them
    once "$1/" || return 0
    if [ -h "$ROOT$1" ]; then
        to=$(target "$ROOT$1")
        close "link $1 -> $to" ''
        case $to in /*) folder "$to" ;; *) folder "$(normal "${1%/*}/$to")" ;; esac
    elif [ -d "$ROOT$1" ]; then
        close "folder $1" ''
        if [ ! -r "$ROOT$1" ] || [ ! -x "$ROOT$1" ]; then none "$1" 'may not be listed'; fi
        for each in "$ROOT$1"/* "$ROOT$1"/.[!.]*; do
            if [ -f "$each" ] || [ -h "$each" ]; then file "${each#"$ROOT"}"; fi
        done
    fi
}

options() { # the option files of the database, with all they include
    queue="/etc/my.cnf$NL/etc/mysql/my.cnf$NL"
    count=0
    while [ -n "$queue" ] && [ "$count" -lt 500 ]; do
        path=${queue%%"$NL"*}
        queue=${queue#"$path$NL"}
        count=$((count + 1))
        case $stored in *"$NL$path$NL"*) continue ;; esac
        stored="$stored$path$NL"
        if [ -d "$ROOT$path" ]; then
            close "folder $path" ''
            continue
        fi
        file "$path"
        if [ -f "$ROOT$path" ] && [ -r "$ROOT$path" ]; then
            queue="$queue$(included "$path")"
            [ -z "$queue" ] || queue="${queue%"$NL"}$NL"
        fi
    done
}

included() { # print the files an option file includes
    sed -n 's/^[[:blank:]]*!\(include\(dir\)\{0,1\}\)[[:blank:]]\{1,\}\(.*[^[:blank:]]\)[[:blank:]]*$/\1 \3/p' "$ROOT$1" |
        while read -r kind named; do
            if [ "$kind" = include ]; then
                printf '%s\n' "$named"
                continue
            fi
            if [ -d "$ROOT${named%/}" ]; then printf '%s\n' "${named%/}"; fi
            for each in "$ROOT${named%/}"/*.cnf; do
                if [ -f "$each" ] && ! odd "$each"; then printf '%s\n' "${each#"$ROOT"}"; fi
            done
        done
}

host() {
    printf 'name=%s\n' "$(uname -n)"
    printf 'system=%s\n' "$(uname -s)"
    printf 'kernel=%s\n' "$(uname -r)"
    printf 'machine=%s\n' "$(uname -m)"
    printf 'date=%s\n' "$(date -u '+%Y-%m-%dT%H:%M:%SZ')"
    printf 'zone=%s\n' "$(date '+%Z %z')"
    printf 'zone_file=%s\n' "$(target /etc/localtime)"
    printf 'user=%s\n' "$(id -u)"
}

processors() {
    grep -E '^(processor|physical id|core id|model name|Processor|CPU part)' /proc/cpuinfo
}

memory() {
    grep -E '^(MemTotal|MemAvailable|SwapTotal|HugePages_Total|Hugepagesize)' /proc/meminfo
}

blocks() { # name, numbers, 512-byte sectors, rotational, disk it is a part of
    for each in /sys/class/block/*; do
        [ -e "$each/dev" ] || continue
        disk=$(cd -P "$each" 2>/dev/null && pwd)
        own=${each##*/}
        whole=$own
        if [ -e "$each/partition" ]; then
            whole=${disk%/*}
            whole=${whole##*/}
        fi
        turning=$(cat "/sys/class/block/$whole/queue/rotational" 2>/dev/null)
        under=
        for part in "/sys/class/block/$whole/slaves"/*; do
            if [ -e "$part" ]; then under="$under,${part##*/}"; fi
        done
        printf '%s %s %s %s %s %s\n' "$own" "$(cat "$each/dev")" "$(cat "$each/size")" "${turning:--}" "$whole" "${under:--}"
    done
}

mounts() { # numbers, place, options, type, source of what is mounted from a disk or over the network
    awk '{
        for (i = 7; i <= NF && $i != "-"; i++) { }
        type = $(i + 1)
        if (type !~ /^(proc|sysfs|cgroup2?|devtmpfs|devpts|tmpfs|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|binfmt_misc|rpc_pipefs|selinuxfs|efivarfs|nsfs|squashfs|ramfs)$/) {
            print $3, $5, $6, type, $(i + 2)
        }
    }' /proc/self/mountinfo
}

space() {
    for each in / /home /var /var/lib/mysql "${PLAN_CDR:-/home/vos3000/cdr}"; do
        if [ -d "$ROOT$each" ]; then
            printf '%s ' "$each"
            # shellcheck disable=SC2086 # the limit is two words or none
            $limit df -P -k "$ROOT$each" 2>/dev/null | awk 'NR > 1 { print $1, $2, $3, $4, $6; found = 1; exit } END { if (!found) print "-" }'
        fi
    done
}

links() { # name, Mbit/s, state, receive queues, default route, drops, errors, bytes read
    defaults=$(awk '$2 == "00000000" { print $1 }' /proc/net/route 2>/dev/null)
    for each in /sys/class/net/*; do
        card=${each##*/}
        if [ "$card" = lo ] || [ ! -d "$each" ]; then continue; fi
        queues=0
        for queue_of in "$each"/queues/rx-*; do
            if [ -e "$queue_of" ]; then queues=$((queues + 1)); fi
        done
        route=no
        case "$NL$defaults$NL" in *"$NL$card$NL"*) route=yes ;; esac
        printf '%s speed=%s state=%s queues=%s default=%s' "$card" "$(cat "$each/speed" 2>/dev/null)" \
            "$(cat "$each/operstate" 2>/dev/null)" "$queues" "$route"
        for counter in rx_dropped tx_dropped rx_errors rx_missed_errors rx_bytes tx_bytes; do
            printf ' %s=%s' "$counter" "$(cat "$each/statistics/$counter" 2>/dev/null)"
        done
        printf '\n'
    done
}

kernel_settings() {
    if command -v sysctl >/dev/null 2>&1; then
        # shellcheck disable=SC2086 # the limit is two words or none
        $limit sysctl -a 2>/dev/null
        return
    fi
    find /proc/sys/fs /proc/sys/kernel /proc/sys/net /proc/sys/vm -type f 2>/dev/null | while read -r each; do
        key=$(printf '%s' "${each#/proc/sys/}" | tr './' '/.')
        while read -r value; do printf '%s = %s\n' "$key" "$value"; done <"$each" 2>/dev/null
    done
}

limits() { # name, number, open files (soft, hard), processes (soft, hard), files open, of each kind of process
    for each in /proc/[0-9]*; do
        own=$(cat "$each/comm" 2>/dev/null) || continue
        [ -r "$each/limits" ] || continue
        files=$(ls "$each/fd" 2>/dev/null | wc -l)
        awk -v name="$own" -v pid="${each#/proc/}" -v files="$files" '
            /^Max open files/ { soft = $4; hard = $5 }
            /^Max processes/ { psoft = $3; phard = $4 }
            END { gsub(/[ \t]/, "_", name); print name, pid, soft, hard, psoft, phard, files + 0 }' "$each/limits" 2>/dev/null
    done | awk '!seen[$1 " " $3 " " $4]++' | head -n 2000
}

tracking() {
    for each in nf_conntrack_count nf_conntrack_max nf_conntrack_buckets nf_conntrack_udp_timeout_stream; do
        if [ -r "/proc/sys/net/netfilter/$each" ]; then printf '%s=%s\n' "$each" "$(cat "/proc/sys/net/netfilter/$each")"; fi
    done
    if [ -r /sys/module/nf_conntrack/parameters/hashsize ]; then
        printf 'hashsize=%s\n' "$(cat /sys/module/nf_conntrack/parameters/hashsize)"
    fi
}

datagrams() {
    grep '^Udp:' /proc/net/snmp
    grep '^Udp6' /proc/net/snmp6
}

listeners() { # protocol, local port in hexadecimal, packets dropped; of more than 2000 the lowest
    for each in tcp tcp6; do
        awk -v protocol="$each" '$4 == "0A" { n = split($2, part, ":"); print protocol, part[n] }' "/proc/net/$each" 2>/dev/null
    done | sort -u
    for each in udp udp6; do
        awk -v protocol="$each" 'NR > 1 { n = split($2, part, ":"); print protocol, part[n], $NF }' "/proc/net/$each" 2>/dev/null
    done | sort -u | head -n 2000
}

unit_limits() { # what units of the declared services say of limits, nothing else
    for each in "$ROOT"/etc/systemd/system/*.d/*.conf "$ROOT"/etc/systemd/system/*.service; do
        if [ -f "$each" ] && ! odd "$each" && grep -q -E '^(Limit|TasksMax)' "$each" 2>/dev/null; then
            printf '%s\n' "${each#"$ROOT"}"
            grep -E '^(Limit|TasksMax)' "$each"
        fi
    done
}

ask() { # ask the database, where it lets in without a prompt
    # shellcheck disable=SC2086 # commands of several words
    $limit $apart ${PLAN_MYSQL:-mysql} --batch --connect-timeout=5 -e "$1" 2>/dev/null </dev/null
}

database_program() {
    for each in mariadbd mysqld /usr/libexec/mysqld; do
        if command -v "$each" >/dev/null 2>&1; then
            # shellcheck disable=SC2086 # the limit is two words or none
            $limit "$each" --no-defaults --version
            return
        fi
    done
}

database() {
    if ! ask 'SELECT 1' >/dev/null; then
        none 'output variables' 'no login to the database without a prompt'
        return
    fi
    output variables ask 'SHOW GLOBAL VARIABLES'
    output status ask "SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Questions', 'Max_used_connections', 'Threads_connected', 'Open_tables', 'Opened_tables', 'Key_reads', 'Key_read_requests', 'Innodb_buffer_pool_reads', 'Innodb_buffer_pool_read_requests', 'Innodb_os_log_written', 'Aborted_connects', 'Table_locks_waited')"
    output tables ask "SELECT table_schema, engine, COUNT(*) AS tables, SUM(table_name LIKE 'e\\_cdr%') AS cdr_tables, SUM(table_rows) AS row_count, SUM(data_length) AS data_bytes, SUM(index_length) AS index_bytes FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'performance_schema', 'sys') GROUP BY table_schema, engine"
}

records() { # size, time and name of each CDR file
    cd "$1" || return
    for each in *; do
        if [ -f "$each" ] && ! odd "$each"; then stat -c '%s %Y %n' "./$each" 2>/dev/null || ls -ln "./$each"; fi
    done | sed 's|\./||' | head -n 20000
}

printf 'plan-bundle 1\n'
output host host
for each in /etc/os-release /usr/lib/os-release /etc/redhat-release /etc/centos-release /etc/debian_version; do
    file "$each"
done
output processors processors
output memory memory
output blocks blocks
output mounts mounts
output space space
output links links
if [ -r /proc/net/softnet_stat ]; then output softnet cat /proc/net/softnet_stat; fi
output sysctl kernel_settings
if [ -h "$ROOT/lib" ]; then close "link /lib -> $(target "$ROOT/lib")" ''; else folder /lib/sysctl.d; fi
for each_folder in /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d \
    /etc/modules-load.d /run/modules-load.d /usr/local/lib/modules-load.d /usr/lib/modules-load.d \
    /etc/modprobe.d /etc/security/limits.d; do
    folder "$each_folder"
done
file /etc/sysctl.conf
file /etc/security/limits.conf
output limits limits
output unit-limits unit_limits
output tracking tracking
output datagrams datagrams
output listeners listeners
options
output database-program database_program
database
for each in "${PLAN_CDR:-/home/vos3000/cdr}" /home/kunshi/cdr /home/kunshi/*/cdr; do
    if [ -d "$each" ] && ! odd "$each"; then
        if [ -r "$each" ] && [ -x "$each" ]; then
            section '' "listing $each" records "$each"
        else
            none "listing $each" 'may not be listed'
        fi
    fi
done
printf '@bundle %s %s\n' "$sections" "$(printf '%s' "$ledger" | cksum 2>/dev/null)"
