/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-column-private.h"

#include "data/genesis-datetime-private.h"
#include "data/genesis-linear-relations-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"

#define FINE_DECIMALS 9

GenesisConstraintColumn *
genesis_constraint_column_new (const char *name)
{
  GenesisConstraintColumn *self = g_new0 (GenesisConstraintColumn, 1);

  self->name = g_strdup (name);
  self->known = g_array_new (FALSE, TRUE, sizeof (GenesisKnownText));
  self->levels = genesis_text_index_new ();
  self->sample = g_array_new (FALSE, FALSE, sizeof (GenesisSampledValue));
  return self;
}

void
genesis_constraint_column_free (GenesisConstraintColumn *self)
{
  g_clear_pointer (&self->levels, genesis_text_index_free);
  g_array_unref (self->sample);
  g_array_unref (self->known);
  g_free (self->name);
  g_free (self);
}

/* -- one cell -------------------------------------------------------------- */

/* The zeros after the point that change no number: "63.0" is the level "63". */
static gsize
strip_zeros (const char *text, gsize n)
{
  if (memchr (text, '.', n) == NULL || memchr (text, 'e', n) != NULL
      || memchr (text, 'E', n) != NULL)
    return n;
  while (n > 1 && text[n - 1] == '0')
    n--;
  return n > 1 && text[n - 1] == '.' ? n - 1 : n;
}

static gboolean
read_number (GenesisConstraintColumn *self, const char *text, gsize n, GenesisConstraintCell *cell,
             gint64 *number)
{
  GenesisNumberShape shape;

  if (!genesis_number_shape_read (&shape, text, n)
      || !genesis_number_parse_real (text, n, &cell->value))
    return FALSE;
  cell->kind = GENESIS_CONSTRAINT_CELL_NUMBER;
  cell->fine = genesis_number_shape_units (&shape, FINE_DECIMALS, &cell->units);
  if (!genesis_number_shape_units (&shape, GENESIS_CONSTRAINT_DECIMALS, number)
      || ABS (*number) >= GENESIS_LINEAR_RELATIONS_MAX_VALUE)
    {
      self->is_coarse = TRUE;
      *number = 0;
    }
  return TRUE;
}

/* Years first, as "2020-02-03": other orders need the whole column to be told apart. */
static gboolean
read_time (GenesisConstraintColumn *self, const char *text, gsize n, GenesisConstraintCell *cell)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  GenesisDatetimeSpelling spelling;
  guint n_readings;

  cell->kind = GENESIS_CONSTRAINT_CELL_TIME;
  if (n < 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  if (self->pattern[0] != 0
      && genesis_datetime_parse_loosely (self->pattern, text, n, &cell->units, &spelling))
    return TRUE;
  n_readings = genesis_datetime_detect (text, n, readings);
  for (guint i = 0; i < n_readings; i++)
    if (g_str_has_prefix (readings[i].pattern, "YYYY-MM-DD")
        && !g_str_has_suffix (readings[i].pattern, GENESIS_DATETIME_NAMED_ZONE))
      {
        g_strlcpy (self->pattern, readings[i].pattern, sizeof self->pattern);
        cell->units = readings[i].us;
        return TRUE;
      }
  return FALSE;
}

static void
count_level (GenesisConstraintColumn *self, const char *text, gsize n, guint64 hash,
             GenesisConstraintCell *cell)
{
  cell->level = -1;
  if (self->levels == NULL)
    return;
  cell->level = (int)genesis_text_index_insert (self->levels, text, n, hash);
  self->levels->entries[cell->level].count++;
  if (self->levels->n_entries <= GENESIS_CONSTRAINT_MAX_LEVELS)
    return;
  cell->level = -1;
  g_clear_pointer (&self->levels, genesis_text_index_free);
}

static void
count_sampled (GenesisConstraintColumn *self, guint64 hash, guint64 count,
               const GenesisConstraintCell *cell)
{
  const GenesisSampledValue value = { hash, count, *cell };
  guint low = 0, high = self->sample->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->sample, GenesisSampledValue, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->sample->len
      && g_array_index (self->sample, GenesisSampledValue, low).hash == hash)
    {
      g_array_index (self->sample, GenesisSampledValue, low).count += count;
      return;
    }
  if (low >= GENESIS_CONSTRAINT_SAMPLE)
    return;
  g_array_insert_val (self->sample, low, value);
  if (self->sample->len > GENESIS_CONSTRAINT_SAMPLE)
    g_array_set_size (self->sample, GENESIS_CONSTRAINT_SAMPLE);
}

static void
read_text (GenesisConstraintColumn *self, const GenesisCell *text, GenesisKnownText *known)
{
  gsize n = text->length;

  *known = (GenesisKnownText){ { GENESIS_CONSTRAINT_CELL_TEXT } };
  known->is_read = TRUE;
  if (!text->is_foreign && read_number (self, text->text, n, &known->cell, &known->number))
    n = strip_zeros (text->text, n);
  else if (!read_time (self, text->text, n, &known->cell))
    known->cell.kind = GENESIS_CONSTRAINT_CELL_TEXT;
  self->kinds |= 1u << known->cell.kind;
  known->hash = genesis_text_hash (text->text, n);
  count_level (self, text->text, n, known->hash, &known->cell);
  if (known->cell.kind != GENESIS_CONSTRAINT_CELL_TEXT)
    count_sampled (self, known->hash, 1, &known->cell);
}

static void
count_present (GenesisConstraintColumn *self, const GenesisConstraintCell *cell, guint64 times)
{
  self->n_present += times;
  if (cell->kind == GENESIS_CONSTRAINT_CELL_NUMBER && cell->value != 0)
    self->n_nonzero += times;
}

static GenesisKnownText *
get_known (GenesisConstraintColumn *self, int id)
{
  if ((guint)id >= self->known->len)
    g_array_set_size (self->known, (guint)id + 1);
  return &g_array_index (self->known, GenesisKnownText, id);
}

void
genesis_constraint_column_read (GenesisConstraintColumn *self, const GenesisCell *text, int id,
                                GenesisConstraintCell *cell, gint64 *number)
{
  GenesisKnownText unknown = { .is_read = FALSE };
  GenesisKnownText *known = id >= 0 ? get_known (self, id) : &unknown;

  if (!known->is_read)
    read_text (self, text, known);
  else
    known->count++;
  *cell = known->cell;
  *number = known->number;
  if (self->levels == NULL)
    cell->level = -1;
  count_present (self, cell, 1);
}

void
genesis_constraint_column_repeat (GenesisConstraintColumn *self, int id, guint64 times,
                                  GenesisConstraintCell *cell)
{
  GenesisKnownText *known = get_known (self, id);

  known->count += times;
  *cell = known->cell;
  if (self->levels == NULL)
    cell->level = -1;
  count_present (self, cell, times);
}

void
genesis_constraint_column_settle (GenesisConstraintColumn *self)
{
  for (guint id = 0; id < self->known->len; id++)
    {
      const GenesisKnownText *known = &g_array_index (self->known, GenesisKnownText, id);

      if (known->count == 0)
        continue;
      if (self->levels != NULL)
        self->levels->entries[known->cell.level].count += known->count;
      if (known->cell.kind != GENESIS_CONSTRAINT_CELL_TEXT)
        count_sampled (self, known->hash, known->count, &known->cell);
    }
  g_array_set_size (self->known, 0);
}

/* -- two columns ----------------------------------------------------------- */

void
genesis_constraint_column_merge (GenesisConstraintColumn *self,
                                 const GenesisConstraintColumn *other, int *level_of)
{
  self->n_present += other->n_present;
  self->n_missing += other->n_missing;
  self->n_nonzero += other->n_nonzero;
  self->kinds |= other->kinds;
  self->is_coarse |= other->is_coarse;
  for (guint i = 0; i < other->sample->len; i++)
    {
      const GenesisSampledValue *value = &g_array_index (other->sample, GenesisSampledValue, i);

      count_sampled (self, value->hash, value->count, &value->cell);
    }
  if (other->levels == NULL)
    g_clear_pointer (&self->levels, genesis_text_index_free);
  for (guint32 id = 0; other->levels != NULL && id < other->levels->n_entries; id++)
    {
      const GenesisTextEntry *entry = &other->levels->entries[id];

      level_of[id] = -1;
      if (self->levels == NULL)
        continue;
      level_of[id] =
          (int)genesis_text_index_insert (self->levels,
                                          genesis_text_index_get_text (other->levels, id),
                                          entry->length, entry->hash);
      self->levels->entries[level_of[id]].count += entry->count;
      if (self->levels->n_entries > GENESIS_CONSTRAINT_MAX_LEVELS)
        g_clear_pointer (&self->levels, genesis_text_index_free);
    }
}

gboolean
genesis_constraint_column_is_only (const GenesisConstraintColumn *self,
                                   GenesisConstraintCellKind kind)
{
  return self->kinds == 1u << kind;
}

guint
genesis_constraint_column_get_n_levels (const GenesisConstraintColumn *self)
{
  return self->levels != NULL ? self->levels->n_entries : 0;
}

void
genesis_constraint_column_compare (const GenesisConstraintColumn *a,
                                   const GenesisConstraintColumn *b, double *greater, double *equal)
{
  double all = 0;

  *greater = *equal = 0;
  for (guint i = 0; i < a->sample->len; i++)
    for (guint j = 0; j < b->sample->len; j++)
      {
        const GenesisSampledValue *x = &g_array_index (a->sample, GenesisSampledValue, i);
        const GenesisSampledValue *y = &g_array_index (b->sample, GenesisSampledValue, j);
        double weight = (double)x->count * (double)y->count;
        int order = genesis_constraint_cell_compare (&x->cell, &y->cell);

        all += weight;
        *greater += order > 0 ? weight : 0;
        *equal += order == 0 ? weight : 0;
      }
  *greater /= MAX (all, 1);
  *equal /= MAX (all, 1);
}
