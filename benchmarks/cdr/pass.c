/* One single-threaded pass over CDR text files: the yardstick of the benchmark.
 *
 * It does what the product's step does, in the plainest fast C: every line accepted or rejected with its reason
 * (UTF-8, calendar and digits checked), counts per second, exact peak concurrency of attempts and of answered calls,
 * histograms, and per-key totals with both exact peaks for six keys. Left out: the sample of retried calls.
 *
 *     cc -O3 -march=native -o pass pass.c && ./pass FILE...
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EMPTY, ENCODING, FIELDS, START, STOP, HOLD, PDD, TRUNCATED, REASONS };
static const char *REASON[] = {"empty", "encoding", "fields", "start_time", "stop_time", "hold_time", "pdd", "truncated"};
enum { DAYS = 64, KEYS = 6, SLOTS = 1 << 16 };
#define SECONDS ((int64_t)DAYS * 86400)

typedef struct { char *text; uint32_t length; uint64_t hash; int64_t attempts, answered, hold; int32_t *trying, *talking; } Row;
static int64_t reasons[REASONS], records, answered, hold_sum, lines;
static int32_t *starts, *ends, *talking;
static int64_t hold_s[1 << 16], setup_s[1 << 16], caller_pdd[1 << 18], callee_pdd[1 << 18], size_of[1 << 12];
static Row tables[KEYS][SLOTS];
static int64_t base_day = -1, first_used = INT64_MAX, last_used;

static int utf8(const uint8_t *s, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;
        memcpy(&w, s + i, 8);
        if (w & 0x8080808080808080ull) break;
    }
    while (i < n) {
        uint8_t c = s[i];
        if (c < 0x80) { i++; continue; }
        int more = c >= 0xC2 && c <= 0xDF ? 1 : (c & 0xF0) == 0xE0 ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : -1;
        if (more < 0 || i + more >= n) return 0;
        for (int k = 1; k <= more; k++) if ((s[i + k] & 0xC0) != 0x80) return 0;
        uint8_t d = s[i + 1];
        if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F)) return 0;
        i += more + 1;
    }
    return 1;
}

static int two(const uint8_t *s) {
    unsigned a = s[0] - '0', b = s[1] - '0';
    return a > 9 || b > 9 ? -1 : (int)(a * 10 + b);
}

static int64_t days_before(int y, int m, int d) { /* days from 0001-01-01 */
    y -= m <= 2;
    int64_t era = y / 400, yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 306;
}

static int64_t instant(const uint8_t *s, size_t n) {
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (n != 19 || s[4] != '-' || s[7] != '-' || s[10] != ' ' || s[13] != ':' || s[16] != ':') return -1;
    int c = two(s), y = two(s + 2), m = two(s + 5), d = two(s + 8), H = two(s + 11), M = two(s + 14), S = two(s + 17);
    if ((c | y | m | d | H | M | S) < 0 || m < 1 || m > 12 || d < 1 || H > 23 || M > 59 || S > 59) return -1;
    int year = c * 100 + y, leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    if (year < 1 || d > length[m - 1] + (m == 2 && leap)) return -1;
    return days_before(year, m, d) * 86400 + H * 3600 + M * 60 + S;
}

static int64_t number(const uint8_t *s, size_t n) {
    if (n < 1 || n > 9) return -1;
    int64_t v = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned digit = s[i] - '0';
        if (digit > 9) return -1;
        v = v * 10 + digit;
    }
    return v;
}

static Row *row_of(int key, const uint8_t *text, size_t n) {
    uint64_t hash = 1469598103934665603ull;
    for (size_t i = 0; i < n; i++) hash = (hash ^ text[i]) * 1099511628211ull;
    for (uint64_t at = hash & (SLOTS - 1);; at = (at + 1) & (SLOTS - 1)) {
        Row *row = &tables[key][at];
        if (!row->text) {
            row->text = malloc(n + 1);
            memcpy(row->text, text, n);
            row->length = n, row->hash = hash, row->trying = calloc(SECONDS, sizeof(int32_t)), row->talking = calloc(SECONDS, sizeof(int32_t));
            return row;
        }
        if (row->hash == hash && row->length == n && !memcmp(row->text, text, n)) return row;
    }
}

#define CLAMP(v, limit) ((v) < (limit) ? (v) : (limit) - 1)

static int take(const uint8_t *s, const uint8_t *line_end, int ended) {
    const uint8_t *e = line_end > s && line_end[-1] == '\r' ? line_end - 1 : line_end, *f[20];
    size_t n = e - s;
    if (!n) return EMPTY;
    if (memchr(s, 0, n) || !utf8(s, n)) return ENCODING;
    int count = 0;
    const uint8_t *p = s;
    f[count++] = s;
    while ((p = memchr(p, '|', e - p)) && count < 20) f[count++] = ++p;
    if (count < 17 || count > 19) return FIELDS;
    f[count] = e + 1;
#define LENGTH(i) ((size_t)(f[(i) + 1] - 1 - f[i]))
    int64_t start = instant(f[2], LENGTH(2)), stop = instant(f[3], LENGTH(3)), hold = number(f[4], LENGTH(4));
    if (start < 0) return START;
    if (stop < 0) return STOP;
    if (hold < 0) return HOLD;
    int64_t pdds[2] = {-1, -1};
    for (int i = 17; i < count; i++)
        if (LENGTH(i) && (pdds[i - 17] = number(f[i], LENGTH(i))) < 0) return PDD;
    if (base_day < 0) base_day = start / 86400 - DAYS / 2;
    int64_t end = stop > start ? stop : start, answer = stop - (hold + 999) / 1000, base = base_day * 86400;
    int64_t earliest = (answer < start ? answer : start) - base;
    if (earliest < first_used) first_used = earliest;
    if (end - base > last_used) last_used = end - base;
    records++, hold_sum += hold;
    starts[start - base]++, ends[end - base]++;
    int64_t setup = end - start - hold / 1000;
    setup_s[CLAMP(setup > 0 ? setup : 0, 1 << 16)]++;
    size_of[CLAMP(line_end - s + ended, 1 << 12)]++;
    if (pdds[0] >= 0) caller_pdd[CLAMP(pdds[0], 1 << 18)]++;
    if (pdds[1] >= 0) callee_pdd[CLAMP(pdds[1], 1 << 18)]++;
    if (hold) answered++, talking[answer - base]++, talking[stop - base]--, hold_s[CLAMP(stop - answer, 1 << 16)]++;
    size_t prefix = 0;
    while (prefix < 4 && prefix < LENGTH(1) && f[1][prefix] >= '0' && f[1][prefix] <= '9') prefix++;
    const struct { const uint8_t *text; size_t n; } keys[KEYS] = {
        {f[7], LENGTH(7)}, {f[8], LENGTH(8)}, {f[5], LENGTH(5)}, {f[6], LENGTH(6)}, {f[16], LENGTH(16)}, {f[1], prefix}};
    for (int k = 0; k < KEYS; k++) {
        Row *row = row_of(k, keys[k].text, keys[k].n);
        row->attempts++, row->answered += hold > 0, row->hold += hold;
        row->trying[start - base]++, row->trying[end - base]--;
        if (hold) row->talking[answer - base]++, row->talking[stop - base]--;
    }
    return -1;
}

static void read_file(const char *path) {
    int fd = open(path, O_RDONLY);
    struct stat state;
    if (fd < 0 || fstat(fd, &state)) { perror(path); exit(3); }
    if (!state.st_size) return;
    const uint8_t *data = mmap(0, state.st_size, PROT_READ, MAP_PRIVATE, fd, 0), *s = data, *all = data + state.st_size;
    madvise((void *)data, state.st_size, MADV_SEQUENTIAL);
    if (state.st_size >= 3 && !memcmp(s, "\xef\xbb\xbf", 3)) s += 3;
    while (s < all) {
        const uint8_t *e = memchr(s, '\n', all - s);
        int reason = take(s, e ? e : all, e != NULL);
        if (reason >= 0) reasons[e ? reason : TRUNCATED]++;
        lines++;
        if (!e) break;
        s = e + 1;
    }
    munmap((void *)data, state.st_size);
    close(fd);
}

static int64_t peak(const int32_t *up, const int32_t *down) {
    int64_t level = 0, best = 0;
    for (int64_t i = first_used; i <= last_used; i++)
        if ((level += up[i] - (down ? down[i] : 0)) > best) best = level;
    return best;
}

int main(int argc, char **argv) {
    starts = calloc(SECONDS, 4), ends = calloc(SECONDS, 4), talking = calloc(SECONDS, 4);
    for (int i = 1; i < argc; i++) read_file(argv[i]);
    int64_t rejected = 0, highest = 0, attempts = peak(starts, ends), talk = peak(talking, 0);
    for (int64_t i = first_used; i <= last_used; i++) if (starts[i] > highest) highest = starts[i];
    int64_t key_peaks[KEYS][2] = {0};
    for (int k = 0; k < KEYS; k++)
        for (int i = 0; i < SLOTS; i++) {
            if (!tables[k][i].text) continue;
            const int64_t found[2] = {peak(tables[k][i].trying, 0), peak(tables[k][i].talking, 0)};
            for (int j = 0; j < 2; j++) if (found[j] > key_peaks[k][j]) key_peaks[k][j] = found[j];
        }
    printf("{\"lines\": %ld, \"records\": %ld, \"answered\": %ld, \"hold_ms\": %ld, ", lines, records, answered, hold_sum);
    printf("\"cps_peak\": %ld, \"attempts_peak\": %ld, \"answered_peak\": %ld, \"reasons\": {", highest, attempts, talk);
    for (int i = 0; i < REASONS; i++) printf("%s\"%s\": %ld", i ? ", " : "", REASON[i], reasons[i]), rejected += reasons[i];
    printf("}, \"rejected\": %ld, \"key_peaks\": [", rejected);
    for (int k = 0; k < KEYS; k++) printf("%s[%ld, %ld]", k ? ", " : "", key_peaks[k][0], key_peaks[k][1]);
    printf("]}\n");
    return 0;
}
