/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-pairs-private.h"

static guint16 *
new_map (void)
{
  return g_new0 (guint16, GENESIS_CONSTRAINT_MAX_LEVELS);
}

GenesisConstraintPairs *
genesis_constraint_pairs_new (guint n)
{
  GenesisConstraintPairs *self = g_new0 (GenesisConstraintPairs, 1);

  self->n = n;
  self->orders = g_new0 (GenesisOrderedPair, (gsize)n * n);
  self->functions = g_new0 (GenesisMappedPair, (gsize)n * n);
  self->presence = g_new0 (guint8 *, (gsize)n * n);
  self->alive_orders = g_array_new (FALSE, FALSE, sizeof (GenesisColumnPair));
  self->alive_functions = g_array_new (FALSE, FALSE, sizeof (GenesisColumnPair));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      {
        const GenesisColumnPair pair = { a, b, a * n + b };

        if (a < b)
          g_array_append_val (self->alive_orders, pair);
        if (a == b)
          continue;
        self->functions[pair.place].map = new_map ();
        g_array_append_val (self->alive_functions, pair);
      }
  return self;
}

void
genesis_constraint_pairs_free (GenesisConstraintPairs *self)
{
  for (guint i = 0; i < self->n * self->n; i++)
    {
      g_free (self->functions[i].map);
      g_free (self->presence[i]);
    }
  g_free (self->orders);
  g_free (self->functions);
  g_free (self->presence);
  g_array_unref (self->alive_orders);
  g_array_unref (self->alive_functions);
  g_array_unref (self->gaps);
  g_free (self);
}

/* -- gaps ------------------------------------------------------------------ */

/* What is known of rows in which a column that was never missing stood beside a cause. */
static void
note_present (guint8 *states, const GenesisConstraintColumn *cause)
{
  if (cause->n_missing > 0)
    states[GENESIS_CONSTRAINT_STATE_MISSING] |= GENESIS_CONSTRAINT_SEEN_PRESENT;
  if (cause->n_present > 0)
    states[GENESIS_CONSTRAINT_STATE_PRESENT] |= GENESIS_CONSTRAINT_SEEN_PRESENT;
  for (guint level = 0; level < genesis_constraint_column_get_n_levels (cause); level++)
    if (cause->levels->entries[level].count > 0)
      states[level] |= GENESIS_CONSTRAINT_SEEN_PRESENT;
}

void
genesis_constraint_pairs_open_gap (GenesisConstraintPairs *self, guint column,
                                   GenesisConstraintColumn *const *columns)
{
  g_array_append_val (self->gaps, column);
  for (guint a = 0; a < self->n; a++)
    {
      guint8 **states = &self->presence[a * self->n + column];

      *states = g_new0 (guint8, GENESIS_CONSTRAINT_STATES);
      note_present (*states, columns[a]);
    }
}

static void
add_presence (GenesisConstraintPairs *self, const GenesisConstraintCell *cells)
{
  for (guint k = 0; k < self->gaps->len; k++)
    {
      guint b = g_array_index (self->gaps, guint, k);
      guint8 bit = cells[b].kind == GENESIS_CONSTRAINT_CELL_MISSING
                       ? GENESIS_CONSTRAINT_SEEN_MISSING
                       : GENESIS_CONSTRAINT_SEEN_PRESENT;

      for (guint a = 0; a < self->n; a++)
        {
          guint8 *states = self->presence[a * self->n + b];

          if (cells[a].kind == GENESIS_CONSTRAINT_CELL_MISSING)
            {
              states[GENESIS_CONSTRAINT_STATE_MISSING] |= bit;
              continue;
            }
          states[GENESIS_CONSTRAINT_STATE_PRESENT] |= bit;
          if (cells[a].level >= 0)
            states[cells[a].level] |= bit;
        }
    }
}

/* -- orders ---------------------------------------------------------------- */

static gboolean
is_comparable (const GenesisConstraintCell *a, const GenesisConstraintCell *b)
{
  return a->kind == b->kind && a->kind != GENESIS_CONSTRAINT_CELL_TEXT;
}

/* Whether the pair lives on. */
static gboolean
add_order (GenesisOrderedPair *pair, const GenesisConstraintCell *a, const GenesisConstraintCell *b,
           guint64 times)
{
  int order;

  if (a->kind == GENESIS_CONSTRAINT_CELL_MISSING || b->kind == GENESIS_CONSTRAINT_CELL_MISSING)
    return TRUE;
  if (!is_comparable (a, b))
    return FALSE;
  order = genesis_constraint_cell_compare (a, b);
  pair->n += times;
  pair->n_equal += order == 0 ? times : 0;
  pair->seen |= order < 0   ? GENESIS_CONSTRAINT_SEEN_LESS
                : order > 0 ? GENESIS_CONSTRAINT_SEEN_GREATER
                            : 0;
  return pair->seen != (GENESIS_CONSTRAINT_SEEN_LESS | GENESIS_CONSTRAINT_SEEN_GREATER);
}

static void
add_orders (GenesisConstraintPairs *self, const GenesisConstraintCell *cells, guint64 times)
{
  for (guint k = 0; k < self->alive_orders->len;)
    {
      const GenesisColumnPair *at = &g_array_index (self->alive_orders, GenesisColumnPair, k);

      if (add_order (&self->orders[at->place], &cells[at->first], &cells[at->second], times))
        {
          k++;
          continue;
        }
      self->orders[at->place].is_dead = TRUE;
      g_array_remove_index_fast (self->alive_orders, k);
    }
}

/* -- functions ------------------------------------------------------------- */

static gboolean
add_function (GenesisMappedPair *pair, const GenesisConstraintCell *cause,
              const GenesisConstraintCell *effect, guint64 times)
{
  guint16 *cell;

  if (cause->kind == GENESIS_CONSTRAINT_CELL_MISSING
      || effect->kind == GENESIS_CONSTRAINT_CELL_MISSING)
    return TRUE;
  if (cause->level < 0 || effect->level < 0)
    return FALSE;
  cell = &pair->map[cause->level];
  if (*cell == 0)
    *cell = (guint16)(effect->level + 1);
  pair->n += times;
  return *cell == effect->level + 1;
}

static void
kill_function (GenesisConstraintPairs *self, guint alive)
{
  guint place = g_array_index (self->alive_functions, GenesisColumnPair, alive).place;

  g_clear_pointer (&self->functions[place].map, g_free);
  g_array_remove_index_fast (self->alive_functions, alive);
}

static void
add_functions (GenesisConstraintPairs *self, const GenesisConstraintCell *cells, guint64 times)
{
  for (guint k = 0; k < self->alive_functions->len;)
    {
      const GenesisColumnPair *at = &g_array_index (self->alive_functions, GenesisColumnPair, k);

      if (add_function (&self->functions[at->place], &cells[at->first], &cells[at->second], times))
        k++;
      else
        kill_function (self, k);
    }
}

void
genesis_constraint_pairs_add (GenesisConstraintPairs *self, GenesisConstraintColumn *const *columns,
                              const GenesisConstraintCell *cells)
{
  add_orders (self, cells, 1);
  add_functions (self, cells, 1);
  add_presence (self, cells);
}

/* What it says was seen the first time. */
void
genesis_constraint_pairs_repeat (GenesisConstraintPairs *self, const GenesisConstraintCell *cells,
                                 guint64 times)
{
  add_orders (self, cells, times);
  add_functions (self, cells, times);
}

/* -- merging --------------------------------------------------------------- */

static void
merge_orders (GenesisConstraintPairs *self, const GenesisConstraintPairs *other)
{
  for (guint k = 0; k < self->alive_orders->len;)
    {
      guint place = g_array_index (self->alive_orders, GenesisColumnPair, k).place;
      GenesisOrderedPair *pair = &self->orders[place];
      const GenesisOrderedPair *others = &other->orders[place];

      pair->n += others->n;
      pair->n_equal += others->n_equal;
      pair->seen |= others->seen;
      if (!others->is_dead
          && pair->seen != (GENESIS_CONSTRAINT_SEEN_LESS | GENESIS_CONSTRAINT_SEEN_GREATER))
        {
          k++;
          continue;
        }
      pair->is_dead = TRUE;
      g_array_remove_index_fast (self->alive_orders, k);
    }
}

static gboolean
merge_function (GenesisMappedPair *pair, const GenesisMappedPair *others, guint n_levels,
                const int *cause_of, const int *effect_of)
{
  if (others->map == NULL)
    return FALSE;
  pair->n += others->n;
  for (guint level = 0; level < n_levels; level++)
    {
      guint16 effect = others->map[level], *cell;

      if (effect == 0)
        continue;
      cell = &pair->map[cause_of[level]];
      if (*cell == 0)
        *cell = (guint16)(effect_of[effect - 1] + 1);
      else if (*cell != effect_of[effect - 1] + 1)
        return FALSE;
    }
  return TRUE;
}

static void
merge_functions (GenesisConstraintPairs *self, GenesisConstraintColumn *const *columns,
                 const GenesisConstraintPairs *other, GenesisConstraintColumn *const *others,
                 const int *level_of)
{
  for (guint k = 0; k < self->alive_functions->len;)
    {
      const GenesisColumnPair *at = &g_array_index (self->alive_functions, GenesisColumnPair, k);
      guint a = at->first, b = at->second;

      if (columns[a]->levels != NULL && columns[b]->levels != NULL
          && merge_function (&self->functions[at->place], &other->functions[at->place],
                             genesis_constraint_column_get_n_levels (others[a]),
                             level_of + a * GENESIS_CONSTRAINT_MAX_LEVELS,
                             level_of + b * GENESIS_CONSTRAINT_MAX_LEVELS))
        k++;
      else
        kill_function (self, k);
    }
}

static void
merge_presence (GenesisConstraintPairs *self, guint column, GenesisConstraintColumn *const *columns,
                const GenesisConstraintPairs *other, GenesisConstraintColumn *const *others,
                const int *level_of)
{
  for (guint a = 0; a < self->n; a++)
    {
      guint place = a * self->n + column;
      guint8 known[GENESIS_CONSTRAINT_STATES] = { 0 };
      const guint8 *from = other->presence[place];
      guint8 *to = self->presence[place];

      if (from == NULL)
        {
          note_present (known, others[a]);
          from = known;
        }
      for (guint state = GENESIS_CONSTRAINT_STATE_MISSING; state < GENESIS_CONSTRAINT_STATES;
           state++)
        to[state] |= from[state];
      if (columns[a]->levels == NULL)
        continue;
      for (guint level = 0; level < genesis_constraint_column_get_n_levels (others[a]); level++)
        to[level_of[a * GENESIS_CONSTRAINT_MAX_LEVELS + level]] |= from[level];
    }
}

void
genesis_constraint_pairs_merge (GenesisConstraintPairs *self,
                                GenesisConstraintColumn *const *columns,
                                const GenesisConstraintPairs *other,
                                GenesisConstraintColumn *const *others, const int *level_of)
{
  merge_orders (self, other);
  merge_functions (self, columns, other, others, level_of);
  for (guint k = 0; k < self->gaps->len; k++)
    merge_presence (self, g_array_index (self->gaps, guint, k), columns, other, others, level_of);
}
