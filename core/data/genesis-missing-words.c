/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-summary-private.h"

/* Columns that are named. */
#define MOST_NAMES 6u

/**
 * WordFinding:
 * @n_columns, @n_blocked: that hold the word; that would have another type without it
 * @first: where it comes first
 */
typedef struct
{
  guint n_columns, n_blocked;
  guint64 n_cells, first;
  GString *names;
} WordFinding;

static void
add_column (WordFinding *self, const GenesisColumnSummary *column, const GenesisSighting *word)
{
  self->n_cells += word->n;
  self->n_blocked += column->is_blocked;
  if (self->first == 0 || word->first < self->first)
    self->first = word->first;
  if (self->n_columns++ < MOST_NAMES)
    g_string_append_printf (self->names, "%s'%s'", self->names->len > 0 ? ", " : "", column->name);
}

static void
tell (GenesisTableSummary *self, const char *word, WordFinding *finding)
{
  g_autofree char *todo =
      g_strdup_printf ("if so, declare it: --missing '%s', or missing=%s in a key file", word,
                       word);
  g_autofree char *blocked =
      finding->n_blocked > 0
          ? g_strdup_printf ("; because of it %u column%s read as categories", finding->n_blocked,
                             finding->n_blocked == 1 ? " is" : "s are")
          : g_strdup ("");

  if (finding->n_columns > MOST_NAMES)
    g_string_append_printf (finding->names, " and %u more", finding->n_columns - MOST_NAMES);
  genesis_summary_remarks_add (self->remarks,
                               finding->n_blocked > 0 ? GENESIS_REMARK_WARNING
                                                      : GENESIS_REMARK_NOTE,
                               "undeclared-missing", finding->first, todo,
                               "'%s' stands in %" G_GUINT64_FORMAT
                               " cells of %s %s, and often means that the value is missing%s",
                               word, finding->n_cells,
                               finding->n_columns == 1 ? "column" : "columns", finding->names->str,
                               blocked);
}

void
genesis_missing_words_remark (GenesisTableSummary *self, const GenesisTableWatch *watch)
{
  for (guint i = 0; i < GENESIS_COLUMN_WATCH_WORDS; i++)
    {
      g_autoptr (GString) names = g_string_new (NULL);
      WordFinding finding = { .names = names };

      for (guint j = 0; j < watch->n; j++)
        if (watch->columns[j].words[i].n > 0)
          add_column (&finding, g_ptr_array_index (self->columns, j), &watch->columns[j].words[i]);
      if (finding.n_columns > 0)
        tell (self, genesis_column_watch_get_word (i), &finding);
    }
}
