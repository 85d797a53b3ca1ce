/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordination-opening-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

/* A plugin's fraction of an absorb is told in steps of a percent. */
#define ABSORBING 100u

GenesisCoordination *
genesis_coordination_new (const GenesisRunSpec *spec, GError **error)
{
  g_autoptr (GenesisCoordination) self = g_new0 (GenesisCoordination, 1);

  self->spec = *spec;
  g_object_ref (self->spec.generator);
  g_object_ref (self->spec.aggregator);
  g_object_ref (self->spec.schema);
  self->spec.generator_settings = genesis_run_spec_copy_settings (spec->generator_settings);
  self->spec.aggregator_settings = genesis_run_spec_copy_settings (spec->aggregator_settings);
  self->spec.shares = spec->shares != NULL ? g_hash_table_ref (spec->shares) : NULL;
  self->spec.base = spec->base != NULL ? genesis_model_ref (spec->base) : NULL;
  self->spec.run_directory = g_strdup (spec->run_directory);
  self->first_phase = spec->base != NULL ? 0 : 1;
  self->rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_round_info_unref);
  self->state =
      spec->base != NULL ? genesis_blocks_ref (spec->base->state) : genesis_blocks_new_state ();
  if (spec->run_directory != NULL)
    {
      self->journal = genesis_run_journal_open (spec->run_directory, spec->fresh, error);
      if (self->journal == NULL)
        return NULL;
      self->name = g_strdup (genesis_run_journal_get_name (self->journal));
    }
  if (self->name == NULL)
    self->name = genesis_spend_new_run_name (error);
  return self->name != NULL ? g_steal_pointer (&self) : NULL;
}

void
genesis_coordination_free (GenesisCoordination *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->info, genesis_round_info_unref);
  g_clear_pointer (&self->rounds, g_ptr_array_unref);
  g_clear_pointer (&self->plan, genesis_plan_unref);
  g_clear_pointer (&self->total, genesis_blocks_unref);
  g_free (self->shifts);
  g_clear_pointer (&self->state, genesis_blocks_unref);
  g_clear_pointer (&self->aggregation, genesis_aggregation_free);
  g_clear_pointer (&self->noise, genesis_noise_stream_free);
  g_clear_pointer (&self->generator, genesis_generator_free);
  g_clear_pointer (&self->participants, g_ptr_array_unref);
  g_clear_pointer (&self->initial, g_ptr_array_unref);
  g_clear_pointer (&self->identity, genesis_run_identity_free);
  g_clear_pointer (&self->journal, genesis_run_journal_free);
  g_strfreev (self->generator_settings);
  g_strfreev (self->aggregator_settings);
  g_free (self->name);
  genesis_run_spec_clear (&self->spec);
  g_free (self);
}

/* -- rounds ---------------------------------------------------------------- */

const char *
genesis_coordination_plan (GenesisCoordination *self, gboolean *finished, GError **error)
{
  g_clear_pointer (&self->plan, genesis_plan_unref);
  *finished = FALSE;
  if (self->first_phase > 0)
    self->plan =
        genesis_generator_plan_round (self->generator, self->state,
                                      self->first_phase + self->rounds->len, finished, error);
  else
    self->plan = genesis_generator_plan (self->generator, self->state, finished, error);
  if (self->plan == NULL)
    return NULL;
  if (self->first_phase == 0)
    self->first_phase = genesis_plan_get_abi (self->plan)->phase;
  return genesis_plan_get_digest (self->plan);
}

gboolean
genesis_coordination_open_round (GenesisCoordination *self, guint round, GenesisProgress *progress,
                                 GError **error)
{
  const char *title = genesis_plan_get_title (self->plan);
  genesis_abi_cost cost = { .struct_size = sizeof cost };
  g_autofree char *what = g_strdup_printf ("round %u: %s", round, title);

  if (!genesis_aggregation_open (self->aggregation, self->plan, &cost, error)
      || !genesis_privacy_account_check (&self->account, genesis_plan_get_abi (self->plan), &cost,
                                         genesis_plugin_get_id (self->spec.aggregator), error))
    return FALSE;
  self->mu2 = cost.mu2;
  genesis_coordination_note_shifts (self);
  if (self->journal != NULL
      && !genesis_run_journal_open_round (self->journal, round,
                                          genesis_plan_get_digest (self->plan), &cost, error))
    return FALSE;
  self->round = round;
  /* Single partials are seen where no privacy is claimed. */
  self->has_site_models = !self->spec.terms.is_private
                          && genesis_generator_has_site_models (self->generator)
                          && self->participants->len <= GENESIS_SITE_MODELS_MAX;
  g_clear_pointer (&self->info, genesis_round_info_unref);
  self->info = genesis_round_info_new (round, title);
  for (guint i = 0; i < self->participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (self->participants, i);

      participant->is_accepted = FALSE;
      g_clear_pointer (&participant->next_own, genesis_blocks_unref);
    }
  genesis_progress_begin (progress, what, 0);
  return TRUE;
}

gboolean
genesis_coordination_accept (GenesisCoordination *self, GenesisParticipant *participant,
                             gboolean *is_own_fault, GError **error)
{
  *is_own_fault = FALSE;
  if (!genesis_coordination_check_partial (self, participant, error))
    return FALSE;
  *is_own_fault = TRUE;
  if (self->journal != NULL
      && !genesis_run_journal_accept (self->journal, self->round,
                                      genesis_participant_get_name (participant),
                                      self->spec.terms.is_private ? 0 : participant->rows,
                                      participant->digest, participant->bytes, error))
    return FALSE;
  if (!genesis_aggregation_add (self->aggregation, participant->index, participant->rows,
                                participant->weight_q20, participant->partial, error))
    return FALSE;
  participant->is_accepted = TRUE;
  self->info->samples_aggregated += participant->rows;
  self->info->bytes += g_bytes_get_size (participant->bytes);
  return TRUE;
}

gboolean
genesis_coordination_sync (GenesisCoordination *self, GError **error)
{
  return self->journal == NULL || genesis_run_journal_sync (self->journal, error);
}

static void
add_sorted (char ***texts, char *text)
{
  guint n = g_strv_length (*texts);
  guint at = n;

  *texts = g_renew (char *, *texts, n + 2);
  while (at > 0 && strcmp ((*texts)[at - 1], text) > 0)
    {
      (*texts)[at] = (*texts)[at - 1];
      at--;
    }
  (*texts)[at] = text;
  (*texts)[n + 1] = NULL;
}

gboolean
genesis_coordination_skip (GenesisCoordination *self, GenesisParticipant *participant,
                           const char *reason, GError **error)
{
  const char *name = genesis_participant_get_name (participant);

  add_sorted (&self->info->skipped, g_strdup_printf ("%s: %s", name, reason));
  return self->journal == NULL
         || genesis_run_journal_skip (self->journal, self->round, name, reason, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
collect_sites (GenesisCoordination *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (self->participants, i);

      if (participant->is_accepted)
        g_ptr_array_add (names, g_strdup (genesis_participant_get_name (participant)));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_strfreev (self->info->sites);
  self->info->sites = (char **)g_ptr_array_steal (names, NULL);
}

/* A site that did not answer keeps its state: what it knows is what it measured. */
static void
commit_sites (GenesisCoordination *self)
{
  for (guint i = 0; i < self->participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (self->participants, i);

      if (!participant->is_accepted)
        continue;
      participant->last_round = self->round;
      participant->last_rows =
          !self->spec.terms.is_private
              ? participant->rows
              : genesis_site_config_get_rows (genesis_data_site_get_config (participant->site));
      if (participant->next_own == NULL)
        continue;
      g_clear_pointer (&participant->own, genesis_blocks_unref);
      participant->own = g_steal_pointer (&participant->next_own);
    }
}

/* Warnings of the pooled model: sorted, as a plugin may tell them from several threads. */
static void
collect_warnings (GenesisCoordination *self)
{
  g_autoptr (GPtrArray) warnings = genesis_generator_steal_warnings (self->generator);

  g_ptr_array_sort (warnings, compare_names);
  for (guint i = warnings->len; i-- > 1;)
    if (g_str_equal (g_ptr_array_index (warnings, i), g_ptr_array_index (warnings, i - 1)))
      g_ptr_array_remove_index (warnings, i);
  g_ptr_array_add (warnings, NULL);
  g_strfreev (self->info->warnings);
  self->info->warnings = (char **)g_ptr_array_steal (warnings, NULL);
}

/* How far absorb is, is known only of a plugin that tells it. */
static void
note_fraction (double fraction, const char *what, gpointer user_data)
{
  GenesisProgressPart *part = user_data;

  if (part->size == 0)
    {
      part->size = ABSORBING;
      genesis_progress_expect (part->progress, ABSORBING);
    }
  genesis_progress_part_reach (part, (guint64)(fraction * ABSORBING));
}

/* The plugin's own words about it are not told: a phrase that comes and goes helps nobody. */
static GenesisBlocks *
absorb (GenesisCoordination *self, GenesisBlocks *total, GenesisProgress *progress,
        GCancellable *cancellable, GError **error)
{
  g_autofree char *what = g_strdup_printf ("round %u: absorbing the answers", self->round);
  GenesisProgressPart part = { progress, 0, 0 };
  GenesisBlocks *next;

  genesis_progress_begin (progress, what, 0);
  genesis_progress_tell (progress);
  genesis_generator_set_progress (self->generator, note_fraction, &part);
  next = genesis_generator_absorb (self->generator, self->state, self->state, self->plan, total,
                                   cancellable, error);
  genesis_generator_set_progress (self->generator, NULL, NULL);
  return next;
}

char *
genesis_coordination_close_round (GenesisCoordination *self, GenesisProgress *progress,
                                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisBlocks) total = genesis_coordination_make_total (self, error);
  g_autoptr (GenesisBlocks) next = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (total == NULL)
    return NULL;
  bytes = genesis_coordination_encode (total);
  digest = genesis_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  genesis_coordination_note_total (self, total);
  collect_sites (self);
  if (!genesis_coordination_settle (self, digest, error))
    return NULL;
  next = absorb (self, total, progress, cancellable, error);
  if (next == NULL)
    return NULL;
  collect_warnings (self);
  if (!genesis_coordination_write_close (self, digest, error))
    return NULL;
  genesis_blocks_unref (self->state);
  self->state = g_steal_pointer (&next);
  commit_sites (self);
  g_ptr_array_add (self->rounds, g_steal_pointer (&self->info));
  return g_steal_pointer (&digest);
}

gboolean
genesis_coordination_seal (GenesisCoordination *self, GenesisModel *model, GError **error)
{
  g_autofree char *path = NULL;

  if (self->journal == NULL)
    return TRUE;
  path = genesis_run_directory_dup_path (genesis_run_journal_get_directory (self->journal),
                                         GENESIS_RUN_MODEL_NAME);
  if (!genesis_model_save (model, path, error)
      || !genesis_run_journal_seal (self->journal, genesis_model_get_digest (model), error))
    return FALSE;
  /* What the noise was to hide has served. */
  return !self->spec.terms.is_private
         || genesis_run_directory_remove_parts (genesis_run_journal_get_directory (self->journal),
                                                error);
}

/* -- what is known --------------------------------------------------------- */

GenesisBlocks *
genesis_coordination_get_state (GenesisCoordination *self)
{
  return self->state;
}

gboolean
genesis_coordination_has_site_models (GenesisCoordination *self)
{
  return self->has_site_models;
}

const genesis_abi_session *
genesis_coordination_get_session (GenesisCoordination *self)
{
  return &self->identity->session;
}

const GenesisRunSpec *
genesis_coordination_get_spec (GenesisCoordination *self)
{
  return &self->spec;
}

const char *
genesis_coordination_get_name (GenesisCoordination *self)
{
  return self->name;
}

const char *
genesis_coordination_get_run_id (GenesisCoordination *self)
{
  return self->identity != NULL ? self->identity->run_id : NULL;
}

GenesisRunJournal *
genesis_coordination_get_journal (GenesisCoordination *self)
{
  return self->journal;
}

GPtrArray *
genesis_coordination_get_rounds (GenesisCoordination *self)
{
  return self->rounds;
}

const GenesisPrivacyAccount *
genesis_coordination_get_account (GenesisCoordination *self)
{
  return &self->account;
}

char **
genesis_coordination_get_generator_settings (GenesisCoordination *self)
{
  return self->generator_settings;
}

char **
genesis_coordination_get_aggregator_settings (GenesisCoordination *self)
{
  return self->aggregator_settings;
}
