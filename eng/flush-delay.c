/*
 * Preloaded into a process, makes each flush of a file take longer, as it would on a slower disk.
 * FLUSH_DELAY_US says by how many microseconds. The real flush is still done, and first.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

typedef int (*flush)(int);

static flush real_fsync, real_fdatasync;
static long delay_us;

/* Before the program's own code, so no thread can see half of it. */
__attribute__((constructor)) static void prepare(void)
{
    const char *value = getenv("FLUSH_DELAY_US");
    delay_us = value ? atol(value) : 0;
    real_fsync = (flush)dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (flush)dlsym(RTLD_NEXT, "fdatasync");
}

static int flush_slowly(flush real, int fd)
{
    int result = real(fd);
    int error = errno;
    struct timespec left = { delay_us / 1000000, delay_us % 1000000 * 1000 };

    /* Timers are late by 50 microseconds unless a thread asks for better. */
    prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
    errno = error;
    return result;
}

int fsync(int fd)
{
    return flush_slowly(real_fsync, fd);
}

int fdatasync(int fd)
{
    return flush_slowly(real_fdatasync, fd);
}
