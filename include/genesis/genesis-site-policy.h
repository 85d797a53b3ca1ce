/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisSitePolicy:
 *
 * What a site lets be asked of its rows, whoever asks: which plugins, which columns, how many rounds,
 * how much privacy. It is a key file that the site keeps; a run can only be stricter.
 */
#define GENESIS_TYPE_SITE_POLICY (genesis_site_policy_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisSitePolicy, genesis_site_policy, GENESIS, SITE_POLICY, GObject)

GENESIS_API GenesisSitePolicy *genesis_site_policy_load               (const char        *path,
                                                                       GError           **error);
GENESIS_API const char        *genesis_site_policy_get_path           (GenesisSitePolicy *self);
GENESIS_API double             genesis_site_policy_get_privacy_budget (GenesisSitePolicy *self);
GENESIS_API guint64            genesis_site_policy_get_min_samples    (GenesisSitePolicy *self);
GENESIS_API guint              genesis_site_policy_get_rounds         (GenesisSitePolicy *self);

G_END_DECLS
