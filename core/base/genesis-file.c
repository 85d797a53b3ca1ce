/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#define CAPACITY ((gsize)1 << 20)

struct _GenesisFileWriter
{
  char *path;   /* as the caller named it, for messages */
  char *target; /* links followed; NULL: written directly */
  char *beside; /* the temporary; NULL once it has become the target, or when written directly */
  int fd;
  gboolean failed;
  guint8 *buffer;
  gsize filled;
};

static gboolean
set_error (GError **error, const char *path, const char *what, int reason)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot %s '%s': %s", what, path,
               g_strerror (reason));
  return FALSE;
}

/* The number N of /dev/fd/N and of its names /dev/stdout and /dev/stderr, or -1. Opening these anew
   would start a redirected file from its beginning; a copy of the descriptor goes on where it
   stands. */
static int
descriptor_of (const char *path)
{
  guint64 number;

  if (strcmp (path, "/dev/stdout") == 0)
    return STDOUT_FILENO;
  if (strcmp (path, "/dev/stderr") == 0)
    return STDERR_FILENO;
  if (g_str_has_prefix (path, "/dev/fd/")
      && g_ascii_string_to_unsigned (path + strlen ("/dev/fd/"), 10, 0, G_MAXINT, &number, NULL))
    return (int)number;
  return -1;
}

static gboolean
open_directly (GenesisFileWriter *self, GError **error)
{
  int inherited = descriptor_of (self->path);

  self->fd = inherited >= 0 ? fcntl (inherited, F_DUPFD_CLOEXEC, 3)
                            : open (self->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  return self->fd >= 0 || set_error (error, self->path, "write", errno);
}

/* open() with mode 0666 leaves the permissions to the caller's umask; mkstemp() would force
   0600. */
static gboolean
open_beside (GenesisFileWriter *self, GError **error)
{
  static guint counter;
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *name = g_path_get_basename (self->target);

  for (int attempt = 0; attempt < 1000; attempt++)
    {
      g_autofree char *part = g_strdup_printf (".%.200s.%d-%u.part", name, (int)getpid (),
                                               (guint)g_atomic_int_add ((int *)&counter, 1));

      g_free (self->beside);
      self->beside = g_build_filename (folder, part, NULL);
      self->fd = open (self->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (self->fd >= 0)
        return TRUE;
      if (errno != EEXIST)
        break;
    }
  set_error (error, self->path, "write beside", errno);
  g_clear_pointer (&self->beside, g_free);
  return FALSE;
}

/* Whether path names something that a rename would destroy: a pipe, a device, an inherited
   descriptor. */
static gboolean
is_written_directly (const char *path, const struct stat *info, gboolean exists)
{
  if (descriptor_of (path) >= 0 || g_str_has_prefix (path, "/proc/"))
    return TRUE;
  return exists && !S_ISREG (info->st_mode) && !S_ISDIR (info->st_mode);
}

static gboolean
open_target (GenesisFileWriter *self, GError **error)
{
  g_autofree char *resolved = NULL;
  struct stat info;
  gboolean exists = stat (self->path, &info) == 0;

  if (is_written_directly (self->path, &info, exists))
    return open_directly (self, error);
  if (exists && S_ISDIR (info.st_mode))
    return set_error (error, self->path, "write", EISDIR);
  if (exists)
    {
      char *real = realpath (self->path, NULL);

      resolved = g_strdup (real);
      free (real);
    }
  self->target = resolved != NULL ? g_steal_pointer (&resolved) : g_strdup (self->path);
  return open_beside (self, error);
}

/*
 * genesis_file_writer_new:
 *
 * Nothing is visible under path before genesis_file_writer_commit().
 */
GenesisFileWriter *
genesis_file_writer_new (const char *path, GError **error)
{
  g_autoptr (GenesisFileWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (GenesisFileWriter, 1);
  self->path = g_strdup (path);
  self->fd = -1;
  if (!open_target (self, error))
    return NULL;
  self->buffer = g_malloc (CAPACITY);
  return g_steal_pointer (&self);
}

static gboolean
write_through (GenesisFileWriter *self, const guint8 *data, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize written = write (self->fd, data, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          self->failed = TRUE;
          return set_error (error, self->path, "write", errno);
        }
      data += written;
      n -= (gsize)written;
    }
  return TRUE;
}

static gboolean
flush (GenesisFileWriter *self, GError **error)
{
  gsize n = self->filled;

  self->filled = 0;
  return write_through (self, self->buffer, n, error);
}

static gboolean
refuse_after_failure (GenesisFileWriter *self, GError **error)
{
  if (!self->failed)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
               "cannot write '%s': an earlier write failed; start the file again", self->path);
  return FALSE;
}

gboolean
genesis_file_writer_write (GenesisFileWriter *self, gconstpointer data, gsize n, GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (!refuse_after_failure (self, error))
    return FALSE;
  if (n > CAPACITY - self->filled && !flush (self, error))
    return FALSE;
  if (n >= CAPACITY)
    return write_through (self, data, n, error);
  if (n > 0)
    memcpy (self->buffer + self->filled, data, n);
  self->filled += n;
  return TRUE;
}

/* Makes the new name durable. A file system that cannot sync folders says EINVAL: nothing more can
   be done there. */
static gboolean
sync_folder (GenesisFileWriter *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int reason = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);
  if (reason == 0 || reason == EINVAL || reason == EACCES)
    return TRUE;
  return set_error (error, self->path, "sync the folder of", reason);
}

static gboolean
close_file (GenesisFileWriter *self, GError **error)
{
  int fd = self->fd;

  self->fd = -1;
  if (close (fd) == 0 || errno == EINTR)
    return TRUE;
  self->failed = TRUE;
  return set_error (error, self->path, "close", errno);
}

/*
 * genesis_file_writer_commit:
 *
 * After success the file is complete, on disk and under its name. After a failure the old file, if
 * any, is untouched.
 */
gboolean
genesis_file_writer_commit (GenesisFileWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (!refuse_after_failure (self, error) || !flush (self, error))
    return FALSE;
  if (self->target == NULL)
    return close_file (self, error);
  if (fsync (self->fd) != 0)
    return set_error (error, self->path, "sync", errno);
  if (!close_file (self, error))
    return FALSE;
  if (rename (self->beside, self->target) != 0)
    return set_error (error, self->path, "rename the finished file to", errno);
  g_clear_pointer (&self->beside, g_free);
  return sync_folder (self, error);
}

void
genesis_file_writer_free (GenesisFileWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->beside != NULL)
    unlink (self->beside);
  g_free (self->beside);
  g_free (self->target);
  g_free (self->path);
  g_free (self->buffer);
  g_free (self);
}

gboolean
genesis_file_save (const char *path, gconstpointer data, gsize n, GError **error)
{
  g_autoptr (GenesisFileWriter) writer = genesis_file_writer_new (path, error);

  return writer != NULL && genesis_file_writer_write (writer, data, n, error)
         && genesis_file_writer_commit (writer, error);
}
