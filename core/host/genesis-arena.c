/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-arena-private.h"

#include <stdlib.h>

#define ALIGNMENT 64u

/* The first ALIGNMENT bytes of a piece lead to the piece before. */
gpointer
genesis_arena_take (GenesisArena *self, gsize bytes)
{
  gpointer piece;

  if (bytes > GENESIS_ALLOCATION_MAX || posix_memalign (&piece, ALIGNMENT, ALIGNMENT + bytes) != 0)
    return NULL;
  *(gpointer *)piece = self->last;
  self->last = piece;
  return (guint8 *)piece + ALIGNMENT;
}

void
genesis_arena_clear (GenesisArena *self)
{
  while (self->last != NULL)
    {
      gpointer piece = self->last;

      self->last = *(gpointer *)piece;
      free (piece);
    }
}
