/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "quality/genesis-fold-estimate-private.h"
#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisUtility:
 * @n_each: rows that were learned from, of either table
 * @is_area: TRUE: areas under the curve, one level against the rest, weighted by how often levels
 *   stand in @test; FALSE: shares of variance explained
 * @synthetic: learned from synthetic rows, judged on real ones
 * @real: learned from real rows, judged on the same
 *
 * What a table is worth to who learns from it: train on synthetic, test on real (Esteban, Hyland
 * and Raetsch 2017), beside train on real.
 */
typedef struct
{
  guint64 n_each;
  gboolean is_area;
  GenesisInterval synthetic, real;
} GenesisUtility;

/* Boosted trees for column @target, learned from as many rows of @real and of @synthetic as the
   smaller one has, judged on fifths of @test, which neither may hold rows of. FALSE with
   GENESIS_ERROR_INVALID_DATA when a table has fewer than 50 rows or the target has more than 20
   levels. */
gboolean genesis_utility_measure (const GenesisQualityFrame *real,
                                  const GenesisQualityFrame *synthetic,
                                  const GenesisQualityFrame *test, guint target, guint64 seed,
                                  GCancellable *cancellable, GenesisUtility *utility,
                                  GError **error);

G_END_DECLS
