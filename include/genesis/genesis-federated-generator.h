/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-aggregator.h>
#include <genesis/genesis-data-site.h>
#include <genesis/genesis-training-result.h>

G_BEGIN_DECLS

/**
 * GenesisStrategy:
 * @GENESIS_STRATEGY_PROPORTIONAL: each row from one site's model, sites with shares n_i
 * @GENESIS_STRATEGY_UNIFORM: each row from one site's model, equal shares
 * @GENESIS_STRATEGY_WEIGHTED: each row from one site's model, shares given by name
 * @GENESIS_STRATEGY_AGGREGATED: every row from the pooled model
 */
typedef enum
{
  GENESIS_STRATEGY_PROPORTIONAL,
  GENESIS_STRATEGY_UNIFORM,
  GENESIS_STRATEGY_WEIGHTED,
  GENESIS_STRATEGY_AGGREGATED
} GenesisStrategy;

#define GENESIS_TYPE_STRATEGY (genesis_strategy_get_type ())
GENESIS_API GType    genesis_strategy_get_type  (void);
GENESIS_API gboolean genesis_strategy_from_text (const char      *text,
                                                 GenesisStrategy *strategy,
                                                 GError         **error);

/**
 * GenesisFederatedGenerator:
 *
 * The coordinator: sites in, rounds, a model, rows out.
 * Properties: "host", "method", "aggregator", "rounds" (horizon; 0 = the generator's own default), "seed",
 * "threads" (0 = all), "max-retries" (how often a site that failed is asked again in a round), "run-directory"
 * (NULL = not durable), "fresh" (whether an earlier run in that directory is removed), "finished".
 *
 * Signals: "round-finished" (GenesisRoundInfo), "site-dropped" (site name, reason), "warning" (text), "progress" (what
 * is done now, utf8; the share of it that is done, gdouble in [0, 1], or -1 when unknown), in the thread-default main
 * context of the caller of train or generate.
 */
#define GENESIS_TYPE_FEDERATED_GENERATOR (genesis_federated_generator_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisFederatedGenerator, genesis_federated_generator, GENESIS, FEDERATED_GENERATOR, GObject)

/* aggregator may be NULL: fedavg. method: generator id or bare name. */
GENESIS_API GenesisFederatedGenerator *
genesis_federated_generator_new              (GenesisPluginHost          *host,
                                              GenesisAggregator          *aggregator,
                                              const char                 *method);
/* sites: (element-type utf8 GenesisTable) */
GENESIS_API GenesisFederatedGenerator *
genesis_create_federated_generator           (GenesisPluginHost          *host,
                                              GHashTable                 *sites,
                                              const char                 *method,
                                              GError                    **error);
GENESIS_API gboolean
genesis_federated_generator_add_site         (GenesisFederatedGenerator  *self,
                                              GenesisDataSite            *site,
                                              GError                    **error);
GENESIS_API void
genesis_federated_generator_set_setting      (GenesisFederatedGenerator  *self,
                                              const char                 *name,
                                              const char                 *value);
/* weights, here and in generate: a dictionary a{sd}, site name -> weight; a floating one is taken. */
GENESIS_API gboolean
genesis_federated_generator_set_site_weights (GenesisFederatedGenerator  *self,
                                              GVariant                   *weights,
                                              GError                    **error);
GENESIS_API GenesisTrainingResult *
genesis_federated_generator_train            (GenesisFederatedGenerator  *self,
                                              guint                       rounds,
                                              GCancellable               *cancellable,
                                              GError                    **error);
GENESIS_API void
genesis_federated_generator_train_async      (GenesisFederatedGenerator  *self,
                                              guint                       rounds,
                                              GCancellable               *cancellable,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
GENESIS_API GenesisTrainingResult *
genesis_federated_generator_train_finish     (GenesisFederatedGenerator  *self,
                                              GAsyncResult               *result,
                                              GError                    **error);
GENESIS_API GenesisTable *
genesis_federated_generator_generate         (GenesisFederatedGenerator  *self,
                                              guint64                     n_rows,
                                              GenesisStrategy             strategy,
                                              GVariant                   *weights,
                                              GCancellable               *cancellable,
                                              GError                    **error);
GENESIS_API void
genesis_federated_generator_generate_async   (GenesisFederatedGenerator  *self,
                                              guint64                     n_rows,
                                              GenesisStrategy             strategy,
                                              GVariant                   *weights,
                                              GCancellable               *cancellable,
                                              GAsyncReadyCallback         callback,
                                              gpointer                    user_data);
GENESIS_API GenesisTable *
genesis_federated_generator_generate_finish  (GenesisFederatedGenerator  *self,
                                              GAsyncResult               *result,
                                              GError                    **error);
/* Rows straight to a CSV file, chunk by chunk; memory does not grow with n_rows.
   source_column: name of an added column with the site a row came from, or NULL. */
GENESIS_API gboolean
genesis_federated_generator_generate_csv     (GenesisFederatedGenerator  *self,
                                              guint64                     n_rows,
                                              GenesisStrategy             strategy,
                                              GVariant                   *weights,
                                              const char                 *path,
                                              const char                 *source_column,
                                              GCancellable               *cancellable,
                                              GError                    **error);
GENESIS_API gboolean
genesis_federated_generator_save_model       (GenesisFederatedGenerator  *self,
                                              const char                 *path,
                                              GError                    **error);
GENESIS_API gboolean
genesis_federated_generator_load_model       (GenesisFederatedGenerator  *self,
                                              const char                 *path,
                                              GError                    **error);
GENESIS_API gboolean
genesis_federated_generator_save_metadata    (GenesisFederatedGenerator  *self,
                                              const char                 *path,
                                              GError                    **error);
GENESIS_API char *
genesis_federated_generator_dup_metadata     (GenesisFederatedGenerator  *self,
                                              GError                    **error);
/* SHA-256 of the pooled section in hexadecimal, NULL before round 1. */
GENESIS_API char *
genesis_federated_generator_dup_model_digest (GenesisFederatedGenerator  *self);

G_END_DECLS
