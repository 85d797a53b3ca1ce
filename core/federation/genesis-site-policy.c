/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-policy-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

struct _GenesisSitePolicy
{
  GObject parent_instance;
  char *path;
  GenesisSitePolicyRules rules;
};

G_DEFINE_FINAL_TYPE (GenesisSitePolicy, genesis_site_policy, G_TYPE_OBJECT)

void
genesis_site_policy_rules_clear (GenesisSitePolicyRules *rules)
{
  g_clear_pointer (&rules->generators, g_strfreev);
  g_clear_pointer (&rules->aggregators, g_strfreev);
  g_clear_pointer (&rules->columns, g_strfreev);
  g_clear_pointer (&rules->pins, g_hash_table_unref);
}

static void
genesis_site_policy_finalize (GObject *object)
{
  GenesisSitePolicy *self = GENESIS_SITE_POLICY (object);

  genesis_site_policy_rules_clear (&self->rules);
  g_free (self->path);
  G_OBJECT_CLASS (genesis_site_policy_parent_class)->finalize (object);
}

static void
genesis_site_policy_class_init (GenesisSitePolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_site_policy_finalize;
}

static void
genesis_site_policy_init (GenesisSitePolicy *self)
{
  self->rules.privacy_budget = NAN;
}

GenesisSitePolicy *
genesis_site_policy_new (const char *path, GenesisSitePolicyRules *rules)
{
  GenesisSitePolicy *self = g_object_new (GENESIS_TYPE_SITE_POLICY, NULL);

  self->path = g_strdup (path);
  self->rules = *rules;
  *rules = (GenesisSitePolicyRules){ NULL };
  return self;
}

/* -- what it lets be asked -------------------------------------------------- */

static gboolean refuse (GenesisSitePolicy *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GenesisSitePolicy *self, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED, "its policy '%s' %s", self->path, text);
  return FALSE;
}

static gboolean
admit_plugin (GenesisSitePolicy *self, GenesisPlugin *plugin, char **allowed, const char *kind,
              GError **error)
{
  const char *id = genesis_plugin_get_id (plugin);
  const char *pin = self->rules.pins != NULL ? g_hash_table_lookup (self->rules.pins, id) : NULL;
  g_autofree char *list = NULL;

  if (allowed != NULL && !g_strv_contains ((const char *const *)allowed, id))
    {
      list = g_strjoinv (", ", allowed);
      return refuse (self, error,
                     "does not allow %s '%s'; choose one that it allows (%s), or ask who keeps the "
                     "site to look at this one",
                     kind, id, list);
    }
  if (pin != NULL && g_ascii_strcasecmp (pin, genesis_plugin_get_sha256 (plugin)) != 0)
    return refuse (self, error,
                   "allows another file of %s '%s' than this one, whose SHA-256 is %s; put the "
                   "pinned file back, or ask who keeps the site to look at this one",
                   kind, id, genesis_plugin_get_sha256 (plugin));
  return TRUE;
}

static gboolean
admit_columns (GenesisSitePolicy *self, GenesisSchema *schema, GError **error)
{
  const char *const *allowed = (const char *const *)self->rules.columns;

  for (guint i = 0; allowed != NULL && i < genesis_schema_get_n_fields (schema); i++)
    {
      const char *name = genesis_field_get_name (genesis_schema_get_field (schema, i));

      if (!g_strv_contains (allowed, name))
        return refuse (self, error,
                       "does not allow column '%s'; leave it out of the schema, or ask who keeps "
                       "the site to allow it",
                       name);
    }
  return TRUE;
}

gboolean
genesis_site_policy_admit (GenesisSitePolicy *self, const GenesisSitePolicyRun *run, GError **error)
{
  const GenesisSitePolicyRules *rules = &self->rules;

  if (!admit_plugin (self, run->generator, rules->generators, "generator", error)
      || !admit_plugin (self, run->aggregator, rules->aggregators, "aggregator", error)
      || (run->schema != NULL && !admit_columns (self, run->schema, error)))
    return FALSE;
  if (rules->rounds > 0 && run->rounds > rules->rounds)
    return refuse (self, error,
                   "allows %u rounds and the run may ask %u; ask fewer with rounds=%u, or ask who "
                   "keeps the site to allow more",
                   rules->rounds, run->rounds, rules->rounds);
  if (rules->min_cell > 1 && !run->is_private)
    return refuse (self, error,
                   "lets no count below min_cell %" G_GUINT64_FORMAT
                   " leave without noise, and aggregator '%s' adds none; choose one with "
                   "differential privacy",
                   rules->min_cell, genesis_plugin_get_id (run->aggregator));
  return TRUE;
}

/* -- what it says ----------------------------------------------------------- */

/**
 * genesis_site_policy_get_path:
 * @self: a policy
 *
 * Returns: the file that it was read from
 */
const char *
genesis_site_policy_get_path (GenesisSitePolicy *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_POLICY (self), NULL);
  return self->path;
}

/**
 * genesis_site_policy_get_privacy_budget:
 * @self: a policy
 *
 * Returns: the largest epsilon at delta 1e-5 that the site may spend, or NaN for no limit
 */
double
genesis_site_policy_get_privacy_budget (GenesisSitePolicy *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_POLICY (self), NAN);
  return self->rules.privacy_budget;
}

/**
 * genesis_site_policy_get_min_samples:
 * @self: a policy
 *
 * Returns: the least number of rows with which the site takes part; 0: any
 */
guint64
genesis_site_policy_get_min_samples (GenesisSitePolicy *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_POLICY (self), 0);
  return self->rules.min_samples;
}

/**
 * genesis_site_policy_get_rounds:
 * @self: a policy
 *
 * Returns: the most rounds of a run in which the site takes part; 0: any number
 */
guint
genesis_site_policy_get_rounds (GenesisSitePolicy *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_POLICY (self), 0);
  return self->rules.rounds;
}
