/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-folder-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

static gboolean
set_error (const char *what, const char *path, int reason, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot %s '%s': %s", what, path,
               g_strerror (reason));
  return FALSE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int reason = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);
  /* A parent that may be searched and not read, or a file system that cannot sync folders: nothing
     more can be done. */
  if (reason == 0 || reason == EACCES || reason == EINVAL)
    return TRUE;

  return set_error ("sync the folder", path, reason, error);
}

gboolean
genesis_folder_make (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (mkdir (path, 0700) == 0)
    return sync_folder (parent, error);
  if (errno == EEXIST)
    return TRUE;
  if (errno != ENOENT || strcmp (parent, path) == 0)
    return set_error ("make the folder", path, errno, error);
  if (!genesis_folder_make (parent, error))
    return FALSE;
  if (mkdir (path, 0700) != 0 && errno != EEXIST)
    return set_error ("make the folder", path, errno, error);

  return sync_folder (parent, error);
}

int
genesis_folder_lock (const char *path, const char *what, const char *remedy, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int reason;

  if (fd < 0)
    return set_error ("open", path, errno, error), -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  reason = errno;
  close (fd);
  if (reason != EWOULDBLOCK)
    return set_error ("lock", path, reason, error), -1;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY, "another run holds %s; %s", what, remedy);
  return -1;
}
