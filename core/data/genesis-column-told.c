/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-told-private.h"

/* Cells of an octave: the widest block that an end is moved out to. */
#define OCTAVE 16
/* Octaves towards zero in which the others must lie. */
#define REACH 3

GenesisColumnTold *
genesis_column_told_new (void)
{
  GenesisColumnTold *self = g_new0 (GenesisColumnTold, 1);

  self->facts = genesis_column_facts_new ();
  self->spellings = genesis_text_index_new ();
  return self;
}

void
genesis_column_told_free (GenesisColumnTold *self)
{
  if (self == NULL)
    return;
  genesis_column_facts_free (self->facts);
  genesis_text_index_free (self->spellings);
  g_free (self);
}

void
genesis_column_told_add_spellings (GenesisColumnTold *self, const GenesisTextIndex *texts)
{
  for (guint32 id = 0; id < texts->n_entries; id++)
    {
      const GenesisTextEntry *entry = &texts->entries[id];
      guint32 own =
          genesis_text_index_insert (self->spellings, genesis_text_index_get_text (texts, id),
                                     entry->length, entry->hash);

      self->spellings->entries[own].count += entry->count;
    }
}

void
genesis_column_told_merge (GenesisColumnTold *self, const GenesisColumnTold *other)
{
  genesis_column_facts_merge (self->facts, other->facts);
  genesis_column_told_add_spellings (self, other->spellings);
  self->n_held_back += other->n_held_back;
  self->n_different += other->n_different;
  self->n_sequence += other->n_sequence;
  self->n_untold += other->n_untold;
  self->n_beyond += other->n_beyond;
}

/* -- ends ------------------------------------------------------------------- */

typedef struct
{
  gint32 cell;
  guint64 count;
} Cell;

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *x = a, *y = b;

  return (x->cell > y->cell) - (x->cell < y->cell);
}

static GArray *
sort_cells (GHashTable *grid)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  GHashTableIter iter;
  gpointer key, count;

  if (grid == NULL)
    return cells;
  g_hash_table_iter_init (&iter, grid);
  while (g_hash_table_iter_next (&iter, &key, &count))
    {
      const Cell cell = { GPOINTER_TO_INT (key), GPOINTER_TO_SIZE (count) };

      g_array_append_val (cells, cell);
    }
  g_array_sort (cells, compare_cells);
  return cells;
}

static guint64
count_between (GArray *cells, gint32 first, gint32 last)
{
  guint64 count = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);

      count += cell->cell >= first && cell->cell <= last ? cell->count : 0;
    }
  return count;
}

/* The block of width cells (a power of two) around a cell that is not 0, as its lowest and highest
   magnitude. */
static void
find_block (gint32 cell, gint32 width, gint32 *near, gint32 *far)
{
  gint32 size = ABS (cell) - 1;

  *near = size / width * width + 1;
  *far = *near + width - 1;
}

static guint64
count_block (GArray *cells, gint32 cell, gint32 near, gint32 far)
{
  return cell > 0 ? count_between (cells, near, far) : count_between (cells, -far, -near);
}

/* The end of the smallest block around an outermost cell that holds enough: its far cell for the
   end away from zero, the near one for the end of values that all have one sign. Away from zero the
   edge of the octave will do when enough lies in it and a little nearer to zero. 0: there is
   none. */
static gint32
find_end (GArray *cells, gint32 cell, guint64 min_cell, gboolean away)
{
  gint32 sign = cell > 0 ? 1 : -1, near, far;

  for (gint32 width = 1; width <= OCTAVE; width *= 2)
    {
      find_block (cell, width, &near, &far);
      if (count_block (cells, cell, near, far) >= min_cell)
        return sign * (away ? far : near);
    }
  if (away && count_block (cells, cell, near - REACH * OCTAVE, far) >= min_cell)
    return sign * far;
  return 0;
}

/* Walks from the outermost cell inwards until a far end is found that enough values attest. */
static gint32
find_upper (GArray *cells, guint64 min_cell, guint64 *n_beyond)
{
  for (guint i = cells->len; i-- > 0;)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      gint32 end = cell->cell > 0 ? find_end (cells, cell->cell, min_cell, TRUE) : 0;

      if (cell->cell == 0 || end != 0)
        return end;
      if (cell->cell < 0)
        return find_end (cells, cell->cell, min_cell, FALSE);
      *n_beyond += cell->count;
    }
  return 0;
}

static gint32
find_lower (GArray *cells, guint64 min_cell, guint64 *n_beyond)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      gint32 end = cell->cell < 0 ? find_end (cells, cell->cell, min_cell, TRUE) : 0;

      if (cell->cell == 0 || end != 0)
        return end;
      if (cell->cell > 0)
        return find_end (cells, cell->cell, min_cell, FALSE);
      *n_beyond += cell->count;
    }
  return 0;
}

void
genesis_column_told_find_ends (GHashTable *grid, guint64 min_cell, gint32 *first, gint32 *last,
                               guint64 *n_beyond)
{
  g_autoptr (GArray) cells = sort_cells (grid);

  *n_beyond = 0;
  *first = find_lower (cells, min_cell, n_beyond);
  *last = find_upper (cells, min_cell, n_beyond);
}
