/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-spend-ledger-private.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <genesis/genesis-error.h>

#include "base/genesis-folder-private.h"
#include "privacy/genesis-spend-history-private.h"

struct _GenesisSpendLedger
{
  gatomicrefcount ref_count;
  char *path; /* NULL: in memory */
  int lock_fd;
  GenesisLedger *file;
  GenesisSpendHistory history;
  gboolean broken;
};

/* -- opening ---------------------------------------------------------------- */

#define NAME_SHOWN 60

char *
genesis_spend_ledger_dup_path (const char *folder, const char *dataset)
{
  g_autofree char *digest = genesis_sha256_hex (dataset, strlen (dataset));
  g_autofree char *base = g_path_get_basename (dataset);
  g_autofree char *name = g_strndup (base, NAME_SHOWN);
  g_autofree char *file = NULL;

  g_strcanon (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", '_');
  file = g_strconcat (name, "-", digest, ".spends", NULL);
  return g_build_filename (folder, file, NULL);
}

static GenesisSpendLedger *
new_empty (const char *path)
{
  GenesisSpendLedger *self = g_new0 (GenesisSpendLedger, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->lock_fd = -1;
  genesis_spend_history_init (&self->history);
  return self;
}

GenesisSpendLedger *
genesis_spend_ledger_new_in_memory (const char *dataset)
{
  GenesisSpendLedger *self = new_empty (NULL);

  self->history.dataset = g_strdup (dataset);
  return self;
}

static gboolean
refuse_broken (GenesisSpendLedger *self, GError **error)
{
  if (!self->broken)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
               "the privacy ledger '%s' could not be written before; end this run and start it "
               "again to continue from what is on disk",
               self->path);
  return FALSE;
}

/* After a failure the file may hold more than is known here: only a new open tells. */
static gboolean
write_record (GenesisSpendLedger *self, GenesisSpendRecordType type, GenesisEncoder *body,
              GError **error)
{
  g_autoptr (GBytes) bytes = genesis_encoder_steal (body);

  if (self->file == NULL)
    return TRUE;
  self->broken = !genesis_ledger_append (self->file, type, bytes, error)
                 || !genesis_ledger_sync (self->file, error);
  return !self->broken;
}

/* A file without a data set was made by a process that died before it said whose it is. */
static gboolean
claim (GenesisSpendLedger *self, const char *dataset, GError **error)
{
  g_auto (GenesisEncoder) body = { NULL };

  if (self->history.dataset == NULL)
    {
      genesis_encoder_init (&body);
      genesis_encoder_put_text (&body, dataset);
      self->history.dataset = g_strdup (dataset);
      return write_record (self, GENESIS_SPEND_RECORD_OPENED, &body, error);
    }
  if (g_str_equal (self->history.dataset, dataset))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s' is the privacy ledger of data set '%s', not of '%s'; name another ledger, or "
               "the data set that it is of",
               self->path, self->history.dataset, dataset);
  return FALSE;
}

/* The lock is a file of its own: the ledger appears by a rename, which a lock of it would not
   survive. */
static gboolean
take_lock (GenesisSpendLedger *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);
  g_autofree char *what = g_strdup_printf ("the privacy ledger '%s'", self->path);

  if (!genesis_folder_make (folder, error))
    return FALSE;
  self->lock_fd =
      genesis_folder_lock (lock, what, "one data set takes part in one run at a time", error);
  return self->lock_fd >= 0;
}

GenesisSpendLedger *
genesis_spend_ledger_open (const char *path, const char *dataset, GError **error)
{
  g_autoptr (GenesisSpendLedger) self = NULL;

  g_return_val_if_fail (path != NULL && dataset != NULL, NULL);

  self = new_empty (path);
  if (!take_lock (self, error))
    return NULL;
  self->file = genesis_ledger_open (path, &genesis_spend_ledger_format, NULL, error);
  if (self->file == NULL
      || !genesis_spend_history_read (&self->history, genesis_ledger_get_records (self->file), path,
                                      error)
      || !claim (self, dataset, error))
    return NULL;
  return g_steal_pointer (&self);
}

GenesisSpendLedger *
genesis_spend_ledger_ref (GenesisSpendLedger *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_spend_ledger_unref (GenesisSpendLedger *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->file, genesis_ledger_free);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  genesis_spend_history_clear (&self->history);
  g_free (self->path);
  g_free (self);
}

/* -- what was spent --------------------------------------------------------- */

const char *
genesis_spend_ledger_get_path (GenesisSpendLedger *self)
{
  return self->path;
}

guint64
genesis_spend_ledger_get_spent (GenesisSpendLedger *self)
{
  return self->history.spent;
}

guint64
genesis_spend_ledger_get_spent_by (GenesisSpendLedger *self, const char *run)
{
  return genesis_spend_history_get_spent_by (&self->history, run);
}

/* -- the limit -------------------------------------------------------------- */

/* asked: what is to come on top of spent, for what. */
static gboolean
check_limit (GenesisSpendLedger *self, guint64 spent, guint64 asked, const char *what,
             const GenesisSpendLimit *limit, GError **error)
{
  guint64 most = limit != NULL ? limit->units : GENESIS_SPEND_MAX_UNITS;
  double delta = limit != NULL ? limit->delta : GENESIS_SPEND_DELTA;
  g_autofree char *budget = NULL;

  if (spent <= most && asked <= most - spent)
    return TRUE;
  budget = limit != NULL ? g_strdup_printf ("epsilon %.6g", limit->epsilon)
                         : g_strdup ("no limit, and no more can be counted");
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
               "the privacy budget of data set '%s' does not allow it: epsilon %.6g was spent "
               "before and %s costs epsilon %.6g, together %.6g at delta %g; the budget is %s; "
               "raise the noise, or decide on a larger privacy_budget",
               self->history.dataset, genesis_spend_get_epsilon (spent, delta), what,
               genesis_spend_get_epsilon (asked, delta),
               genesis_spend_get_epsilon (spent + MIN (asked, GENESIS_SPEND_MAX_UNITS), delta),
               delta, budget);
  return FALSE;
}

gboolean
genesis_spend_ledger_admit (GenesisSpendLedger *self, const char *run, guint64 units,
                            const GenesisSpendLimit *limit, GError **error)
{
  guint64 own = genesis_spend_ledger_get_spent_by (self, run);

  return refuse_broken (self, error)
         && check_limit (self, self->history.spent - own, MAX (units, own), "this run", limit,
                         error);
}

/* -- spending --------------------------------------------------------------- */

gboolean
genesis_spend_ledger_reserve_again (GenesisSpendLedger *self, const GenesisSpend *spend,
                                    const GenesisSpendLimit *limit, GError **error)
{
  g_auto (GenesisEncoder) body = { NULL };
  GenesisDecoder copy;

  if (!refuse_broken (self, error)
      || !check_limit (self, self->history.spent, spend->units, "this round", limit, error))
    return FALSE;
  genesis_encoder_init (&body);
  genesis_spend_encode (spend, &body);
  genesis_decoder_init (&copy, body.bytes->data, body.bytes->len);
  genesis_spend_history_take (&self->history, genesis_spend_decode (&copy),
                              limit != NULL ? limit->epsilon : NAN,
                              limit != NULL ? limit->delta : NAN);
  genesis_encoder_put_f64 (&body, limit != NULL ? limit->epsilon : NAN);
  genesis_encoder_put_f64 (&body, limit != NULL ? limit->delta : NAN);
  return write_record (self, GENESIS_SPEND_RECORD_RESERVED, &body, error);
}

gboolean
genesis_spend_ledger_reserve (GenesisSpendLedger *self, const GenesisSpend *spend,
                              const GenesisSpendLimit *limit, GenesisSpendState *state,
                              char **digest, GError **error)
{
  const GenesisSpendEntry *entry;

  g_return_val_if_fail (self != NULL && spend != NULL, FALSE);

  if (!refuse_broken (self, error))
    return FALSE;
  entry = genesis_spend_history_find (&self->history, spend);
  if (entry == NULL && !genesis_spend_ledger_reserve_again (self, spend, limit, error))
    return FALSE;
  if (state != NULL)
    *state = entry == NULL           ? GENESIS_SPEND_NEW
             : entry->digest == NULL ? GENESIS_SPEND_RESERVED
                                     : GENESIS_SPEND_COMMITTED;
  if (digest != NULL)
    *digest = entry != NULL ? g_strdup (entry->digest) : NULL;
  return TRUE;
}

gboolean
genesis_spend_ledger_commit (GenesisSpendLedger *self, const GenesisSpend *spend,
                             const char *digest, GError **error)
{
  GenesisSpendEntry *entry = genesis_spend_history_find (&self->history, spend);
  g_auto (GenesisEncoder) body = { NULL };

  g_return_val_if_fail (digest != NULL, FALSE);

  if (!refuse_broken (self, error))
    return FALSE;
  if (entry == NULL || (entry->digest != NULL && !g_str_equal (entry->digest, digest)))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   entry == NULL
                       ? "data set '%s': round %u was never paid for, so nothing of it may leave"
                       : "data set '%s': something else was sent for round %u already; fresh noise "
                         "is paid for anew, or the stored total sent again",
                   self->history.dataset, spend->round);
      return FALSE;
    }
  if (entry->digest != NULL)
    return TRUE;
  genesis_encoder_init (&body);
  genesis_spend_encode (spend, &body);
  genesis_encoder_put_text (&body, digest);
  entry->digest = g_strdup (digest);
  return write_record (self, GENESIS_SPEND_RECORD_COMMITTED, &body, error);
}
