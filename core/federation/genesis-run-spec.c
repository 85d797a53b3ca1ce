/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-run-spec-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-session-private.h"
#include "host/genesis-plugin-private.h"

GHashTable *
genesis_run_spec_copy_settings (GHashTable *settings)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
  return copy;
}

void
genesis_run_spec_clear (GenesisRunSpec *self)
{
  g_clear_object (&self->generator);
  g_clear_object (&self->aggregator);
  g_clear_pointer (&self->generator_settings, g_hash_table_unref);
  g_clear_pointer (&self->aggregator_settings, g_hash_table_unref);
  g_clear_object (&self->schema);
  g_clear_pointer (&self->shares, g_hash_table_unref);
  g_clear_pointer (&self->base, genesis_model_unref);
  g_clear_pointer (&self->run_directory, g_free);
}

GenesisRowBounds
genesis_run_spec_get_row_bounds (const GenesisRunSpec *self)
{
  return (GenesisRowBounds){
    .clip = self->terms.is_private ? self->terms.clip : 1,
    .is_enforced = self->terms.is_private && !genesis_plugin_is_trusted (self->generator),
  };
}

/* The rows of a site that may influence a weight. Under privacy a weight is public and so must they
   be: what a joining record moves would be told by every other record's weight. */
static guint64
count_rows (const GenesisRunSpec *self, const GenesisParticipant *participant)
{
  if (participant->is_vetoed)
    return 0;
  if (self->terms.is_private)
    return genesis_site_config_get_rows (genesis_data_site_get_config (participant->site));
  return participant->n_rows;
}

/* With explicit shares a record of site i counts share_i N / n_i: the site as a whole then weighs
   its share of all records, whatever it holds, and equal records of a federation in proportion
   weigh exactly 1. */
static double
weight_of (const GenesisRunSpec *self, GenesisParticipant *participant, guint64 n_all)
{
  const double *share;

  if (self->shares == NULL)
    return genesis_site_config_get_weight (genesis_data_site_get_config (participant->site));
  share = g_hash_table_lookup (self->shares, genesis_participant_get_name (participant));
  if (share == NULL)
    return 0.0;
  return *share * (double)n_all / (double)count_rows (self, participant);
}

/* Whether a site has a part in the weighing. A site's own weight is part of what the run is,
   whether it takes part or not. */
static gboolean
is_weighed (const GenesisRunSpec *self, const GenesisParticipant *participant)
{
  return !participant->is_vetoed || self->shares == NULL;
}

double
genesis_run_spec_get_weight_unit (const GenesisRunSpec *self, GPtrArray *participants)
{
  double unit = INFINITY;

  if (self->shares != NULL)
    return 1;
  for (guint i = 0; i < participants->len; i++)
    {
      const GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (participant->weight > 0)
        unit = MIN (unit, participant->weight);
    }
  return isfinite (unit) ? unit : 1;
}

static gboolean
refuse_site (GenesisParticipant *participant, const char *text, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "site '%s': %s",
               genesis_participant_get_name (participant), text);
  return FALSE;
}

static gboolean
check_weight (const GenesisRunSpec *self, GenesisParticipant *participant, GError **error)
{
  g_autofree char *text = NULL;

  if (participant->weight_q20 == 0)
    return refuse_site (participant,
                        "one of its records would count nothing, or more than 2^20 times another; "
                        "give it a weight nearer to the others', or a share nearer to its part of "
                        "the rows",
                        error);
  if (!self->terms.is_private
      || participant->weight_q20 <= self->terms.max_weight * GENESIS_SESSION_WEIGHT_ONE)
    return TRUE;
  text = g_strdup_printf ("one of its records would count %.3g times another, more than "
                          "max_weight %g; give it a smaller weight, or raise max_weight and with "
                          "it all noise",
                          (double)participant->weight_q20 / GENESIS_SESSION_WEIGHT_ONE,
                          self->terms.max_weight);
  return refuse_site (participant, text, error);
}

static gboolean
count_all_rows (const GenesisRunSpec *self, GPtrArray *participants, guint64 *n_all, GError **error)
{
  *n_all = 0;
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);
      const guint64 n_rows = count_rows (self, participant);

      *n_all += n_rows;
      if (self->terms.is_private && self->shares != NULL && n_rows == 0 && !participant->is_vetoed)
        return refuse_site (participant,
                            "it has a share and under privacy a share needs a declared number of "
                            "rows: set rows= for the site, a round public number",
                            error);
    }
  if (*n_all <= GENESIS_SESSION_N_MAX)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW,
               "the sites hold more than %" G_GUINT64_FORMAT
               " rows together, the most that a run may sum; leave sites out",
               GENESIS_SESSION_N_MAX);
  return FALSE;
}

gboolean
genesis_run_spec_weigh (const GenesisRunSpec *self, GPtrArray *participants, GError **error)
{
  guint64 n_all;
  double unit;

  if (!count_all_rows (self, participants, &n_all, error))
    return FALSE;
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (is_weighed (self, participant))
        participant->weight = weight_of (self, participant, n_all);
    }
  unit = genesis_run_spec_get_weight_unit (self, participants);
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (!is_weighed (self, participant))
        continue;
      participant->weight_q20 = genesis_session_weight_q20 (participant->weight / unit);
      if (!check_weight (self, participant, error))
        return FALSE;
    }
  return TRUE;
}

/* -- identity -------------------------------------------------------------- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_facts (GPtrArray *facts, const char *prefix, char **settings)
{
  for (guint i = 0; settings[i] != NULL; i++)
    g_ptr_array_add (facts, g_strdup_printf ("%s.%s", prefix, settings[i]));
}

/* Settings as they are in force, defaults filled in: only an instance knows them. */
static gboolean
add_plugin_facts (GPtrArray *facts, const GenesisRunSpec *spec, const genesis_abi_session *session,
                  GError **error)
{
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (spec->generator, session, spec->schema, spec->generator_settings, 1,
                             error);
  g_autoptr (GenesisAggregation) aggregation = NULL;
  g_auto (GStrv) generator_settings = NULL;
  g_auto (GStrv) aggregator_settings = NULL;

  if (generator == NULL)
    return FALSE;
  aggregation =
      genesis_aggregation_new (spec->aggregator, session, spec->aggregator_settings, error);
  if (aggregation == NULL)
    return FALSE;
  generator_settings = genesis_generator_dup_settings (generator);
  aggregator_settings = genesis_aggregation_dup_settings (aggregation);
  add_facts (facts, "generator", generator_settings);
  add_facts (facts, "aggregator", aggregator_settings);
  return TRUE;
}

/* Another version may ask and answer otherwise under the same settings. */
static void
add_plugin_fact (GPtrArray *facts, const char *role, GenesisPlugin *plugin)
{
  g_ptr_array_add (facts, g_strdup_printf ("%s=%s", role, genesis_plugin_get_id (plugin)));
  g_ptr_array_add (facts, g_strdup_printf ("%s_version=%s, state %u", role,
                                           genesis_plugin_get_version (plugin),
                                           genesis_plugin_get_state_version (plugin)));
}

static void
add_public_facts (GPtrArray *facts, const GenesisRunSpec *spec, const genesis_abi_session *session,
                  GPtrArray *participants)
{
  g_autofree char *schema = genesis_schema_dup_digest (spec->schema);

  add_plugin_fact (facts, "generator", spec->generator);
  add_plugin_fact (facts, "aggregator", spec->aggregator);
  g_ptr_array_add (facts, g_strdup_printf ("rounds=%u", session->rounds));
  g_ptr_array_add (facts, g_strdup_printf ("min_sites=%u", session->min_sites));
  g_ptr_array_add (facts, g_strdup_printf ("largest_weight=%" G_GUINT64_FORMAT "/1048576",
                                           (guint64)session->max_weight_q20));
  g_ptr_array_add (facts, g_strdup_printf ("budget_mu2=%.17g", session->budget_mu2));
  g_ptr_array_add (facts, g_strdup_printf ("schema=%s", schema));
  g_ptr_array_add (facts, g_strdup_printf ("model=%s", spec->base != NULL
                                                           ? genesis_model_get_digest (spec->base)
                                                           : "none"));
  for (guint i = 0; i < participants->len; i++)
    g_ptr_array_add (facts, g_strdup_printf ("site=%s", genesis_participant_get_name (
                                                            g_ptr_array_index (participants, i))));
}

static void
set_run_id (GenesisRunIdentity *self)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  g_autofree char *digest = NULL;

  genesis_encoder_init (&encoder);
  genesis_session_encode (&self->session, &encoder);
  for (guint i = 0; self->facts[i] != NULL; i++)
    genesis_encoder_put_text (&encoder, self->facts[i]);
  digest = genesis_encoder_dup_sha256 (&encoder);
  self->run_id = g_strndup (digest, 32);
  for (guint i = 0; i < 16; i++)
    self->session.run_id[i] =
        g_ascii_xdigit_value (digest[2 * i]) << 4 | g_ascii_xdigit_value (digest[2 * i + 1]);
}

/* The least budget that a site set itself. */
static double
find_site_epsilon (GPtrArray *participants)
{
  double least = INFINITY;

  for (guint i = 0; i < participants->len; i++)
    {
      const GenesisParticipant *participant = g_ptr_array_index (participants, i);

      /* NAN, no budget, is never less */
      least = fmin (least, genesis_site_config_get_privacy_budget (
                               genesis_data_site_get_config (participant->site)));
    }
  return least;
}

double
genesis_run_spec_get_cost (const GenesisRunSpec *self, GPtrArray *participants)
{
  const double z = self->terms.noise_scale;

  return MIN (genesis_privacy_terms_get_budget (&self->terms, find_site_epsilon (participants)),
              z > 0 ? self->rounds / (z * z) : INFINITY);
}

GenesisRunIdentity *
genesis_run_identity_new (const GenesisRunSpec *spec, GPtrArray *participants, GError **error)
{
  g_autoptr (GenesisRunIdentity) self = g_new0 (GenesisRunIdentity, 1);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  guint64 max_weight = 0;

  genesis_session_init (&self->session, participants->len, spec->min_sites, spec->rounds);
  for (guint i = 0; i < participants->len; i++)
    {
      const GenesisParticipant *participant = g_ptr_array_index (participants, i);

      max_weight = MAX (max_weight, participant->weight_q20);
    }
  self->session.max_weight_q20 = max_weight;
  self->site_epsilon = find_site_epsilon (participants);
  genesis_privacy_terms_apply (&spec->terms, self->site_epsilon, &self->session);
  if (!add_plugin_facts (facts, spec, &self->session, error))
    return NULL;
  add_public_facts (facts, spec, &self->session, participants);
  g_ptr_array_sort (facts, compare_texts);
  g_ptr_array_add (facts, NULL);
  self->facts = g_strdupv ((char **)facts->pdata);
  set_run_id (self);
  return g_steal_pointer (&self);
}

void
genesis_run_identity_free (GenesisRunIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->run_id);
  g_strfreev (self->facts);
  g_free (self);
}

/* Keys of facts that only one side has; values stay out, a setting may be secret. */
static void
collect_keys (const char *const *facts, const char *const *others, GPtrArray *keys)
{
  for (guint i = 0; facts[i] != NULL; i++)
    {
      char *key;

      if (g_strv_contains (others, facts[i]))
        continue;
      key = g_str_has_prefix (facts[i], "site=")
                ? g_strdup (facts[i])
                : g_strndup (facts[i], strchr (facts[i], '=') - facts[i]);
      if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
        g_free (key);
      else
        g_ptr_array_add (keys, key);
    }
}

gboolean
genesis_run_identity_check (const GenesisRunIdentity *self, const char *run_id,
                            const char *const *facts, const char *what, GError **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *list = NULL;

  if (g_str_equal (self->run_id, run_id))
    return TRUE;
  keys = g_ptr_array_new_with_free_func (g_free);
  collect_keys ((const char *const *)self->facts, facts, keys);
  collect_keys (facts, (const char *const *)self->facts, keys);
  g_ptr_array_sort (keys, compare_texts);
  if (keys->len == 0)
    g_ptr_array_add (keys, g_strdup ("the library's version"));
  g_ptr_array_add (keys, NULL);
  list = g_strjoinv (", ", (char **)keys->pdata);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s differs in: %s; put it back, or start a fresh run", what, list);
  return FALSE;
}
