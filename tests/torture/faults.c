/*
 * A disk that fails and a clock that is wrong, for one program: loaded before the C library, by LD_PRELOAD.
 *
 * A library in between, as it takes no root, no kernel module and no other file system, and fails the very calls that
 * a failing disk fails, one by one and at will, in a program that is otherwise the real one. (FUSE and dm-flakey need
 * devices that neither a container nor an ordinary user has.)
 *
 *   FAULTS         a file that says what fails now: the calls (of read, write, sync, truncate, name), how, and one in
 *                  how many. How: an errno; 0, half is written and said to be; -errno, half is written and an error is
 *                  said. "name" is what gives a file a name or takes it away.
 *   FAULTS_IN      only on files below this folder
 *   FAULTS_SYNCED  a file that is told the length of each write-ahead log that was brought to the disk
 *   FAULTS_SLOW    so many milliseconds it takes to bring a file to the disk, and the program's end takes twice as long,
 *                  so that what still waits for the disk then goes on
 *   FAULTS_CLOCK   by so many seconds the clock is ahead
 *   FAULTS_DOUBT   by so many microseconds the system says that the clock may be off
 *
 * The calls are made by number, since those of the C library are the ones here (64-bit Linux alone).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static const char *faults, *folder, *synced;
static time_t ahead;
static useconds_t slow;

static void linger(void) {
    usleep(2 * slow);
}

__attribute__((constructor)) static void begin(void) {
    const char *clock = getenv("FAULTS_CLOCK"), *milliseconds = getenv("FAULTS_SLOW");
    faults = getenv("FAULTS");
    folder = getenv("FAULTS_IN");
    synced = getenv("FAULTS_SYNCED");
    ahead = clock ? atol(clock) : 0;
    slow = milliseconds ? 1000 * atol(milliseconds) : 0;
    /* Before all others, so that it is called after them. */
    if (slow) atexit(linger);
    /* The children, which are confined, are left alone. */
    unsetenv("LD_PRELOAD");
}

/* The path of an open file; whether it lies in the folder. */
static int is_concerned(int file, char path[PATH_MAX]) {
    char link[64];
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* Numbers that look random (SplitMix64). */
static uint64_t number(void) {
    static atomic_uint_fast64_t state;
    if (!state) state = ((uint64_t)getpid() << 32) + 1;
    uint64_t next = atomic_fetch_add(&state, 0x9E3779B97F4A7C15u);
    next = (next ^ (next >> 30)) * 0xBF58476D1CE4E5B9u;
    next = (next ^ (next >> 27)) * 0x94D049BB133111EBu;
    return next ^ (next >> 31);
}

/* Whether this call on a file in the folder fails now, and how. */
static int fails_there(const char *call, int *how) {
    char text[128] = "", calls[64];
    unsigned one_in = 1;
    int before = errno, is_failing = 0;
    if (faults) {
        int control = open(faults, O_RDONLY | O_CLOEXEC);
        if (control >= 0) {
            ssize_t length = syscall(SYS_read, control, text, sizeof text - 1);
            close(control);
            is_failing = length > 0 && sscanf(text, "%63s %d %u", calls, how, &one_in) == 3 &&
                         strstr(calls, call) && number() % one_in == 0;
        }
    }
    errno = before;
    return is_failing;
}

static int fails(int file, const char *call, int *how) {
    char path[PATH_MAX];
    int before = errno, is_ours = is_concerned(file, path);
    errno = before;
    return is_ours && fails_there(call, how);
}

static ssize_t get(int file, void *bytes, size_t length, off_t at, int has_place) {
    int how;
    if (fails(file, "read", &how)) return errno = abs(how), -1;
    return has_place ? syscall(SYS_pread64, file, bytes, length, at) : syscall(SYS_read, file, bytes, length);
}

ssize_t read(int file, void *bytes, size_t length) { return get(file, bytes, length, 0, 0); }
ssize_t pread(int file, void *bytes, size_t length, off_t at) { return get(file, bytes, length, at, 1); }
ssize_t pread64(int file, void *bytes, size_t length, off64_t at) { return get(file, bytes, length, at, 1); }

static ssize_t put(int file, const void *bytes, size_t length, off_t at, int has_place) {
    int how, is_failing = fails(file, "write", &how);
    if (is_failing && how > 0) return errno = how, -1;
    if (is_failing) length /= 2;
    ssize_t written = has_place ? syscall(SYS_pwrite64, file, bytes, length, at)
                                : syscall(SYS_write, file, bytes, length);
    if (is_failing && how < 0) return errno = -how, -1;
    return written;
}

ssize_t write(int file, const void *bytes, size_t length) { return put(file, bytes, length, 0, 0); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return put(file, bytes, length, at, 1); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) { return put(file, bytes, length, at, 1); }

/* Tells how long a write-ahead log is that is on the disk now. */
static void note(int file) {
    char path[PATH_MAX], text[32];
    struct stat status;
    if (!synced || !is_concerned(file, path) || !strstr(path, "-wal") || fstat(file, &status)) return;
    int noted = open(synced, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    int length = snprintf(text, sizeof text, "%020lld", (long long)status.st_size);
    if (noted < 0) return;
    syscall(SYS_pwrite64, noted, text, (size_t)length, 0L);
    close(noted);
}

static int bring(int file, long call) {
    int how;
    if (fails(file, "sync", &how)) return errno = abs(how), -1;
    usleep(slow);
    int done = syscall(call, file);
    if (done == 0) note(file);
    return done;
}

int fsync(int file) { return bring(file, SYS_fsync); }
int fdatasync(int file) { return bring(file, SYS_fdatasync); }

static int cut(int file, off_t length) {
    int how;
    if (fails(file, "truncate", &how)) return errno = abs(how), -1;
    return syscall(SYS_ftruncate, file, length);
}

int ftruncate(int file, off_t length) { return cut(file, length); }
int ftruncate64(int file, off64_t length) { return cut(file, length); }

/* Whether what is to be done with this name fails now. */
static int fails_by_name(const char *path) {
    int how;
    if (!folder || strncmp(path, folder, strlen(folder)) != 0 || !fails_there("name", &how)) return 0;
    errno = abs(how);
    return 1;
}

int rename(const char *from, const char *to) {
    return fails_by_name(to) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int of, const char *from, int in, const char *to, int flags) {
    return fails_by_name(to) ? -1 : (int)syscall(SYS_linkat, of, from, in, to, flags);
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlink(const char *path) {
    return fails_by_name(path) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = syscall(SYS_clock_gettime, clock, now);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += ahead;
    return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec time;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &time);
    now->tv_sec = time.tv_sec;
    now->tv_usec = time.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    if (now) *now = time.tv_sec;
    return time.tv_sec;
}

int adjtimex(struct timex *state) {
    const char *doubt = getenv("FAULTS_DOUBT");
    int told = (int)syscall(SYS_adjtimex, state);
    if (doubt) state->maxerror = atol(doubt);
    return told;
}
