/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-training-result.h>

G_BEGIN_DECLS

struct _GenesisRoundInfo
{
  gatomicrefcount ref_count;
  guint number;
  char *phase;
  char **sites;    /* sorted */
  char **skipped;  /* "name: reason", sorted */
  char **warnings; /* of the generator about the pooled model, sorted, each once */
  guint64 samples_aggregated;
  guint64 bytes;
  double mu2; /* what its total cost; NAN without privacy */
};

GenesisRoundInfo *genesis_round_info_new (guint number, const char *phase);
GenesisRoundInfo *genesis_round_info_ref (GenesisRoundInfo *self);
void genesis_round_info_unref (GenesisRoundInfo *self);
void genesis_round_info_write (const GenesisRoundInfo *self, JsonBuilder *to);

/* rounds: (element-type GenesisRoundInfo), references are taken. */
GenesisTrainingResult *genesis_training_result_new (GPtrArray *rounds, guint n_sites,
                                                    guint64 total_samples, gboolean finished,
                                                    const char *reason);
/* (transfer full) (nullable): the object "privacy" of the model's provenance. */
void genesis_training_result_take_privacy (GenesisTrainingResult *self, JsonNode *privacy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRoundInfo, genesis_round_info_unref)

G_END_DECLS
