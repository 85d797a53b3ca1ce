/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-text-index-private.h"

#define FIRST_SLOTS 64u

GenesisTextIndex *
genesis_text_index_new (void)
{
  GenesisTextIndex *self = g_new0 (GenesisTextIndex, 1);

  self->max_entries = FIRST_SLOTS / 2;
  self->entries = g_new (GenesisTextEntry, self->max_entries);
  self->slot_mask = FIRST_SLOTS - 1;
  self->slots = g_new0 (guint32, FIRST_SLOTS);
  self->arena = g_byte_array_new ();
  return self;
}

void
genesis_text_index_free (GenesisTextIndex *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->arena);
  g_free (self->entries);
  g_free (self->slots);
  g_free (self);
}

static void
put_in_slot (GenesisTextIndex *self, guint32 id)
{
  guint32 at = (guint32)self->entries[id].hash & self->slot_mask;

  while (self->slots[at] != 0)
    at = (at + 1) & self->slot_mask;
  self->slots[at] = id + 1;
}

/* Keeps at least half of the slots empty. */
static void
grow (GenesisTextIndex *self)
{
  guint32 n_slots = (self->slot_mask + 1) * 2;

  self->max_entries *= 2;
  self->entries = g_renew (GenesisTextEntry, self->entries, self->max_entries);
  g_free (self->slots);
  self->slots = g_new0 (guint32, n_slots);
  self->slot_mask = n_slots - 1;
  for (guint32 id = 0; id < self->n_entries; id++)
    put_in_slot (self, id);
}

guint32
genesis_text_index_insert (GenesisTextIndex *self, const char *text, gsize n, guint64 hash)
{
  int found = genesis_text_index_find (self, text, n, hash);
  guint32 id = self->n_entries;

  if (found >= 0)
    return (guint32)found;
  if (id == self->max_entries)
    grow (self);
  self->entries[id] = (GenesisTextEntry){ hash, self->arena->len, (guint32)n, 0 };
  g_byte_array_append (self->arena, (const guint8 *)text, (guint)n);
  self->n_entries++;
  put_in_slot (self, id);
  return id;
}
