/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-generator-measure-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"
#include "host/genesis-abi-schema-private.h"
#include "host/genesis-abi-table-private.h"
#include "host/genesis-instance-private.h"
#include "host/genesis-plan-check-private.h"
#include "host/genesis-plugin-private.h"

/* -- birth and death ------------------------------------------------------------------ */

static gboolean
create_instance (GenesisGenerator *self, GError **error)
{
  GenesisCall call = { .lent = self->base.lent, .name = "create" };
  genesis_abi_gen *instance = NULL;
  genesis_abi_status status;

  genesis_call_begin (&call);
  status =
      self->vtable->create (genesis_lent_get_host (self->base.lent), &self->base.session,
                            genesis_abi_schema_get (self->abi_schema),
                            genesis_plugin_settings_get_config (self->base.settings), &instance);
  if (!genesis_instance_end_create (&self->base, &call, status, instance, error))
    return FALSE;
  self->instance = instance;
  return TRUE;
}

GenesisGenerator *
genesis_generator_new (GenesisPlugin *plugin, const genesis_abi_session *session,
                       GenesisSchema *schema, GHashTable *settings, guint threads, GError **error)
{
  g_autoptr (GenesisGenerator) self = NULL;

  g_return_val_if_fail (GENESIS_IS_PLUGIN (plugin), NULL);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), NULL);

  self = g_new0 (GenesisGenerator, 1);
  self->bounds.clip = 1;
  if (!genesis_instance_init (&self->base, plugin, GENESIS_PLUGIN_KIND_GENERATOR, session, settings,
                              threads, error))
    return NULL;
  self->vtable = &genesis_plugin_get_descriptor (plugin)->generator;
  self->schema = g_object_ref (schema);
  self->abi_schema = genesis_abi_schema_new (schema);
  self->empty = genesis_blocks_new_state ();
  if (!create_instance (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
destroy_instance (GenesisGenerator *self)
{
  GenesisCall call = { .lent = self->base.lent, .name = "destroy" };

  genesis_call_begin (&call);
  self->vtable->destroy (self->instance);
  genesis_call_end (&call, GENESIS_ABI_OK, NULL);
}

void
genesis_generator_free (GenesisGenerator *self)
{
  if (self->instance != NULL)
    destroy_instance (self);
  genesis_instance_clear (&self->base);
  g_clear_pointer (&self->abi_schema, genesis_abi_schema_free);
  g_clear_pointer (&self->empty, genesis_blocks_unref);
  g_clear_object (&self->schema);
  g_free (self);
}

/* -- what it is -------------------------------------------------------------------------- */

gboolean
genesis_generator_has_site_models (GenesisGenerator *self)
{
  return (self->vtable->flags & GENESIS_ABI_GEN_SITE_MODELS) != 0;
}

char **
genesis_generator_dup_settings (GenesisGenerator *self)
{
  return genesis_plugin_settings_dup_list (self->base.settings);
}

guint
genesis_generator_get_n_alive (GenesisGenerator *self)
{
  return genesis_lent_get_n_alive (self->base.lent);
}

void
genesis_generator_set_progress (GenesisGenerator *self, GenesisCallProgressFunc func,
                                gpointer user_data)
{
  self->progress = func;
  self->progress_data = user_data;
}

void
genesis_generator_set_quiet (GenesisGenerator *self, gboolean is_quiet)
{
  genesis_lent_set_quiet (self->base.lent, is_quiet);
}

GPtrArray *
genesis_generator_steal_warnings (GenesisGenerator *self)
{
  return genesis_lent_steal_warnings (self->base.lent);
}

/* -- calls ----------------------------------------------------------------------------------- */

GenesisCall
genesis_generator_make_call (GenesisGenerator *self, const char *name, GenesisPlan *plan,
                             GCancellable *cancellable)
{
  return (GenesisCall){
    .lent = self->base.lent,
    .name = name,
    .plan = plan,
    .cancellable = cancellable,
    .progress = self->progress,
    .progress_data = self->progress_data,
  };
}

const genesis_abi_blocks *
genesis_generator_view_state (GenesisGenerator *self, GenesisBlocks *state)
{
  return genesis_blocks_get_abi (state != NULL ? state : self->empty);
}

GenesisPlan *
genesis_generator_plan (GenesisGenerator *self, GenesisBlocks *state, gboolean *finished,
                        GError **error)
{
  GenesisCall call = genesis_generator_make_call (self, "plan", NULL, NULL);
  const genesis_abi_plan *next = NULL;
  genesis_abi_status status;
  GenesisPlan *plan;

  *finished = FALSE;
  genesis_call_begin (&call);
  status = self->vtable->plan (self->instance, genesis_generator_view_state (self, state), &next);
  if (!genesis_call_end (&call, status, error))
    return NULL;
  if (status == GENESIS_ABI_FINISHED)
    {
      *finished = TRUE;
      return NULL;
    }
  plan = genesis_plan_new_copy (next, &self->base.session, error);
  if (plan == NULL)
    genesis_call_prefix (self->base.lent, "plan", NULL, error);
  return plan;
}

GenesisPlan *
genesis_generator_plan_round (GenesisGenerator *self, GenesisBlocks *state, guint round,
                              gboolean *finished, GError **error)
{
  g_autoptr (GenesisPlan) plan = genesis_generator_plan (self, state, finished, error);
  guint phase = plan != NULL ? genesis_plan_get_abi (plan)->phase : round;

  if (phase == round)
    return g_steal_pointer (&plan);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
               "asks for round %u where round %u comes next; phases count up by one", phase, round);
  genesis_call_prefix (self->base.lent, "plan", NULL, error);
  return NULL;
}

/* Columns of the table must be what the instance was created for; spelling and formats do not
   matter here. */
gboolean
genesis_generator_check_table (GenesisGenerator *self, GenesisTable *table, GError **error)
{
  GenesisSchema *schema = genesis_table_get_schema (table);
  guint n = genesis_schema_get_n_fields (self->schema);

  if (schema == self->schema)
    return TRUE;
  if (genesis_schema_get_n_fields (schema) != n)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "the table has %u columns, the schema of the run has %u",
                   genesis_schema_get_n_fields (schema), n);
      return FALSE;
    }
  for (guint j = 0; j < n; j++)
    {
      const GenesisField *a = genesis_schema_get_field (schema, j);
      const GenesisField *b = genesis_schema_get_field (self->schema, j);

      if (strcmp (a->name, b->name) == 0 && a->kind == b->kind && a->decimals == b->decimals
          && a->n_categories == b->n_categories && a->tick_us == b->tick_us)
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "column %u of the table is '%s', which is not the schema's '%s' in name or kind",
                   j + 1, a->name, b->name);
      return FALSE;
    }
  return TRUE;
}

void
genesis_generator_set_row_bounds (GenesisGenerator *self, const GenesisRowBounds *bounds)
{
  self->bounds = *bounds;
}

GenesisBlocks *
genesis_generator_absorb (GenesisGenerator *self, GenesisBlocks *asked, GenesisBlocks *own,
                          GenesisPlan *plan, GenesisBlocks *total, GCancellable *cancellable,
                          GError **error)
{
  GenesisCall call = genesis_generator_make_call (self, "absorb", plan, cancellable);
  g_autoptr (GenesisBlocks) next = NULL;
  genesis_abi_status status;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  next = genesis_blocks_copy (own != NULL ? own : self->empty);
  call.next = next;
  genesis_call_begin (&call);
  status = self->vtable->absorb (self->instance, genesis_generator_view_state (self, asked),
                                 genesis_generator_view_state (self, own),
                                 genesis_plan_get_abi (plan), genesis_blocks_get_abi (total));
  if (!genesis_call_end (&call, status, error))
    return NULL;
  return g_steal_pointer (&next);
}

gboolean
genesis_generator_sample (GenesisGenerator *self, GenesisBlocks *state, GenesisStream *stream,
                          guint64 first_row, GenesisTable *table, GCancellable *cancellable,
                          GError **error)
{
  GenesisCall call = genesis_generator_make_call (self, "sample", NULL, cancellable);
  g_autoptr (GenesisAbiTableOut) rows = NULL;
  const genesis_abi_rng *rng;
  genesis_abi_status status;

  g_return_val_if_fail (genesis_table_get_n_rows (table) <= GENESIS_CHUNK_ROWS, FALSE);
  g_return_val_if_fail (first_row % GENESIS_CHUNK_ROWS == 0, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !genesis_generator_check_table (self, table, error))
    return FALSE;
  rows = genesis_abi_table_out_new (table, first_row);
  genesis_call_begin (&call);
  rng = genesis_call_lend_stream (&call, stream);
  status = rng != NULL
               ? self->vtable->sample (self->instance, genesis_generator_view_state (self, state),
                                       rng, genesis_abi_table_out_get (rows))
               : GENESIS_ABI_E_NOMEM;
  if (!genesis_call_end (&call, status, error))
    return FALSE;
  return genesis_abi_table_out_finish (rows, error)
         || genesis_call_prefix (self->base.lent, "sample", NULL, error);
}
