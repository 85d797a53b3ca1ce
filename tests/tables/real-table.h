/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis.h>

G_BEGIN_DECLS

/* Path of a shared table, or NULL after having skipped the running test with the reason. */
char *real_table_find (const char *relative);

/* Schema drafted from the file, rows loaded with it. marker: what a missing cell is spelled as,
   or NULL. */
GenesisTable *real_table_load (const char *path, const char *marker);

/* A host that knows the plugins of the build tree. */
GenesisPluginHost *real_table_plugins (void);

/* A generator without sites: gaussian_copula or method, fedavg; min_samples 1 is up to the
   sites. */
GenesisFederatedGenerator *real_table_generator (GenesisPluginHost *host, guint threads);
GenesisFederatedGenerator *real_table_generator_of (GenesisPluginHost *host, const char *method,
                                                    guint threads);

/* Adds rows[first..first+n) of table as one site with min_samples 1; rows NULL: in order. */
void real_table_add_site (GenesisFederatedGenerator *generator, GenesisTable *table,
                          const char *name, const guint64 *rows, guint64 first, guint64 n);

/* Trains to the end and returns the digest. */
char *real_table_train (GenesisFederatedGenerator *generator);

/* 0..n-1 in an order that the seed decides. */
guint64 *real_table_shuffle (guint64 n, guint32 seed);

/* Two-sample Kolmogorov distance of the present values of a numeric column. */
double real_table_kolmogorov (GenesisTable *a, GenesisTable *b, guint column);

/* Total variation distance of the present levels of a category or boolean column. */
double real_table_total_variation (GenesisTable *a, GenesisTable *b, guint column);

double real_table_missing_share (GenesisTable *table, guint column);

/* Share of all rows whose cell reads exactly text. */
double real_table_share_of (GenesisTable *table, guint column, const char *text);

G_END_DECLS
