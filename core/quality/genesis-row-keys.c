/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-row-keys-private.h"

#include <math.h>
#include <string.h>

#include "quality/genesis-radix-sort-private.h"

/* Any bits will do, as long as no number has them. */
#define MISSING G_GUINT64_CONSTANT (0x7ff8dead00000001)

/* The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
static guint64
mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ x >> 31;
}

static guint64
bits_of (double number)
{
  guint64 bits;

  if (isnan (number))
    return MISSING;
  number += 0.0; /* -0 becomes 0 */
  memcpy (&bits, &number, sizeof bits);
  return bits;
}

void
genesis_row_keys_init (GenesisRowKeys *self, const GenesisQualityFrame *frame)
{
  self->n = frame->n_rows;
  self->keys = g_new0 (guint64, MAX (self->n, 1));
  for (guint i = 0; i < frame->shape->n_columns; i++)
    {
      const GenesisQualityColumn *column = &frame->columns[i];

      for (guint64 row = 0; row < self->n; row++)
        self->keys[row] =
            mix (self->keys[row]
                 ^ (column->codes != NULL ? column->codes[row] : bits_of (column->numbers[row])));
    }
  genesis_radix_sort_keys (self->keys, self->n);
}

void
genesis_row_keys_clear (GenesisRowKeys *self)
{
  g_clear_pointer (&self->keys, g_free);
}

/* Moves *at to the first key that is not below, and says whether it is this one. */
static gboolean
seek (const GenesisRowKeys *self, guint64 key, guint64 *at)
{
  while (*at < self->n && self->keys[*at] < key)
    (*at)++;
  return *at < self->n && self->keys[*at] == key;
}

guint64
genesis_row_keys_count_shared (const GenesisRowKeys *self, const GenesisRowKeys *other)
{
  guint64 n = 0, at = 0;

  for (guint64 i = 0; i < self->n; i++)
    n += seek (other, self->keys[i], &at) ? 1 : 0;
  return n;
}

guint64
genesis_row_keys_count_repeated (const GenesisRowKeys *self)
{
  guint64 n = 0;

  for (guint64 i = 0; i < self->n; i++)
    n += (i > 0 && self->keys[i - 1] == self->keys[i])
                 || (i + 1 < self->n && self->keys[i + 1] == self->keys[i])
             ? 1
             : 0;
  return n;
}

guint64
genesis_row_keys_count_exclusive (const GenesisRowKeys *self, const GenesisRowKeys *has,
                                  const GenesisRowKeys *lacks)
{
  guint64 n = 0, at = 0, beside = 0;

  for (guint64 i = 0; i < self->n; i++)
    if (i == 0 || self->keys[i] != self->keys[i - 1])
      n += seek (has, self->keys[i], &at) && !seek (lacks, self->keys[i], &beside) ? 1 : 0;
  return n;
}
