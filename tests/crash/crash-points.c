/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crash-points.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_FILE 3 /* the standard streams are no memory */
#define MOST_FILES 1024

static _Atomic uint64_t passed, fatal;
static CrashKind how;
/* What of a file survives a power failure, plus 1; 0: nothing was written since it was opened. */
static _Atomic int64_t synced[MOST_FILES];

void
crash_points_arm (uint64_t n, CrashKind kind)
{
  how = kind;
  atomic_store (&passed, 0);
  atomic_store (&fatal, n);
}

uint64_t
crash_points_count (void)
{
  return atomic_load (&passed);
}

static __attribute__ ((constructor)) void
read_orders (void)
{
  const char *at = getenv ("GENESIS_CRASH_AT");
  const char *kind = getenv ("GENESIS_CRASH_KIND");

  if (at == NULL)
    return;
  crash_points_arm (strtoull (at, NULL, 10), kind == NULL                 ? CRASH_BEFORE
                                             : strcmp (kind, "torn") == 0 ? CRASH_TORN
                                             : strcmp (kind, "lost") == 0 ? CRASH_LOST
                                                                          : CRASH_BEFORE);
}

static int
is_file (int fd)
{
  struct stat info;

  return fd >= FIRST_FILE && fd < MOST_FILES && fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

static int64_t
get_size (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 ? (int64_t)info.st_size : 0;
}

static void
die (void)
{
  if (how == CRASH_LOST)
    for (int fd = FIRST_FILE; fd < MOST_FILES; fd++)
      if (atomic_load (&synced[fd]) > 0)
        syscall (SYS_ftruncate, fd, (long)(atomic_load (&synced[fd]) - 1));
  syscall (SYS_kill, getpid (), SIGKILL);
}

/* Whether this point is the last one. */
static int
pass (void)
{
  uint64_t last = atomic_load (&fatal);

  return atomic_fetch_add (&passed, 1) + 1 == last && last > 0;
}

static void
pass_or_die (void)
{
  if (pass ())
    die ();
}

static ssize_t
write_at (int fd, const void *data, size_t n, off_t at, int has_place)
{
  if (is_file (fd))
    {
      if (atomic_load (&synced[fd]) == 0)
        atomic_store (&synced[fd], get_size (fd) + 1);
      if (pass ())
        {
          if (how == CRASH_TORN && has_place)
            syscall (SYS_pwrite64, fd, data, n / 2, at);
          else if (how == CRASH_TORN)
            syscall (SYS_write, fd, data, n / 2);
          die ();
        }
    }
  return has_place ? syscall (SYS_pwrite64, fd, data, n, at) : syscall (SYS_write, fd, data, n);
}

static int
sync_file (long call, int fd)
{
  int result;

  pass_or_die ();
  result = (int)syscall (call, fd);
  if (result == 0 && fd >= 0 && fd < MOST_FILES && is_file (fd))
    atomic_store (&synced[fd], get_size (fd) + 1);
  return result;
}

/* -- what is taken over ----------------------------------------------------- */

#define TAKE_OVER __attribute__ ((visibility ("default")))

TAKE_OVER ssize_t
write (int fd, const void *data, size_t n)
{
  return write_at (fd, data, n, 0, 0);
}

TAKE_OVER ssize_t
pwrite (int fd, const void *data, size_t n, off_t at)
{
  return write_at (fd, data, n, at, 1);
}

TAKE_OVER int
fsync (int fd)
{
  return sync_file (SYS_fsync, fd);
}

TAKE_OVER int
fdatasync (int fd)
{
  return sync_file (SYS_fdatasync, fd);
}

TAKE_OVER int
ftruncate (int fd, off_t size)
{
  pass_or_die ();
  return (int)syscall (SYS_ftruncate, fd, size);
}

TAKE_OVER int
rename (const char *from, const char *to)
{
  pass_or_die ();
  return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

TAKE_OVER int
renameat (int from_folder, const char *from, int to_folder, const char *to)
{
  pass_or_die ();
  return (int)syscall (SYS_renameat2, from_folder, from, to_folder, to, 0);
}

TAKE_OVER int
mkdir (const char *path, mode_t mode)
{
  pass_or_die ();
  return (int)syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

/* A number that a closed file had says nothing of the next. */
TAKE_OVER int
close (int fd)
{
  if (fd >= 0 && fd < MOST_FILES)
    atomic_store (&synced[fd], 0);
  return (int)syscall (SYS_close, fd);
}
