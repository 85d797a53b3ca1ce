/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-noise-lending-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "host/genesis-call-private.h"
#include "host/genesis-noise-group-private.h"

/* The deviations that are drawn, in integers after the shift. Below the least, the discrete
   Gaussian is not yet the continuous one to all digits that are reported; many cells need more. */
#define LEAST_SIGMA      0x1p16
#define LEAST_SIGMA_WIDE 0x1p20
#define WIDE             100000u /* cells */
#define USUAL_SIGMA      0x1p26  /* a shift goes no further */
#define LARGEST_SIGMA    0x1p28  /* of exact arithmetic */
#define MAX_SHIFT        24u
#define LARGEST_TOTAL    0x1p61 /* leaves room for the noise below 2^62 */
#define COST_SLACK       1e-9

typedef struct
{
  double sigma; /* as asked; 0: no noise yet */
  gint32 shift;
  gint64 *cells;
} Noisy;

struct _GenesisNoiseLending
{
  genesis_abi_noise abi;
  GenesisLent *lent;
  GenesisNoiseFunc draw;
  gpointer user_data;
  double factor;

  /* while a round is being closed */
  GenesisPlan *plan;
  const genesis_abi_session *session;
  const genesis_abi_sums *total;
  double clip;
  const guint8 *extra_shifts;
  Noisy *blocks;
  GenesisNoiseUse use;
};

/* -- a draw ------------------------------------------------------------------- */

/* The largest shift under which the deviation stays usual and no total can leave the range: it
   follows from public numbers alone. */
static guint
choose_shift (const GenesisNoiseLending *self, const genesis_abi_block_spec *spec, guint extra,
              double sigma)
{
  const double weight = (double)self->session->max_weight_q20 * 0x1p-20;
  const double cell = fmax (fabs (spec->lo), fabs (spec->hi)) * weight;
  const double total = cell * (double)self->session->n_max * ldexp (1, (int)extra);
  guint shift = 0;

  while (shift + extra < MAX_SHIFT && ldexp (sigma, (int)shift + 1) <= USUAL_SIGMA
         && ldexp (total, (int)shift + 1) <= LARGEST_TOTAL)
    shift++;
  return shift;
}

static const char *
find_fault (const GenesisNoiseLending *self, guint32 block, double sigma)
{
  if (self->plan == NULL)
    return "noise is lent in close () alone, when the cost is not NOT_PRIVATE";
  if (block >= genesis_plan_get_abi (self->plan)->n_specs)
    return "noise was asked for a block that the plan does not have";
  if (self->blocks[block].cells != NULL)
    return "noise was asked twice for one block";
  if (!(sigma > 0 && isfinite (sigma)))
    return "sigma is not a finite number above 0";
  return NULL;
}

/* What the deviation is after the shift; 0 when it cannot be drawn. */
static guint64
count_sigma (const GenesisNoiseLending *self, double sigma)
{
  const guint64 n_cells = genesis_plan_get_n_cells (self->plan);
  const double least = n_cells > WIDE ? LEAST_SIGMA_WIDE : LEAST_SIGMA;

  return sigma >= least && sigma <= LARGEST_SIGMA ? (guint64)ceil (sigma) : 0;
}

static genesis_abi_status
add_noise (GenesisNoiseLending *self, guint32 block, guint shift, guint64 sigma)
{
  const gint64 *exact = self->total->data[block];
  const guint64 n = self->total->cells[block];
  gint64 *cells = g_new (gint64, n);

  self->blocks[block].cells = cells;
  for (guint64 i = 0; i < n; i++)
    {
      gint64 scaled;

      if (__builtin_mul_overflow (exact[i], G_GINT64_CONSTANT (1) << shift, &scaled)
          || __builtin_add_overflow (scaled, self->draw (self->user_data, sigma), &cells[i]))
        return GENESIS_ABI_E_OVERFLOW;
    }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
fail (GenesisCall *call, genesis_abi_status code, const char *where, const char *text)
{
  return call != NULL ? genesis_call_fail (call, code, where, text) : code;
}

static genesis_abi_status
discrete_gaussian (void *ctx, const genesis_abi_sums *total, uint32_t block, double sigma)
{
  GenesisNoiseLending *self = ctx;
  GenesisCall *call = genesis_call_get_current (self->lent);
  const char *fault = find_fault (self, block, sigma);
  const genesis_abi_block_spec *spec;
  guint extra, shift;
  guint64 drawn;

  if (fault != NULL)
    return fail (call, GENESIS_ABI_E_INTERNAL, NULL, fault);
  if (total->n != self->total->n || total->data[block] != self->total->data[block])
    return fail (call, GENESIS_ABI_E_INTERNAL, NULL,
                 "noise is added to the total that close () was given, no other");
  spec = genesis_plan_get_abi (self->plan)->specs[block];
  extra = self->extra_shifts != NULL ? self->extra_shifts[block] : 0;
  shift = choose_shift (self, spec, extra, ldexp (sigma * self->factor, (int)extra));
  drawn = count_sigma (self, ldexp (sigma * self->factor, (int)(extra + shift)));
  if (drawn == 0)
    return fail (call, GENESIS_ABI_E_PRIVACY, spec->name,
                 "noise of this size cannot be drawn exactly on the integers of the block; use "
                 "other noise, or other bounds and quanta");
  self->blocks[block].sigma = sigma;
  self->blocks[block].shift = (gint32)(extra + shift);
  self->use.n_cells += self->total->cells[block];
  self->use.least_sigma = self->use.least_sigma == 0 ? drawn : MIN (self->use.least_sigma, drawn);
  if (add_noise (self, block, shift, drawn) == GENESIS_ABI_OK)
    return GENESIS_ABI_OK;
  return fail (call, GENESIS_ABI_E_OVERFLOW, spec->name, "a noisy total leaves 64 bits");
}

/* -- a round ------------------------------------------------------------------- */

void
genesis_noise_lending_begin (GenesisNoiseLending *self, GenesisPlan *plan,
                             const genesis_abi_session *session, const genesis_abi_sums *total,
                             double clip, const guint8 *extra_shifts)
{
  genesis_noise_lending_abandon (self);
  if (self->draw == NULL)
    return;
  self->plan = genesis_plan_ref (plan);
  self->session = session;
  self->total = total;
  self->clip = clip;
  self->extra_shifts = extra_shifts;
  self->blocks = g_new0 (Noisy, total->n);
  self->use = (GenesisNoiseUse){ 0, 0, 0 };
}

void
genesis_noise_lending_abandon (GenesisNoiseLending *self)
{
  for (guint32 i = 0; self->blocks != NULL && i < self->total->n; i++)
    g_free (self->blocks[i].cells);
  g_clear_pointer (&self->blocks, g_free);
  g_clear_pointer (&self->plan, genesis_plan_unref);
}

/* The least noisy block of each group, which speaks for it: group -> block. NULL: one that a record
   can move has no noise. */
static GHashTable *
find_least_noisy (GenesisNoiseLending *self, GError **error)
{
  const genesis_abi_plan *plan = genesis_plan_get_abi (self->plan);
  g_autoptr (GHashTable) least = g_hash_table_new (NULL, NULL);

  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = plan->specs[i];
      gpointer known;

      if (spec->sensitivity == 0)
        continue;
      if (self->blocks[i].cells == NULL)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                       "block '%s' would be released without noise", spec->name);
          return NULL;
        }
      if (!g_hash_table_lookup_extended (least, GUINT_TO_POINTER (spec->group), NULL, &known)
          || self->blocks[i].sigma < self->blocks[GPOINTER_TO_UINT (known)].sigma)
        g_hash_table_insert (least, GUINT_TO_POINTER (spec->group), GUINT_TO_POINTER (i));
    }
  return g_steal_pointer (&least);
}

static double
get_group_cost (GenesisNoiseLending *self, const GenesisNoiseGroup *group, GHashTable *least)
{
  const guint block =
      GPOINTER_TO_UINT (g_hash_table_lookup (least, GUINT_TO_POINTER (group->number)));
  const double ratio = group->sensitivity / self->blocks[block].sigma;

  return ratio * ratio;
}

/* The costs of the groups were written down, each, before any noise was drawn: so must they be. */
static gboolean
check_groups (GenesisNoiseLending *self, GPtrArray *groups, GHashTable *least, double mu2,
              GError **error)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const GenesisNoiseGroup *group = g_ptr_array_index (groups, i);
      const double cost = get_group_cost (self, group, least);

      if (fabs (cost - group->mu2) <= COST_SLACK * mu2)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                   "the noise of group '%s' costs mu^2 %.9g, by the plan's shares it was to cost "
                   "%.9g",
                   group->label, cost, group->mu2);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_cost (GenesisNoiseLending *self, double mu2, GError **error)
{
  g_autoptr (GHashTable) least = find_least_noisy (self, error);
  g_autoptr (GPtrArray) groups = NULL;

  if (least == NULL)
    return FALSE;
  groups = genesis_noise_groups_new (genesis_plan_get_abi (self->plan), mu2, self->clip, 1);
  for (guint i = 0; i < groups->len; i++)
    self->use.mu2 += get_group_cost (self, g_ptr_array_index (groups, i), least);
  if (fabs (self->use.mu2 - mu2) <= COST_SLACK * mu2)
    return check_groups (self, groups, least, mu2, error);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
               "the noise that was drawn costs mu^2 %.9g, open () had stated %.9g", self->use.mu2,
               mu2);
  return FALSE;
}

/* Blocks whose cells no record can move are released as they are. */
static GenesisBlocks *
collect (GenesisNoiseLending *self)
{
  const genesis_abi_plan *plan = genesis_plan_get_abi (self->plan);
  GenesisBlocks *noisy = genesis_blocks_new_list ();

  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      const Noisy *block = &self->blocks[i];
      const guint extra = self->extra_shifts != NULL ? self->extra_shifts[i] : 0;

      genesis_blocks_append (noisy, plan->specs[i]->name, GENESIS_ABI_I64,
                             block->cells != NULL ? block->shift : (gint32)extra,
                             self->total->cells[i],
                             block->cells != NULL ? block->cells : self->total->data[i]);
    }
  return noisy;
}

GenesisBlocks *
genesis_noise_lending_end (GenesisNoiseLending *self, double mu2, GenesisNoiseUse *use,
                           GError **error)
{
  GenesisBlocks *noisy = NULL;

  if (self->plan == NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
                 "states a privacy cost where no noise is lent");
  else if (check_cost (self, mu2, error))
    {
      noisy = collect (self);
      *use = self->use;
    }
  genesis_noise_lending_abandon (self);
  return noisy;
}

/* -- the object ---------------------------------------------------------------- */

GenesisNoiseLending *
genesis_noise_lending_new (GenesisLent *lent)
{
  GenesisNoiseLending *self = g_new0 (GenesisNoiseLending, 1);

  self->lent = lent;
  self->factor = 1;
  self->abi.struct_size = sizeof self->abi;
  self->abi.ctx = self;
  self->abi.discrete_gaussian = discrete_gaussian;
  return self;
}

void
genesis_noise_lending_free (GenesisNoiseLending *self)
{
  if (self == NULL)
    return;
  genesis_noise_lending_abandon (self);
  g_free (self);
}

const genesis_abi_noise *
genesis_noise_lending_get_abi (GenesisNoiseLending *self)
{
  return &self->abi;
}

void
genesis_noise_lending_set_source (GenesisNoiseLending *self, GenesisNoiseFunc draw,
                                  gpointer user_data, double factor)
{
  self->draw = draw;
  self->user_data = user_data;
  self->factor = factor;
}
