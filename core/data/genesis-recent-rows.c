/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-recent-rows-private.h"

#include <string.h>

#define N_SLOTS 4096u

/* times: how often the row came again; is_held: whether there is one. */
typedef struct
{
  guint64 times;
  gboolean is_held;
} Slot;

struct _GenesisRecentRows
{
  guint n;
  Slot *slots;
  int *rows; /* n of each slot */
  int *left;
  guint next; /* slot that is looked at when rows are taken */
};

GenesisRecentRows *
genesis_recent_rows_new (guint n)
{
  GenesisRecentRows *self = g_new0 (GenesisRecentRows, 1);

  self->n = n;
  self->slots = g_new0 (Slot, N_SLOTS);
  self->rows = g_new (int, (gsize)N_SLOTS *MAX (n, 1));
  self->left = g_new (int, MAX (n, 1));
  return self;
}

void
genesis_recent_rows_free (GenesisRecentRows *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self->rows);
  g_free (self->left);
  g_free (self);
}

static guint
choose_slot (const int *row, guint n)
{
  guint64 h = n;

  for (guint i = 0; i < n; i++)
    {
      h = (h ^ (guint32)row[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      h ^= h >> 29;
    }
  return (guint)(h >> 32) % N_SLOTS;
}

gboolean
genesis_recent_rows_add (GenesisRecentRows *self, const int *row, const int **left, guint64 *times)
{
  const guint at = choose_slot (row, self->n);
  const gsize size = self->n * sizeof *row;
  Slot *slot = &self->slots[at];
  int *held = self->rows + (gsize)at * self->n;

  *left = NULL;
  *times = 0;
  if (slot->is_held && memcmp (held, row, size) == 0)
    {
      slot->times++;
      return TRUE;
    }
  if (slot->times > 0)
    {
      memcpy (self->left, held, size);
      *left = self->left;
      *times = slot->times;
    }
  memcpy (held, row, size);
  *slot = (Slot){ 0, TRUE };
  return FALSE;
}

const int *
genesis_recent_rows_take (GenesisRecentRows *self, guint64 *times)
{
  while (self->next < N_SLOTS && self->slots[self->next].times == 0)
    self->next++;
  if (self->next == N_SLOTS)
    {
      self->next = 0;
      return NULL;
    }
  *times = self->slots[self->next].times;
  self->slots[self->next].times = 0;
  return self->rows + (gsize)self->next++ * self->n;
}
