/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-site-policy.h>

G_BEGIN_DECLS

/**
 * GenesisSiteConfig:
 *
 * What a site says about its part: "name", "weight" (1.0; multiplies its natural share), "privacy-budget"
 * (unset = NaN; an epsilon cap at delta 1e-5), "min-samples" (100; below it the site is skipped),
 * "rows" (0; a public number that stands for the true one under privacy),
 * "policy" (what it lets be asked), "ledger" and "dataset" (where, and for whose rows, spending is written down).
 */
#define GENESIS_TYPE_SITE_CONFIG (genesis_site_config_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisSiteConfig, genesis_site_config, GENESIS, SITE_CONFIG, GObject)

GENESIS_API GenesisSiteConfig *genesis_site_config_new                (const char        *name);
GENESIS_API const char        *genesis_site_config_get_name           (GenesisSiteConfig *self);
GENESIS_API double             genesis_site_config_get_weight         (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_weight         (GenesisSiteConfig *self,
                                                                       double             weight);
GENESIS_API double             genesis_site_config_get_privacy_budget (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_privacy_budget (GenesisSiteConfig *self,
                                                                       double             epsilon);
GENESIS_API guint64            genesis_site_config_get_min_samples    (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_min_samples    (GenesisSiteConfig *self,
                                                                       guint64            min_samples);
GENESIS_API guint64            genesis_site_config_get_rows           (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_rows           (GenesisSiteConfig *self,
                                                                       guint64            rows);
GENESIS_API GenesisSitePolicy *genesis_site_config_get_policy         (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_policy         (GenesisSiteConfig *self,
                                                                       GenesisSitePolicy *policy);
GENESIS_API const char        *genesis_site_config_get_ledger         (GenesisSiteConfig *self);
GENESIS_API void               genesis_site_config_set_ledger         (GenesisSiteConfig *self,
                                                                       const char        *path,
                                                                       const char        *dataset);
GENESIS_API const char        *genesis_site_config_get_dataset        (GenesisSiteConfig *self);

G_END_DECLS
