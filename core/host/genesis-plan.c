/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plan-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-abi-copy-private.h"
#include "host/genesis-plan-check-private.h"

struct _GenesisPlan
{
  gatomicrefcount ref_count;
  genesis_abi_plan abi;
  genesis_abi_block_spec *specs;
  const genesis_abi_block_spec **spec_pointers;
  char *digest;
  guint64 n_cells;
};

void
genesis_session_encode (const genesis_abi_session *session, GenesisEncoder *to)
{
  genesis_encoder_put_u32 (to, session->flags);
  genesis_encoder_put_u32 (to, session->n_sites);
  genesis_encoder_put_u32 (to, session->min_sites);
  genesis_encoder_put_u32 (to, session->unit);
  genesis_encoder_put_u32 (to, session->neighbours);
  genesis_encoder_put_u32 (to, session->rounds);
  genesis_encoder_put_u64 (to, session->max_rows_per_person);
  genesis_encoder_put_u64 (to, session->n_max);
  genesis_encoder_put_u64 (to, session->max_weight_q20);
  genesis_encoder_put_f64 (to, session->budget_mu2);
}

static void
encode_spec (const genesis_abi_block_spec *spec, GenesisEncoder *to)
{
  genesis_encoder_put_text (to, spec->name);
  genesis_encoder_put_u32 (to, spec->rank);
  genesis_encoder_put_u64s (to, spec->shape, spec->rank);
  genesis_encoder_put_u32 (to, spec->norm);
  genesis_encoder_put_u32 (to, spec->group);
  genesis_encoder_put_u32 (to, spec->unit);
  genesis_encoder_put_u32 (to, spec->flags);
  genesis_encoder_put_f64 (to, spec->sensitivity);
  genesis_encoder_put_f64 (to, spec->lo);
  genesis_encoder_put_f64 (to, spec->hi);
  genesis_encoder_put_f64 (to, spec->quantum);
  genesis_encoder_put_f64 (to, spec->group_share);
}

static char *
compute_digest (const genesis_abi_plan *plan, const genesis_abi_session *session)
{
  g_auto (GenesisEncoder) encoder = { 0 };

  genesis_encoder_init (&encoder);
  genesis_encoder_put_text (&encoder, "genesis-plan-1");
  genesis_session_encode (session, &encoder);
  genesis_encoder_put_u32 (&encoder, plan->phase);
  genesis_encoder_put_text (&encoder, plan->title);
  genesis_encoder_put_f64 (&encoder, plan->budget_share);
  genesis_encoder_put_u32 (&encoder, plan->n_specs);
  for (guint i = 0; i < plan->n_specs; i++)
    encode_spec (plan->specs[i], &encoder);
  return genesis_encoder_dup_sha256 (&encoder);
}

/* Checks before it copies what a pointer of the spec leads to: a wild rank must not become a
   read. */
static gboolean
copy_spec (genesis_abi_block_spec *to, const genesis_abi_block_spec *from, guint index,
           GError **error)
{
  genesis_abi_block_spec spec;
  g_autofree char *what = g_strdup_printf ("the spec of block %u", index);

  if (!genesis_abi_copy_struct (&spec, sizeof spec, from,
                                GENESIS_ABI_SIZE_1_0 (genesis_abi_block_spec, group_share), what,
                                error))
    return FALSE;
  if (!genesis_plan_check_spec_head (&spec, index, error))
    return FALSE;
  *to = spec;
  to->name = g_strdup (spec.name);
  to->shape = g_memdup2 (spec.shape, spec.rank * sizeof (uint64_t));
  return TRUE;
}

static gboolean
copy_specs (GenesisPlan *self, GError **error)
{
  const genesis_abi_block_spec *const *from = self->abi.specs;
  guint32 n_specs = self->abi.n_specs;

  /* a plan that is freed halfway must not reach into the plugin's memory */
  self->abi.specs = NULL;
  self->abi.n_specs = 0;
  self->specs = g_new0 (genesis_abi_block_spec, n_specs);
  self->spec_pointers = g_new0 (const genesis_abi_block_spec *, n_specs);
  self->abi.specs = self->spec_pointers;
  for (guint32 i = 0; i < n_specs; i++)
    {
      if (!copy_spec (&self->specs[i], from[i], i, error))
        return FALSE;
      self->spec_pointers[i] = &self->specs[i];
      self->abi.n_specs = i + 1;
    }
  return TRUE;
}

/**
 * genesis_plan_new_copy:
 * @plan: (transfer none): what the plugin's plan () returned
 * @session: (transfer none): the public facts of the run
 *
 * Copies a plan into memory of the host, after every cap and rule was checked.
 *
 * Returns: (transfer full): the plan, or %NULL with %GENESIS_ERROR_PLUGIN, _OVERFLOW or _ABI
 */
GenesisPlan *
genesis_plan_new_copy (const genesis_abi_plan *plan, const genesis_abi_session *session,
                       GError **error)
{
  g_autoptr (GenesisPlan) self = NULL;
  genesis_abi_plan head;

  if (!genesis_abi_copy_struct (&head, sizeof head, plan,
                                GENESIS_ABI_SIZE_1_0 (genesis_abi_plan, budget_share), "the plan",
                                error))
    return NULL;
  if (!genesis_plan_check_head (&head, session, error))
    return NULL;
  self = g_new0 (GenesisPlan, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->abi = head;
  self->abi.title = g_strdup (head.title != NULL ? head.title : "");
  if (!copy_specs (self, error)
      || !genesis_plan_check_specs (&self->abi, session, &self->n_cells, error))
    return NULL;
  self->digest = compute_digest (&self->abi, session);
  return g_steal_pointer (&self);
}

GenesisPlan *
genesis_plan_ref (GenesisPlan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_plan_unref (GenesisPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint32 i = 0; i < self->abi.n_specs; i++)
    {
      g_free ((char *)self->specs[i].name);
      g_free ((uint64_t *)self->specs[i].shape);
    }
  g_free (self->specs);
  g_free (self->spec_pointers);
  g_free ((char *)self->abi.title);
  g_free (self->digest);
  g_free (self);
}

const genesis_abi_plan *
genesis_plan_get_abi (GenesisPlan *self)
{
  return &self->abi;
}

const char *
genesis_plan_get_title (GenesisPlan *self)
{
  return self->abi.title;
}

const char *
genesis_plan_get_digest (GenesisPlan *self)
{
  return self->digest;
}

guint64
genesis_plan_get_n_cells (GenesisPlan *self)
{
  return self->n_cells;
}
