/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-repeats-private.h"

#include "data/genesis-text-index-private.h"

#define FIRST_SLOTS 1024u

/* count: how often the row came; 0: the slot is free. */
typedef struct GenesisRowRepeatsSlot
{
  guint64 hash, number;
  guint64 count;
} Slot;

GenesisRowRepeats *
genesis_row_repeats_new (void)
{
  GenesisRowRepeats *self = g_new0 (GenesisRowRepeats, 1);

  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

void
genesis_row_repeats_free (GenesisRowRepeats *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self);
}

/* The place of a cell counts: columns that change places make another row. The steps are those of
   SplitMix64's mixer. */
static guint64
hash_row (const GenesisCell *cells, guint n)
{
  guint64 h = n;

  for (guint i = 0; i < n; i++)
    {
      h ^= genesis_text_hash (cells[i].text, cells[i].length);
      h = (h ^ h >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
      h = (h ^ h >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
      h ^= h >> 31;
    }
  return h;
}

static Slot *
find (const GenesisRowRepeats *self, guint64 hash)
{
  guint at = (guint)(hash >> 32) & (self->n_slots - 1);

  while (self->slots[at].count > 0 && self->slots[at].hash != hash)
    at = (at + 1) & (self->n_slots - 1);
  return &self->slots[at];
}

static gboolean
is_in_sample (const GenesisRowRepeats *self, guint64 hash)
{
  return (hash & ((G_GUINT64_CONSTANT (1) << self->depth) - 1)) == 0;
}

/* Into so many slots; what is not in the sample any more is dropped. */
static void
rehash (GenesisRowRepeats *self, guint n_slots)
{
  g_autofree Slot *old = self->slots;
  guint n_old = self->n_slots;

  self->n_slots = n_slots;
  self->slots = g_new0 (Slot, n_slots);
  self->n_held = 0;
  self->n_repeats = 0;
  for (guint i = 0; i < n_old; i++)
    if (old[i].count > 0 && is_in_sample (self, old[i].hash))
      {
        *find (self, old[i].hash) = old[i];
        self->n_held++;
        self->n_repeats += old[i].count - 1;
      }
}

static void
make_room (GenesisRowRepeats *self)
{
  if (self->n_held < self->n_slots / 2)
    return;
  if (self->n_held < GENESIS_ROW_REPEATS_MAX)
    {
      rehash (self, self->n_slots * 2);
      return;
    }
  self->depth++;
  rehash (self, self->n_slots);
}

void
genesis_row_repeats_add (GenesisRowRepeats *self, const GenesisCell *cells, guint n, guint64 number)
{
  guint64 hash = hash_row (cells, n);
  Slot *slot;

  if (!is_in_sample (self, hash))
    return;
  slot = find (self, hash);
  if (slot->count++ > 0)
    {
      self->n_repeats++;
      if (self->first == 0)
        {
          self->first = number;
          self->twin = slot->number;
        }
      return;
    }
  slot->hash = hash;
  slot->number = number;
  self->n_held++;
  make_room (self);
}

guint64
genesis_row_repeats_count (const GenesisRowRepeats *self, gboolean *exact)
{
  *exact = self->depth == 0;
  return self->n_repeats << self->depth;
}
