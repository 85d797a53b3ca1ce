/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-parts-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

#define SUFFIX     ".part"
#define UNFINISHED ".part.tmp"

#define PART_SIZE_MAX ((gsize)1 << 30)

/* From so many files on, one syncfs () of the file system costs less than a sync of each. */
#define SYNCFS_FROM 8

struct _GenesisRunParts
{
  char *folder;
  int fd;
  GenesisStepFault *fault;
  GPtrArray *waiting;     /* final names, in order of their first save */
  GHashTable *is_waiting; /* the same strings, borrowed */
  gboolean broken;
};

static gboolean
set_error (GenesisRunParts *self, const char *what, const char *name, int reason, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot %s '%s/%s': %s", what, self->folder,
               name, g_strerror (reason));
  return FALSE;
}

char *
genesis_run_parts_dup_name (guint round, const char *site)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *c = site; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c) || strchr ("_-.", *c) != NULL)
        g_string_append_c (name, *c);
      else
        g_string_append_printf (name, "%%%02X", (guint)(guchar)*c);
    }
  if (name->len > 180)
    {
      g_autofree char *digest = genesis_sha256_hex (site, strlen (site));

      g_string_truncate (name, 100);
      g_string_append_printf (name, "%%-%s", digest);
    }

  return g_strdup_printf ("%u-%s%s", round, name->str, SUFFIX);
}

/* What this file calls its own: <digits>-<anything><suffix>. */
static gboolean
is_part_name (const char *name, const char *suffix)
{
  gsize digits = strspn (name, "0123456789");

  return digits > 0 && name[digits] == '-' && g_str_has_suffix (name, suffix);
}

static gboolean
remove_matching (GenesisRunParts *self, const char *suffix, GError **error)
{
  DIR *folder;
  int fd = openat (self->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int reason = 0;

  folder = fd >= 0 ? fdopendir (fd) : NULL;
  if (folder == NULL)
    {
      reason = errno;
      if (fd >= 0)
        close (fd);
      return set_error (self, "list", "", reason, error);
    }

  for (struct dirent *entry = readdir (folder); entry != NULL && reason == 0;
       entry = readdir (folder))
    {
      if (is_part_name (entry->d_name, suffix) && unlinkat (self->fd, entry->d_name, 0) != 0)
        reason = errno;
    }
  closedir (folder);

  return reason == 0 || set_error (self, "remove old parts in", "", reason, error);
}

GenesisRunParts *
genesis_run_parts_open (const char *folder, GenesisStepFault *fault, GError **error)
{
  g_autoptr (GenesisRunParts) self = g_new0 (GenesisRunParts, 1);

  self->folder = g_strdup (folder);
  self->fault = fault;
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  self->is_waiting = g_hash_table_new (g_str_hash, g_str_equal);
  self->fd = -1;
  if (mkdir (folder, 0700) != 0 && errno != EEXIST)
    return set_error (self, "make the folder", "", errno, error), NULL;
  self->fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (self->fd < 0)
    return set_error (self, "open the folder", "", errno, error), NULL;
  if (!remove_matching (self, UNFINISHED, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
genesis_run_parts_free (GenesisRunParts *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_hash_table_unref (self->is_waiting);
  g_ptr_array_unref (self->waiting);
  g_free (self->folder);
  g_free (self);
}

gboolean
genesis_run_parts_clear (GenesisRunParts *self, GError **error)
{
  return remove_matching (self, SUFFIX, error) && remove_matching (self, UNFINISHED, error);
}

static int
write_all (int fd, const guint8 *data, gsize n)
{
  while (n > 0)
    {
      gssize written = write (fd, data, n);

      if (written < 0 && errno != EINTR)
        return errno;
      data += written > 0 ? written : 0;
      n -= written > 0 ? (gsize)written : 0;
    }

  return 0;
}

gboolean
genesis_run_parts_save (GenesisRunParts *self, guint round, const char *site, GBytes *bytes,
                        GError **error)
{
  g_autofree char *name = genesis_run_parts_dup_name (round, site);
  g_autofree char *unfinished = g_strconcat (name, ".tmp", NULL);
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);
  int fd, reason;

  if (self->broken)
    return set_error (self, "write", name, EIO, error);
  if (n > PART_SIZE_MAX)
    return set_error (self, "write", name, EFBIG, error);

  fd = openat (self->fd, unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return set_error (self, "write", name, errno, error);
  reason = write_all (fd, data, n);
  if (close (fd) != 0 && reason == 0 && errno != EINTR)
    reason = errno;
  if (reason != 0)
    {
      unlinkat (self->fd, unfinished, 0);
      return set_error (self, "write", name, reason, error);
    }

  if (!g_hash_table_contains (self->is_waiting, name))
    {
      g_hash_table_add (self->is_waiting, name);
      g_ptr_array_add (self->waiting, g_steal_pointer (&name));
    }

  return TRUE;
}

static gboolean
sync_file (GenesisRunParts *self, const char *name, GError **error)
{
  g_autofree char *unfinished = g_strconcat (name, ".tmp", NULL);
  int fd = openat (self->fd, unfinished, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int reason = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);

  return reason == 0 || set_error (self, "sync", name, reason, error);
}

static gboolean
sync_files (GenesisRunParts *self, GError **error)
{
  if (self->waiting->len >= SYNCFS_FROM && syncfs (self->fd) == 0)
    return TRUE;

  for (guint i = 0; i < self->waiting->len; i++)
    if (!sync_file (self, g_ptr_array_index (self->waiting, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
rename_files (GenesisRunParts *self, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const char *name = g_ptr_array_index (self->waiting, i);
      g_autofree char *unfinished = g_strconcat (name, ".tmp", NULL);

      if (renameat (self->fd, unfinished, self->fd, name) != 0)
        return set_error (self, "rename", name, errno, error);
    }
  if (fsync (self->fd) != 0)
    return set_error (self, "sync the folder", "", errno, error);

  return TRUE;
}

/* What a kill in the middle leaves: some parts done, the next one cut in half. */
static void
tear (GenesisRunParts *self)
{
  guint half = self->waiting->len / 2;
  g_autofree char *unfinished = g_strconcat (g_ptr_array_index (self->waiting, half), ".tmp", NULL);
  int fd;
  struct stat info;

  rename_files (self, half, NULL);
  fd = openat (self->fd, unfinished, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && ftruncate (fd, info.st_size / 2) != 0)
    g_debug ("cannot tear '%s'", unfinished);
  close (fd);
}

/* After any failure here the kernel may have dropped what it could not write: nothing more is
   promised. */
gboolean
genesis_run_parts_sync (GenesisRunParts *self, GError **error)
{
  GenesisStepFaultKind kind;

  if (self->broken)
    return set_error (self, "sync", "", EIO, error);
  if (self->waiting->len == 0)
    return TRUE;

  self->broken = TRUE;
  kind = genesis_step_fault_step (self->fault, error);
  if (kind == GENESIS_STEP_FAULT_TORN)
    tear (self);
  if (kind != GENESIS_STEP_FAULT_NONE || !sync_files (self, error)
      || !rename_files (self, self->waiting->len, error))
    return FALSE;

  self->broken = FALSE;
  g_hash_table_remove_all (self->is_waiting);
  g_ptr_array_set_size (self->waiting, 0);

  return TRUE;
}

GBytes *
genesis_run_parts_load (GenesisRunParts *self, guint round, const char *site, GError **error)
{
  g_autofree char *name = genesis_run_parts_dup_name (round, site);
  g_autofree guint8 *data = NULL;
  struct stat info;
  gsize size, at = 0;
  gssize got = 1;
  int fd = openat (self->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int reason = fd < 0 || fstat (fd, &info) != 0 ? errno : 0;

  if (reason == 0 && (!S_ISREG (info.st_mode) || (gsize)info.st_size > PART_SIZE_MAX))
    reason = EFBIG;
  size = reason == 0 ? (gsize)info.st_size : 0;
  data = g_try_malloc (size + 1);
  while (reason == 0 && at < size && got > 0)
    {
      got = data != NULL ? read (fd, data + at, size - at) : 0;
      if (got < 0 && errno == EINTR)
        got = 1;
      else if (got <= 0)
        reason = got < 0 ? errno : EIO;
      else
        at += (gsize)got;
    }
  if (fd >= 0)
    close (fd);

  if (reason == ENOENT)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                 "'%s/%s' is gone although it was saved; restore it, or start anew with --fresh",
                 self->folder, name);
  else if (reason != 0)
    set_error (self, "read", name, reason, error);

  return reason == 0 ? g_bytes_new_take (g_steal_pointer (&data), size) : NULL;
}
