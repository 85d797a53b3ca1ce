/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-federated-generator-private.h"

/* The host with the test plugins org.example.tally and org.example.sum, made once. */
GenesisPluginHost *federation_fixture_host (void);
/* Rows numbered first, first + step, ... below end of one endless made-up population: any partition
   of the same numbers holds the same rows. */
GenesisTable *federation_fixture_rows (guint64 first, guint64 step, guint64 end);
/* A site with min_samples of its own. */
GenesisDataSite *federation_fixture_site (const char *name, GenesisTable *table,
                                          guint64 min_samples);
/* A site whose source fails each pass over the rows but the first n_good ones. */
GenesisDataSite *federation_fixture_failing_site (const char *name, GenesisTable *table,
                                                  guint n_good);
/* The same, with other rows from then on; NULL: it fails. */
GenesisDataSite *federation_fixture_changing_site (const char *name, GenesisTable *table,
                                                   guint n_good, GenesisTable *later);
/* tally under sum, min_sites 1, one thread. */
GenesisFederatedGenerator *federation_fixture_generator (void);
/* With n sites named site-0000 ... that hold the first n_rows rows dealt out in turn; min_samples
   0. */
GenesisFederatedGenerator *federation_fixture_partition (guint n_sites, guint64 n_rows);
void federation_fixture_add (GenesisFederatedGenerator *generator, GenesisDataSite *site);
/* Trains to the end and gives the digest. */
char *federation_fixture_train (GenesisFederatedGenerator *generator);
/* The weights "name", double, ..., NULL as a{sd}, not floating. */
GVariant *federation_fixture_weights (const char *name, ...) G_GNUC_NULL_TERMINATED;
