/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-ledger-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-file-private.h"

struct _GenesisLedger
{
  char *path;
  const GenesisLedgerFormat *format;
  int fd;
  GenesisStepFault *fault;
  GPtrArray *records;
  gsize size; /* durable bytes */
  guint64 durable_sequence, next_sequence;
  guint8 hash[32];
  GByteArray *waiting;
  gboolean broken;
};

static gboolean
set_error (GenesisLedger *self, const char *what, int reason, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot %s '%s': %s", what, self->path,
               g_strerror (reason));
  return FALSE;
}

/* A file without its header never exists: it is written beside and renamed. */
static gboolean
open_file (GenesisLedger *self, GError **error)
{
  self->fd = open (self->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (self->fd < 0 && errno == ENOENT)
    {
      if (!genesis_file_save (self->path, self->format->header, GENESIS_LEDGER_HEADER_SIZE, error))
        return FALSE;
      self->fd = open (self->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    }

  return self->fd >= 0 || set_error (self, "open", errno, error);
}

static GBytes *
read_file (GenesisLedger *self, GError **error)
{
  g_autofree guint8 *data = NULL;
  struct stat info;
  gsize size, at = 0;

  if (fstat (self->fd, &info) != 0)
    return set_error (self, "read", errno, error), NULL;
  if (!S_ISREG (info.st_mode))
    return set_error (self, "read", EINVAL, error), NULL;

  size = (gsize)info.st_size;
  data = g_try_malloc (size + 1);
  if (data == NULL)
    return set_error (self, "read", ENOMEM, error), NULL;
  while (at < size)
    {
      gssize got = pread (self->fd, data + at, size - at, (off_t)at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return set_error (self, "read", got < 0 ? errno : EIO, error), NULL;
      at += (gsize)got;
    }

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/* The dropped bytes must be gone for good before new ones are written over them. */
static gboolean
drop_torn_tail (GenesisLedger *self, gsize good_size, gsize size, GError **error)
{
  if (good_size == size)
    return TRUE;
  if (ftruncate (self->fd, (off_t)good_size) != 0 || fsync (self->fd) != 0)
    return set_error (self, "drop the torn end of", errno, error);

  return TRUE;
}

static gboolean
load (GenesisLedger *self, GError **error)
{
  g_auto (GenesisLedgerContent) content = { NULL };
  g_autoptr (GBytes) bytes = read_file (self, error);

  if (bytes == NULL
      || !genesis_ledger_content_parse (&content, self->format, bytes, self->path, error)
      || !drop_torn_tail (self, content.good_size, g_bytes_get_size (bytes), error))
    return FALSE;

  self->records = g_steal_pointer (&content.records);
  self->size = content.good_size;
  self->durable_sequence = self->next_sequence = content.next_sequence;
  memcpy (self->hash, content.hash, sizeof self->hash);

  return TRUE;
}

GenesisLedger *
genesis_ledger_open (const char *path, const GenesisLedgerFormat *format, GenesisStepFault *fault,
                     GError **error)
{
  g_autoptr (GenesisLedger) self = g_new0 (GenesisLedger, 1);

  self->path = g_strdup (path);
  self->format = format;
  self->fd = -1;
  self->fault = fault;
  self->waiting = g_byte_array_new ();
  if (!open_file (self, error) || !load (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
genesis_ledger_free (GenesisLedger *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_byte_array_unref);
  g_free (self->path);
  g_free (self);
}

GPtrArray *
genesis_ledger_get_records (GenesisLedger *self)
{
  return self->records;
}

static gboolean
refuse_broken (GenesisLedger *self, GError **error)
{
  if (!self->broken)
    return TRUE;

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
               "cannot write '%s': an earlier write failed; end this run and start it again to "
               "continue from what is on disk",
               self->path);
  return FALSE;
}

gboolean
genesis_ledger_append (GenesisLedger *self, guint32 type, GBytes *body, GError **error)
{
  gsize n = g_bytes_get_size (body);

  if (!refuse_broken (self, error))
    return FALSE;
  if (n > GENESIS_LEDGER_BODY_MAX
      || self->waiting->len + n + GENESIS_LEDGER_FRAME_SIZE > (gsize)G_MAXINT32)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s': a record of %" G_GSIZE_FORMAT
                   " bytes is larger than the 64 MiB a record may have, or 2 GiB wait already",
                   self->path, n);
      return FALSE;
    }

  genesis_ledger_frame_encode (self->waiting, type, self->next_sequence, self->durable_sequence,
                               self->hash, body);
  self->next_sequence++;

  return TRUE;
}

/* 0, or the errno of the write that failed. */
static int
write_at_end (GenesisLedger *self, gsize n)
{
  for (gsize at = 0; at < n;)
    {
      gssize written =
          pwrite (self->fd, self->waiting->data + at, n - at, (off_t)(self->size + at));

      if (written < 0 && errno != EINTR)
        return errno;
      at += written > 0 ? (gsize)written : 0;
    }

  return 0;
}

gboolean
genesis_ledger_sync (GenesisLedger *self, GError **error)
{
  GenesisStepFaultKind kind = GENESIS_STEP_FAULT_NONE;
  int reason;

  if (!refuse_broken (self, error))
    return FALSE;
  if (self->waiting->len == 0)
    return TRUE;

  if (self->fault != NULL)
    kind = genesis_step_fault_step (self->fault, error);
  if (kind == GENESIS_STEP_FAULT_TORN)
    write_at_end (self, self->waiting->len / 2);
  if (kind != GENESIS_STEP_FAULT_NONE)
    {
      self->broken = TRUE;
      return FALSE;
    }

  reason = write_at_end (self, self->waiting->len);
  if (reason != 0)
    {
      self->broken = ftruncate (self->fd, (off_t)self->size) != 0;
      return set_error (self, "write", reason, error);
    }
  if (fdatasync (self->fd) != 0)
    {
      self->broken = TRUE;
      return set_error (self, "sync", errno, error);
    }

  self->size += self->waiting->len;
  self->durable_sequence = self->next_sequence;
  g_byte_array_set_size (self->waiting, 0);

  return TRUE;
}
