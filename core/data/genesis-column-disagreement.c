/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-column-disagreement-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-field-private.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static const char *
describe_rule (const GenesisField *field)
{
  switch (field->kind)
    {
    case GENESIS_FIELD_KIND_DATETIME:
      return "the one pattern that reads all dates is taken";
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
      return "as soon as one file mixes kinds, all values are categories";
    case GENESIS_FIELD_KIND_INTEGER:
    case GENESIS_FIELD_KIND_REAL:
    default:
      return "what a single cell shows does not count";
    }
}

static void
report_kinds (const GenesisColumnDraft *draft, const char *name, const GenesisField *field,
              GPtrArray *report)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  const GenesisColumnOrigin *first, *second;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, draft->origins);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (kinds, key);
  if (kinds->len < 2)
    return;
  g_ptr_array_sort (kinds, compare_texts);
  first = g_hash_table_lookup (draft->origins, g_ptr_array_index (kinds, 0));
  second = g_hash_table_lookup (draft->origins, g_ptr_array_index (kinds, 1));
  genesis_disagreements_add (report, name,
                             field->kind == GENESIS_FIELD_KIND_DATETIME ? "date order" : "type",
                             describe_rule (field), "%s in '%s', %s in '%s'",
                             (const char *)g_ptr_array_index (kinds, 0), first->file,
                             (const char *)g_ptr_array_index (kinds, 1), second->file);
}

/* Files that each write all of their numbers with so many digits, and not as many. */
static void
report_decimals (const GenesisColumnDraft *draft, const char *name, const GenesisField *field,
                 GPtrArray *report)
{
  int most = -1, fewest = -1;

  if (field->kind != GENESIS_FIELD_KIND_INTEGER)
    return;
  for (int i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    if (draft->printed_by[i] != NULL && draft->most_printed[i] > 1)
      {
        fewest = fewest < 0 ? i : fewest;
        most = i;
      }
  if (fewest == most)
    return;
  genesis_disagreements_add (report, name, "decimals",
                             "as many are kept as the values need; zeros behind them carry nothing",
                             "'%s' writes %d, '%s' writes %d; kept are %d", draft->printed_by[most],
                             most, draft->printed_by[fewest], fewest, field->decimals);
}

static void
report_words (const GenesisColumnDraft *draft, const char *name, const GenesisField *field,
              GPtrArray *report)
{
  const GenesisColumnWords *a = &draft->words[0], *b = &draft->words[1];
  gboolean swap = b->file != NULL && strcmp (b->file, a->file) < 0;

  if (field->categories == NULL || b->file == NULL)
    return;
  genesis_disagreements_add (report, name, "categories", "the union is kept, sorted by bytes",
                             "'%s' and '%s' do not have the same; kept are %u",
                             swap ? b->file : a->file, swap ? a->file : b->file,
                             field->n_categories);
}

static void
report_missing (const GenesisColumnDraft *draft, const char *name, const char *const *markers,
                const GenesisField *field, GPtrArray *report)
{
  g_autoptr (GString) spellings = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i <= draft->n_markers; i++)
    if (draft->n_missing[i] > 0)
      g_string_append_printf (spellings, "%s'%s'", n++ > 0 ? ", " : "",
                              i == 0 ? "" : markers[i - 1]);
  if (n > 1)
    genesis_disagreements_add (report, name, "missing cells",
                               "all spellings are read, and the most frequent is written",
                               "spelled %s; written is '%s'", spellings->str, field->missing);
}

void
genesis_column_disagreements_report (const GenesisColumnDraft *draft, const char *name,
                                     const char *const *markers, const GenesisField *field,
                                     GPtrArray *report)
{
  report_kinds (draft, name, field, report);
  report_decimals (draft, name, field, report);
  report_words (draft, name, field, report);
  report_missing (draft, name, markers, field, report);
}
