// SPDX-License-Identifier: MIT
// Whole-file reading, atomic writing, and what a file's state is known by. Errors come back as errno values; nothing is printed here.
#include "format/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 << 10) // for files whose size is not known in advance (pipes, /proc)
#define READ_MOST ((size_t)256 << 20) // of them: devices may never end

static int read_all(int fd, Buf *out) {
    struct stat st;
    if (fstat(fd, &st) != 0) return errno;
    if (S_ISDIR(st.st_mode)) return EISDIR;
    // One byte more than the size: the read that fills the file exactly is followed by the one that returns 0.
    if (S_ISREG(st.st_mode)) buf_reserve(out, (size_t)st.st_size + 1);
    for (;;) {
        if (out->cap == out->len) buf_reserve(out, READ_STEP);
        ssize_t n = read(fd, out->data + out->len, out->cap - out->len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) return 0;
        out->len += (size_t)n;
        if (out->len > READ_MOST && !S_ISREG(st.st_mode)) return EFBIG;
    }
}

int file_read(const char *path, Buf *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int err = read_all(fd, out);
    close(fd);
    return err;
}

static int write_all(int fd, const u8 *p, size_t len) {
    while (len) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

// A name in the target's directory that no other process or thread uses at the same time.
static int open_temporary(const char *path, Buf *name) {
    static u32 counter;
    for (int tries = 0; tries < 100; tries++) {
        name->len = 0;
        buf_printf(name, "%s.%ld.%u.tmp", path, (long)getpid(), __atomic_add_fetch(&counter, 1, __ATOMIC_RELAXED));
        int fd = open(buf_cstr(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) return fd;
        if (errno != EEXIST) return -1;
    }
    return -1;
}

int file_write_atomic(const char *path, const void *data, size_t len) {
    Buf name = {0};
    int err = 0;
    int fd = open_temporary(path, &name);
    if (fd < 0) {
        err = errno;
        goto out;
    }
    err = write_all(fd, data, len);
    if (close(fd) != 0 && !err) err = errno;
    if (!err && rename(buf_cstr(&name), path) != 0) err = errno;
    if (err) unlink(buf_cstr(&name));
out:
    buf_free(&name);
    return err;
}

static u64 nanoseconds(struct timespec t) { return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec; }

u64 file_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME_COARSE, &t);
    return nanoseconds(t);
}

FileStamp file_stamp(const struct stat *st, u64 clock_before) {
    u64 changed = nanoseconds(st->st_ctim);
    return (FileStamp){.size = (u64)st->st_size, .mtime_ns = nanoseconds(st->st_mtim), .ctime_ns = changed < clock_before ? changed : 0, .inode = st->st_ino};
}
