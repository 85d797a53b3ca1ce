/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-model.h>

#include "host/genesis-blocks-private.h"

G_BEGIN_DECLS

#define GENESIS_SITE_MODELS_MAX 256u

typedef struct
{
  char *name;
  guint64 n_rows;
  double weight;          /* SiteConfig.weight, times the share given by set_site_weights when there is one */
  GenesisBlocks *state;   /* NULL: no site models in this file */
} GenesisModelSite;

struct _GenesisModel
{
  gatomicrefcount ref_count;
  /* pooled: canonical, digested */
  GenesisSchema *schema;
  char *generator;        /* plugin id */
  guint32 state_version;
  char **settings;        /* "name=value", sorted: what genesis_generator_dup_settings gives */
  guint32 rounds;         /* horizon of the session */
  guint64 n_max;
  GenesisBlocks *state;
  /* sites */
  GPtrArray *sites;       /* GenesisModelSite, in order of name */
  /* provenance: JSON text; not digested */
  char *provenance;
  char *digest;
};

/* Takes copies or references; sorts the sites by name; computes the digest. */
GenesisModel *genesis_model_new (GenesisSchema *schema, const char *generator, guint32 state_version,
                                 const char *const *settings, guint32 rounds, guint64 n_max, GenesisBlocks *state,
                                 GPtrArray *sites, const char *provenance);
GenesisModelSite *genesis_model_site_new  (const char *name, guint64 n_rows, double weight, GenesisBlocks *state);
void              genesis_model_site_free (GenesisModelSite *self);

G_END_DECLS
