/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordination-opening-private.h"

#include <math.h>

#include "federation/genesis-spending-private.h"
#include "host/genesis-site-bounds-private.h"
#include "host/genesis-noise-group-private.h"

/* How the answers of a round become its total: added up, and under privacy paid for, made noisy and
   made durable, in this order and once. */

GBytes *
genesis_coordination_encode (GenesisBlocks *blocks)
{
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_blocks_encode (blocks, &encoder);
  return genesis_encoder_steal (&encoder);
}

static GenesisBlocks *
decode (GBytes *bytes, GError **error)
{
  GenesisDecoder decoder;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  genesis_decoder_init (&decoder, data, size);
  return genesis_blocks_decode (&decoder, error);
}

void
genesis_coordination_note_shifts (GenesisCoordination *self)
{
  const GenesisRowBounds bounds = genesis_run_spec_get_row_bounds (&self->spec);
  const genesis_abi_plan *plan = genesis_plan_get_abi (self->plan);

  g_clear_pointer (&self->shifts, g_free);
  if (bounds.clip >= 1)
    return;
  self->shifts = g_new (guint8, plan->n_specs);
  for (guint i = 0; i < plan->n_specs; i++)
    self->shifts[i] =
        (guint8)genesis_row_bounds_get_shift (&bounds, plan->specs[i], &self->identity->session);
  genesis_aggregation_set_shifts (self->aggregation, self->shifts);
}

gboolean
genesis_coordination_check_partial (const GenesisCoordination *self,
                                    const GenesisParticipant *participant, GError **error)
{
  const GenesisRowBounds bounds = genesis_run_spec_get_row_bounds (&self->spec);

  if (genesis_row_bounds_are_active (&bounds)
      || genesis_site_bounds_are_active (&self->identity->session))
    return genesis_blocks_check_clipped_partial (participant->partial, self->plan, error);
  return genesis_blocks_check_partial (participant->partial, self->plan, participant->rows, error);
}

/* What a noisy total says of the number of records; at least 0. Where they were clipped, each
   counts clip_threshold of one. */
static guint64
count_rows (GenesisCoordination *self, GenesisBlocks *total)
{
  const genesis_abi_block *rows = genesis_blocks_get_abi (total)->items[0];
  const gboolean is_clipped =
      self->spec.terms.clip < 1 && genesis_plan_get_abi (self->plan)->specs[0]->sensitivity > 0;
  const double n = ldexp ((double)genesis_blocks_get_rows (total), -rows->shift);

  return (guint64)MAX (is_clipped ? rint (n / self->spec.terms.clip) : n, 0);
}

/* The run is taken up again: the noise of a closed round was drawn when it was closed. */
static GenesisBlocks *
take_up_total (GenesisCoordination *self, GBytes *stored, const GenesisRunNoise *noise,
               GError **error)
{
  const GenesisNoiseUse use = { self->mu2, noise->n_cells, noise->least_sigma };

  if (!genesis_privacy_account_spend (&self->account, genesis_plan_get_abi (self->plan), self->mu2,
                                      error))
    return NULL;
  return genesis_privacy_account_note (&self->account, &use, error) ? decode (stored, error) : NULL;
}

/* What the open round costs each site that answered, group by group. */
static GenesisSpend *
make_spend (GenesisCoordination *self, GError **error)
{
  const GenesisPrivacyTerms *terms = &self->spec.terms;
  const double factor =
      genesis_privacy_terms_get_factor (terms, self->identity->session.max_weight_q20);
  g_autoptr (GPtrArray) groups =
      genesis_noise_groups_new (genesis_plan_get_abi (self->plan), self->mu2, terms->clip, factor);
  g_autofree GenesisSpendPart *parts = g_new0 (GenesisSpendPart, MAX (groups->len, 1));
  g_autoptr (GenesisSpend) spend =
      genesis_spend_new (self->name, self->round, genesis_plan_get_digest (self->plan));

  for (guint i = 0; i < groups->len; i++)
    {
      const GenesisNoiseGroup *group = g_ptr_array_index (groups, i);

      parts[i] = (GenesisSpendPart){ group->label, group->sensitivity, group->sigma, 0 };
    }
  if (groups->len == 0
          ? !genesis_spend_add (spend, genesis_plan_get_title (self->plan), 0, 1, error)
          : !genesis_spend_add_divided (spend, self->mu2, parts, groups->len, error))
    return NULL;
  return g_steal_pointer (&spend);
}

static gboolean
reserve (GenesisCoordination *self, GError **error)
{
  g_autoptr (GenesisSpend) spend = make_spend (self, error);

  return spend != NULL && genesis_spending_reserve (self->participants, spend, error);
}

gboolean
genesis_coordination_write_close (GenesisCoordination *self, const char *digest, GError **error)
{
  return self->journal == NULL
         || genesis_run_journal_close_round (self->journal, self->round,
                                             (const char *const *)self->info->sites, digest, error);
}

gboolean
genesis_coordination_settle (GenesisCoordination *self, const char *digest, GError **error)
{
  g_autoptr (GenesisSpend) spend = NULL;

  if (!self->spec.terms.is_private)
    return TRUE;
  if (!genesis_coordination_write_close (self, digest, error))
    return FALSE;
  spend = make_spend (self, error);
  return spend != NULL && genesis_spending_settle (self->participants, spend, digest, error);
}

/* Spent first, durably, then drawn: a kill in between may waste budget and never overspends it. A
   total that nobody could see is none: it is made durable before anything is made of it. */
static GenesisBlocks *
draw_total (GenesisCoordination *self, GError **error)
{
  const GenesisNoiseUse *use = genesis_aggregation_get_noise_use (self->aggregation);
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!genesis_privacy_account_spend (&self->account, genesis_plan_get_abi (self->plan), self->mu2,
                                      error)
      || !genesis_coordination_sync (self, error) || !reserve (self, error))
    return NULL;
  genesis_noise_stream_rekey (self->noise);
  total = genesis_aggregation_close (self->aggregation, error);
  if (total == NULL || !genesis_privacy_account_note (&self->account, use, error))
    return NULL;
  bytes = genesis_coordination_encode (total);
  if (self->journal != NULL
      && !genesis_run_journal_save_total (self->journal, self->round, bytes,
                                          &(GenesisRunNoise){ count_rows (self, total),
                                                              use->n_cells, use->least_sigma },
                                          error))
    return NULL;
  return g_steal_pointer (&total);
}

static GenesisBlocks *
make_private_total (GenesisCoordination *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) stored = NULL;
  GenesisRunNoise noise = { 0, 0, 0 };

  if (self->journal != NULL)
    stored = genesis_run_journal_load_total (self->journal, self->round, &noise, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (stored != NULL)
    return take_up_total (self, stored, &noise, error);
  return draw_total (self, error);
}

/* A round that is closed a second time, because absorbing it was stopped, has the noise it had. */
GenesisBlocks *
genesis_coordination_make_total (GenesisCoordination *self, GError **error)
{
  if (!self->spec.terms.is_private)
    return genesis_aggregation_close (self->aggregation, error);
  if (self->total == NULL || self->total_round != self->round)
    {
      g_clear_pointer (&self->total, genesis_blocks_unref);
      self->total = make_private_total (self, error);
      self->total_round = self->round;
    }
  return self->total != NULL ? genesis_blocks_ref (self->total) : NULL;
}

/* Under privacy the number of rows is what the noisy total says, and sites are told apart by
   nothing. */
void
genesis_coordination_note_total (GenesisCoordination *self, GenesisBlocks *total)
{
  if (!self->spec.terms.is_private)
    return;
  self->info->samples_aggregated = count_rows (self, total);
  self->info->mu2 = self->mu2;
}
