/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>

#include "federation/genesis-in-process-driver-private.h"

G_BEGIN_DECLS

/**
 * GenesisGeneration:
 * @origin: "pooled" or "site-models"; %NULL: nothing was drawn yet
 * @n_mended, @n_redrawn: cells that were written and rows that were drawn anew, so that rows keep
 *   the schema's constraints
 *
 * What was drawn last, for the metadata.
 */
typedef struct
{
  guint64 n_rows, seed;
  GenesisStrategy strategy;
  const char *origin;
  gboolean has_constraints;
  guint64 n_mended, n_redrawn;
} GenesisGeneration;

struct _GenesisFederatedGenerator
{
  GObject parent_instance;

  GenesisPluginHost *host;
  char *method;
  GenesisAggregator *aggregator;
  guint rounds, threads, max_retries;
  guint64 seed;
  char *run_directory;
  gboolean fresh, safe_csv;
  GHashTable *settings;   /* name -> text */
  GPtrArray *sites;       /* GenesisDataSite */
  GHashTable *site_names; /* set; borrowed of the sites */

  /* one call of train at a time has these; see genesis_federated_generator_enter () */
  GenesisInProcessDriver *driver;
  GHashTable *fixed_shares; /* the shares when the run was started */
  gboolean has_told_privacy;
  GMainContext *context; /* where signals of an asynchronous call go; NULL: emitted at once */
  GPtrArray *recording;
  GenesisInProcessCarrier carrier;
  guint64 fail_after; /* for tests, with fail_kind */
  GenesisStepFaultKind fail_kind;

  GMutex lock; /* of what follows: train may run on another thread than generate */
  gboolean is_busy;
  GHashTable *shares;  /* site name -> double *, adding up to 1; or NULL. Never changed, replaced */
  GenesisModel *base;  /* loaded: the next run continues from it */
  GenesisModel *model; /* as it is; NULL before round 1 */
  gboolean finished;
  GenesisGeneration generation;
};

/* FALSE with BUSY while a call of train is under way. */
gboolean genesis_federated_generator_enter (GenesisFederatedGenerator *self, GError **error);
void genesis_federated_generator_leave (GenesisFederatedGenerator *self);
/* Takes the model. */
void genesis_federated_generator_take_model (GenesisFederatedGenerator *self, GenesisModel *model);
/* What the rounds from number first + 1 on were. */
GenesisTrainingResult *genesis_federated_generator_report (GenesisFederatedGenerator *self,
                                                           guint first);
/* What the account of a private run has to say; once. */
void genesis_federated_generator_warn_of_privacy (GenesisFederatedGenerator *self);
/* NULL with an error when there is none yet. */
GenesisModel *genesis_federated_generator_ref_model (GenesisFederatedGenerator *self,
                                                     const char *purpose, GError **error);
void genesis_federated_generator_set_finished (GenesisFederatedGenerator *self, gboolean finished);
void genesis_federated_generator_install_signals (GObjectClass *object_class);
/* Signals, in the context of the caller of train. */
void genesis_federated_generator_emit_round (GenesisFederatedGenerator *self,
                                             GenesisRoundInfo *info);
void genesis_federated_generator_emit_dropped (GenesisFederatedGenerator *self, const char *site,
                                               const char *reason);
void genesis_federated_generator_emit_warning (GenesisFederatedGenerator *self, const char *text);
/* Of generate as well, which may run beside train: context says whose call it is, NULL for this
   thread's. */
void genesis_federated_generator_emit_progress (GenesisFederatedGenerator *self, const char *what,
                                                double share, GMainContext *context);
guint genesis_federated_generator_count_threads (GenesisFederatedGenerator *self);
/* A table that does not change any more; NULL: none are set. */
GHashTable *genesis_federated_generator_ref_shares (GenesisFederatedGenerator *self);
/* Every site has a share and every share a site. */
gboolean genesis_federated_generator_check_shares (GenesisFederatedGenerator *self,
                                                   GHashTable *shares, GError **error);

/* For rehearsals: how questions travel in the run that the next call of train starts. Copied. */
void genesis_federated_generator_set_carrier (GenesisFederatedGenerator *self,
                                              const GenesisInProcessCarrier *carrier);
/* For tests: the run's events and actions as lines; and a durable run that is killed at a step. */
void genesis_federated_generator_record (GenesisFederatedGenerator *self, GPtrArray *lines);
void genesis_federated_generator_fail_after (GenesisFederatedGenerator *self, guint64 n_steps,
                                             GenesisStepFaultKind kind);

/* The model of the driver's state, with its provenance. */
GenesisModel *genesis_provenance_build_model (GenesisInProcessDriver *driver);
/* Provenance of a model and what was drawn from it, as JSON. */
char *genesis_provenance_to_metadata (GenesisModel *model, const GenesisGeneration *generation,
                                      GError **error);

G_END_DECLS
