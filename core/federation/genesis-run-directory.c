/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-directory-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "base/genesis-folder-private.h"
#include "federation/genesis-run-parts-private.h"

static const GenesisLedgerFormat format = { "GENESIS-LEDGER-1", "the ledger of a run",
                                            "start anew with --fresh" };

struct _GenesisRunDirectory
{
  char *path;
  int fd;      /* of the folder, for fsync */
  int lock_fd; /* flock () is this open file's: a second open in the same process is refused */
  guint64 epoch;
  GenesisStepFault fault;
  GenesisLedger *ledger;
  GenesisRunParts *parts;
};

static gboolean
set_error (const char *what, const char *path, int reason, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot %s '%s': %s", what, path,
               g_strerror (reason));
  return FALSE;
}

static gboolean
take_lock (GenesisRunDirectory *self, GError **error)
{
  g_autofree char *path = genesis_run_directory_dup_path (self, "lock");
  g_autofree char *what = g_strdup_printf ("the folder '%s'", self->path);

  self->lock_fd =
      genesis_folder_lock (path, what, "wait for it to end, or name another folder", error);
  return self->lock_fd >= 0;
}

static gboolean
read_epoch (const char *path, guint64 *epoch, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  gsize size = 0;

  *epoch = 0;
  if (!g_file_get_contents (path, &text, &size, &failure))
    {
      if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "cannot read '%s': %s", path,
                   failure->message);
      return FALSE;
    }
  if (size >= 2 && text[size - 1] == '\n' && strlen (text) == size)
    {
      text[size - 1] = '\0';
      if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, epoch, NULL))
        return TRUE;
    }

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s' does not hold an epoch number; name another folder, or remove the file when "
               "no other coordinator works here",
               path);
  return FALSE;
}

static gboolean
advance_epoch (GenesisRunDirectory *self, GError **error)
{
  g_autofree char *path = genesis_run_directory_dup_path (self, "epoch");
  g_autofree char *text = NULL;
  guint64 last;

  if (!read_epoch (path, &last, error))
    return FALSE;
  self->epoch = last + 1;
  text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", self->epoch);

  return genesis_file_save (path, text, strlen (text), error);
}

static gboolean
remove_file (GenesisRunDirectory *self, const char *name, GError **error)
{
  if (unlinkat (self->fd, name, 0) == 0 || errno == ENOENT)
    return TRUE;

  return set_error ("remove from an earlier run", name, errno, error);
}

/* A folder that was named by mistake may hold a ledger.log that is none of ours: it stays. */
static gboolean
check_ledger_is_ours (const char *path, GError **error)
{
  char header[GENESIS_LEDGER_HEADER_SIZE] = { 0 };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  gssize got;

  if (fd < 0 && errno == ENOENT)
    return TRUE;
  got = fd >= 0 ? read (fd, header, sizeof header) : -1;
  if (fd >= 0)
    close (fd);
  if (got == (gssize)sizeof header && memcmp (header, format.header, sizeof header - 1) == 0)
    return TRUE;

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s' is not the ledger of a run and is not removed; name another folder, or move "
               "the file away",
               path);
  return FALSE;
}

/* The ledger goes first, for good: parts and a model that no ledger names are nobody's, should the
   power fail now. */
static gboolean
remove_earlier_run (GenesisRunDirectory *self, GError **error)
{
  g_autofree char *ledger = genesis_run_directory_dup_path (self, "ledger.log");

  if (!check_ledger_is_ours (ledger, error) || !remove_file (self, "ledger.log", error))
    return FALSE;
  if (fsync (self->fd) != 0)
    return set_error ("sync the folder", self->path, errno, error);

  return genesis_run_parts_clear (self->parts, error)
         && remove_file (self, GENESIS_RUN_MODEL_NAME, error);
}

static gboolean
open_folder (GenesisRunDirectory *self, GError **error)
{
  if (!genesis_folder_make (self->path, error))
    return FALSE;
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  return self->fd >= 0 || set_error ("open the folder", self->path, errno, error);
}

static gboolean
open_content (GenesisRunDirectory *self, gboolean fresh, GError **error)
{
  g_autofree char *parts = genesis_run_directory_dup_path (self, "parts");
  g_autofree char *ledger = genesis_run_directory_dup_path (self, "ledger.log");

  self->parts = genesis_run_parts_open (parts, &self->fault, error);
  if (self->parts == NULL || (fresh && !remove_earlier_run (self, error)))
    return FALSE;
  self->ledger = genesis_ledger_open (ledger, &format, &self->fault, error);
  if (self->ledger == NULL)
    return FALSE;
  if (fsync (self->fd) != 0)
    return set_error ("sync the folder", self->path, errno, error);

  return TRUE;
}

GenesisRunDirectory *
genesis_run_directory_open (const char *path, gboolean fresh, GError **error)
{
  g_autoptr (GenesisRunDirectory) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (GenesisRunDirectory, 1);
  self->path = g_strdup (path);
  self->fd = self->lock_fd = -1;
  if (!open_folder (self, error) || !take_lock (self, error) || !advance_epoch (self, error)
      || !open_content (self, fresh, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
genesis_run_directory_free (GenesisRunDirectory *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, genesis_run_parts_free);
  g_clear_pointer (&self->ledger, genesis_ledger_free);
  if (self->fd >= 0)
    close (self->fd);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self);
}

guint64
genesis_run_directory_get_epoch (GenesisRunDirectory *self)
{
  return self->epoch;
}

GPtrArray *
genesis_run_directory_get_records (GenesisRunDirectory *self)
{
  return genesis_ledger_get_records (self->ledger);
}

gboolean
genesis_run_directory_append_buffered (GenesisRunDirectory *self, GenesisRunRecordType type,
                                       GBytes *body, GError **error)
{
  g_return_val_if_fail (self != NULL && body != NULL, FALSE);

  return genesis_ledger_append (self->ledger, type, body, error);
}

gboolean
genesis_run_directory_sync (GenesisRunDirectory *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return genesis_run_parts_sync (self->parts, error) && genesis_ledger_sync (self->ledger, error);
}

gboolean
genesis_run_directory_save_part_buffered (GenesisRunDirectory *self, guint round, const char *site,
                                          GBytes *bytes, GError **error)
{
  g_return_val_if_fail (self != NULL && site != NULL && bytes != NULL, FALSE);

  return genesis_run_parts_save (self->parts, round, site, bytes, error);
}

GBytes *
genesis_run_directory_load_part (GenesisRunDirectory *self, guint round, const char *site,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL && site != NULL, NULL);

  return genesis_run_parts_load (self->parts, round, site, error);
}

gboolean
genesis_run_directory_remove_parts (GenesisRunDirectory *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return genesis_run_parts_clear (self->parts, error);
}

char *
genesis_run_directory_dup_path (GenesisRunDirectory *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

void
genesis_run_directory_fail_after (GenesisRunDirectory *self, guint64 n_steps,
                                  GenesisStepFaultKind kind)
{
  self->fault.kind = kind;
  self->fault.steps_left = n_steps;
}

guint64
genesis_run_directory_get_n_steps (GenesisRunDirectory *self)
{
  return self->fault.n_steps;
}
