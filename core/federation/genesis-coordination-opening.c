/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordination-opening-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-session-private.h"
#include "privacy/genesis-discrete-gaussian-private.h"

/* How a run is opened: who is there, what they weigh, which run it is, and whether the directory
   holds the same one. */

/* The participants that the run was opened with: all of them, or those that the directory names. */
static GPtrArray *
find_initial (GenesisCoordination *self, GPtrArray *participants, GError **error)
{
  g_autoptr (GPtrArray) initial = g_ptr_array_new ();
  const char *const *recorded =
      self->journal != NULL ? genesis_run_journal_get_sites (self->journal) : NULL;
  guint n_found = 0;

  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (recorded == NULL
          || g_strv_contains (recorded, genesis_participant_get_name (participant)))
        g_ptr_array_add (initial, participant);
    }
  for (guint i = 0; recorded != NULL && recorded[i] != NULL; i++)
    {
      gboolean is_there = FALSE;

      for (guint j = 0; j < initial->len && !is_there; j++)
        is_there = g_str_equal (recorded[i],
                                genesis_participant_get_name (g_ptr_array_index (initial, j)));
      n_found += is_there;
      if (is_there)
        continue;
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
          "the run directory holds a run with site '%s', which is missing here; add it, or "
          "start a fresh run",
          recorded[i]);
      return NULL;
    }
  g_assert (recorded == NULL || n_found == initial->len);
  return g_steal_pointer (&initial);
}

static gboolean
begin_journal (GenesisCoordination *self, GPtrArray *initial, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) sites = NULL;

  if (self->journal == NULL)
    return TRUE;
  if (genesis_run_journal_get_run_id (self->journal) != NULL)
    return genesis_run_identity_check (self->identity,
                                       genesis_run_journal_get_run_id (self->journal),
                                       genesis_run_journal_get_facts (self->journal),
                                       "the run in the run directory", error);
  for (guint i = 0; i < initial->len; i++)
    g_strv_builder_add (names, genesis_participant_get_name (g_ptr_array_index (initial, i)));
  sites = g_strv_builder_end (names);
  return genesis_run_journal_begin (self->journal, self->identity->run_id, self->name,
                                    (const char *const *)self->identity->facts,
                                    (const char *const *)sites, error);
}

static gint64
draw_noise (gpointer stream, guint64 sigma)
{
  return genesis_discrete_gaussian_draw (stream, sigma);
}

/* Opens the account of a private run, and gives its aggregator noise. */
static gboolean
prepare_privacy (GenesisCoordination *self, GError **error)
{
  const genesis_abi_session *session = &self->identity->session;

  genesis_privacy_account_init (&self->account, &self->spec.terms, self->identity->site_epsilon,
                                session->budget_mu2);
  g_clear_pointer (&self->noise, genesis_noise_stream_free);
  if (!self->spec.terms.is_private)
    return TRUE;
  self->noise = genesis_noise_stream_new (error);
  if (self->noise == NULL)
    return FALSE;
  genesis_aggregation_set_noise_source (self->aggregation, draw_noise, self->noise,
                                        genesis_privacy_terms_get_factor (&self->spec.terms,
                                                                          session->max_weight_q20));
  return TRUE;
}

static gboolean
create_instances (GenesisCoordination *self, GError **error)
{
  g_clear_pointer (&self->generator, genesis_generator_free);
  g_clear_pointer (&self->aggregation, genesis_aggregation_free);
  self->generator =
      genesis_generator_new (self->spec.generator, &self->identity->session, self->spec.schema,
                             self->spec.generator_settings, self->spec.threads, error);
  if (self->generator == NULL)
    return FALSE;
  self->aggregation = genesis_aggregation_new (self->spec.aggregator, &self->identity->session,
                                               self->spec.aggregator_settings, error);
  if (self->aggregation == NULL || !prepare_privacy (self, error))
    return FALSE;
  g_strfreev (self->generator_settings);
  g_strfreev (self->aggregator_settings);
  self->generator_settings = genesis_generator_dup_settings (self->generator);
  self->aggregator_settings = genesis_aggregation_dup_settings (self->aggregation);
  return TRUE;
}

/* A state means what the settings say under which it was made. */
static gboolean
check_base_settings (GenesisCoordination *self, GError **error)
{
  const GenesisModel *base = self->spec.base;

  for (guint i = 0; base != NULL && base->settings[i] != NULL; i++)
    {
      const char *setting = base->settings[i];

      if (g_strv_contains ((const char *const *)self->generator_settings, setting))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "setting '%.*s' is not the one that the loaded model was trained with; leave it "
                   "out, or train a new model",
                   (int)strcspn (setting, "="), setting);
      return FALSE;
    }
  return TRUE;
}

/* Sites that are not in initial joined a run that was opened without them. */
static gboolean
weigh_late (GenesisCoordination *self, GPtrArray *participants, GPtrArray *initial, GError **error)
{
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (!g_ptr_array_find (initial, participant, NULL)
          && !genesis_coordination_enrol_late (self, participant, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
genesis_coordination_begin (GenesisCoordination *self, GPtrArray *participants, GError **error)
{
  g_autoptr (GPtrArray) initial = find_initial (self, participants, error);

  if (initial == NULL || !genesis_run_spec_weigh (&self->spec, initial, error))
    return FALSE;
  self->weight_unit = genesis_run_spec_get_weight_unit (&self->spec, initial);
  g_clear_pointer (&self->identity, genesis_run_identity_free);
  self->identity = genesis_run_identity_new (&self->spec, initial, error);
  if (self->identity == NULL || !create_instances (self, error)
      || !check_base_settings (self, error) || !begin_journal (self, initial, error)
      || !weigh_late (self, participants, initial, error))
    {
      g_clear_pointer (&self->identity, genesis_run_identity_free);
      return FALSE;
    }
  g_clear_pointer (&self->participants, g_ptr_array_unref);
  g_clear_pointer (&self->initial, g_ptr_array_unref);
  self->participants = g_ptr_array_ref (participants);
  self->initial = g_steal_pointer (&initial);
  return TRUE;
}

gboolean
genesis_coordination_has_begun (GenesisCoordination *self)
{
  return self->identity != NULL;
}

gboolean
genesis_coordination_enrol_late (GenesisCoordination *self, GenesisParticipant *participant,
                                 GError **error)
{
  const char *name = genesis_participant_get_name (participant);
  guint64 weight_q20;

  if (participant->is_vetoed)
    return TRUE;
  participant->weight =
      genesis_site_config_get_weight (genesis_data_site_get_config (participant->site));
  weight_q20 = genesis_session_weight_q20 (participant->weight / self->weight_unit);
  if (self->spec.shares != NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "site '%s' joins a run whose shares were fixed before round 1 without it; start "
                   "a new run",
                   name);
      return FALSE;
    }
  if (weight_q20 > self->identity->session.max_weight_q20)
    {
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
          "site '%s' joins with weight %g, more than the largest weight with which the run "
          "was opened; lower it, or start a new run",
          name, participant->weight);
      return FALSE;
    }
  participant->weight_q20 = weight_q20;
  return TRUE;
}

gboolean
genesis_coordination_check_spec (GenesisCoordination *self, const GenesisRunSpec *spec,
                                 GError **error)
{
  g_autoptr (GenesisRunIdentity) identity = NULL;

  if (g_strcmp0 (spec->run_directory, self->spec.run_directory) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the run directory was changed after the run was started; put it back");
      return FALSE;
    }
  if (self->identity == NULL)
    return TRUE;
  identity = genesis_run_identity_new (spec, self->initial, error);
  if (identity == NULL)
    return FALSE;
  return genesis_run_identity_check (identity, self->identity->run_id,
                                     (const char *const *)self->identity->facts,
                                     "the run that was started", error);
}
