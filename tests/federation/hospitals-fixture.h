/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-federated-generator-private.h"

#define N_HOSPITALS 4

/* The four hospitals of the example federation, as its program writes them, under one schema. In
   order of name, as genesis_create_federated_generator () adds sites. */
typedef struct
{
  GenesisPluginHost *host; /* with the plugins of the build */
  GenesisSchema *schema;
  const char *names[N_HOSPITALS];
  GenesisTable *tables[N_HOSPITALS];
  guint64 n_rows;
  char *folder; /* to write into; removed with all that is in it */
} Hospitals;

void hospitals_set_up (Hospitals *self, gconstpointer data);
void hospitals_tear_down (Hospitals *self, gconstpointer data);
char *hospitals_path (const Hospitals *self, const char *name);
/* gaussian_copula under fedavg, without sites. */
GenesisFederatedGenerator *hospitals_generator (const Hospitals *self);
void hospitals_add (GenesisFederatedGenerator *generator, const char *name, GenesisTable *table);
/* With all four, each a site. */
GenesisFederatedGenerator *hospitals_federation (const Hospitals *self);
/* All rows, hospital after hospital. */
GenesisTable *hospitals_pool (const Hospitals *self);
