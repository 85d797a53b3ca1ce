/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-site-config.h>

#include <math.h>

struct _GenesisSiteConfig
{
  GObject parent_instance;
  char *name, *ledger, *dataset;
  GenesisSitePolicy *policy;
  double weight;
  double privacy_budget;
  guint64 min_samples;
  guint64 rows;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_POLICY,
  PROP_LEDGER,
  PROP_DATASET,
  PROP_WEIGHT,
  PROP_PRIVACY_BUDGET,
  PROP_MIN_SAMPLES,
  PROP_ROWS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GenesisSiteConfig, genesis_site_config, G_TYPE_OBJECT)

static void
genesis_site_config_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GenesisSiteConfig *self = GENESIS_SITE_CONFIG (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_POLICY:
      g_value_set_object (value, self->policy);
      break;
    case PROP_LEDGER:
      g_value_set_string (value, self->ledger);
      break;
    case PROP_DATASET:
      g_value_set_string (value, self->dataset);
      break;
    case PROP_WEIGHT:
      g_value_set_double (value, self->weight);
      break;
    case PROP_PRIVACY_BUDGET:
      g_value_set_double (value, genesis_site_config_get_privacy_budget (self));
      break;
    case PROP_MIN_SAMPLES:
      g_value_set_uint64 (value, genesis_site_config_get_min_samples (self));
      break;
    case PROP_ROWS:
      g_value_set_uint64 (value, self->rows);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_text (GenesisSiteConfig *self, char **member, const char *text, GParamSpec *pspec)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
genesis_site_config_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GenesisSiteConfig *self = GENESIS_SITE_CONFIG (object);

  switch (id)
    {
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_POLICY:
      genesis_site_config_set_policy (self, g_value_get_object (value));
      break;
    case PROP_LEDGER:
      set_text (self, &self->ledger, g_value_get_string (value), pspec);
      break;
    case PROP_DATASET:
      set_text (self, &self->dataset, g_value_get_string (value), pspec);
      break;
    case PROP_WEIGHT:
      genesis_site_config_set_weight (self, g_value_get_double (value));
      break;
    case PROP_PRIVACY_BUDGET:
      genesis_site_config_set_privacy_budget (self, g_value_get_double (value));
      break;
    case PROP_MIN_SAMPLES:
      genesis_site_config_set_min_samples (self, g_value_get_uint64 (value));
      break;
    case PROP_ROWS:
      genesis_site_config_set_rows (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_site_config_finalize (GObject *object)
{
  GenesisSiteConfig *self = GENESIS_SITE_CONFIG (object);

  g_clear_object (&self->policy);
  g_free (self->name);
  g_free (self->ledger);
  g_free (self->dataset);
  G_OBJECT_CLASS (genesis_site_config_parent_class)->finalize (object);
}

static void
genesis_site_config_class_init (GenesisSiteConfigClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = genesis_site_config_get_property;
  object_class->set_property = genesis_site_config_set_property;
  object_class->finalize = genesis_site_config_finalize;

  /**
   * GenesisSiteConfig:name:
   *
   * The site's name; %NULL: the name given to the #GenesisDataSite.
   */
  properties[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * GenesisSiteConfig:policy:
   *
   * What the site lets be asked, whoever asks; %NULL: anything. Its privacy budget and least number
   * of rows hold where they are stricter than those set here.
   */
  properties[PROP_POLICY] =
      g_param_spec_object ("policy", NULL, NULL, GENESIS_TYPE_SITE_POLICY, flags);
  /**
   * GenesisSiteConfig:ledger:
   *
   * The file in which it is written down what the site's data set has spent of its privacy budget;
   * made when it is absent. %NULL: in memory, where it is forgotten with the process.
   */
  properties[PROP_LEDGER] = g_param_spec_string ("ledger", NULL, NULL, NULL, flags);
  /**
   * GenesisSiteConfig:dataset:
   *
   * The name under which the site's rows have one privacy budget, whatever becomes of their file:
   * any text that stays the same while the rows are the same people's. %NULL: the site's name.
   */
  properties[PROP_DATASET] = g_param_spec_string ("dataset", NULL, NULL, NULL, flags);
  /**
   * GenesisSiteConfig:weight:
   *
   * What one record of this site counts, against 1.0 of others; kept to 2^-20. It multiplies the
   * site's natural share, its number of records.
   */
  properties[PROP_WEIGHT] =
      g_param_spec_double ("weight", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 1.0, flags);
  /**
   * GenesisSiteConfig:privacy-budget:
   *
   * Largest epsilon (at delta 1e-5) that the site is willing to spend; NaN, as it is at first, when
   * unset (a default that a #GParamSpec cannot name). A site with a budget does not
   * take part under an aggregator that gives no differential privacy.
   */
  properties[PROP_PRIVACY_BUDGET] =
      g_param_spec_double ("privacy-budget", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                           flags | G_PARAM_LAX_VALIDATION);
  /**
   * GenesisSiteConfig:min-samples:
   *
   * With fewer rows the site is skipped. Under privacy its rows are those that it declares.
   */
  properties[PROP_MIN_SAMPLES] =
      g_param_spec_uint64 ("min-samples", NULL, NULL, 0, G_MAXUINT64, 100, flags);
  /**
   * GenesisSiteConfig:rows:
   *
   * A public number of rows that the site declares, best a round one; 0: none. Under privacy it
   * stands wherever the true number, which is as secret as a record, would say too much.
   */
  properties[PROP_ROWS] = g_param_spec_uint64 ("rows", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
genesis_site_config_init (GenesisSiteConfig *self)
{
  self->weight = 1.0;
  self->privacy_budget = NAN;
  self->min_samples = 100;
}

/**
 * genesis_site_config_new:
 * @name: (nullable): the site's name
 *
 * Creates a configuration with the defaults: weight 1, no privacy budget, at least 100 samples.
 *
 * Returns: (transfer full): a new configuration
 */
GenesisSiteConfig *
genesis_site_config_new (const char *name)
{
  return g_object_new (GENESIS_TYPE_SITE_CONFIG, "name", name, NULL);
}

/**
 * genesis_site_config_get_name:
 * @self: a site configuration
 *
 * Returns: (nullable): the site's name
 */
const char *
genesis_site_config_get_name (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), NULL);
  return self->name;
}

/**
 * genesis_site_config_get_policy:
 * @self: a site configuration
 *
 * Returns: (transfer none) (nullable): what the site lets be asked
 */
GenesisSitePolicy *
genesis_site_config_get_policy (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), NULL);
  return self->policy;
}

/**
 * genesis_site_config_set_policy:
 * @self: a site configuration
 * @policy: (nullable): what the site lets be asked
 */
void
genesis_site_config_set_policy (GenesisSiteConfig *self, GenesisSitePolicy *policy)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  if (!g_set_object (&self->policy, policy))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POLICY]);
}

/**
 * genesis_site_config_get_ledger:
 * @self: a site configuration
 *
 * Returns: (nullable): the path of the privacy ledger
 */
const char *
genesis_site_config_get_ledger (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), NULL);
  return self->ledger;
}

/**
 * genesis_site_config_set_ledger:
 * @self: a site configuration
 * @path: (nullable): the file of the privacy ledger; %NULL: in memory
 * @dataset: (nullable): the name under which the site's rows have one privacy budget; %NULL: the
 *   site's name
 */
void
genesis_site_config_set_ledger (GenesisSiteConfig *self, const char *path, const char *dataset)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  set_text (self, &self->ledger, path, properties[PROP_LEDGER]);
  set_text (self, &self->dataset, dataset, properties[PROP_DATASET]);
}

/**
 * genesis_site_config_get_dataset:
 * @self: a site configuration
 *
 * Returns: (nullable): the name under which the site's rows have one privacy budget
 */
const char *
genesis_site_config_get_dataset (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), NULL);
  return self->dataset;
}

/**
 * genesis_site_config_get_weight:
 * @self: a site configuration
 *
 * Returns: what one record of the site counts
 */
double
genesis_site_config_get_weight (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), 1.0);
  return self->weight;
}

/**
 * genesis_site_config_set_weight:
 * @self: a site configuration
 * @weight: what one record of the site counts; judged when the site is added to a federation
 */
void
genesis_site_config_set_weight (GenesisSiteConfig *self, double weight)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  if (self->weight == weight)
    return;
  self->weight = weight;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEIGHT]);
}

/**
 * genesis_site_config_get_privacy_budget:
 * @self: a site configuration
 *
 * Returns: an epsilon, the smaller one of what was set and what the policy says; NaN for none
 */
double
genesis_site_config_get_privacy_budget (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), NAN);
  return fmin (self->privacy_budget,
               self->policy != NULL ? genesis_site_policy_get_privacy_budget (self->policy) : NAN);
}

/**
 * genesis_site_config_set_privacy_budget:
 * @self: a site configuration
 * @epsilon: the largest epsilon at delta 1e-5, or NaN to unset
 */
void
genesis_site_config_set_privacy_budget (GenesisSiteConfig *self, double epsilon)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  if (self->privacy_budget == epsilon || (isnan (self->privacy_budget) && isnan (epsilon)))
    return;
  self->privacy_budget = epsilon;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIVACY_BUDGET]);
}

/**
 * genesis_site_config_get_min_samples:
 * @self: a site configuration
 *
 * Returns: the least number of rows with which the site takes part, the larger one of what was set
 *   and what the policy says
 */
guint64
genesis_site_config_get_min_samples (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), 0);
  return MAX (self->min_samples,
              self->policy != NULL ? genesis_site_policy_get_min_samples (self->policy) : 0);
}

/**
 * genesis_site_config_set_min_samples:
 * @self: a site configuration
 * @min_samples: the least number of rows with which the site takes part
 */
void
genesis_site_config_set_min_samples (GenesisSiteConfig *self, guint64 min_samples)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  if (self->min_samples == min_samples)
    return;
  self->min_samples = min_samples;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIN_SAMPLES]);
}

/**
 * genesis_site_config_get_rows:
 * @self: a site configuration
 *
 * Returns: the declared number of rows; 0: none is declared
 */
guint64
genesis_site_config_get_rows (GenesisSiteConfig *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_CONFIG (self), 0);
  return self->rows;
}

/**
 * genesis_site_config_set_rows:
 * @self: a site configuration
 * @rows: a public number of rows; 0: none is declared
 */
void
genesis_site_config_set_rows (GenesisSiteConfig *self, guint64 rows)
{
  g_return_if_fail (GENESIS_IS_SITE_CONFIG (self));
  if (self->rows == rows)
    return;
  self->rows = rows;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROWS]);
}
