#!/bin/sh
# Copies closed CDR files to the archive, and removes those from the host that stand there whole and are old enough.
# Killed at any moment it loses nothing: a file is removed only after its copy was read back with the same checksum,
# and the next run goes on where this one ended. The file the softswitch writes is never touched.
set -u
umask 077
LC_ALL=C
export LC_ALL
conf=${1:-/etc/vos3000-archive.conf}
CDR_DIR='' ARCHIVE_DIR='' CLOSED_AFTER_MINUTES='' KEEP_DAYS='' METRICS_DIR='' SAME_DISK=no
# shellcheck source=/dev/null
. "$conf" || exit 2
failed=0

complain() {
    printf 'vos3000-archive: %s\n' "$1" >&2
    failed=1
}

digest() { # print the checksum of a file, and nothing where it cannot be read
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1" 2>/dev/null | cut -d' ' -f1
    else
        cksum <"$1" 2>/dev/null
    fi
}

same() { # tell whether two files can be read and hold the same
    one=$(digest "$1")
    [ -n "$one" ] && [ "$one" = "$(digest "$2")" ]
}

for each in "$CDR_DIR" "$ARCHIVE_DIR"; do
    case $each in /*) ;; *) complain "not an absolute path: $each"; exit 2 ;; esac
    if [ ! -d "$each" ]; then
        complain "no such folder: $each"
        exit 2
    fi
done
case $CLOSED_AFTER_MINUTES$KEEP_DAYS in '' | *[!0-9]*)
    complain 'CLOSED_AFTER_MINUTES and KEEP_DAYS are whole numbers'
    exit 2
    ;;
esac

disk() { # print the file system a folder is on
    df -P "$1" | awk 'NR > 1 { print $1, $6; exit }'
}

if [ "$SAME_DISK" != yes ] && [ "$(disk "$CDR_DIR")" = "$(disk "$ARCHIVE_DIR")" ]; then
    complain "$ARCHIVE_DIR is on the disk of $CDR_DIR: is the share mounted? (SAME_DISK=yes if it is meant so)"
    exit 2
fi

lock=$ARCHIVE_DIR/.lock
if ! ln -s "$$" "$lock" 2>/dev/null; then
    other=$(readlink "$lock")
    if [ -n "$other" ] && kill -0 "$other" 2>/dev/null; then
        complain "another run is at work: $other"
        exit 1
    fi
    rm -f "$lock"
    ln -s "$$" "$lock" || exit 1
fi
trap 'rm -f "$lock"' EXIT
trap 'exit 143' HUP INT TERM

closed() { # print the names of files that are closed: not changed for long, and not the newest
    newest=
    for file in "$CDR_DIR"/*; do
        if [ -f "$file" ] && { [ -z "$newest" ] || [ -n "$(find "$file" -prune -newer "$newest")" ]; }; then newest=$file; fi
    done
    for file in "$CDR_DIR"/*; do
        if [ -f "$file" ] && [ ! -h "$file" ] && [ "$file" != "$newest" ] &&
            [ -n "$(find "$file" -prune -mmin "+$CLOSED_AFTER_MINUTES")" ]; then
            case $file in *[[:cntrl:]]*) complain 'a name with control characters is left alone' ;; *) printf '%s\n' "${file##*/}" ;; esac
        fi
    done
}

copy() { # copy NAME: whole or not at all, never over a file that holds something else
    source=$CDR_DIR/$1
    target=$ARCHIVE_DIR/$1
    if [ -e "$target" ]; then
        same "$source" "$target" && return 0
        complain "the archive has another file of this name: $1"
        return 1
    fi
    part=$ARCHIVE_DIR/.part.$1
    rm -f "$part"
    if cp -p "$source" "$part" && chmod 600 "$part" && same "$source" "$part"; then
        printf '%s  %s\n' "$(digest "$part")" "$1" >>"$ARCHIVE_DIR/.checksums"
        sync
        mv "$part" "$target"
    else
        rm -f "$part"
        complain "could not be copied whole: $1"
        return 1
    fi
}

names=$(closed)
pending=0
while IFS= read -r name; do
    [ -n "$name" ] || continue
    copy "$name" || pending=$((pending + 1))
done <<END
$names
END
sync

while IFS= read -r name; do
    [ -n "$name" ] || continue
    file=$CDR_DIR/$name
    if [ "$KEEP_DAYS" -eq 0 ] || [ -n "$(find "$file" -prune -mmin "+$((KEEP_DAYS * 1440))")" ]; then
        if [ -f "$ARCHIVE_DIR/$name" ] && same "$file" "$ARCHIVE_DIR/$name"; then rm -f "$file"; fi
    fi
done <<END
$names
END

if [ -n "$METRICS_DIR" ] && [ -d "$METRICS_DIR" ]; then
    newest=0
    for file in "$CDR_DIR"/*; do
        when=$(stat -c %Y "$file" 2>/dev/null || echo 0)
        if [ "$when" -gt "$newest" ]; then newest=$when; fi
    done
    {
        printf 'vos3000_cdr_newest_file_timestamp_seconds %s\n' "$newest"
        printf 'vos3000_archive_pending_files %s\n' "$pending"
        if [ "$failed" -eq 0 ]; then printf 'vos3000_archive_last_success_timestamp_seconds %s\n' "$(date +%s)"; fi
    } >"$METRICS_DIR/.vos3000.tmp"
    chmod 644 "$METRICS_DIR/.vos3000.tmp"
    mv "$METRICS_DIR/.vos3000.tmp" "$METRICS_DIR/vos3000.prom"
fi
exit "$failed"
