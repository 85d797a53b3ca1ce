/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis.h>
#include <json-glib/json-glib.h>

#include "quality/genesis-quality-frame-private.h"

/**
 * GoldenPair:
 * @real, @synthetic: typed as the vectors' README says
 * @baseline: a random table of the same shape, or NULL
 * @expected: what SDMetrics made of them
 *
 * One table pair of the golden vectors, in the folder "reference/quality" beside the shared tables.
 */
typedef struct
{
  GenesisSchema *schema;
  GenesisTable *real, *synthetic;
  GenesisQualityShape *shape;
  GenesisQualityFrame *frames[2], *baseline;
  JsonNode *root;
  JsonObject *expected;
} GoldenPair;

/* NULL after g_test_skip (), when the vectors are not there. */
GoldenPair *golden_pair_load (const char *name);
void golden_pair_free (GoldenPair *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GoldenPair, golden_pair_free)

/* One test for each pair, its name the data: "/path/1_adult_sdv" and so on. */
void golden_pairs_add_tests (const char *path, GTestDataFunc test);

/* NaN for null. */
double golden_number (JsonObject *object, const char *name);
/* Both NaN, or within 1e-9. */
void golden_assert (double value, JsonObject *object, const char *name, const char *where);
