/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-permutation-private.h"

#include <math.h>

#include "base/genesis-stream-private.h"

/* Finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford): every input bit
   reaches every output bit. */
static inline guint64
mix (guint64 z)
{
  z += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number below bound from one half and the round's key. */
static inline guint64
mix_below (guint64 half, guint64 key, guint64 bound)
{
  return (guint64)(((unsigned __int128)mix (half ^ key) * bound) >> 64);
}

static guint64
step_forward (const GenesisPermutation *self, guint64 i)
{
  guint64 left = i / self->b, right = i % self->b;

  for (guint round = 0; round < self->n_rounds; round += 2)
    {
      left += mix_below (right, self->keys[round], self->a);
      left -= left >= self->a ? self->a : 0;
      right += mix_below (left, self->keys[round + 1], self->b);
      right -= right >= self->b ? self->b : 0;
    }

  return left * self->b + right;
}

static guint64
step_backward (const GenesisPermutation *self, guint64 i)
{
  guint64 left = i / self->b, right = i % self->b;

  for (guint round = self->n_rounds; round > 0; round -= 2)
    {
      right += self->b - mix_below (left, self->keys[round - 1], self->b);
      right -= right >= self->b ? self->b : 0;
      left += self->a - mix_below (right, self->keys[round - 2], self->a);
      left -= left >= self->a ? self->a : 0;
    }

  return left * self->b + right;
}

/* The least a with a * a >= n; sqrt () may be off by one above 2^52. */
static guint64
ceil_sqrt (guint64 n)
{
  guint64 a = (guint64)sqrt ((double)n);

  while (a * a < n)
    a++;
  while (a > 1 && (a - 1) * (a - 1) >= n)
    a--;

  return a;
}

void
genesis_permutation_init (GenesisPermutation *self, guint64 seed, guint64 n)
{
  GenesisStream stream;

  g_return_if_fail (n > 0 && n <= GENESIS_PERMUTATION_MAX);

  self->n = n;
  self->a = ceil_sqrt (n);
  self->b = (n + self->a - 1) / self->a;
  self->n_rounds =
      n < GENESIS_PERMUTATION_SMALL ? GENESIS_PERMUTATION_ROUNDS_SMALL : GENESIS_PERMUTATION_ROUNDS;
  genesis_stream_init (&stream, seed, "genesis.permutation", n);
  genesis_stream_fill_u64 (&stream, self->keys, self->n_rounds);
}

guint64
genesis_permutation_apply (const GenesisPermutation *self, guint64 i)
{
  g_return_val_if_fail (i < self->n, 0);

  do
    i = step_forward (self, i);
  while (i >= self->n);

  return i;
}

guint64
genesis_permutation_invert (const GenesisPermutation *self, guint64 i)
{
  g_return_val_if_fail (i < self->n, 0);

  do
    i = step_backward (self, i);
  while (i >= self->n);

  return i;
}
