/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-draft-private.h"

#include <math.h>
#include <string.h>

#include "data/genesis-field-reading-private.h"

#define MAX_LEVELS 65535u

GenesisColumnDraft *
genesis_column_draft_new (guint n_markers)
{
  GenesisColumnDraft *self = g_new0 (GenesisColumnDraft, 1);

  self->texts = genesis_text_index_new ();
  self->n_markers = n_markers;
  self->n_missing = g_new0 (guint64, n_markers + 1);
  self->origins =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, genesis_column_origin_free);
  return self;
}

void
genesis_column_draft_free (GenesisColumnDraft *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->texts, genesis_text_index_free);
  genesis_column_facts_free (self->facts);
  genesis_hash_sketch_free (self->sketch);
  genesis_column_told_free (self->told);
  genesis_column_draft_forget_files (self);
  g_hash_table_unref (self->origins);
  g_free (self->n_missing);
  g_free (self);
}

static void
tell_facts (const GenesisColumnDraft *self, GenesisColumnFacts *facts)
{
  for (guint32 id = 0; id < self->texts->n_entries; id++)
    genesis_column_facts_add (facts, genesis_text_index_get_text (self->texts, id),
                              self->texts->entries[id].length, self->texts->entries[id].count);
}

static void
tell_sketch (const GenesisColumnDraft *self, GenesisHashSketch *sketch)
{
  for (guint32 id = 0; id < self->texts->n_entries; id++)
    genesis_hash_sketch_add (sketch, self->texts->entries[id].hash);
}

static void
fold (GenesisColumnDraft *self)
{
  if (self->texts == NULL)
    return;
  self->facts = genesis_column_facts_new ();
  self->sketch = genesis_hash_sketch_new ();
  tell_facts (self, self->facts);
  tell_sketch (self, self->sketch);
  g_clear_pointer (&self->texts, genesis_text_index_free);
}

static int
count_text (GenesisColumnDraft *self, const char *text, gsize n, guint64 hash, guint64 count)
{
  guint32 id = genesis_text_index_insert (self->texts, text, n, hash);

  self->texts->entries[id].count += count;
  if (id < GENESIS_COLUMN_DRAFT_MAX_TEXTS)
    return (int)id;
  fold (self);
  return -1;
}

static int
add_many (GenesisColumnDraft *self, const char *text, gsize n, guint64 hash, guint64 count)
{
  if (n > GENESIS_COLUMN_DRAFT_MAX_LENGTH)
    fold (self);
  if (self->texts != NULL)
    return count_text (self, text, n, hash, count);
  genesis_column_facts_add (self->facts, text, n, count);
  genesis_hash_sketch_add (self->sketch, hash);
  return -1;
}

int
genesis_column_draft_add (GenesisColumnDraft *self, const char *text, gsize n)
{
  return add_many (self, text, n, genesis_text_hash (text, n), 1);
}

static void
merge_texts (GenesisColumnDraft *self, const GenesisColumnDraft *other)
{
  for (guint32 id = 0; id < other->texts->n_entries; id++)
    add_many (self, genesis_text_index_get_text (other->texts, id),
              other->texts->entries[id].length, other->texts->entries[id].hash,
              other->texts->entries[id].count);
}

static void
merge_told (GenesisColumnDraft *self, const GenesisColumnDraft *other)
{
  if (other->told == NULL)
    return;
  if (self->told == NULL)
    self->told = genesis_column_told_new ();
  genesis_column_told_merge (self->told, other->told);
}

void
genesis_column_draft_merge (GenesisColumnDraft *self, const GenesisColumnDraft *other)
{
  if (other->texts != NULL)
    merge_texts (self, other);
  else
    {
      fold (self);
      genesis_column_facts_merge (self->facts, other->facts);
      genesis_hash_sketch_merge (self->sketch, other->sketch);
    }
  merge_told (self, other);
  self->n_foreign += other->n_foreign;
  for (guint i = 0; i <= self->n_markers; i++)
    self->n_missing[i] += other->n_missing[i];
  genesis_column_draft_merge_files (self, other);
}

GenesisColumnFacts *
genesis_column_draft_dup_facts (const GenesisColumnDraft *self)
{
  GenesisColumnFacts *facts = genesis_column_facts_new ();

  if (self->texts != NULL)
    tell_facts (self, facts);
  else
    genesis_column_facts_merge (facts, self->facts);
  facts->n_codes += self->n_foreign;
  if (self->told != NULL)
    genesis_column_facts_merge (facts, self->told->facts);
  return facts;
}

/* Texts that are told and not among those that are known exactly. */
static guint64
count_told_texts (const GenesisColumnDraft *self)
{
  const GenesisTextIndex *told = self->told->spellings;
  guint64 n = self->told->n_different;

  for (guint32 id = 0; id < told->n_entries; id++)
    n += self->texts == NULL
         || genesis_text_index_find (self->texts, genesis_text_index_get_text (told, id),
                                     told->entries[id].length, told->entries[id].hash)
                < 0;
  return n;
}

guint64
genesis_column_draft_get_n_texts (const GenesisColumnDraft *self)
{
  guint64 n = self->told != NULL ? count_told_texts (self) : 0;

  if (self->texts != NULL)
    return n + self->texts->n_entries;
  return n + (guint64)llround (genesis_hash_sketch_estimate (self->sketch));
}

typedef struct
{
  char *text;
  guint64 count;
} Level;

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Level *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static int
compare_spellings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_levels (GArray *levels, const GenesisTextIndex *texts)
{
  for (guint32 id = 0; id < texts->n_entries; id++)
    {
      Level level = { g_strndup (genesis_text_index_get_text (texts, id),
                                 texts->entries[id].length),
                      texts->entries[id].count };

      g_array_append_val (levels, level);
    }
}

static GArray *
collect_levels (const GenesisColumnDraft *self)
{
  g_autoptr (GenesisColumnTold) all = NULL;
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (Level));

  if (self->told != NULL)
    {
      all = genesis_column_told_new ();
      genesis_column_told_merge (all, self->told);
      genesis_column_told_add_spellings (all, self->texts);
    }
  add_levels (levels, all != NULL ? all->spellings : self->texts);
  g_array_sort (levels, compare_counts);
  return levels;
}

GStrv
genesis_column_draft_dup_vocabulary (const GenesisColumnDraft *self)
{
  g_autoptr (GArray) levels = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gboolean has_rest;

  if (self->texts == NULL)
    return NULL;
  levels = collect_levels (self);
  has_rest = levels->len > MAX_LEVELS || (self->told != NULL && self->told->n_held_back > 0);
  for (guint i = 0; i < levels->len; i++)
    {
      char *text = g_array_index (levels, Level, i).text;

      if (has_rest && (i >= MAX_LEVELS - 1 || strcmp (text, GENESIS_OTHER_CATEGORY) == 0))
        g_free (text);
      else
        g_ptr_array_add (names, text);
    }
  if (has_rest)
    g_ptr_array_add (names, g_strdup (GENESIS_OTHER_CATEGORY));
  g_ptr_array_sort (names, compare_spellings);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
