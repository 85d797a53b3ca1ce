/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-quality-frame-private.h"

#include <math.h>

#include "base/genesis-permutation-private.h"
#include "base/genesis-stream-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-table-private.h"

#define NS_PER_US 1000.0

static GenesisQualityFrame *
frame_new_bare (const GenesisQualityShape *shape, guint64 n_rows)
{
  GenesisQualityFrame *self = g_new0 (GenesisQualityFrame, 1);

  self->shape = shape;
  self->n_rows = n_rows;
  self->columns = g_new0 (GenesisQualityColumn, shape->n_columns);
  for (guint i = 0; i < shape->n_columns; i++)
    if (shape->kinds[i] == GENESIS_QUALITY_LEVEL)
      self->columns[i].codes = g_new (guint32, MAX (n_rows, 1));
    else
      self->columns[i].numbers = g_new (double, MAX (n_rows, 1));
  return self;
}

void
genesis_quality_frame_free (GenesisQualityFrame *self)
{
  for (guint i = 0; i < self->shape->n_columns; i++)
    {
      g_free (self->columns[i].numbers);
      g_free (self->columns[i].codes);
    }
  g_free (self->columns);
  g_free (self);
}

static void
fill_codes (GenesisQualityShape *shape, guint column, const GenesisColumn *from, guint64 n_rows,
            guint32 *to)
{
  const gint32 *values = from->values;
  g_autofree guint32 *codes = g_new (guint32, MAX (from->field->n_categories, 1));

  for (guint i = 0; i < from->field->n_categories; i++)
    codes[i] = genesis_quality_shape_code (shape, column, from->field->categories[i]);
  for (guint64 row = 0; row < n_rows; row++)
    to[row] = genesis_column_is_present (from, row) ? codes[values[row]] : 0;
}

/* Decimals are divided, not multiplied by a tenth: the number that the text says, correctly
   rounded. */
static void
fill_numbers (const GenesisColumn *from, guint64 n_rows, double *to)
{
  const GenesisField *field = from->field;
  double unit = (double)genesis_number_power_of_ten (field->decimals);

  for (guint64 row = 0; row < n_rows; row++)
    if (!genesis_column_is_present (from, row))
      to[row] = NAN;
    else if (field->kind == GENESIS_FIELD_KIND_REAL)
      to[row] = ((const double *)from->values)[row] + 0.0; /* -0 becomes 0 */
    else if (field->kind == GENESIS_FIELD_KIND_DATETIME)
      to[row] = (double)(((const gint64 *)from->values)[row] * field->tick_us) * NS_PER_US;
    else
      to[row] = (double)((const gint64 *)from->values)[row] / unit;
}

GenesisQualityFrame *
genesis_quality_frame_new (GenesisQualityShape *shape, GenesisTable *table, const char *what,
                           GError **error)
{
  g_autofree guint *places =
      genesis_quality_shape_match (shape, genesis_table_get_schema (table), what, error);
  GenesisQualityFrame *self;

  if (places == NULL)
    return NULL;
  self = frame_new_bare (shape, genesis_table_get_n_rows (table));
  for (guint i = 0; i < shape->n_columns; i++)
    {
      const GenesisColumn *from = genesis_table_get_column (table, places[i]);

      if (shape->kinds[i] == GENESIS_QUALITY_LEVEL)
        fill_codes (shape, i, from, self->n_rows, self->columns[i].codes);
      else
        fill_numbers (from, self->n_rows, self->columns[i].numbers);
    }
  return self;
}

GenesisQualityFrame *
genesis_quality_frame_take (const GenesisQualityFrame *self, const guint64 *rows, guint64 n)
{
  GenesisQualityFrame *taken = frame_new_bare (self->shape, n);

  for (guint i = 0; i < self->shape->n_columns; i++)
    {
      const GenesisQualityColumn *from = &self->columns[i];
      GenesisQualityColumn *to = &taken->columns[i];

      if (from->codes != NULL)
        for (guint64 row = 0; row < n; row++)
          to->codes[row] = from->codes[rows[row]];
      else
        for (guint64 row = 0; row < n; row++)
          to->numbers[row] = from->numbers[rows[row]];
    }
  return taken;
}

GenesisQualityFrame *
genesis_quality_frame_draw (const GenesisQualityFrame *self, guint64 n, guint64 seed,
                            const char *purpose)
{
  g_autofree guint64 *rows = g_new (guint64, MAX (n, 1));
  GenesisPermutation permutation;
  GenesisStream stream;

  g_assert (n <= self->n_rows);

  if (n > 0)
    {
      genesis_stream_init (&stream, seed, purpose, 0);
      genesis_permutation_init (&permutation, genesis_stream_u64 (&stream), self->n_rows);
    }
  for (guint64 i = 0; i < n; i++)
    rows[i] = genesis_permutation_apply (&permutation, i);
  return genesis_quality_frame_take (self, rows, n);
}

guint64
genesis_quality_frame_count_missing (const GenesisQualityFrame *self, guint column)
{
  const GenesisQualityColumn *c = &self->columns[column];
  guint64 n = 0;

  if (c->codes != NULL)
    for (guint64 row = 0; row < self->n_rows; row++)
      n += c->codes[row] == 0 ? 1 : 0;
  else
    for (guint64 row = 0; row < self->n_rows; row++)
      n += isnan (c->numbers[row]) ? 1 : 0;
  return n;
}
