/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-sample-private.h"

GenesisRowSample *
genesis_row_sample_new (guint n_columns)
{
  GenesisRowSample *self = g_new0 (GenesisRowSample, 1);

  self->n_columns = n_columns;
  self->max_rows = MIN (GENESIS_ROW_SAMPLE_ROWS, MAX (2, GENESIS_ROW_SAMPLE_CELLS / n_columns));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->texts = g_byte_array_new ();
  return self;
}

void
genesis_row_sample_free (GenesisRowSample *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->numbers);
  g_array_unref (self->offsets);
  g_byte_array_unref (self->texts);
  g_free (self);
}

/* SplitMix64 of the row's number. */
static guint64
mix (guint64 h)
{
  h += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  h = (h ^ h >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  h = (h ^ h >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return h ^ h >> 31;
}

static gboolean
is_kept (const GenesisRowSample *self, guint64 number)
{
  return (mix (number) & ((G_GUINT64_CONSTANT (1) << self->depth) - 1)) == 0;
}

static void
add_text (GenesisRowSample *self, const char *text, gsize n)
{
  g_byte_array_append (self->texts, (const guint8 *)text, (guint)n);
  g_array_append_val (self->offsets, self->texts->len);
}

guint
genesis_row_sample_get_n_rows (const GenesisRowSample *self)
{
  return self->numbers->len;
}

const char *
genesis_row_sample_get (const GenesisRowSample *self, guint row, guint column, gsize *n)
{
  guint at = row * self->n_columns + column;
  guint32 begin = at > 0 ? g_array_index (self->offsets, guint32, at - 1) : 0;

  *n = g_array_index (self->offsets, guint32, at) - begin;
  return (const char *)self->texts->data + begin;
}

/* Keeps every second row of those that are held. */
static void
thin_out (GenesisRowSample *self)
{
  GenesisRowSample old = *self;

  self->depth++;
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->texts = g_byte_array_new ();
  for (guint row = 0; row < old.numbers->len; row++)
    {
      guint64 number = g_array_index (old.numbers, guint64, row);

      if (!is_kept (self, number))
        continue;
      g_array_append_val (self->numbers, number);
      for (guint i = 0; i < old.n_columns; i++)
        {
          gsize n;
          const char *text = genesis_row_sample_get (&old, row, i, &n);

          add_text (self, text, n);
        }
    }
  g_array_unref (old.numbers);
  g_array_unref (old.offsets);
  g_byte_array_unref (old.texts);
}

void
genesis_row_sample_add (GenesisRowSample *self, const GenesisCell *cells)
{
  guint64 number = self->n_seen++;

  if (!is_kept (self, number))
    return;
  g_array_append_val (self->numbers, number);
  for (guint i = 0; i < self->n_columns; i++)
    add_text (self, cells[i].text,
              cells[i].length <= GENESIS_ROW_SAMPLE_TEXT ? cells[i].length : 0);
  while (self->numbers->len >= self->max_rows)
    thin_out (self);
}
