/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-spend-private.h"

#include <float.h>
#include <math.h>
#include <sodium.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

#define RUN_NAME_SIZE 16

char *
genesis_spend_new_run_name (GError **error)
{
  guint8 bits[RUN_NAME_SIZE];
  char *name;

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_FAILED,
                           "a run cannot be named: the system gives no random bits");
      return NULL;
    }
  name = g_malloc (2 * RUN_NAME_SIZE + 1);
  randombytes_buf (bits, sizeof bits);
  sodium_bin2hex (name, 2 * RUN_NAME_SIZE + 1, bits, sizeof bits);
  return name;
}

static void
part_free (GenesisSpendPart *part)
{
  g_free (part->group);
  g_free (part);
}

static GenesisSpend *
new_empty (void)
{
  GenesisSpend *self = g_new0 (GenesisSpend, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  return self;
}

GenesisSpend *
genesis_spend_new (const char *run, guint round, const char *plan)
{
  GenesisSpend *self;

  g_return_val_if_fail (run != NULL && plan != NULL, NULL);

  self = new_empty ();
  self->run = g_strdup (run);
  self->round = round;
  self->plan = g_strdup (plan);
  return self;
}

void
genesis_spend_free (GenesisSpend *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->run);
  g_free (self->plan);
  g_free (self);
}

/* (transfer full) group */
static void
take_part (GenesisSpend *self, char *group, double sensitivity, double sigma, guint64 units)
{
  GenesisSpendPart *part = g_new (GenesisSpendPart, 1);

  *part = (GenesisSpendPart){ group, sensitivity, sigma, units };
  g_ptr_array_add (self->parts, part);
  self->units += units;
}

/* The double that is nearest to (sensitivity / sigma)^2 may lie below it, by less than two parts in
   2^52; a cost is never below what it is. */
static double
get_cost (double sensitivity, double sigma)
{
  double ratio = sensitivity / sigma;
  double cost = ratio * ratio;

  return cost > 0 ? cost * (1 + 4 * DBL_EPSILON) : cost;
}

gboolean
genesis_spend_add (GenesisSpend *self, const char *group, double sensitivity, double sigma,
                   GError **error)
{
  guint64 units;

  g_return_val_if_fail (self != NULL && group != NULL, FALSE);

  if (!(sensitivity >= 0) || !(sigma > 0) || !isfinite (sensitivity) || !isfinite (sigma))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
                   "group '%s': a sensitivity of %g under noise of sigma %g cannot be accounted "
                   "for; both have to be finite, and sigma above 0",
                   group, sensitivity, sigma);
      return FALSE;
    }
  if (!genesis_privacy_budget_cost (get_cost (sensitivity, sigma), &units, error))
    return FALSE;
  if (units > GENESIS_SPEND_MAX_UNITS - self->units)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
                   "group '%s': the groups of one total cost more than can be counted; raise the "
                   "noise",
                   group);
      return FALSE;
    }
  take_part (self, g_strdup (group), sensitivity, sigma, units);
  return TRUE;
}

/* Part i has what lies between the roundings of the sums up to it and up to the one before: all
   together have units, to the last one. */
static void
divide (GenesisSpend *self, guint64 units, const GenesisSpendPart *parts, guint n_parts, double sum)
{
  guint64 given = 0;
  double so_far = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      const double ratio = parts[i].sensitivity / parts[i].sigma;
      guint64 next;

      so_far += ratio * ratio;
      next = i + 1 < n_parts ? (guint64)((double)units * fmin (so_far / sum, 1)) : units;
      next = CLAMP (next, given, units);
      take_part (self, g_strdup (parts[i].group), parts[i].sensitivity, parts[i].sigma,
                 next - given);
      given = next;
    }
}

gboolean
genesis_spend_add_divided (GenesisSpend *self, double mu2, const GenesisSpendPart *parts,
                           guint n_parts, GError **error)
{
  g_autoptr (GenesisSpend) whole = genesis_spend_new (self->run, self->round, self->plan);
  double sum = 0;

  g_return_val_if_fail (n_parts > 0, FALSE);

  for (guint i = 0; i < n_parts; i++)
    {
      g_autoptr (GenesisSpend) alone = genesis_spend_new (self->run, self->round, self->plan);
      const double ratio = parts[i].sensitivity / parts[i].sigma;

      if (!genesis_spend_add (alone, parts[i].group, parts[i].sensitivity, parts[i].sigma, error))
        return FALSE;
      sum += ratio * ratio;
    }
  if (!genesis_spend_add (whole, parts[0].group, sqrt (mu2), 1, error))
    return FALSE;
  divide (self, whole->units, parts, n_parts, sum);
  return TRUE;
}

gboolean
genesis_spend_equal (const GenesisSpend *a, const GenesisSpend *b)
{
  return a->round == b->round && a->units == b->units && g_str_equal (a->run, b->run)
         && g_str_equal (a->plan, b->plan);
}

void
genesis_spend_encode (const GenesisSpend *self, GenesisEncoder *to)
{
  genesis_encoder_put_text (to, self->run);
  genesis_encoder_put_u32 (to, self->round);
  genesis_encoder_put_text (to, self->plan);
  genesis_encoder_put_u64 (to, self->units);
  genesis_encoder_put_u32 (to, self->parts->len);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const GenesisSpendPart *part = g_ptr_array_index (self->parts, i);

      genesis_encoder_put_text (to, part->group);
      genesis_encoder_put_f64 (to, part->sensitivity);
      genesis_encoder_put_f64 (to, part->sigma);
      genesis_encoder_put_u64 (to, part->units);
    }
}

static gboolean
decode_part (GenesisSpend *self, GenesisDecoder *from)
{
  g_autofree char *group = genesis_decoder_get_text (from);
  double sensitivity = genesis_decoder_get_f64 (from);
  double sigma = genesis_decoder_get_f64 (from);
  guint64 units = genesis_decoder_get_u64 (from);

  if (genesis_decoder_failed (from) || group == NULL
      || units > GENESIS_SPEND_MAX_UNITS - self->units)
    return FALSE;
  take_part (self, g_steal_pointer (&group), sensitivity, sigma, units);
  return TRUE;
}

GenesisSpend *
genesis_spend_decode (GenesisDecoder *from)
{
  g_autoptr (GenesisSpend) self = new_empty ();
  guint64 units;
  guint32 n;

  self->run = genesis_decoder_get_text (from);
  self->round = genesis_decoder_get_u32 (from);
  self->plan = genesis_decoder_get_text (from);
  units = genesis_decoder_get_u64 (from);
  n = genesis_decoder_get_u32 (from);
  if (genesis_decoder_failed (from) || self->run == NULL || self->plan == NULL)
    return NULL;
  for (guint32 i = 0; i < n; i++)
    if (!decode_part (self, from))
      return NULL;
  return self->units == units ? g_steal_pointer (&self) : NULL;
}

double
genesis_spend_get_epsilon (guint64 units, double delta)
{
  double epsilon = NAN;

  genesis_privacy_epsilon (sqrt (genesis_privacy_budget_to_mu2 (units)), delta, &epsilon, NULL);
  return epsilon;
}

gboolean
genesis_spend_limit_init (GenesisSpendLimit *self, double epsilon, double delta, GError **error)
{
  GenesisPrivacyBudget budget;
  double mu;

  if (!(epsilon > 0))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "a privacy budget of epsilon %g lets nothing be asked; it is a number above 0",
                   epsilon);
      return FALSE;
    }
  if (!genesis_privacy_mu (epsilon, delta, &mu, error))
    return FALSE;
  genesis_privacy_budget_init (&budget, mu * mu * (1 - 4 * DBL_EPSILON));
  *self = (GenesisSpendLimit){ epsilon, delta, MIN (budget.limit, GENESIS_SPEND_MAX_UNITS) };
  return TRUE;
}
