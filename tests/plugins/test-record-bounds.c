/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "made-table.h"
#include "noisy-total.h"
#include "record-norms.h"
#include "training.h"

/* An enemy chooses records, of columns of every type, and how many of them a person has, at which
   sites, under which weights: no total of any round moves further than the plan's bound allows. */

#define N_ROWS     1200u
#define N_RANDOM   40u
#define N_EXTREMES 8u
#define N_RECORDS  (N_RANDOM + N_EXTREMES)
#define N_COLUMNS  11u
#define N_SITES    3u
#define N_PERSONS  30u
#define MAX_ROWS   5u

typedef struct
{
  const char *plugin, *setting, *value;
  gboolean has_gaps, is_private, is_replaced;
} Case;

static const Case cases[] = {
  { "histogram", NULL, NULL, TRUE, TRUE, FALSE },
  { "histogram", NULL, NULL, TRUE, TRUE, TRUE },
  { "histogram", NULL, NULL, FALSE, TRUE, TRUE },
  { "histogram", NULL, NULL, TRUE, FALSE, FALSE },
  { "histogram", "cells", "2", TRUE, TRUE, FALSE },
  { "histogram", "cells", "4096", TRUE, TRUE, TRUE },
  { "gaussian_copula", NULL, NULL, TRUE, TRUE, FALSE },
  { "gaussian_copula", NULL, NULL, TRUE, TRUE, TRUE },
  { "gaussian_copula", NULL, NULL, FALSE, TRUE, FALSE },
  { "gaussian_copula", NULL, NULL, FALSE, TRUE, TRUE },
  { "gaussian_copula", "missing", "independent", TRUE, TRUE, FALSE },
  { "gaussian_copula", "missing", "independent", TRUE, TRUE, TRUE },
  { "gaussian_copula", "bins", "8", TRUE, TRUE, FALSE },
  { "gaussian_copula", "bins", "4096", TRUE, TRUE, TRUE },
  { "gaussian_copula", NULL, NULL, TRUE, FALSE, TRUE },
};

/* -- records ------------------------------------------------------------------------- */

static const char *const *
make_levels (guint n)
{
  char **levels = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    levels[i] = g_strdup_printf ("level %u", i);
  return (const char *const *)levels;
}

static GenesisSchema *
make_schema (gboolean has_gaps)
{
  g_auto (GStrv) one = (char **)make_levels (1);
  g_auto (GStrv) few = (char **)make_levels (7);
  g_auto (GStrv) many = (char **)make_levels (300);
  GenesisField *fields[N_COLUMNS] = {
    genesis_field_new_integer ("narrow", 0, 0, 5),
    genesis_field_new_integer ("wide", 0, -3, 1000000000),
    genesis_field_new_integer ("cents", 2, -10000, 10000),
    genesis_field_new_real ("real", -10.0, 10.0),
    genesis_field_new_real ("point", 1.0, 1.0),
    genesis_field_new_boolean ("boolean", "no", "yes"),
    genesis_field_new_category ("one", (const char *const *)one),
    genesis_field_new_category ("few", (const char *const *)few),
    genesis_field_new_category ("many", (const char *const *)many),
    genesis_field_new_datetime ("day", "YYYY-MM-DD", -20000, 19000),
    genesis_field_new_datetime ("second", "YYYY-MM-DDThh:mm:ssZ", 0, 400000000),
  };

  for (guint c = 0; c < N_COLUMNS; c++)
    fields[c]->may_be_missing = has_gaps;
  return made_schema (fields, N_COLUMNS);
}

/* The value at part u of the column's range. */
static void
set_value (GenesisTable *table, guint c, guint row, double u)
{
  const GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (table), c);
  const guint n_levels = c == 6 ? 1 : c == 7 ? 7 : 300;

  if (c == 3 || c == 4)
    made_reals (table, c)[row] = c == 4 ? 1.0 : CLAMP (-10.0 + 20.0 * u, -10.0, 10.0);
  else if (c == 5)
    made_codes (table, c)[row] = u > 0.6;
  else if (c > 5 && c < 9)
    made_codes (table, c)[row] = (gint32)MIN (u * n_levels, n_levels - 1);
  else
    made_integers (table, c)[row] =
        field->ilo + (gint64)rint (u * (double)(field->ihi - field->ilo));
}

static GenesisTable *
make_table (gboolean has_gaps, guint n_rows, guint n_random, guint64 seed)
{
  g_autoptr (GenesisSchema) schema = make_schema (has_gaps);
  GenesisTable *table = genesis_table_new (schema, n_rows);
  GenesisStream stream;

  genesis_stream_init (&stream, seed, "records", n_rows);
  for (guint c = 0; c < N_COLUMNS && has_gaps; c++)
    genesis_table_ensure_validity (table, c);
  for (guint i = 0; i < n_rows; i++)
    for (guint c = 0; c < N_COLUMNS; c++)
      {
        double u[2];

        genesis_stream_fill_uniform (&stream, u, 2);
        set_value (table, c, i, c % 2 == 0 ? u[0] : u[0] * u[0] * u[0]);
        if (has_gaps && i < n_random && u[1] < 0.2)
          genesis_table_set_missing (table, c, i);
      }
  return table;
}

/* All at the lower ends, at the upper ends, in turn; with gaps everywhere, or in every third
   column. */
static GenesisTable *
make_records (gboolean has_gaps)
{
  GenesisTable *records = make_table (has_gaps, N_RECORDS, N_RANDOM, 5);

  for (guint kind = 0; kind < N_EXTREMES; kind++)
    for (guint c = 0; c < N_COLUMNS; c++)
      {
        const gboolean is_high =
            kind % 4 == 1 || (kind % 4 == 2 && c % 2 == 0) || (kind % 4 == 3 && c % 2 == 1);

        set_value (records, c, N_RANDOM + kind, is_high);
        if (has_gaps && (kind == 4 || (kind > 4 && (c + kind) % 3 == 0)))
          genesis_table_set_missing (records, c, N_RANDOM + kind);
      }
  return records;
}

/* -- one record ---------------------------------------------------------------------- */

typedef struct
{
  const Case *kind;
  Training *training;
  GenesisGenerator *generator;
  GenesisTable *table, *records;
  GenesisBlocks *state;
} Run;

static GPtrArray *
measure_records (Run *self, GenesisPlan *plan)
{
  GPtrArray *partials = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_blocks_unref);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autoptr (GenesisTable) one = genesis_table_slice (self->records, i, 1);

      g_ptr_array_add (partials, record_norms_measure (self->generator, self->state, plan, one));
    }
  return partials;
}

static void
check_one_record (Run *self, GenesisPlan *plan, GPtrArray *partials)
{
  RecordNorms worst = { { 0.0 } };

  for (guint i = 0; i < N_RECORDS; i++)
    if (!self->kind->is_replaced)
      record_norms_note (&worst, plan, partials->pdata[i], NULL);
    else
      for (guint j = 0; j < i; j++)
        record_norms_note (&worst, plan, partials->pdata[i], partials->pdata[j]);
  record_norms_check (&worst, plan, 1.0, 0.01);
}

/* -- all records of a person, or of a site --------------------------------------------- */

/* Records of one site each, n of them, added to what the sites answer. */
typedef struct
{
  guint n, records[MAX_ROWS], sites[MAX_ROWS];
} Person;

static void
add_to (GenesisBlocks *sums, GenesisBlocks *partial)
{
  const genesis_abi_sums *to = genesis_blocks_get_sums (sums);

  for (guint32 i = 0; i < to->n; i++)
    for (guint64 k = 0; k < to->cells[i]; k++)
      to->data[i][k] += ((const gint64 *)genesis_blocks_get_abi (partial)->items[i]->data)[k];
}

/* The weighted total, before noise, as secure_dp makes it: of what the sites hold and the
   person. */
static GenesisBlocks *
make_total (Run *self, GenesisPlan *plan, const guint64 *weights_q20, GPtrArray *partials,
            const Person *person)
{
  g_autoptr (GenesisAggregation) aggregation = NULL;
  genesis_abi_cost cost = { .struct_size = sizeof cost };
  GError *error = NULL;
  GenesisBlocks *total;

  aggregation =
      genesis_aggregation_new (self->training->aggregator, &self->training->session, NULL, &error);
  g_assert_no_error (error);
  genesis_aggregation_open (aggregation, plan, &cost, &error);
  g_assert_no_error (error);
  for (guint site = 0; site < N_SITES; site++)
    {
      g_autoptr (GenesisBlocks) sums =
          genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
      guint64 n = 7;

      for (guint i = 0; i < 7; i++)
        add_to (sums, partials->pdata[(7 * site + i) % N_RECORDS]);
      for (guint i = 0; i < person->n; i++)
        if (person->sites[i] == site)
          {
            add_to (sums, partials->pdata[person->records[i]]);
            n++;
          }
      genesis_aggregation_add (aggregation, site, n, weights_q20[site], sums, &error);
      g_assert_no_error (error);
    }
  total = genesis_aggregation_close (aggregation, &error);
  g_assert_no_error (error);
  return total;
}

static Person
choose_person (GenesisStream *stream, const Person *other)
{
  Person person = { .n = MAX_ROWS };
  double u[2 * MAX_ROWS];

  genesis_stream_fill_uniform (stream, u, 2 * MAX_ROWS);
  for (guint i = 0; i < MAX_ROWS; i++)
    {
      /* one record over and over is the worst there is */
      person.records[i] = u[0] < .5 ? (guint)(u[1] * N_RECORDS) : (guint)(u[i] * N_RECORDS);
      person.sites[i] = other != NULL ? other->sites[i] : (guint)(u[MAX_ROWS + i] * N_SITES);
      if (u[0] > .8 && other == NULL) /* a whole site */
        person.sites[i] = 1;
    }
  return person;
}

/* Weights 1, 3.7 and .3: a record counts as much as the largest, rounded up, at most. Totals are
   rounded to whole numbers, and still none moves further. */
static void
check_persons (Run *self, GenesisPlan *plan, GPtrArray *partials)
{
  static const guint64 weights[N_SITES] = { 1 << 20, 3879731, 314573 };
  const Person nobody = { .n = 0 };
  RecordNorms worst = { { 0.0 } };
  GenesisStream stream;

  genesis_stream_init (&stream, 3, "persons", 0);
  for (guint i = 0; i < N_PERSONS; i++)
    {
      const Person one = choose_person (&stream, NULL);
      const Person other = self->kind->is_replaced ? choose_person (&stream, &one) : nobody;
      g_autoptr (GenesisBlocks) with = make_total (self, plan, weights, partials, &one);
      g_autoptr (GenesisBlocks) without = make_total (self, plan, weights, partials, &other);

      record_norms_note (&worst, plan, with, without);
    }
  record_norms_check (&worst, plan, 4.0 * MAX_ROWS, 0.005);
}

/* -- rounds ---------------------------------------------------------------------------- */

static gboolean
check_round (Run *self)
{
  g_autoptr (GPtrArray) partials = NULL;
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisBlocks) exact = NULL;
  g_autoptr (GenesisBlocks) total = NULL;
  GenesisBlocks *next;
  gboolean finished = FALSE;
  GError *error = NULL;

  plan = genesis_generator_plan (self->generator, self->state, &finished, &error);
  g_assert_no_error (error);
  if (finished)
    return FALSE;
  partials = measure_records (self, plan);
  check_one_record (self, plan, partials);
  check_persons (self, plan, partials);
  exact = record_norms_measure (self->generator, self->state, plan, self->table);
  total = self->kind->is_private ? noisy_total_new (exact, plan, 25.0, self->training->noise)
                                 : genesis_blocks_ref (exact);
  next = genesis_generator_absorb (self->generator, self->state, self->state, plan, total, NULL,
                                   &error);
  g_assert_no_error (error);
  genesis_blocks_unref (self->state);
  self->state = next;
  return TRUE;
}

static void
test_bounds (gconstpointer data)
{
  const Case *kind = data;
  g_autoptr (GenesisTable) table = make_table (kind->has_gaps, N_ROWS, N_ROWS, 11);
  g_autoptr (GenesisTable) records = make_records (kind->has_gaps);
  g_autoptr (Training) training =
      training_new_for (kind->plugin, genesis_table_get_schema (table), 4);
  g_autoptr (GenesisGenerator) generator = NULL;
  Run run = { kind, training, NULL, table, records, genesis_blocks_new_state () };
  guint n_rounds = 0;

  if (kind->setting != NULL)
    training_set (training, kind->setting, kind->value);
  training->session.neighbours = kind->is_replaced;
  training->session.max_weight_q20 = 4 << 20;
  if (kind->is_private)
    training_add_noise (training, 100.0, 1);
  run.generator = generator = training_make_generator (training);
  while (check_round (&run))
    n_rounds++;
  genesis_blocks_unref (run.state);
  g_assert_cmpuint (n_rounds, >=, g_str_equal (kind->plugin, "histogram") ? 1 : 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *kind = &cases[i];
      g_autofree char *path = g_strdup_printf ("/record-bounds/%s/%s/%s/%s/%s=%s", kind->plugin,
                                               kind->is_private ? "private" : "exact",
                                               kind->is_replaced ? "replace" : "add-remove",
                                               kind->has_gaps ? "gaps" : "whole",
                                               kind->setting != NULL ? kind->setting : "settings",
                                               kind->value != NULL ? kind->value : "default");

      g_test_add_data_func (path, kind, test_bounds);
    }
  return g_test_run ();
}
