/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-apportionment-private.h"

#include <math.h>
#include <string.h>

typedef unsigned __int128 Wide;

/* value * 2^exponent, value odd or zero. */
typedef struct
{
  Wide value;
  int exponent;
} Share;

typedef struct
{
  guint64 rest;
  gsize site;
} Remainder;

static int
count_bits (Wide value)
{
  guint64 high = (guint64)(value >> 64);

  if (high != 0)
    return 64 + (int)g_bit_storage (high);

  return value == 0 ? 0 : (int)g_bit_storage ((guint64)value);
}

static Share
make_share (guint64 count, double weight)
{
  Share share = { 0, 0 };
  int exponent;
  double fraction = frexp (weight, &exponent);

  share.value = (Wide)count * (guint64)ldexp (fraction, 53);
  share.exponent = exponent - 53;
  for (; share.value != 0 && (share.value & 1) == 0; share.value >>= 1)
    share.exponent++;

  return share;
}

/* The share in units of 2^unit, rounded half up. */
static guint64
scale_share (const Share *share, int unit)
{
  int right = unit - share->exponent;

  if (share->value == 0 || right > 120)
    return 0;
  if (right <= 0)
    return (guint64)(share->value << -right);

  return (guint64)((share->value + ((Wide)1 << (right - 1))) >> right);
}

/* Integers in the proportion of the shares, whose sum is below 2^63. */
static guint64
scale_shares (const Share *shares, gsize n_sites, guint64 *scaled)
{
  int bits = 62 - (int)g_bit_storage (n_sites - 1);
  int top = G_MININT, bottom = G_MAXINT;
  guint64 sum = 0;

  for (gsize i = 0; i < n_sites; i++)
    {
      if (shares[i].value == 0)
        continue;
      top = MAX (top, count_bits (shares[i].value) + shares[i].exponent);
      bottom = MIN (bottom, shares[i].exponent);
    }
  if (top == G_MININT)
    return 0;

  for (gsize i = 0; i < n_sites; i++)
    {
      scaled[i] = scale_share (&shares[i], MAX (bottom, top - bits));
      sum += scaled[i];
    }

  return sum;
}

static int
compare_remainders (gconstpointer a, gconstpointer b)
{
  const Remainder *x = a, *y = b;

  if (x->rest != y->rest)
    return x->rest > y->rest ? -1 : 1;

  return x->site < y->site ? -1 : 1;
}

gboolean
genesis_apportion (const guint64 *counts, const double *weights, gsize n_sites, guint64 n_rows,
                   guint64 *rows)
{
  g_autofree Share *shares = g_new0 (Share, n_sites + 1);
  g_autofree guint64 *scaled = g_new0 (guint64, n_sites + 1);
  g_autofree Remainder *remainders = g_new0 (Remainder, n_sites + 1);
  guint64 sum, left = n_rows;

  g_return_val_if_fail (n_sites <= G_MAXINT32, FALSE);
  for (gsize i = 0; i < n_sites; i++)
    {
      double weight = weights != NULL ? weights[i] : 1.0;

      g_return_val_if_fail (isfinite (weight) && weight >= 0, FALSE);
      shares[i] = make_share (counts != NULL ? counts[i] : 1, weight);
    }

  sum = n_sites == 0 ? 0 : scale_shares (shares, n_sites, scaled);
  if (sum == 0)
    return FALSE;

  for (gsize i = 0; i < n_sites; i++)
    {
      Wide quota = (Wide)n_rows * scaled[i];

      rows[i] = (guint64)(quota / sum);
      remainders[i] = (Remainder){ (guint64)(quota % sum), i };
      left -= rows[i];
    }

  /* The remainders sum to left * sum and each is below sum, so at least left of them are positive.
     */
  qsort (remainders, n_sites, sizeof *remainders, compare_remainders);
  for (guint64 i = 0; i < left; i++)
    rows[remainders[i].site]++;

  return TRUE;
}
