/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-column-draft-private.h"

/* What is known of a column by files, so that disagreements can name two of them: always the first
   name by bytes, whatever the order of merging. */

void
genesis_column_origin_free (gpointer data)
{
  GenesisColumnOrigin *self = data;

  g_free (self->file);
  g_free (self);
}

static void
keep_first (char **file, const char *other)
{
  if (other == NULL || (*file != NULL && strcmp (*file, other) <= 0))
    return;
  g_free (*file);
  *file = g_strdup (other);
}

static void
rename_file (char **file, const char *name)
{
  if (*file == NULL)
    return;
  g_free (*file);
  *file = g_strdup (name);
}

void
genesis_column_draft_forget_files (GenesisColumnDraft *self)
{
  g_hash_table_remove_all (self->origins);
  memset (self->most_printed, 0, sizeof self->most_printed);
  for (guint i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    g_clear_pointer (&self->printed_by[i], g_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    g_clear_pointer (&self->words[i].file, g_free);
}

void
genesis_column_draft_note_origin (GenesisColumnDraft *self, const char *kinds, const char *file,
                                  guint64 n)
{
  GenesisColumnOrigin *origin = g_hash_table_lookup (self->origins, kinds);

  if (origin == NULL)
    {
      origin = g_new0 (GenesisColumnOrigin, 1);
      g_hash_table_insert (self->origins, g_strdup (kinds), origin);
    }
  keep_first (&origin->file, file);
  origin->most = MAX (origin->most, n);
}

void
genesis_column_draft_note_printed (GenesisColumnDraft *self, int digits, const char *file,
                                   guint64 n)
{
  self->most_printed[digits] = MAX (self->most_printed[digits], n);
  keep_first (&self->printed_by[digits], file);
}

/* A signature that is among the two smallest of all is among those of any part: nothing that counts
   is ever dropped. */
void
genesis_column_draft_note_words (GenesisColumnDraft *self, guint64 signature, const char *file)
{
  GenesisColumnWords *words = self->words;
  GenesisColumnWords next = { signature, g_strdup (file) };

  for (guint i = 0; i < G_N_ELEMENTS (self->words) && next.file != NULL; i++)
    if (words[i].file != NULL && words[i].signature == next.signature)
      {
        keep_first (&words[i].file, next.file);
        break;
      }
    else if (words[i].file == NULL || words[i].signature > next.signature)
      {
        GenesisColumnWords held = words[i];

        words[i] = next;
        next = held;
      }
  g_free (next.file);
}

guint64
genesis_column_draft_sign_texts (const GenesisTextIndex *texts)
{
  guint64 sum = 0;

  for (guint32 id = 0; id < texts->n_entries; id++)
    sum += texts->entries[id].hash;
  return sum;
}

void
genesis_column_draft_rename_origins (GenesisColumnDraft *self, const char *file)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->origins);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    rename_file (&((GenesisColumnOrigin *)value)->file, file);
  for (guint i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    rename_file (&self->printed_by[i], file);
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    rename_file (&self->words[i].file, file);
}

void
genesis_column_draft_merge_files (GenesisColumnDraft *self, const GenesisColumnDraft *other)
{
  GHashTableIter iter;
  gpointer kinds, value;

  for (int i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    if (other->printed_by[i] != NULL)
      genesis_column_draft_note_printed (self, i, other->printed_by[i], other->most_printed[i]);
  for (guint i = 0; i < G_N_ELEMENTS (other->words); i++)
    if (other->words[i].file != NULL)
      genesis_column_draft_note_words (self, other->words[i].signature, other->words[i].file);
  g_hash_table_iter_init (&iter, other->origins);
  while (g_hash_table_iter_next (&iter, &kinds, &value))
    {
      const GenesisColumnOrigin *origin = value;

      genesis_column_draft_note_origin (self, kinds, origin->file, origin->most);
    }
}

void
genesis_column_draft_set_origin (GenesisColumnDraft *self, const char *file)
{
  g_autoptr (GenesisColumnFacts) facts = genesis_column_draft_dup_facts (self);
  g_autofree char *kinds = genesis_column_facts_dup_kinds (facts);

  genesis_column_draft_forget_files (self);
  if (facts->n > 0)
    genesis_column_draft_note_origin (self, kinds, file, facts->n);
  if (facts->printed_min == facts->printed_max
      && facts->printed_max <= GENESIS_COLUMN_DRAFT_MAX_PRINTED)
    genesis_column_draft_note_printed (self, facts->printed_max, file, facts->n_numbers);
  if (self->texts != NULL && facts->n_texts > 0)
    genesis_column_draft_note_words (self, genesis_column_draft_sign_texts (self->texts), file);
}
