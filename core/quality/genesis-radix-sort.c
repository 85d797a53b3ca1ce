/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-radix-sort-private.h"

#include <string.h>

/* Least significant digit first (Knuth, The Art of Computer Programming 3, 5.2.5), a byte a digit.
   Tables of codes have few bytes that differ, so most passes fall away. */

#define DIGITS 8
#define VALUES 256

static void
count_digits (const guint64 *keys, gsize n, gsize counts[DIGITS][VALUES])
{
  for (gsize i = 0; i < n; i++)
    for (int digit = 0; digit < DIGITS; digit++)
      counts[digit][keys[i] >> (8 * digit) & 0xff]++;
}

/* One pass; FALSE when all keys have the same digit there. */
static gboolean
scatter (const guint64 *from, guint64 *to, gsize n, int digit, const gsize counts[VALUES])
{
  gsize places[VALUES], place = 0;

  if (counts[from[0] >> (8 * digit) & 0xff] == n)
    return FALSE;
  for (int value = 0; value < VALUES; value++)
    {
      places[value] = place;
      place += counts[value];
    }
  for (gsize i = 0; i < n; i++)
    to[places[from[i] >> (8 * digit) & 0xff]++] = from[i];
  return TRUE;
}

void
genesis_radix_sort_keys (guint64 *keys, gsize n)
{
  g_autofree guint64 *other = NULL;
  gsize counts[DIGITS][VALUES] = { 0 };
  guint64 *from = keys, *to;

  if (n < 2)
    return;
  other = g_new (guint64, n);
  to = other;
  count_digits (keys, n, counts);
  for (int digit = 0; digit < DIGITS; digit++)
    if (scatter (from, to, n, digit, counts[digit]))
      {
        guint64 *swap = from;

        from = to;
        to = swap;
      }
  if (from != keys)
    memcpy (keys, from, n * sizeof *keys);
}

/* An order of integers that is the order of numbers: the sign bit is flipped, and all bits of
   negative ones. */
static guint64
key_of (guint64 bits)
{
  return bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (1) << 63;
}

static guint64
bits_of (guint64 key)
{
  return key >> 63 ? key & ~(G_GUINT64_CONSTANT (1) << 63) : ~key;
}

void
genesis_radix_sort_numbers (double *numbers, gsize n)
{
  g_autofree guint64 *keys = g_new (guint64, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    {
      memcpy (&keys[i], &numbers[i], sizeof keys[i]);
      keys[i] = key_of (keys[i]);
    }
  genesis_radix_sort_keys (keys, n);
  for (gsize i = 0; i < n; i++)
    {
      keys[i] = bits_of (keys[i]);
      memcpy (&numbers[i], &keys[i], sizeof keys[i]);
    }
}
