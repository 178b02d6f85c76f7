#!/bin/sh
# Restores a sample of the archived CDR files into a folder of its own, compares their checksums with those noted when
# they were archived, and has `plan cdr check` read them where it is installed.
set -u
umask 077
LC_ALL=C
export LC_ALL
conf=${1:-/etc/vos3000-archive.conf}
SAMPLE=${SAMPLE:-24}
ARCHIVE_DIR=''
# shellcheck source=/dev/null
. "$conf" || exit 2
if [ ! -r "$ARCHIVE_DIR/.checksums" ]; then
    printf 'vos3000-recovery-test: nothing was archived in %s\n' "$ARCHIVE_DIR" >&2
    exit 2
fi
restored=$(mktemp -d) || exit 2
trap 'rm -rf "$restored"' EXIT
trap 'exit 143' HUP INT TERM
failed=0
count=0
while read -r noted name; do
    [ -n "$name" ] || continue
    if ! cp -p "$ARCHIVE_DIR/$name" "$restored/$name"; then
        printf 'cannot be restored: %s\n' "$name" >&2
        failed=1
        continue
    fi
    if command -v sha256sum >/dev/null 2>&1 && [ "${#noted}" -eq 64 ] &&
        [ "$(sha256sum <"$restored/$name" | cut -d' ' -f1)" != "$noted" ]; then
        printf 'not what was archived: %s\n' "$name" >&2
        failed=1
    fi
    count=$((count + 1))
done <<END
$(tail -n "$SAMPLE" "$ARCHIVE_DIR/.checksums")
END
printf '%s files restored and compared\n' "$count"
if command -v plan >/dev/null 2>&1; then
    plan cdr check "$restored" || failed=1
else
    printf '%s\n' 'plan is not installed here: check a restored sample with it where it is (plan cdr check)'
fi
if [ "$count" -eq 0 ]; then failed=1; fi
exit "$failed"
