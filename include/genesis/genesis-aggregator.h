/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>

G_BEGIN_DECLS

/**
 * GenesisAggregator:
 *
 * An aggregator plugin chosen by id, with its settings as text. Nothing is loaded until training starts.
 */
#define GENESIS_TYPE_AGGREGATOR (genesis_aggregator_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisAggregator, genesis_aggregator, GENESIS, AGGREGATOR, GObject)

GENESIS_API GenesisAggregator *genesis_aggregator_new          (const char        *id);
#ifndef __GI_SCANNER__ /* takes it for a constructor of GenesisModel; genesis_aggregator_new () serves */
GENESIS_API GenesisAggregator *genesis_model_aggregator_new    (void);
#endif
GENESIS_API GenesisAggregator *genesis_secure_aggregator_new   (void);
GENESIS_API const char        *genesis_aggregator_get_id       (GenesisAggregator *self);
GENESIS_API void               genesis_aggregator_set_setting  (GenesisAggregator *self,
                                                                const char        *name,
                                                                const char        *value);
GENESIS_API GHashTable        *genesis_aggregator_get_settings (GenesisAggregator *self);

G_END_DECLS
