/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A larger request of a plugin is a size gone wrong, and NULL at once: neither a system that
   overcommits nor a sanitizer decides. */
#define GENESIS_ALLOCATION_MAX ((gsize)1 << 38)

/* Memory that is given piecewise and taken back at once; each piece is an allocation of its
   own, so that a sanitizer sees a plugin that writes beyond one. */
typedef struct
{
  gpointer last;
} GenesisArena;

/* Aligned to 64, uninitialised; NULL when memory ran out. */
gpointer genesis_arena_take (GenesisArena *self, gsize bytes);
void genesis_arena_clear (GenesisArena *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisArena, genesis_arena_clear)

G_END_DECLS
