/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-journal-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "federation/genesis-run-history-private.h"

struct _GenesisRunJournal
{
  GenesisRunDirectory *directory;
  GenesisRunHistory history;
};

/* -- what happens ------------------------------------------------------------ */

static gboolean
append (GenesisRunJournal *self, GenesisRunRecordType type, GenesisEncoder *encoder, GError **error)
{
  g_autoptr (GBytes) body = genesis_encoder_steal (encoder);

  return genesis_run_directory_append_buffered (self->directory, type, body, error);
}

static void
encode_texts (GenesisEncoder *to, const char *const *texts)
{
  genesis_encoder_put_u32 (to, g_strv_length ((char **)texts));
  for (guint i = 0; texts[i] != NULL; i++)
    genesis_encoder_put_text (to, texts[i]);
}

gboolean
genesis_run_journal_begin (GenesisRunJournal *self, const char *run_id, const char *name,
                           const char *const *facts, const char *const *sites, GError **error)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  g_assert (self->history.run_id == NULL);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, GENESIS_RUN_JOURNAL_VERSION);
  genesis_encoder_put_text (&encoder, run_id);
  genesis_encoder_put_text (&encoder, name);
  encode_texts (&encoder, facts);
  encode_texts (&encoder, sites);
  if (!append (self, GENESIS_RUN_RECORD_OPENED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  self->history.run_id = g_strdup (run_id);
  self->history.name = g_strdup (name);
  self->history.facts = g_strdupv ((char **)facts);
  self->history.sites = g_strdupv ((char **)sites);
  return TRUE;
}

static gboolean
differs (guint round, const char *what, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "run directory: round %u: %s is not the one that the ledger holds; has a plugin or "
               "the library been replaced? start a fresh run",
               round, what);
  return FALSE;
}

gboolean
genesis_run_journal_open_round (GenesisRunJournal *self, guint number, const char *plan,
                                const genesis_abi_cost *cost, GError **error)
{
  const GenesisRunRound *known = genesis_run_history_find (&self->history, number);
  GenesisRunRound *round;
  g_auto (GenesisEncoder) opened = { NULL };
  g_auto (GenesisEncoder) costs = { NULL };

  if (known != NULL)
    return g_strcmp0 (known->plan, plan) == 0 ? TRUE : differs (number, "the plan", error);
  g_assert (number == self->history.rounds->len + 1);
  genesis_encoder_init (&opened);
  genesis_encoder_put_u32 (&opened, number);
  genesis_encoder_put_text (&opened, plan);
  genesis_encoder_init (&costs);
  genesis_encoder_put_u32 (&costs, number);
  genesis_encoder_put_f64 (&costs, cost->mu2);
  genesis_encoder_put_f64 (&costs, cost->rho);
  genesis_encoder_put_u32 (&costs, cost->flags);
  if (!append (self, GENESIS_RUN_RECORD_ROUND_OPENED, &opened, error)
      || !append (self, GENESIS_RUN_RECORD_COST, &costs, error))
    return FALSE;
  round = genesis_run_round_new ();
  round->plan = g_strdup (plan);
  g_ptr_array_add (self->history.rounds, round);
  return TRUE;
}

gboolean
genesis_run_journal_accept (GenesisRunJournal *self, guint number, const char *site, guint64 n_rows,
                            const char *digest, GBytes *bytes, GError **error)
{
  GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  const GenesisRunPart *known = g_hash_table_lookup (round->parts, site);
  g_auto (GenesisEncoder) encoder = { NULL };

  if (known != NULL)
    return g_str_equal (known->digest, digest) ? TRUE : differs (number, "a site's partial", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_text (&encoder, site);
  genesis_encoder_put_u64 (&encoder, n_rows);
  genesis_encoder_put_text (&encoder, digest);
  if (!genesis_run_directory_save_part_buffered (self->directory, number, site, bytes, error)
      || !append (self, GENESIS_RUN_RECORD_PART_ACCEPTED, &encoder, error))
    return FALSE;
  g_hash_table_replace (round->parts, g_strdup (site), genesis_run_part_new (n_rows, digest));
  return TRUE;
}

gboolean
genesis_run_journal_skip (GenesisRunJournal *self, guint number, const char *site,
                          const char *reason, GError **error)
{
  GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  g_auto (GenesisEncoder) encoder = { NULL };

  if (round->total != NULL || g_strcmp0 (g_hash_table_lookup (round->skipped, site), reason) == 0)
    return TRUE;
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_text (&encoder, site);
  genesis_encoder_put_text (&encoder, reason);
  if (!append (self, GENESIS_RUN_RECORD_SITE_SKIPPED, &encoder, error))
    return FALSE;
  g_hash_table_replace (round->skipped, g_strdup (site), g_strdup (reason));
  return TRUE;
}

gboolean
genesis_run_journal_sync (GenesisRunJournal *self, GError **error)
{
  return genesis_run_directory_sync (self->directory, error);
}

/* It lies beside the parts under a name that no site can have: the empty one. */
#define TOTAL ""

gboolean
genesis_run_journal_save_total (GenesisRunJournal *self, guint number, GBytes *total,
                                const GenesisRunNoise *noise, GError **error)
{
  GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  g_auto (GenesisEncoder) encoder = { NULL };

  g_assert (round->total == NULL);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_u64 (&encoder, noise->rows);
  genesis_encoder_put_u64 (&encoder, noise->n_cells);
  genesis_encoder_put_u64 (&encoder, noise->least_sigma);
  if (!genesis_run_directory_save_part_buffered (self->directory, number, TOTAL, total, error)
      || !append (self, GENESIS_RUN_RECORD_NOISE, &encoder, error))
    return FALSE;
  round->noise = *noise;
  return TRUE;
}

GBytes *
genesis_run_journal_load_total (GenesisRunJournal *self, guint number, GenesisRunNoise *noise,
                                GError **error)
{
  const GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (round == NULL || round->total == NULL || round->noise.n_cells == 0)
    return NULL;
  bytes = genesis_run_directory_load_part (self->directory, number, TOTAL, error);
  if (bytes == NULL)
    return NULL;
  digest = genesis_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!g_str_equal (digest, round->total))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "run directory: round %u: the total is not what the ledger says; restore the "
                   "folder or start a fresh run",
                   number);
      return NULL;
    }
  *noise = round->noise;
  return g_steal_pointer (&bytes);
}

gboolean
genesis_run_journal_close_round (GenesisRunJournal *self, guint number, const char *const *sites,
                                 const char *total, GError **error)
{
  GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  g_auto (GenesisEncoder) encoder = { NULL };

  if (round->total != NULL)
    return g_str_equal (round->total, total) ? TRUE : differs (number, "the total", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_u32 (&encoder, number);
  genesis_encoder_put_u32 (&encoder, g_strv_length ((char **)sites));
  for (guint i = 0; sites[i] != NULL; i++)
    {
      const GenesisRunPart *part = g_hash_table_lookup (round->parts, sites[i]);

      genesis_encoder_put_text (&encoder, sites[i]);
      genesis_encoder_put_text (&encoder, part->digest);
      g_hash_table_add (round->closed, g_strdup (sites[i]));
    }
  genesis_encoder_put_text (&encoder, total);
  if (!append (self, GENESIS_RUN_RECORD_ROUND_CLOSED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  round->total = g_strdup (total);
  self->history.n_closed++;
  return TRUE;
}

gboolean
genesis_run_journal_seal (GenesisRunJournal *self, const char *model_digest, GError **error)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  if (self->history.sealed != NULL)
    return g_str_equal (self->history.sealed, model_digest)
               ? TRUE
               : differs (self->history.n_closed, "the model", error);
  genesis_encoder_init (&encoder);
  genesis_encoder_put_text (&encoder, model_digest);
  if (!append (self, GENESIS_RUN_RECORD_SEALED, &encoder, error)
      || !genesis_run_journal_sync (self, error))
    return FALSE;
  self->history.sealed = g_strdup (model_digest);
  return TRUE;
}

/* -- what is known ----------------------------------------------------------- */

const char *
genesis_run_journal_get_absence (GenesisRunJournal *self, guint number, const char *site)
{
  const GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  const char *reason;

  if (round == NULL || round->total == NULL || g_hash_table_contains (round->closed, site))
    return NULL;
  reason = g_hash_table_lookup (round->skipped, site);
  return reason != NULL ? reason : "it joined after this round was closed";
}

guint
genesis_run_journal_get_last (GenesisRunJournal *self, guint64 *n_rows)
{
  const GenesisRunRound *round = genesis_run_history_find (&self->history, self->history.n_closed);
  GHashTableIter iter;
  gpointer site;

  *n_rows = 0;
  if (round == NULL)
    return 0;
  g_hash_table_iter_init (&iter, round->closed);
  while (g_hash_table_iter_next (&iter, &site, NULL))
    *n_rows += ((const GenesisRunPart *)g_hash_table_lookup (round->parts, site))->n_rows;
  if (round->noise.n_cells > 0)
    *n_rows = round->noise.rows;
  return g_hash_table_size (round->closed);
}

GBytes *
genesis_run_journal_load_part (GenesisRunJournal *self, guint number, const char *site,
                               guint64 *n_rows, GError **error)
{
  const GenesisRunRound *round = genesis_run_history_find (&self->history, number);
  const GenesisRunPart *part = round != NULL ? g_hash_table_lookup (round->parts, site) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (part == NULL)
    return NULL;
  bytes = genesis_run_directory_load_part (self->directory, number, site, error);
  if (bytes == NULL)
    return NULL;
  digest = genesis_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!g_str_equal (digest, part->digest))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "run directory: round %u: the part of site '%s' is not what the ledger says; "
                   "restore the folder or start a fresh run",
                   number, site);
      return NULL;
    }
  *n_rows = part->n_rows;
  return g_steal_pointer (&bytes);
}

const char *
genesis_run_journal_get_run_id (GenesisRunJournal *self)
{
  return self->history.run_id;
}

const char *
genesis_run_journal_get_name (GenesisRunJournal *self)
{
  return self->history.name;
}

const char *const *
genesis_run_journal_get_facts (GenesisRunJournal *self)
{
  return (const char *const *)self->history.facts;
}

const char *const *
genesis_run_journal_get_sites (GenesisRunJournal *self)
{
  return (const char *const *)self->history.sites;
}

guint
genesis_run_journal_get_n_closed (GenesisRunJournal *self)
{
  return self->history.n_closed;
}

const char *
genesis_run_journal_get_sealed (GenesisRunJournal *self)
{
  return self->history.sealed;
}

GenesisRunDirectory *
genesis_run_journal_get_directory (GenesisRunJournal *self)
{
  return self->directory;
}

GenesisRunJournal *
genesis_run_journal_open (const char *path, gboolean fresh, GError **error)
{
  g_autoptr (GenesisRunDirectory) directory = genesis_run_directory_open (path, fresh, error);
  g_autoptr (GenesisRunJournal) self = NULL;

  if (directory == NULL)
    return NULL;
  self = g_new0 (GenesisRunJournal, 1);
  self->directory = g_steal_pointer (&directory);
  genesis_run_history_init (&self->history);
  if (!genesis_run_history_read (&self->history,
                                 genesis_run_directory_get_records (self->directory), error))
    return NULL;
  return g_steal_pointer (&self);
}

void
genesis_run_journal_free (GenesisRunJournal *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->directory, genesis_run_directory_free);
  genesis_run_history_clear (&self->history);
  g_free (self);
}
