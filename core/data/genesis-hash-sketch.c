/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-hash-sketch-private.h"

GenesisHashSketch *
genesis_hash_sketch_new (void)
{
  GenesisHashSketch *self = g_new0 (GenesisHashSketch, 1);

  self->hashes = g_new (guint64, GENESIS_HASH_SKETCH_SIZE);
  self->members = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
genesis_hash_sketch_free (GenesisHashSketch *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->members);
  g_free (self->hashes);
  g_free (self);
}

static void
swap (guint64 *a, guint64 *b)
{
  guint64 held = *a;

  *a = *b;
  *b = held;
}

static void
sift_up (GenesisHashSketch *self, guint at)
{
  for (; at > 0 && self->hashes[(at - 1) / 2] < self->hashes[at]; at = (at - 1) / 2)
    swap (&self->hashes[(at - 1) / 2], &self->hashes[at]);
}

static void
sift_down (GenesisHashSketch *self)
{
  guint at = 0, child = 1;

  while (child < self->n)
    {
      if (child + 1 < self->n && self->hashes[child + 1] > self->hashes[child])
        child++;
      if (self->hashes[child] <= self->hashes[at])
        break;
      swap (&self->hashes[child], &self->hashes[at]);
      at = child;
      child = 2 * at + 1;
    }
}

void
genesis_hash_sketch_add (GenesisHashSketch *self, guint64 hash)
{
  gboolean is_full = self->n == GENESIS_HASH_SKETCH_SIZE;

  if (is_full && hash >= self->hashes[0])
    return;
  if (!g_hash_table_add (self->members, g_memdup2 (&hash, sizeof hash)))
    return;
  if (is_full)
    {
      g_hash_table_remove (self->members, &self->hashes[0]);
      self->hashes[0] = hash;
      sift_down (self);
      return;
    }
  self->hashes[self->n] = hash;
  sift_up (self, self->n++);
}

void
genesis_hash_sketch_merge (GenesisHashSketch *self, const GenesisHashSketch *other)
{
  for (guint i = 0; i < other->n; i++)
    genesis_hash_sketch_add (self, other->hashes[i]);
}

/* (k - 1) / (largest of the k smallest, as a share of all hashes); exact below k. */
double
genesis_hash_sketch_estimate (const GenesisHashSketch *self)
{
  if (self->n < GENESIS_HASH_SKETCH_SIZE)
    return self->n;
  return (GENESIS_HASH_SKETCH_SIZE - 1) / ((double)self->hashes[0] / 18446744073709551616.0);
}
