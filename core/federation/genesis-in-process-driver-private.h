/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-coordinator-machine-private.h"
#include "federation/genesis-coordination-private.h"

G_BEGIN_DECLS

/**
 * GenesisInProcessDriver:
 *
 * Drives both state machines for sites in this process: carries out what they ask for, the sites'
 * duties on threads of its own, and brings the outcomes back as events. All steps, plugin calls of
 * the coordinator and callbacks happen on the thread that calls run. Answers are taken in the order
 * in which sites were asked, so that the list of events and actions of a run is the same for any
 * number of threads.
 */
typedef struct _GenesisInProcessDriver GenesisInProcessDriver;

typedef struct
{
  /* The round is closed and the driver's state is that after it. */
  void (*round_closed) (GenesisInProcessDriver *driver, GenesisRoundInfo *info, gpointer user_data);
  void (*site_dropped) (GenesisInProcessDriver *driver, const char *site, const char *reason,
                        gpointer user_data);
  /* Something about the site's rows that whoever runs it should know. */
  void (*site_warned) (GenesisInProcessDriver *driver, const char *site, const char *text,
                       gpointer user_data);
  /* How far the work is that run waits for; share -1: not known. */
  void (*progress) (GenesisInProcessDriver *driver, const char *what, double share,
                    gpointer user_data);
  /* (transfer full): the model of the state as it is; needed to seal a durable run */
  GenesisModel *(*build_model) (GenesisInProcessDriver *driver, gpointer user_data);
  gpointer user_data;
} GenesisInProcessObserver;

/**
 * GenesisInProcessCarrier:
 * @carry: gets the sites that are asked in an attempt (element-type GenesisParticipant) in order,
 *   and leaves those whose answers come before the attempt ends, in the order in which they come.
 *   The others are not asked, and the attempt ends at its deadline
 * @silence: what is said of a site that is silent, or %NULL: that the deadline has passed
 * @accepted: the answer of a site is in the total of the round that is open
 *
 * How questions and answers travel, for a rehearsal. Without one, every question arrives and every
 * answer is waited for.
 */
typedef struct
{
  void (*carry) (GPtrArray *asked, guint round, guint attempt, gpointer user_data);
  void (*accepted) (GenesisParticipant *participant, guint round, gsize n_bytes,
                    gpointer user_data);
  gpointer user_data;
  const char *silence;
} GenesisInProcessCarrier;

GenesisInProcessDriver *genesis_in_process_driver_new (const GenesisRunSpec *spec,
                                                       const GenesisInProcessObserver *observer,
                                                       GError **error);
void genesis_in_process_driver_free (GenesisInProcessDriver *self);
/* Takes part from the next run on. */
void genesis_in_process_driver_add_site (GenesisInProcessDriver *self, GenesisDataSite *site);
/* Asks at most rounds plans; rounds that the run directory holds already are not counted. */
gboolean genesis_in_process_driver_run (GenesisInProcessDriver *self, guint rounds, guint threads,
                                        GCancellable *cancellable, GError **error);
gboolean genesis_in_process_driver_is_sealed (GenesisInProcessDriver *self);
/* Why the last run ended: set after run returned TRUE. */
const char *genesis_in_process_driver_get_reason (GenesisInProcessDriver *self);
/* (element-type GenesisParticipant), borrowed */
GPtrArray *genesis_in_process_driver_get_participants (GenesisInProcessDriver *self);
GenesisCoordination *genesis_in_process_driver_get_coordination (GenesisInProcessDriver *self);
/* Lines "event|action coordinator|site MESSAGE" are added to it from now on. */
void genesis_in_process_driver_record (GenesisInProcessDriver *self, GPtrArray *lines);
/* The carrier is copied. */
void genesis_in_process_driver_set_carrier (GenesisInProcessDriver *self,
                                            const GenesisInProcessCarrier *carrier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisInProcessDriver, genesis_in_process_driver_free)

G_END_DECLS
