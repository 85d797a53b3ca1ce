/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>
#include <genesis/genesis-schema.h>
#include <genesis/genesis-site-policy.h>

G_BEGIN_DECLS

/* What a policy says. generators, aggregators, columns: NULL: any
   pins: id -> SHA-256 in hexadecimal
   rounds: at most; 0: any number
   privacy_budget: NAN: none
   min_cell: least count of a cell that leaves without noise; 0 and 1: any */
typedef struct
{
  char **generators, **aggregators, **columns;
  GHashTable *pins;
  guint rounds;
  double privacy_budget;
  guint64 min_cell, min_samples;
} GenesisSitePolicyRules;

/* What a run asks for. schema: NULL: not known yet, and any column may be asked for */
typedef struct
{
  GenesisPlugin *generator, *aggregator;
  GenesisSchema *schema;
  guint rounds;
  gboolean is_private; /* totals leave with noise alone */
} GenesisSitePolicyRun;

/* (transfer full) of the members of rules */
GenesisSitePolicy *genesis_site_policy_new (const char *path, GenesisSitePolicyRules *rules);
void genesis_site_policy_rules_clear (GenesisSitePolicyRules *rules);
/* REFUSED: what is not allowed, and by which file. */
gboolean genesis_site_policy_admit (GenesisSitePolicy *self, const GenesisSitePolicyRun *run,
                                    GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisSitePolicyRules, genesis_site_policy_rules_clear)

G_END_DECLS
