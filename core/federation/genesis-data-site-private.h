/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-data-site.h>

#include "federation/genesis-progress-private.h"
#include "host/genesis-generator-private.h"
#include "privacy/genesis-spend-ledger-private.h"

G_BEGIN_DECLS

/* The site's answer to a plan; see genesis_site_rows_measure (). Errors go on from the site's
   name. */
GenesisBlocks *genesis_data_site_measure (GenesisDataSite *self, GenesisGenerator *generator,
                                          GenesisBlocks *state, GenesisPlan *plan, guint64 *n_rows,
                                          GenesisProgressPart *part, GCancellable *cancellable,
                                          GError **error);
/* As genesis_data_site_get_n_samples (), from any thread and with cancellation. */
gint64 genesis_data_site_count (GenesisDataSite *self, GCancellable *cancellable, GError **error);
/* Its rows, in this process and for its owner alone: for judging what was made of them. */
gboolean genesis_data_site_foreach_chunk (GenesisDataSite *self, GenesisChunkFunc func,
                                          gpointer user_data, GCancellable *cancellable,
                                          GError **error);
/* What the rows that were counted do not keep; see genesis_site_rows_dup_notices (). */
char **genesis_data_site_dup_notices (GenesisDataSite *self);
/* The name under which its rows have one privacy budget. */
const char *genesis_data_site_get_dataset (GenesisDataSite *self);
/* The privacy ledger of its data set; the one in memory stays the same for the site's life. */
GenesisSpendLedger *genesis_data_site_open_ledger (GenesisDataSite *self, GError **error);

G_END_DECLS
