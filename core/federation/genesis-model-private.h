/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-model.h>

#include "host/genesis-blocks-private.h"

G_BEGIN_DECLS

/* So many sites keep a state of their own in a model file, and so many bytes a model file has at
   most. */
#define GENESIS_SITE_MODELS_MAX 256u
#define GENESIS_MODEL_SIZE_MAX  (G_GUINT64_CONSTANT (1) << 30)

typedef struct
{
  char *name;
  guint64 n_rows;
  double
      weight; /* SiteConfig.weight, times the share given by set_site_weights when there is one */
  GenesisBlocks *state; /* NULL: no site models in this file */
} GenesisModelSite;

struct _GenesisModel
{
  gatomicrefcount ref_count;
  /* pooled: canonical, digested */
  GenesisSchema *schema;
  char *generator; /* plugin id */
  guint32 state_version;
  char **settings; /* "name=value", sorted: what genesis_generator_dup_settings gives */
  guint32 rounds;  /* horizon of the session */
  guint64 n_max;
  GenesisBlocks *state;
  /* sites */
  GPtrArray *sites; /* GenesisModelSite, in order of name */
  /* provenance: JSON text; not digested */
  char *provenance;
  char *digest;
};

/* Takes copies or references; sorts settings and sites by name; computes the digest. generator: not
   empty. rounds: 1 to 64. n_max: 1 to 2^62. Names of sites: not empty, each once. weight: finite,
   not negative. At most GENESIS_SITE_MODELS_MAX sites have a state. provenance: NULL, or the text
   of one JSON object. */
GenesisModel *genesis_model_new (GenesisSchema *schema, const char *generator,
                                 guint32 state_version, const char *const *settings, guint32 rounds,
                                 guint64 n_max, GenesisBlocks *state, GPtrArray *sites,
                                 const char *provenance);
GenesisModelSite *genesis_model_site_new (const char *name, guint64 n_rows, double weight,
                                          GenesisBlocks *state);
void genesis_model_site_free (GenesisModelSite *self);

/* Canonical bytes of the pooled section. */
void genesis_model_encode_pooled (GenesisModel *self, GenesisEncoder *to);
/* About the length of the file; 0 when it would be above GENESIS_MODEL_SIZE_MAX. */
guint64 genesis_model_estimate_size (GenesisModel *self);

G_END_DECLS
