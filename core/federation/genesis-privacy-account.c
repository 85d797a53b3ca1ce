/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-privacy-account-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-json-member-private.h"
#include "privacy/genesis-discrete-privacy-private.h"
#include "privacy/genesis-spend-private.h"

#define SHARE_SLACK 1e-9
#define RAISED      0.9  /* of what noise_scale would have spent */
#define WEAK        10.0 /* epsilon above which little is promised */

void
genesis_privacy_account_init (GenesisPrivacyAccount *self, const GenesisPrivacyTerms *terms,
                              double site_epsilon, double budget_mu2)
{
  *self = (GenesisPrivacyAccount){ .terms = *terms, .site_epsilon = site_epsilon };
  genesis_privacy_budget_init (&self->budget, budget_mu2);
}

double
genesis_privacy_account_get_mu2 (const GenesisPrivacyAccount *self)
{
  return genesis_privacy_budget_to_mu2 (self->budget.spent);
}

static double
get_epsilon_at (const GenesisPrivacyAccount *self, double delta)
{
  return genesis_discrete_privacy_epsilon (genesis_privacy_account_get_mu2 (self),
                                           self->noise.n_cells, self->noise.least_sigma, delta);
}

double
genesis_privacy_account_get_epsilon (const GenesisPrivacyAccount *self)
{
  return self->terms.is_private ? get_epsilon_at (self, self->terms.delta) : INFINITY;
}

/* -- spending --------------------------------------------------------------------- */

static gboolean
check_promise (const GenesisPrivacyAccount *self, const genesis_abi_cost *cost,
               const char *aggregator, GError **error)
{
  const gboolean is_private = (cost->flags & GENESIS_ABI_COST_NOT_PRIVATE) == 0;

  if (is_private == self->terms.is_private)
    return TRUE;
  if (is_private)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
                 "aggregator '%s' states a privacy cost and declares neither epsilon nor "
                 "noise_scale, so nothing was prepared for it; choose fedavg or secure_dp",
                 aggregator);
  else
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
                 "aggregator '%s' declares epsilon or noise_scale and says that its totals are not "
                 "private; choose secure_dp, or fedavg for a run without privacy",
                 aggregator);
  return FALSE;
}

static gboolean
check_units (const GenesisPrivacyAccount *self, double mu2, guint64 *units, GError **error)
{
  if (!genesis_privacy_budget_cost (mu2, units, error))
    return FALSE;
  if (genesis_privacy_budget_allows (&self->budget, *units))
    return TRUE;
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
      "the round costs mu^2 %.6g and %.6g of the run's %.6g is left; raise epsilon, or ask "
      "fewer rounds",
      mu2, genesis_privacy_budget_to_mu2 (self->budget.limit - self->budget.spent),
      genesis_privacy_budget_to_mu2 (self->budget.limit));
  return FALSE;
}

gboolean
genesis_privacy_account_check (const GenesisPrivacyAccount *self, const genesis_abi_plan *plan,
                               const genesis_abi_cost *cost, const char *aggregator, GError **error)
{
  guint64 units;

  if (!check_promise (self, cost, aggregator, error))
    return FALSE;
  if (!self->terms.is_private)
    return TRUE;
  if (self->share + plan->budget_share > 1 + SHARE_SLACK)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                   "the generator's rounds ask for more than the whole privacy budget: %.6g of it "
                   "is planned and this round asks for %.6g",
                   self->share, plan->budget_share);
      return FALSE;
    }
  if (cost->clip != self->terms.clip)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                   "aggregator '%s' clips to %g and its setting clip_threshold says %g", aggregator,
                   cost->clip, self->terms.clip);
      return FALSE;
    }
  return check_units (self, cost->mu2, &units, error);
}

gboolean
genesis_privacy_account_spend (GenesisPrivacyAccount *self, const genesis_abi_plan *plan,
                               double mu2, GError **error)
{
  guint64 units;

  if (!check_units (self, mu2, &units, error))
    return FALSE;
  genesis_privacy_budget_spend (&self->budget, units);
  self->share += plan->budget_share;
  if (mu2 * self->terms.noise_scale * self->terms.noise_scale < RAISED)
    self->is_raised = TRUE;
  return TRUE;
}

gboolean
genesis_privacy_account_note (GenesisPrivacyAccount *self, const GenesisNoiseUse *noise,
                              GError **error)
{
  const double cap = MIN (self->terms.epsilon, self->site_epsilon);

  self->noise.n_cells += noise->n_cells;
  if (self->noise.least_sigma == 0 || noise->least_sigma < self->noise.least_sigma)
    self->noise.least_sigma = noise->least_sigma;
  if (genesis_privacy_account_get_epsilon (self) <= self->terms.epsilon
      && get_epsilon_at (self, GENESIS_SPEND_DELTA) <= self->site_epsilon)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
               "noise over %" G_GUINT64_FORMAT " cells of integers as coarse as these costs more "
               "than epsilon %g; nothing was released; ask fewer cells, or raise epsilon",
               self->noise.n_cells, cap);
  return FALSE;
}

/* -- telling ----------------------------------------------------------------------- */

static const char *
describe_unit (const GenesisPrivacyAccount *self)
{
  if (self->terms.unit == GENESIS_ABI_UNIT_SITE)
    return "all records of one site";
  return self->terms.max_rows_per_person > 1 ? "all records of one person" : "one record";
}

char **
genesis_privacy_account_dup_assumptions (const GenesisPrivacyAccount *self)
{
  g_autoptr (GStrvBuilder) to = g_strv_builder_new ();
  g_autofree char *unit =
      g_strdup_printf ("Tables are neighbours when they differ in %s, %s.", describe_unit (self),
                       self->terms.neighbours == 0 ? "present in one and absent in the other"
                                                   : "replaced by anything else");

  g_strv_builder_add (to, unit);
  if (self->terms.max_rows_per_person > 1)
    {
      g_autofree char *rows = g_strdup_printf ("No person has more than %" G_GUINT64_FORMAT
                                               " records, over all sites together.",
                                               self->terms.max_rows_per_person);

      g_strv_builder_add (to, rows);
    }
  else if (self->terms.unit == GENESIS_ABI_UNIT_RECORD)
    g_strv_builder_add (to, "A person with several records is protected record by record, not as a "
                            "person; set max_rows_per_person for that.");
  if (self->terms.unit == GENESIS_ABI_UNIT_SITE)
    {
      g_autofree char *rows =
          g_strdup_printf ("No site moves the sums further than %" G_GUINT64_FORMAT
                           " records could; what a larger one adds is scaled down to that.",
                           self->terms.max_rows_per_site);

      g_strv_builder_add (to, rows);
    }
  g_strv_builder_add (to, "The schema (columns, bounds, categories) is public and was made without "
                          "looking at the records.");
  g_strv_builder_add (to,
                      "Who keeps the run directory sees the exact sums of each site and adds the "
                      "noise; the promise holds towards everybody else.");
  return g_strv_builder_end (to);
}

/* To tell all of one in 1 / delta, and nothing of the others, is (0, delta)-private. */
static void
warn_of_delta (const GenesisPrivacyAccount *self, guint64 n_rows, guint n_sites, GStrvBuilder *to)
{
  const gboolean is_site = self->terms.unit == GENESIS_ABI_UNIT_SITE;
  const guint64 n = is_site ? n_sites : n_rows;
  g_autofree char *text = NULL;

  if (!self->terms.is_private || self->terms.delta * (double)n <= 1)
    return;
  text = g_strdup_printf ("privacy: delta %g is above one over the number of %s, about "
                          "%" G_GUINT64_FORMAT ", which would let all of one be told; set it far "
                          "below",
                          self->terms.delta, is_site ? "sites" : "records", n);
  g_strv_builder_add (to, text);
}

char **
genesis_privacy_account_dup_warnings (const GenesisPrivacyAccount *self, guint min_sites,
                                      guint64 n_rows, guint n_sites)
{
  g_autoptr (GStrvBuilder) to = g_strv_builder_new ();
  const double epsilon = genesis_privacy_account_get_epsilon (self);

  if (self->terms.is_private && epsilon > WEAK)
    {
      g_autofree char *text =
          g_strdup_printf ("privacy: epsilon %.6g at delta %g promises little; set epsilon to 10 "
                           "or less, or raise noise_scale",
                           epsilon, self->terms.delta);

      g_strv_builder_add (to, text);
    }
  if (self->is_raised)
    {
      g_autofree char *text = g_strdup_printf (
          "privacy: noise was raised above noise_scale %g, to what epsilon and the "
          "sites' privacy_budget allow",
          self->terms.noise_scale);

      g_strv_builder_add (to, text);
    }
  warn_of_delta (self, n_rows, n_sites, to);
  if (self->terms.is_private && min_sites == 2)
    g_strv_builder_add (to, "privacy: with min_sites=2 each site can subtract itself and sees the "
                            "other behind the noise alone; 3 is recommended");
  return g_strv_builder_end (to);
}

/* One sentence for people: what was promised and what it cost. */
static char *
dup_statement (const GenesisPrivacyAccount *self)
{
  const double epsilon = genesis_privacy_account_get_epsilon (self);
  const char *unit = describe_unit (self);

  if (self->budget.spent > 0)
    return g_strdup_printf (
        "differentially private: what was released so far tells at most epsilon "
        "%.6g at delta %g about %s, under the assumptions in the metadata",
        epsilon, self->terms.delta, unit);
  if (isinf (self->terms.epsilon))
    return g_strdup_printf ("differentially private with noise_scale %g: no epsilon is set, each "
                            "round that asks for something adds to it",
                            self->terms.noise_scale);
  return g_strdup_printf ("differentially private: the whole run tells at most epsilon %g at delta "
                          "%g about %s",
                          self->terms.epsilon, self->terms.delta, unit);
}

void
genesis_privacy_account_write (const GenesisPrivacyAccount *self, JsonBuilder *to)
{
  g_auto (GStrv) assumptions = genesis_privacy_account_dup_assumptions (self);
  g_autofree char *statement = dup_statement (self);

  json_builder_begin_object (to);
  genesis_json_add_text (to, "statement", statement);
  genesis_json_add_text (to, "unit", self->terms.unit == GENESIS_ABI_UNIT_SITE ? "site" : "record");
  genesis_json_add_text (to, "neighbours", self->terms.neighbours == 0 ? "add-remove" : "replace");
  genesis_json_add_count (to, "max_rows_per_person", self->terms.max_rows_per_person);
  if (self->terms.max_rows_per_site > 0)
    genesis_json_add_count (to, "max_rows_per_site", self->terms.max_rows_per_site);
  genesis_json_add_number (to, "mu2_spent", genesis_privacy_account_get_mu2 (self));
  genesis_json_add_number (to, "mu2_budget",
                           self->budget.limit == G_MAXUINT64
                               ? INFINITY
                               : genesis_privacy_budget_to_mu2 (self->budget.limit));
  genesis_json_add_number (to, "epsilon", genesis_privacy_account_get_epsilon (self));
  genesis_json_add_number (to, "delta", self->terms.delta);
  genesis_json_add_number (to, "epsilon_cap", self->terms.epsilon);
  genesis_json_add_number (to, "noise_scale", self->terms.noise_scale);
  json_builder_set_member_name (to, "noise_raised");
  json_builder_add_boolean_value (to, self->is_raised);
  genesis_json_add_texts (to, "assumptions", (const char *const *)assumptions);
  json_builder_end_object (to);
}
