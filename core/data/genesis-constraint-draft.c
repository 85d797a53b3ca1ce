/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-draft-private.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static guint
find_place (const char *const *sorted, guint n, const char *name)
{
  const char **found = bsearch (&name, sorted, n, sizeof *sorted, compare_names);

  return (guint)(found - (const char **)sorted);
}

GenesisConstraintDraft *
genesis_constraint_draft_new (const char *const *names)
{
  guint n = g_strv_length ((char **)names);
  GenesisConstraintDraft *self;
  g_autofree const char **sorted = NULL;

  if (n == 0 || n > GENESIS_CONSTRAINT_DRAFT_MAX_COLUMNS)
    return NULL;
  self = g_new0 (GenesisConstraintDraft, 1);
  sorted = g_memdup2 (names, (n + 1) * sizeof *names);
  qsort (sorted, n, sizeof *sorted, compare_names);
  self->n = n;
  self->columns = g_new0 (GenesisConstraintColumn *, n);
  self->places = g_new0 (guint, n);
  for (guint i = 0; i < n; i++)
    {
      self->columns[i] = genesis_constraint_column_new (sorted[i]);
      self->places[i] = find_place (sorted, n, names[i]);
    }
  self->pairs = genesis_constraint_pairs_new (n);
  self->relations = genesis_linear_relations_new (n);
  self->cells = g_new0 (GenesisConstraintCell, n);
  self->numbers = g_new0 (gint64, n);
  return self;
}

void
genesis_constraint_draft_free (GenesisConstraintDraft *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    genesis_constraint_column_free (self->columns[i]);
  g_free (self->columns);
  g_free (self->places);
  genesis_constraint_pairs_free (self->pairs);
  genesis_linear_relations_free (self->relations);
  g_clear_pointer (&self->recent, genesis_recent_rows_free);
  g_free (self->cells);
  g_free (self->numbers);
  g_free (self);
}

/* A gap is opened before anything of the row is counted. */
static void
open_gaps (GenesisConstraintDraft *self, const int *ids)
{
  for (guint i = 0; i < self->n; i++)
    if (ids[i] == GENESIS_CONSTRAINT_ID_MISSING && self->columns[self->places[i]]->n_missing == 0)
      genesis_constraint_pairs_open_gap (self->pairs, self->places[i], self->columns);
}

/* A row that was looked at came again. */
static void
count_again (GenesisConstraintDraft *self, const int *ids, guint64 times)
{
  self->n_rows += times;
  for (guint i = 0; i < self->n; i++)
    {
      guint place = self->places[i];

      self->cells[place] = (GenesisConstraintCell){ GENESIS_CONSTRAINT_CELL_MISSING };
      if (ids[i] == GENESIS_CONSTRAINT_ID_MISSING)
        self->columns[place]->n_missing += times;
      else
        genesis_constraint_column_repeat (self->columns[place], ids[i], times, &self->cells[place]);
    }
  genesis_constraint_pairs_repeat (self->pairs, self->cells, times);
}

/* Whether the row is one of those that came lately. */
static gboolean
is_recent (GenesisConstraintDraft *self, const int *ids)
{
  const int *left;
  guint64 times;

  for (guint i = 0; i < self->n; i++)
    if (ids[i] == GENESIS_CONSTRAINT_ID_NONE)
      return FALSE;
  if (self->recent == NULL)
    self->recent = genesis_recent_rows_new (self->n);
  if (genesis_recent_rows_add (self->recent, ids, &left, &times))
    return TRUE;
  if (left != NULL)
    count_again (self, left, times);
  return FALSE;
}

void
genesis_constraint_draft_add (GenesisConstraintDraft *self, const GenesisCell *cells,
                              const int *ids)
{
  if (is_recent (self, ids))
    return;
  open_gaps (self, ids);
  self->n_rows++;
  for (guint i = 0; i < self->n; i++)
    {
      guint place = self->places[i];
      GenesisConstraintColumn *column = self->columns[place];

      self->numbers[place] = 0;
      if (ids[i] == GENESIS_CONSTRAINT_ID_MISSING)
        {
          self->cells[place] = (GenesisConstraintCell){ GENESIS_CONSTRAINT_CELL_MISSING };
          column->n_missing++;
          continue;
        }
      genesis_constraint_column_read (column, &cells[i], ids[i], &self->cells[place],
                                      &self->numbers[place]);
      if (self->cells[place].kind != GENESIS_CONSTRAINT_CELL_NUMBER || column->is_coarse)
        genesis_linear_relations_drop (self->relations, place);
    }
  genesis_constraint_pairs_add (self->pairs, self->columns, self->cells);
  genesis_linear_relations_add (self->relations, self->numbers);
}

void
genesis_constraint_draft_settle (GenesisConstraintDraft *self)
{
  const int *ids;
  guint64 times;

  while (self->recent != NULL && (ids = genesis_recent_rows_take (self->recent, &times)) != NULL)
    count_again (self, ids, times);
  for (guint i = 0; i < self->n; i++)
    genesis_constraint_column_settle (self->columns[i]);
  g_clear_pointer (&self->recent, genesis_recent_rows_free);
}

void
genesis_constraint_draft_merge (GenesisConstraintDraft *self, const GenesisConstraintDraft *other)
{
  g_autofree int *level_of = g_new0 (int, self->n *GENESIS_CONSTRAINT_MAX_LEVELS);

  for (guint i = 0; i < self->n; i++)
    if (self->columns[i]->n_missing == 0 && other->columns[i]->n_missing > 0)
      genesis_constraint_pairs_open_gap (self->pairs, i, self->columns);
  for (guint i = 0; i < self->n; i++)
    genesis_constraint_column_merge (self->columns[i], other->columns[i],
                                     level_of + i * GENESIS_CONSTRAINT_MAX_LEVELS);
  genesis_constraint_pairs_merge (self->pairs, self->columns, other->pairs, other->columns,
                                  level_of);
  genesis_linear_relations_merge (self->relations, other->relations);
  self->n_rows += other->n_rows;
}
