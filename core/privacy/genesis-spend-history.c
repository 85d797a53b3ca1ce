/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-spend-history-private.h"

#include <genesis/genesis-error.h>

const GenesisLedgerFormat genesis_spend_ledger_format = {
  "GENESIS-SPENDS-1",
  "the privacy ledger of a data set",
  "treat the data set's whole budget as spent: what this file held cannot be known any more",
};

static void
entry_free (GenesisSpendEntry *entry)
{
  genesis_spend_free (entry->spend);
  g_free (entry->digest);
  g_free (entry);
}

void
genesis_spend_history_init (GenesisSpendHistory *self)
{
  *self =
      (GenesisSpendHistory){ NULL, g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free), 0 };
}

void
genesis_spend_history_clear (GenesisSpendHistory *self)
{
  g_clear_pointer (&self->dataset, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

void
genesis_spend_history_take (GenesisSpendHistory *self, GenesisSpend *spend, double limit,
                            double delta)
{
  GenesisSpendEntry *entry = g_new0 (GenesisSpendEntry, 1);

  g_assert (spend->units <= GENESIS_SPEND_MAX_UNITS - self->spent);
  entry->spend = spend;
  entry->limit = limit;
  entry->delta = delta;
  g_ptr_array_add (self->entries, entry);
  self->spent += spend->units;
}

GenesisSpendEntry *
genesis_spend_history_find (const GenesisSpendHistory *self, const GenesisSpend *spend)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      GenesisSpendEntry *entry = g_ptr_array_index (self->entries, i);

      if (genesis_spend_equal (entry->spend, spend))
        return entry;
    }
  return NULL;
}

guint64
genesis_spend_history_get_spent_by (const GenesisSpendHistory *self, const char *run)
{
  guint64 spent = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GenesisSpendEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->spend->run, run))
        spent += entry->spend->units;
    }
  return spent;
}

/* -- records ---------------------------------------------------------------- */

static gboolean
read_opened (GenesisSpendHistory *self, GenesisDecoder *from)
{
  g_autofree char *dataset = genesis_decoder_get_text (from);

  if (dataset == NULL || self->dataset != NULL)
    return FALSE;
  self->dataset = g_steal_pointer (&dataset);
  return TRUE;
}

static gboolean
read_reserved (GenesisSpendHistory *self, GenesisDecoder *from)
{
  g_autoptr (GenesisSpend) spend = genesis_spend_decode (from);
  double limit = genesis_decoder_get_f64 (from);
  double delta = genesis_decoder_get_f64 (from);

  if (spend == NULL || genesis_decoder_failed (from) || self->dataset == NULL
      || spend->units > GENESIS_SPEND_MAX_UNITS - self->spent)
    return FALSE;
  genesis_spend_history_take (self, g_steal_pointer (&spend), limit, delta);
  return TRUE;
}

static gboolean
read_committed (GenesisSpendHistory *self, GenesisDecoder *from)
{
  g_autoptr (GenesisSpend) spend = genesis_spend_decode (from);
  g_autofree char *digest = genesis_decoder_get_text (from);
  GenesisSpendEntry *entry = spend != NULL ? genesis_spend_history_find (self, spend) : NULL;

  if (entry == NULL || digest == NULL || entry->digest != NULL)
    return FALSE;
  entry->digest = g_steal_pointer (&digest);
  return TRUE;
}

static gboolean
read_record (GenesisSpendHistory *self, const GenesisLedgerRecord *record)
{
  GenesisDecoder from;
  gsize size;
  gconstpointer data = g_bytes_get_data (record->body, &size);
  gboolean good = FALSE;

  genesis_decoder_init (&from, data, size);
  switch (record->type)
    {
    case GENESIS_SPEND_RECORD_OPENED:
      good = read_opened (self, &from);
      break;
    case GENESIS_SPEND_RECORD_RESERVED:
      good = read_reserved (self, &from);
      break;
    case GENESIS_SPEND_RECORD_COMMITTED:
      good = read_committed (self, &from);
      break;
    default:
      break;
    }
  return good && !genesis_decoder_failed (&from) && genesis_decoder_remaining (&from) == 0;
}

gboolean
genesis_spend_history_read (GenesisSpendHistory *self, GPtrArray *records, const char *path,
                            GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      if (read_record (self, g_ptr_array_index (records, i)))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s': record %u is whole and says nothing that this version understands; use "
                   "the version that wrote it, or %s",
                   path, i + 1, genesis_spend_ledger_format.remedy);
      return FALSE;
    }
  return TRUE;
}
