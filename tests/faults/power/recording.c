/* Writes down, in order, every change that a process makes to files below one folder. LD_PRELOAD it (glibc).

   QSIN_RECORD_BELOW   the folder, absolute and without links
   QSIN_RECORD_TO      the record, appended to; also the lock: who holds flock on it stops every change

   A record is a head, two paths and the bytes written. All changes are made one at a time, so that the
   order of the record is the order in which they were made, across threads and child processes. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, RESIZE, SYNC, SYNC_FOLDER, RENAME, UNLINK, MAKE_FOLDER, REMOVE_FOLDER, LINK, MAP, UNKNOWN };

struct head {
    uint32_t mark, kind;
    double at; /* CLOCK_MONOTONIC, taken before the change */
    uint64_t inode, offset, length;
    uint32_t first, second; /* bytes of the two paths */
};

static char below[PATH_MAX];
static size_t below_length;
static int record = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("QSIN_RECORD_BELOW"), *to = getenv("QSIN_RECORD_TO");
    if (!folder || !to || strlen(folder) + 1 >= sizeof below) return;
    int number = syscall(SYS_openat, AT_FDCWD, to, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (number < 0) return;
    record = fcntl(number, F_DUPFD_CLOEXEC, 900); /* out of the way of numbers a program may count on */
    syscall(SYS_close, number);
    strcpy(below, folder);
    below_length = strlen(below);
}

static double enter(void) {
    struct timespec now;
    pthread_mutex_lock(&one);
    while (flock(record, LOCK_EX) && errno == EINTR) {}
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

static void leave(void) {
    int kept = errno;
    flock(record, LOCK_UN);
    pthread_mutex_unlock(&one);
    errno = kept;
}

static void note(uint32_t kind, double at, uint64_t inode, uint64_t offset, const void *bytes, uint64_t length,
                 const char *first, const char *second) {
    int kept = errno;
    struct head head = {0x51524543, kind, at, inode, offset, length, strlen(first), strlen(second)};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)first, head.first}, {(void *)second, head.second},
                            {(void *)bytes, bytes ? length : 0}};
    for (int part = 0; part < 4; part++) {
        const char *rest = parts[part].iov_base;
        size_t left = parts[part].iov_len;
        while (left) {
            long done = syscall(SYS_write, record, rest, left);
            if (done < 0 && errno != EINTR) abort();
            if (done > 0) rest += done, left -= done;
        }
    }
    errno = kept;
}

static int is_below(const char *path) {
    return record >= 0 && !strncmp(path, below, below_length) && path[below_length] == '/';
}

/* The path behind a file number; empty for pipes and the like. */
static int path_of(int number, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return length > 0;
}

static int followed(int number, char *path, struct stat *found) {
    int kept = errno;
    int is = record >= 0 && number >= 0 && number != record && path_of(number, path) &&
             (is_below(path) || !strcmp(path, below)) &&
             !fstat(number, found) && (S_ISREG(found->st_mode) || S_ISDIR(found->st_mode));
    errno = kept;
    return is;
}

/* An absolute path whose folder has no links in it; the last name is left as it is. */
static int resolved(int folder, const char *given, char *out) {
    char whole[PATH_MAX * 2], head[PATH_MAX];
    int kept = errno;
    out[0] = 0;
    if (record < 0 || !given || !*given) return 0;
    if (given[0] == '/') {
        snprintf(whole, sizeof whole, "%s", given);
    } else {
        if (folder == AT_FDCWD ? !getcwd(head, sizeof head) : !path_of(folder, head)) return errno = kept, 0;
        snprintf(whole, sizeof whole, "%s/%s", head, given);
    }
    for (size_t length = strlen(whole); length > 1 && whole[length - 1] == '/';) whole[--length] = 0;
    char *name = strrchr(whole, '/');
    *name++ = 0;
    int is = realpath(*whole ? whole : "/", head) && strlen(head) + strlen(name) + 2 < PATH_MAX;
    if (is) sprintf(out, "%s/%s", strcmp(head, "/") ? head : "", name);
    errno = kept;
    return is && is_below(out);
}

/* ---- opening ---------------------------------------------------------------------------------------- */

static int opened(int folder, const char *given, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat before, after;
    int changes = flags & (O_CREAT | O_TRUNC) || (flags & O_TMPFILE) == O_TMPFILE;
    if (!changes || !resolved(folder, given, path)) return syscall(SYS_openat, folder, given, flags, mode);
    double at = enter();
    int unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    int there = !unnamed && !stat(path, &before);
    int number = syscall(SYS_openat, folder, given, flags, mode);
    if (number >= 0 && !fstat(number, &after)) {
        if (unnamed) note(UNKNOWN, at, after.st_ino, 0, NULL, 0, path, "O_TMPFILE");
        else if (!there) note(CREATE, at, after.st_ino, 0, NULL, 0, path, "");
        else if (flags & O_TRUNC && S_ISREG(after.st_mode)) note(RESIZE, at, after.st_ino, 0, NULL, 0, path, "");
    }
    leave();
    return number;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }
int __openat64_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

static void note_stream(const char *given, const char *mode) { /* streams write past this layer */
    char path[PATH_MAX];
    if (mode[0] == 'r' && !strchr(mode, '+')) return;
    if (!resolved(AT_FDCWD, given, path)) return;
    double at = enter();
    note(UNKNOWN, at, 0, 0, NULL, 0, path, "fopen");
    leave();
}

FILE *fopen(const char *path, const char *mode) {
    REAL(fopen);
    note_stream(path, mode);
    return real(path, mode);
}

FILE *fopen64(const char *path, const char *mode) {
    REAL(fopen64);
    note_stream(path, mode);
    return real(path, mode);
}

/* ---- writing ---------------------------------------------------------------------------------------- */

static ssize_t written(int number, const struct iovec *parts, int count, off_t offset, int placed) {
    char path[PATH_MAX];
    struct stat found;
    if (!followed(number, path, &found)) {
        if (placed) return count == 1 ? syscall(SYS_pwrite64, number, parts->iov_base, parts->iov_len, offset)
                                      : syscall(SYS_pwritev, number, parts, count, offset, 0);
        return count == 1 ? syscall(SYS_write, number, parts->iov_base, parts->iov_len)
                          : syscall(SYS_writev, number, parts, count);
    }
    double at = enter();
    if (!placed) {
        int flags = fcntl(number, F_GETFL);
        fstat(number, &found);
        offset = flags & O_APPEND ? found.st_size : lseek(number, 0, SEEK_CUR);
    }
    ssize_t done = placed ? syscall(SYS_pwritev, number, parts, count, offset, 0)
                          : syscall(SYS_writev, number, parts, count);
    ssize_t left = done, from = offset;
    for (int part = 0; part < count && left > 0; part++) {
        ssize_t length = parts[part].iov_len < (size_t)left ? (ssize_t)parts[part].iov_len : left;
        if (length) note(WRITE, at, found.st_ino, from, parts[part].iov_base, length, path, "");
        left -= length, from += length;
    }
    leave();
    return done;
}

ssize_t write(int number, const void *bytes, size_t length) {
    struct iovec part = {(void *)bytes, length};
    return written(number, &part, 1, 0, 0);
}
ssize_t pwrite(int number, const void *bytes, size_t length, off_t offset) {
    struct iovec part = {(void *)bytes, length};
    return written(number, &part, 1, offset, 1);
}
ssize_t pwrite64(int number, const void *bytes, size_t length, off64_t offset) {
    return pwrite(number, bytes, length, offset);
}
ssize_t writev(int number, const struct iovec *parts, int count) { return written(number, parts, count, 0, 0); }
ssize_t pwritev(int number, const struct iovec *parts, int count, off_t offset) {
    return written(number, parts, count, offset, 1);
}
ssize_t pwritev64(int number, const struct iovec *parts, int count, off64_t offset) {
    return written(number, parts, count, offset, 1);
}

/* What the system copied by itself is read back. */
static void note_copied(int number, double at, uint64_t inode, off_t offset, ssize_t length, const char *path) {
    char link[40], block[65536];
    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    int reading = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    while (length > 0) {
        ssize_t got = pread(reading, block, length < (ssize_t)sizeof block ? length : (ssize_t)sizeof block, offset);
        if (got <= 0) { note(UNKNOWN, at, inode, 0, NULL, 0, path, "copied by the system"); break; }
        note(WRITE, at, inode, offset, block, got, path, "");
        offset += got, length -= got;
    }
    if (reading >= 0) syscall(SYS_close, reading);
}

ssize_t sendfile(int out, int in, off_t *from, size_t length) {
    REAL(sendfile);
    char path[PATH_MAX];
    struct stat found;
    if (!followed(out, path, &found)) return real(out, in, from, length);
    double at = enter();
    off_t offset = lseek(out, 0, SEEK_CUR);
    ssize_t done = real(out, in, from, length);
    if (done > 0) note_copied(out, at, found.st_ino, offset, done, path);
    leave();
    return done;
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t length) { return sendfile(out, in, from, length); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    REAL(copy_file_range);
    char path[PATH_MAX];
    struct stat found;
    if (!followed(out, path, &found)) return real(in, from, out, to, length, flags);
    double at = enter();
    off_t offset = to ? *to : lseek(out, 0, SEEK_CUR);
    ssize_t done = real(in, from, out, to, length, flags);
    if (done > 0) note_copied(out, at, found.st_ino, offset, done, path);
    leave();
    return done;
}

static int resized(int number, off_t length) {
    char path[PATH_MAX];
    struct stat found;
    if (!followed(number, path, &found)) return syscall(SYS_ftruncate, number, length);
    double at = enter();
    int done = syscall(SYS_ftruncate, number, length);
    if (!done) note(RESIZE, at, found.st_ino, length, NULL, 0, path, "");
    leave();
    return done;
}

int ftruncate(int number, off_t length) { return resized(number, length); }
int ftruncate64(int number, off64_t length) { return resized(number, length); }

int truncate(const char *given, off_t length) {
    int number = syscall(SYS_openat, AT_FDCWD, given, O_WRONLY | O_CLOEXEC, 0);
    if (number < 0) return -1;
    int done = resized(number, length), kept = errno;
    syscall(SYS_close, number);
    errno = kept;
    return done;
}
int truncate64(const char *given, off64_t length) { return truncate(given, length); }

int fallocate(int number, int mode, off_t offset, off_t length) {
    char path[PATH_MAX];
    struct stat found;
    if (!followed(number, path, &found)) return syscall(SYS_fallocate, number, mode, offset, length);
    double at = enter();
    int done = syscall(SYS_fallocate, number, mode, offset, length);
    if (!done && mode) note(UNKNOWN, at, found.st_ino, 0, NULL, 0, path, "fallocate");
    else if (!done && offset + length > found.st_size) note(RESIZE, at, found.st_ino, offset + length, NULL, 0, path, "");
    leave();
    return done;
}
int fallocate64(int number, int mode, off64_t offset, off64_t length) { return fallocate(number, mode, offset, length); }
int posix_fallocate(int number, off_t offset, off_t length) { return fallocate(number, 0, offset, length) ? errno : 0; }
int posix_fallocate64(int number, off64_t offset, off64_t length) { return posix_fallocate(number, offset, length); }

/* ---- flushing --------------------------------------------------------------------------------------- */

static int flushed(int number, long call) {
    char path[PATH_MAX];
    struct stat found;
    if (!followed(number, path, &found)) return syscall(call, number);
    double at = enter();
    int done = 0; /* the medium is played; waiting for the real one would only take time */
    note(S_ISDIR(found.st_mode) ? SYNC_FOLDER : SYNC, at, found.st_ino, 0, NULL, 0, path, "");
    leave();
    return done;
}

int fsync(int number) { return flushed(number, SYS_fsync); }
int fdatasync(int number) { return flushed(number, SYS_fdatasync); }

/* ---- names ------------------------------------------------------------------------------------------ */

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int out = resolved(from_at, from, old), in = resolved(to_at, to, new);
    if (!out && !in) return syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    double at = enter();
    int done = syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    if (!done) note(out && in && !(flags & RENAME_EXCHANGE) ? RENAME : UNKNOWN, at, 0, 0, NULL, 0, old, new);
    leave();
    return done;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int out = resolved(from_at, from, old), in = resolved(to_at, to, new);
    if (!in) return syscall(SYS_linkat, from_at, from, to_at, to, flags);
    double at = enter();
    int done = syscall(SYS_linkat, from_at, from, to_at, to, flags);
    if (!done) note(out ? LINK : UNKNOWN, at, 0, 0, NULL, 0, old, new);
    leave();
    return done;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *given, int flags) {
    char path[PATH_MAX];
    if (!resolved(folder, given, path)) return syscall(SYS_unlinkat, folder, given, flags);
    double at = enter();
    int done = syscall(SYS_unlinkat, folder, given, flags);
    if (!done) note(flags & AT_REMOVEDIR ? REMOVE_FOLDER : UNLINK, at, 0, 0, NULL, 0, path, "");
    leave();
    return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    int done = unlink(path);
    return done && errno == EISDIR ? rmdir(path) : done;
}

int mkdirat(int folder, const char *given, mode_t mode) {
    char path[PATH_MAX];
    if (!resolved(folder, given, path)) return syscall(SYS_mkdirat, folder, given, mode);
    double at = enter();
    int done = syscall(SYS_mkdirat, folder, given, mode);
    if (!done) note(MAKE_FOLDER, at, 0, 0, NULL, 0, path, "");
    leave();
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* ---- memory ----------------------------------------------------------------------------------------- */

static void *mapped(void *where, size_t length, int prot, int flags, int number, off_t offset) {
    char path[PATH_MAX];
    struct stat found;
    if (number >= 0 && (flags & MAP_SHARED) && (prot & PROT_WRITE) && followed(number, path, &found)) {
        double at = enter();
        note(MAP, at, found.st_ino, 0, NULL, 0, path, "");
        leave();
    }
    return (void *)syscall(SYS_mmap, where, length, prot, flags, number, offset);
}

void *mmap(void *where, size_t length, int prot, int flags, int number, off_t offset) {
    return mapped(where, length, prot, flags, number, offset);
}
void *mmap64(void *where, size_t length, int prot, int flags, int number, off64_t offset) {
    return mapped(where, length, prot, flags, number, offset);
}
