/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-history-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

static void
part_free (GenesisRunPart *part)
{
  g_free (part->digest);
  g_free (part);
}

GenesisRunPart *
genesis_run_part_new (guint64 n_rows, const char *digest)
{
  GenesisRunPart *part = g_new0 (GenesisRunPart, 1);

  part->n_rows = n_rows;
  part->digest = g_strdup (digest);
  return part;
}

GenesisRunRound *
genesis_run_round_new (void)
{
  GenesisRunRound *round = g_new0 (GenesisRunRound, 1);

  round->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)part_free);
  round->skipped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  round->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return round;
}

static void
round_free (GenesisRunRound *round)
{
  g_free (round->plan);
  g_free (round->total);
  g_hash_table_unref (round->parts);
  g_hash_table_unref (round->skipped);
  g_hash_table_unref (round->closed);
  g_free (round);
}

GenesisRunRound *
genesis_run_history_find (GenesisRunHistory *self, guint number)
{
  if (number == 0 || number > self->rounds->len)
    return NULL;
  return g_ptr_array_index (self->rounds, number - 1);
}

static char **
decode_texts (GenesisDecoder *from)
{
  guint32 n = genesis_decoder_get_u32 (from);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      g_autofree char *text = genesis_decoder_get_text (from);

      if (text == NULL)
        genesis_decoder_fail (from);
      else
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static void
read_opened (GenesisRunHistory *self, GenesisDecoder *from)
{
  if (self->run_id != NULL || genesis_decoder_get_u32 (from) != GENESIS_RUN_JOURNAL_VERSION)
    {
      genesis_decoder_fail (from);
      return;
    }
  self->run_id = genesis_decoder_get_text (from);
  self->name = genesis_decoder_get_text (from);
  self->facts = decode_texts (from);
  self->sites = decode_texts (from);
}

/* A record of a round that was opened before; or of the next one, when it may be new. */
static GenesisRunRound *
read_round (GenesisRunHistory *self, GenesisDecoder *from, gboolean may_be_new)
{
  guint32 number = genesis_decoder_get_u32 (from);

  if (may_be_new && number == self->rounds->len + 1)
    g_ptr_array_add (self->rounds, genesis_run_round_new ());
  if (genesis_run_history_find (self, number) == NULL)
    genesis_decoder_fail (from);
  return genesis_run_history_find (self, number);
}

static void
read_part (GenesisRunRound *round, GenesisDecoder *from)
{
  char *site = genesis_decoder_get_text (from);
  GenesisRunPart *part = g_new0 (GenesisRunPart, 1);

  part->n_rows = genesis_decoder_get_u64 (from);
  part->digest = genesis_decoder_get_text (from);
  if (site == NULL || part->digest == NULL)
    {
      genesis_decoder_fail (from);
      g_free (site);
      part_free (part);
      return;
    }
  g_hash_table_replace (round->parts, site, part);
}

static void
read_skipped (GenesisRunRound *round, GenesisDecoder *from)
{
  char *site = genesis_decoder_get_text (from);
  char *reason = genesis_decoder_get_text (from);

  if (site != NULL && reason != NULL)
    {
      g_hash_table_replace (round->skipped, site, reason);
      return;
    }
  genesis_decoder_fail (from);
  g_free (site);
  g_free (reason);
}

static void
read_closed (GenesisRunHistory *self, GenesisRunRound *round, GenesisDecoder *from)
{
  guint32 n = genesis_decoder_get_u32 (from);

  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      g_autofree char *site = genesis_decoder_get_text (from);
      g_autofree char *digest = genesis_decoder_get_text (from);
      const GenesisRunPart *part = site != NULL ? g_hash_table_lookup (round->parts, site) : NULL;

      if (part == NULL || g_strcmp0 (part->digest, digest) != 0)
        genesis_decoder_fail (from);
      else
        g_hash_table_add (round->closed, g_steal_pointer (&site));
    }
  round->total = genesis_decoder_get_text (from);
  if (round->total == NULL)
    genesis_decoder_fail (from);
  self->n_closed++;
}

static void
read_record (GenesisRunHistory *self, const GenesisRunRecord *record, GenesisDecoder *from)
{
  GenesisRunRound *round = NULL;

  if (record->type == GENESIS_RUN_RECORD_OPENED)
    {
      read_opened (self, from);
      return;
    }
  if (record->type == GENESIS_RUN_RECORD_SEALED)
    {
      g_free (self->sealed);
      self->sealed = genesis_decoder_get_text (from);
      return;
    }
  round = read_round (self, from, record->type == GENESIS_RUN_RECORD_ROUND_OPENED);
  if (round == NULL)
    return;
  switch (record->type)
    {
    case GENESIS_RUN_RECORD_ROUND_OPENED:
      g_free (round->plan);
      round->plan = genesis_decoder_get_text (from);
      break;
    case GENESIS_RUN_RECORD_PART_ACCEPTED:
      read_part (round, from);
      break;
    case GENESIS_RUN_RECORD_SITE_SKIPPED:
      read_skipped (round, from);
      break;
    case GENESIS_RUN_RECORD_ROUND_CLOSED:
      read_closed (self, round, from);
      break;
    case GENESIS_RUN_RECORD_COST: /* kept for whoever audits the run */
      (void)genesis_decoder_get_f64 (from);
      (void)genesis_decoder_get_f64 (from);
      (void)genesis_decoder_get_u32 (from);
      break;
    case GENESIS_RUN_RECORD_NOISE:
      round->noise.rows = genesis_decoder_get_u64 (from);
      round->noise.n_cells = genesis_decoder_get_u64 (from);
      round->noise.least_sigma = genesis_decoder_get_u64 (from);
      break;
    default:
      genesis_decoder_fail (from);
    }
}

gboolean
genesis_run_history_read (GenesisRunHistory *self, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      const GenesisRunRecord *record = g_ptr_array_index (records, i);
      GenesisDecoder decoder;
      gsize size;
      gconstpointer data = g_bytes_get_data (record->body, &size);

      genesis_decoder_init (&decoder, data, size);
      if (i == 0 && record->type != GENESIS_RUN_RECORD_OPENED)
        genesis_decoder_fail (&decoder);
      else
        read_record (self, record, &decoder);
      if (!genesis_decoder_failed (&decoder) && genesis_decoder_remaining (&decoder) == 0)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "run directory: record %u of the ledger cannot be understood; was it written by "
                   "another version? start a fresh run",
                   i + 1);
      return FALSE;
    }
  return TRUE;
}

void
genesis_run_history_init (GenesisRunHistory *self)
{
  *self = (GenesisRunHistory){ NULL };
  self->rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)round_free);
}

void
genesis_run_history_clear (GenesisRunHistory *self)
{
  g_clear_pointer (&self->rounds, g_ptr_array_unref);
  g_strfreev (self->facts);
  g_strfreev (self->sites);
  g_free (self->run_id);
  g_free (self->name);
  g_free (self->sealed);
}
