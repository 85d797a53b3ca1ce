/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "training.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"
#include "noisy-total.h"

Training *
training_new (GenesisSchema *schema, guint rounds)
{
  return training_new_for ("gaussian_copula", schema, rounds);
}

Training *
training_new_for (const char *generator, GenesisSchema *schema, guint rounds)
{
  Training *self = g_new0 (Training, 1);
  GError *error = NULL;

  self->host = genesis_plugin_host_new ();
  genesis_plugin_host_add_directory (self->host, g_getenv ("GENESIS_TEST_PLUGIN_DIR"), &error);
  g_assert_no_error (error);
  self->generator = genesis_plugin_host_lookup (self->host, generator, &error);
  g_assert_no_error (error);
  self->aggregator = genesis_plugin_host_lookup (self->host, "fedavg", &error);
  g_assert_no_error (error);
  self->schema = g_object_ref (schema);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->session = (genesis_abi_session){
    .struct_size = sizeof self->session,
    .n_sites = 1,
    .min_sites = 1,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .rounds = rounds,
    .max_rows_per_person = 1,
    .n_max = G_GUINT64_CONSTANT (1) << 29,
    .max_weight_q20 = G_GUINT64_CONSTANT (1) << 20,
    .budget_mu2 = INFINITY,
  };
  self->chunk_rows = GENESIS_CHUNK_ROWS;
  self->round_mu2 = 100.0;
  return self;
}

void
training_free (Training *self)
{
  g_clear_pointer (&self->noise, genesis_noise_stream_free);
  g_hash_table_unref (self->settings);
  g_object_unref (self->schema);
  g_object_unref (self->host);
  g_free (self);
}

void
training_set (Training *self, const char *name, const char *value)
{
  g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
}

void
training_add_noise (Training *self, double mu2, guint64 seed)
{
  self->session.flags |= GENESIS_ABI_RUN_PRIVATE;
  self->session.budget_mu2 = mu2;
  g_clear_pointer (&self->noise, genesis_noise_stream_free);
  self->noise = noisy_total_stream (seed);
}

GenesisGenerator *
training_make_generator (Training *self)
{
  GError *error = NULL;
  GenesisGenerator *generator = genesis_generator_new (self->generator, &self->session,
                                                       self->schema, self->settings, 1, &error);

  g_assert_no_error (error);
  return generator;
}

static void
forget (Training *self, GenesisGenerator **generator)
{
  if (!self->amnesia)
    return;
  genesis_generator_free (*generator);
  *generator = training_make_generator (self);
}

static GenesisBlocks *
measure (Training *self, GenesisGenerator **generator, GenesisBlocks *state, GenesisPlan *plan,
         GenesisTable *table, GError **error)
{
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  guint64 n = genesis_table_get_n_rows (table);

  for (guint64 first = 0; first < n; first += self->chunk_rows)
    {
      g_autoptr (GenesisTable) chunk =
          genesis_table_slice (table, first, MIN (self->chunk_rows, n - first));

      forget (self, generator);
      if (!genesis_generator_measure (*generator, state, plan, chunk, sums, NULL, error))
        return NULL;
    }
  if (!genesis_blocks_check_partial (sums, plan, n, error))
    return NULL;
  return g_steal_pointer (&sums);
}

static GenesisBlocks *
aggregate (Training *self, GenesisPlan *plan, GPtrArray *partials, GenesisTable *const *sites,
           const guint64 *weights_q20)
{
  GError *error = NULL;
  genesis_abi_cost cost = { .struct_size = sizeof cost };
  g_autoptr (GenesisAggregation) aggregation =
      genesis_aggregation_new (self->aggregator, &self->session, NULL, &error);
  GenesisBlocks *total;

  g_assert_no_error (error);
  genesis_aggregation_open (aggregation, plan, &cost, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < partials->len; i++)
    {
      guint64 weight = weights_q20 != NULL ? weights_q20[i] : G_GUINT64_CONSTANT (1) << 20;

      genesis_aggregation_add (aggregation, i, genesis_table_get_n_rows (sites[i]), weight,
                               partials->pdata[i], &error);
      g_assert_no_error (error);
    }
  total = genesis_aggregation_close (aggregation, &error);
  g_assert_no_error (error);
  return total;
}

/* Takes exact. */
static GenesisBlocks *
add_noise (Training *self, GenesisPlan *plan, GenesisBlocks *exact)
{
  double mu2 = self->session.budget_mu2 * genesis_plan_get_abi (plan)->budget_share;
  GenesisBlocks *noisy;

  if (self->noise == NULL)
    return exact;
  noisy = noisy_total_new (exact, plan, fmin (mu2, self->round_mu2), self->noise);
  genesis_blocks_unref (exact);
  return noisy;
}

static GenesisBlocks *
absorb (Training *self, GenesisGenerator **generator, GenesisBlocks *asked, GenesisBlocks *own,
        GenesisPlan *plan, GenesisBlocks *total)
{
  GError *error = NULL;
  GenesisBlocks *next;

  forget (self, generator);
  next = genesis_generator_absorb (*generator, asked, own, plan, total, NULL, &error);
  g_assert_no_error (error);
  return next;
}

static void
advance (Training *self, GenesisGenerator **generator, GenesisPlan *plan, GenesisBlocks **state,
         GenesisTable *const *sites, const guint64 *weights_q20, guint n_sites,
         GenesisBlocks **site_states)
{
  g_autoptr (GPtrArray) partials =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_blocks_unref);
  g_autoptr (GenesisBlocks) total = NULL;
  GenesisBlocks *next;
  GError *error = NULL;

  for (guint i = 0; i < n_sites; i++)
    {
      g_ptr_array_add (partials, measure (self, generator, *state, plan, sites[i], &error));
      g_assert_no_error (error);
    }
  total = add_noise (self, plan, aggregate (self, plan, partials, sites, weights_q20));
  for (guint i = 0; site_states != NULL && i < n_sites; i++)
    {
      next = absorb (self, generator, *state, site_states[i], plan, partials->pdata[i]);
      g_clear_pointer (&site_states[i], genesis_blocks_unref);
      site_states[i] = next;
    }
  next = absorb (self, generator, *state, *state, plan, total);
  g_clear_pointer (state, genesis_blocks_unref);
  *state = next;
}

GenesisBlocks *
training_fit_weighted (Training *self, GenesisTable *const *sites, const guint64 *weights_q20,
                       guint n_sites, GenesisBlocks **site_states)
{
  GenesisGenerator *generator = training_make_generator (self);
  GenesisBlocks *state = NULL;
  GError *error = NULL;
  gboolean finished = FALSE;

  self->n_rounds = 0;
  for (guint i = 0; site_states != NULL && i < n_sites; i++)
    site_states[i] = NULL;
  while (TRUE)
    {
      g_autoptr (GenesisPlan) plan = NULL;

      forget (self, &generator);
      plan = genesis_generator_plan (generator, state, &finished, &error);
      g_assert_no_error (error);
      if (finished)
        break;
      advance (self, &generator, plan, &state, sites, weights_q20, n_sites, site_states);
      self->n_rounds++;
    }
  genesis_generator_free (generator);
  return state;
}

GenesisBlocks *
training_fit (Training *self, GenesisTable *const *sites, guint n_sites,
              GenesisBlocks **site_states)
{
  return training_fit_weighted (self, sites, NULL, n_sites, site_states);
}

GenesisBlocks *
training_step (Training *self, GenesisBlocks *state, GenesisTable *table, GError **error)
{
  g_autoptr (GenesisGenerator) generator = training_make_generator (self);
  g_autoptr (GenesisBlocks) partial = NULL;
  g_autoptr (GenesisPlan) plan = NULL;
  gboolean finished = FALSE;

  plan = genesis_generator_plan (generator, state, &finished, error);
  if (plan == NULL)
    return NULL;
  partial = measure (self, &generator, state, plan, table, error);
  if (partial == NULL)
    return NULL;
  return genesis_generator_absorb (generator, state, state, plan, partial, NULL, error);
}

GenesisTable *
training_sample (Training *self, GenesisBlocks *state, guint64 seed, guint64 n_rows)
{
  GenesisTable *table = genesis_table_new (self->schema, n_rows);
  GenesisGenerator *generator = training_make_generator (self);
  GError *error = NULL;

  g_assert_cmpuint (n_rows, <=, GENESIS_CHUNK_ROWS);
  for (guint c = 0; c < genesis_schema_get_n_fields (self->schema); c++)
    if (genesis_schema_get_field (self->schema, c)->may_be_missing)
      genesis_table_ensure_validity (table, c);
  {
    GenesisStream stream;

    genesis_stream_init_chunk (&stream, seed, genesis_plugin_get_id (self->generator), "", 0);
    genesis_generator_sample (generator, state, &stream, 0, table, NULL, &error);
    g_assert_no_error (error);
  }
  genesis_generator_free (generator);
  return table;
}

void
training_assert_refused (Training *self, GenesisBlocks *state, const char *text)
{
  g_autoptr (GenesisTable) rows = genesis_table_new (self->schema, 10);
  g_autoptr (GenesisGenerator) generator = training_make_generator (self);
  GError *error = NULL;
  GenesisStream stream;

  for (guint c = 0; c < genesis_schema_get_n_fields (self->schema); c++)
    if (genesis_schema_get_field (self->schema, c)->may_be_missing)
      genesis_table_ensure_validity (rows, c);
  genesis_stream_init (&stream, 1, "refused", 0);
  g_assert_false (genesis_generator_sample (generator, state, &stream, 0, rows, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, text));
  g_clear_error (&error);
}

void
training_assert_damage_refused (Training *self, GenesisBlocks *state)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);

  for (guint32 i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];
      g_autoptr (GenesisBlocks) cut = genesis_blocks_copy (state);
      g_autoptr (GenesisBlocks) other = genesis_blocks_copy (state);

      /* that one, or the one that no longer fits it */
      genesis_blocks_put (cut, block->name, block->dtype, block->n - 1, block->data);
      training_assert_refused (self, cut, "block '");
      genesis_blocks_put (other, block->name,
                          block->dtype == GENESIS_ABI_I64 ? GENESIS_ABI_F64 : GENESIS_ABI_I64,
                          block->n, block->data);
      training_assert_refused (self, other, block->name);
    }
}

static const void *
find (GenesisBlocks *state, const char *name, guint32 dtype, guint64 *n)
{
  const genesis_abi_block *block = genesis_blocks_find (state, name);

  if (block == NULL)
    return NULL;
  g_assert_cmpuint (block->dtype, ==, dtype);
  if (n != NULL)
    *n = block->n;
  return block->data;
}

const gint64 *
training_integers (GenesisBlocks *state, const char *name, guint64 *n)
{
  return find (state, name, GENESIS_ABI_I64, n);
}

const double *
training_doubles (GenesisBlocks *state, const char *name, guint64 *n)
{
  return find (state, name, GENESIS_ABI_F64, n);
}
