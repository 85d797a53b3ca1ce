/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "made-table.h"
#include "training.h"

/* Totals that no table has and states that were tampered with: refused with a text, or worked
   with, and then the rows obey the schema. The host checks every drawn row against the schema and
   calls it a fault of the plugin; ASan and UBSan see the rest. */

#define TRIALS   60
#define N_ROUNDS 4

typedef struct
{
  const char *generator;
  gboolean has_gaps, is_private;
} Case;

typedef struct
{
  GenesisTable *table;
  Training *training;
  GenesisGenerator *generator;
  GenesisBlocks *states[N_ROUNDS + 1]; /* before any round, after round 1, 2, ... */
  GenesisStream stream;
} Fixture;

/* 13 columns with gaps: patterns are hashed; one column tied to the pattern. */
static GenesisTable *
make_gappy_table (guint n)
{
  static const char *const levels[] = { "p", "q", "r", NULL };
  GenesisField *fields[16];
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GenesisStream stream;

  for (guint c = 0; c < 16; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%02u", c);

      fields[c] = c < 10   ? genesis_field_new_integer (name, 0, -5, 400000)
                  : c < 13 ? genesis_field_new_real (name, -1e3, 1e3)
                           : genesis_field_new_category (name, levels);
      fields[c]->may_be_missing = c < 13;
    }
  schema = made_schema (fields, 16);
  table = genesis_table_new (schema, n);
  genesis_stream_init (&stream, 5, "gappy table", 0);
  for (guint c = 0; c < 13; c++)
    genesis_table_ensure_validity (table, c);
  for (guint i = 0; i < n; i++)
    {
      double z[16], u[2];

      genesis_stream_fill_normal (&stream, z, 16);
      genesis_stream_fill_uniform (&stream, u, 2);
      for (guint c = 0; c < 10; c++)
        made_integers (table, c)[i] = (gint64)fmin (exp (6.0 + z[c] + z[0]), 4e5);
      for (guint c = 10; c < 13; c++)
        made_reals (table, c)[i] = u[1] < 0.2 ? 0.0 : fmin (fmax (100.0 * z[c], -1e3), 1e3);
      for (guint c = 13; c < 16; c++)
        made_codes (table, c)[i] = (gint32)(u[0] * 3.0);
      for (guint c = 0; c < 13; c++)
        if (u[0] < 0.3 ? c < 4 : u[0] < 0.6 && c >= 9)
          genesis_table_set_missing (table, c, i);
    }
  return table;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const Case *of = data;
  GError *error = NULL;

  self->table = of->has_gaps ? make_gappy_table (400) : made_mixed_table (9, 400);
  self->training =
      training_new_for (of->generator, genesis_table_get_schema (self->table), N_ROUNDS);
  if (g_str_equal (of->generator, "gaussian_copula"))
    training_set (self->training, "bins", "16");
  if (of->is_private)
    training_add_noise (self->training, 1.0, 1);
  self->generator =
      genesis_generator_new (self->training->generator, &self->training->session,
                             self->training->schema, self->training->settings, 1, &error);
  g_assert_no_error (error);
  self->states[0] = genesis_blocks_new_state ();
  for (guint round = 1; round <= N_ROUNDS; round++)
    {
      self->states[round] =
          training_step (self->training, self->states[round - 1], self->table, &error);
      if (self->states[round] == NULL) /* finished */
        self->states[round] = genesis_blocks_ref (self->states[round - 1]);
    }
  genesis_stream_init (&self->stream, 4, "hostile", 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round <= N_ROUNDS; round++)
    genesis_blocks_unref (self->states[round]);
  genesis_generator_free (self->generator);
  training_free (self->training);
  g_object_unref (self->table);
}

static guint64
draw (Fixture *self, guint64 n)
{
  double u;

  genesis_stream_fill_uniform (&self->stream, &u, 1);
  return (guint64)(u * (double)n);
}

/* Not the plugin's fault, whatever it is. */
static gboolean
is_fine (gconstpointer result, GError **error)
{
  if (result != NULL)
    return TRUE;
  if (*error != NULL)
    {
      if (g_error_matches (*error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN))
        g_test_message ("%s", (*error)->message);
      g_assert_false (g_error_matches (*error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN));
      g_assert_cmpstr ((*error)->message, !=, "");
    }
  g_clear_error (error);
  return FALSE;
}

static void
sample (Fixture *self, GenesisBlocks *state, guint n)
{
  g_autoptr (GenesisTable) rows = genesis_table_new (self->training->schema, n);
  GError *error = NULL;
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "rows", 0);
  if (!genesis_generator_sample (self->generator, state, &stream, 0, rows, NULL, &error))
    is_fine (NULL, &error);
}

/* Every call that reads a state. */
static void
use (Fixture *self, GenesisBlocks *state)
{
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisBlocks) sums = NULL;
  g_autoptr (GenesisBlocks) next = NULL;
  GError *error = NULL;
  gboolean finished = FALSE;

  sample (self, state, 500);
  plan = genesis_generator_plan (self->generator, state, &finished, &error);
  if (!is_fine (plan, &error))
    return;
  sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  if (!genesis_generator_measure (self->generator, state, plan, self->table, sums, NULL, &error))
    {
      is_fine (NULL, &error);
      return;
    }
  next = genesis_generator_absorb (self->generator, state, state, plan, sums, NULL, &error);
  if (is_fine (next, &error))
    sample (self, next, 100);
}

static gint64
make_cell (Fixture *self, guint kind, gint64 honest)
{
  static const gint64 extremes[] = { 0,
                                     1,
                                     -1,
                                     19,
                                     G_MAXINT64,
                                     G_MININT64,
                                     G_MAXINT64 / 2,
                                     G_MININT64 / 2,
                                     G_GINT64_CONSTANT (1) << 61,
                                     G_GINT64_CONSTANT (1) << 53,
                                     1000000,
                                     -1000000 };

  if (kind < G_N_ELEMENTS (extremes))
    return extremes[kind];
  if (kind % 2 == 0)
    return extremes[draw (self, G_N_ELEMENTS (extremes))];
  return draw (self, 3) > 0 ? honest : extremes[draw (self, G_N_ELEMENTS (extremes))];
}

/* The same cells, said to be so many halvings too large: no table either. */
static GenesisBlocks *
shift_total (Fixture *self, GenesisBlocks *sums)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (sums);
  GenesisBlocks *shifted;

  if (self->training->noise == NULL)
    return genesis_blocks_ref (sums);
  shifted = genesis_blocks_new_list ();
  for (guint32 i = 0; i < blocks->n; i++)
    genesis_blocks_append (shifted, blocks->items[i]->name, blocks->items[i]->dtype,
                           draw (self, 2) > 0 ? 0 : (gint32)draw (self, 63), blocks->items[i]->n,
                           blocks->items[i]->data);
  return shifted;
}

/* rows: 0 honest, 1 zero, 2 as hostile as the cells */
static void
absorb_hostile (Fixture *self, guint round, guint kind, guint rows)
{
  GError *error = NULL;
  gboolean finished = FALSE;
  g_autoptr (GenesisPlan) plan =
      genesis_generator_plan (self->generator, self->states[round], &finished, &error);
  g_autoptr (GenesisBlocks) sums = NULL;
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GenesisBlocks) next = NULL;
  genesis_abi_sums *cells;
  const genesis_abi_blocks *blocks;

  g_assert_no_error (error);
  if (plan == NULL)
    return;
  sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_generator_measure (self->generator, self->states[round], plan, self->table, sums, NULL,
                             &error);
  g_assert_no_error (error);
  cells = genesis_blocks_get_sums (sums);
  blocks = genesis_blocks_get_abi (sums);
  for (guint32 i = rows == 2 ? 0 : 1; i < blocks->n; i++)
    for (guint64 k = 0; k < blocks->items[i]->n; k++)
      cells->data[i][k] = make_cell (self, kind, cells->data[i][k]);
  if (rows == 1)
    cells->data[0][0] = 0;
  total = shift_total (self, sums);
  next = genesis_generator_absorb (self->generator, self->states[round], self->states[round], plan,
                                   total, NULL, &error);
  if (is_fine (next, &error))
    use (self, next);
}

static void
test_totals (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint kind = 0; kind < 14; kind++)
      for (guint rows = 0; rows < 3; rows++)
        absorb_hostile (self, round, kind, rows);
}

static void
flip (Fixture *self, GenesisBlocks *state)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);
  const genesis_abi_block *block = blocks->items[draw (self, blocks->n)];
  g_autofree guint8 *bytes = g_memdup2 (block->data, block->n * 8);
  guint64 *words = (guint64 *)(gpointer)bytes;
  guint64 entry = draw (self, block->n), from = draw (self, block->n);

  switch (draw (self, 4))
    {
    case 0:
      words[entry] ^= G_GUINT64_CONSTANT (1) << draw (self, 64);
      break;
    case 1:
      words[entry] = words[from];
      break;
    case 2:
      words[entry] = (guint64)make_cell (self, (guint)draw (self, 12), 0);
      break;
    default:
      words[entry] += draw (self, 2) > 0 ? 1 : -1;
    }
  genesis_blocks_put (state, block->name, block->dtype, block->n, bytes);
}

static void
test_mutations (Fixture *self, gconstpointer data)
{
  for (guint trial = 0; trial < TRIALS; trial++)
    {
      g_autoptr (GenesisBlocks) state = genesis_blocks_copy (self->states[1 + trial % N_ROUNDS]);

      for (guint64 n = 1 + draw (self, 3); n > 0; n--)
        flip (self, state);
      use (self, state);
    }
}

/* Blocks lost, and blocks of another round in their place. */
static void
test_mixtures (Fixture *self, gconstpointer data)
{
  for (guint trial = 0; trial < TRIALS; trial++)
    {
      g_autoptr (GenesisBlocks) state = genesis_blocks_copy (self->states[1 + draw (self, 4)]);
      const genesis_abi_blocks *other = genesis_blocks_get_abi (self->states[1 + draw (self, 4)]);

      for (guint64 n = 1 + draw (self, 3); n > 0; n--)
        {
          const genesis_abi_block *block = other->items[draw (self, other->n)];

          genesis_blocks_put (state, block->name, block->dtype,
                              draw (self, 3) > 0 ? block->n : draw (self, block->n), block->data);
        }
      use (self, state);
    }
}

int
main (int argc, char **argv)
{
  static const Case mixed = { "gaussian_copula", FALSE, FALSE },
                    gaps = { "gaussian_copula", TRUE, FALSE },
                    private_mixed = { "gaussian_copula", FALSE, TRUE },
                    private_gaps = { "gaussian_copula", TRUE, TRUE },
                    counted = { "histogram", FALSE, FALSE },
                    private_counted = { "histogram", FALSE, TRUE },
                    private_counted_gaps = { "histogram", TRUE, TRUE };

  g_test_init (&argc, &argv, NULL);
#define add(path, of, func) g_test_add (path, Fixture, of, set_up, func, tear_down)
  add ("/hostile/totals/mixed", &mixed, test_totals);
  add ("/hostile/totals/gaps", &gaps, test_totals);
  add ("/hostile/totals/private", &private_mixed, test_totals);
  add ("/hostile/totals/private-gaps", &private_gaps, test_totals);
  add ("/hostile/totals/histogram", &counted, test_totals);
  add ("/hostile/totals/private-histogram", &private_counted, test_totals);
  add ("/hostile/totals/private-histogram-gaps", &private_counted_gaps, test_totals);
  add ("/hostile/states/mutated", &mixed, test_mutations);
  add ("/hostile/states/mutated-gaps", &gaps, test_mutations);
  add ("/hostile/states/mutated-private-gaps", &private_gaps, test_mutations);
  add ("/hostile/states/mutated-histogram", &counted, test_mutations);
  add ("/hostile/states/mixed-rounds", &mixed, test_mixtures);
  add ("/hostile/states/mixed-rounds-gaps", &gaps, test_mixtures);
  add ("/hostile/states/mixed-histogram", &counted, test_mixtures);
#undef add
  return g_test_run ();
}
