/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GENESIS_HASH_SKETCH_SIZE 4096u

/**
 * GenesisHashSketch:
 * @hashes: a heap, the largest first
 * @members: the same hashes, to see at once that one is held already
 *
 * The 4,096 smallest different hashes of a set: mergeable, and an estimate of how many texts the
 * set has (k minimum
 * values; Beyer et al. 2007), with a relative standard error of 1/sqrt (4,094), 1.6 %.
 */
typedef struct
{
  guint64 *hashes;
  guint n;
  GHashTable *members;
} GenesisHashSketch;

GenesisHashSketch *genesis_hash_sketch_new (void);
void genesis_hash_sketch_free (GenesisHashSketch *self);
void genesis_hash_sketch_add (GenesisHashSketch *self, guint64 hash);
void genesis_hash_sketch_merge (GenesisHashSketch *self, const GenesisHashSketch *other);
double genesis_hash_sketch_estimate (const GenesisHashSketch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisHashSketch, genesis_hash_sketch_free)

G_END_DECLS
