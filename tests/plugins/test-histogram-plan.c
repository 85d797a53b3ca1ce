/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "histogram-generator.h"

/* The plan, asked of the plugin without a host between: schemas may be larger than any table. */

typedef struct
{
  genesis_abi_host host;
  genesis_abi_session session;
  GPtrArray *scratch;
  guint n_alive;
  char text[512];
} Lender;

static genesis_abi_status
keep_text (void *ctx, genesis_abi_status code, const char *where, const char *utf8)
{
  g_strlcpy (((Lender *)ctx)->text, utf8, sizeof ((Lender *)ctx)->text);
  return code;
}

static void *
lend_scratch (void *ctx, size_t bytes)
{
  void *memory = g_malloc (bytes);

  g_ptr_array_add (((Lender *)ctx)->scratch, memory);
  return memory;
}

static void *
lend (void *ctx, size_t bytes)
{
  ((Lender *)ctx)->n_alive++;
  return g_malloc (bytes);
}

static void
take_back (void *ctx, void *memory)
{
  ((Lender *)ctx)->n_alive -= memory != NULL;
  g_free (memory);
}

static void
lender_init (Lender *self, guint32 flags, guint32 neighbours)
{
  memset (self, 0, sizeof *self);
  self->scratch = g_ptr_array_new_with_free_func (g_free);
  self->host = (genesis_abi_host){ .struct_size = sizeof self->host,
                                   .ctx = self,
                                   .fail = keep_text,
                                   .scratch = lend_scratch,
                                   .alloc = lend,
                                   .free = take_back };
  self->session = (genesis_abi_session){ .struct_size = sizeof self->session,
                                         .flags = flags,
                                         .n_sites = 1,
                                         .min_sites = 1,
                                         .unit = GENESIS_ABI_UNIT_RECORD,
                                         .neighbours = neighbours,
                                         .rounds = 1,
                                         .max_rows_per_person = 1,
                                         .n_max = 1 << 29,
                                         .max_weight_q20 = 1 << 20,
                                         .budget_mu2 = INFINITY };
}

static void
lender_clear (Lender *self)
{
  g_assert_cmpuint (self->n_alive, ==, 0);
  g_ptr_array_unref (self->scratch);
}

/* n columns like one. */
typedef struct
{
  genesis_abi_field field;
  const genesis_abi_field **fields;
  genesis_abi_schema schema;
} Columns;

static void
columns_init (Columns *self, guint n, genesis_abi_field field)
{
  self->field = field;
  self->field.struct_size = sizeof field;
  self->field.name = "x";
  self->fields = g_new (const genesis_abi_field *, n + 1);
  for (guint c = 0; c < n; c++)
    self->fields[c] = &self->field;
  self->schema = (genesis_abi_schema){ .struct_size = sizeof self->schema,
                                       .n_fields = n,
                                       .fields = self->fields };
}

static genesis_abi_status
create (Lender *lender, Columns *columns, gint64 cells, genesis_abi_gen **out)
{
  genesis_abi_value values[2] = { { .i = cells }, { .r = 4.0 } };
  genesis_abi_config config = { .struct_size = sizeof config, .n = 2, .values = values };

  return histogram_create (&lender->host, &lender->session, &columns->schema, &config, out);
}

static const genesis_abi_plan *
plan_of (Lender *lender, genesis_abi_gen *generator)
{
  genesis_abi_blocks empty = { .struct_size = sizeof empty };
  const genesis_abi_plan *plan = NULL;

  g_assert_cmpint (histogram_plan (generator, &empty, &plan), ==, GENESIS_ABI_OK);
  return plan;
}

static void
test_sensitivity (void)
{
  static const struct
  {
    guint n;
    guint32 neighbours;
    double sensitivity, rows;
  } cases[] = {
    { 1, 0, 1.0, 1.0 },
    { 9, 0, 3.0, 1.0 },
    { 8, 1, 4.0, 0.0 },
    { 5000, 0, 70.71067811865476, 1.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      genesis_abi_gen *generator = NULL;
      const genesis_abi_plan *plan;
      Columns columns;
      Lender lender;

      lender_init (&lender, GENESIS_ABI_RUN_PRIVATE, cases[i].neighbours);
      columns_init (&columns, cases[i].n,
                    (genesis_abi_field){ .type = GENESIS_ABI_COL_INT, .ilo = 0, .ihi = 9 });
      g_assert_cmpint (create (&lender, &columns, 0, &generator), ==, GENESIS_ABI_OK);
      plan = plan_of (&lender, generator);
      g_assert_cmpfloat (plan->specs[0]->sensitivity, ==, cases[i].rows);
      g_assert_cmpfloat (plan->specs[0]->group_share + plan->specs[1]->group_share, ==, 1.0);
      g_assert_cmpfloat (plan->budget_share, ==, 1.0);
      for (guint b = 1; b < plan->n_specs; b++)
        {
          g_assert_cmpuint (plan->specs[b]->group, ==, 1);
          g_assert_cmpuint (plan->specs[b]->norm, ==, GENESIS_ABI_NORM_L2);
          g_assert_cmpfloat_with_epsilon (plan->specs[b]->sensitivity, cases[i].sensitivity, 1e-12);
        }
      histogram_destroy (generator);
      lender_clear (&lender);
      g_free (columns.fields);
    }
}

static guint64
count_cells (const genesis_abi_plan *plan)
{
  guint64 n = 0;

  for (guint b = 0; b < plan->n_specs; b++)
    n += plan->specs[b]->shape[0];
  return n;
}

/* At most 4,096 blocks, whatever the number of columns, and no column lost. */
static void
test_blocks (void)
{
  static const guint sizes[] = { 1, 4095, 4096, 5000, 8190, 8191 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      genesis_abi_gen *generator = NULL;
      const genesis_abi_plan *plan;
      Columns columns;
      Lender lender;

      lender_init (&lender, 0, 0);
      columns_init (&columns, sizes[i],
                    (genesis_abi_field){ .type = GENESIS_ABI_COL_CATEGORY,
                                         .n_categories = 3,
                                         .flags = GENESIS_ABI_FIELD_MAY_BE_MISSING });
      g_assert_cmpint (create (&lender, &columns, 0, &generator), ==, GENESIS_ABI_OK);
      plan = plan_of (&lender, generator);
      g_assert_cmpuint (plan->n_specs, <=, 4096);
      g_assert_cmpuint (count_cells (plan), ==, 1 + 4 * sizes[i]);
      g_assert_cmpuint (plan->specs[1]->flags, ==, sizes[i] <= 4095 ? GENESIS_ABI_BLOCK_COUNTS : 0);
      histogram_destroy (generator);
      lender_clear (&lender);
      g_free (columns.fields);
    }
}

/* 2^26 cells are more than a plan holds with its rows. */
static void
test_too_many_cells (void)
{
  static const struct
  {
    guint n;
    guint32 n_categories;
    genesis_abi_status status;
    const char *text;
  } cases[] = {
    { 1023, 65536, GENESIS_ABI_OK, "" },
    { 1024, 65536, GENESIS_ABI_E_CONFIG, "67108864 cells" },
    { 1, 1u << 17, GENESIS_ABI_E_CONFIG, "categories" },
    { 1, 0, GENESIS_ABI_E_CONFIG, "at least one category" },
    { 0, 1, GENESIS_ABI_E_CONFIG, "no columns" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      genesis_abi_gen *generator = NULL;
      Columns columns;
      Lender lender;

      lender_init (&lender, 0, 0);
      columns_init (&columns, cases[i].n,
                    (genesis_abi_field){ .type = GENESIS_ABI_COL_CATEGORY,
                                         .n_categories = cases[i].n_categories });
      g_assert_cmpint (create (&lender, &columns, 0, &generator), ==, cases[i].status);
      g_assert_nonnull (strstr (lender.text, cases[i].text));
      g_assert_true ((generator != NULL) == (cases[i].status == GENESIS_ABI_OK));
      if (generator != NULL)
        histogram_destroy (generator);
      lender_clear (&lender);
      g_free (columns.fields);
    }
}

static guint64
count_numeric_cells (guint32 flags, gint64 cells, gint64 width)
{
  genesis_abi_gen *generator = NULL;
  Columns columns;
  Lender lender;
  guint64 n;

  lender_init (&lender, flags, 0);
  columns_init (&columns, 1,
                (genesis_abi_field){ .type = GENESIS_ABI_COL_INT, .ilo = 0, .ihi = width - 1 });
  g_assert_cmpint (create (&lender, &columns, cells, &generator), ==, GENESIS_ABI_OK);
  n = count_cells (plan_of (&lender, generator)) - 1;
  histogram_destroy (generator);
  lender_clear (&lender);
  g_free (columns.fields);
  return n;
}

/* One a unit up to the limit; beyond it never more: 4,096 without noise, 256 with, or as set. */
static void
test_numeric_cells (void)
{
  g_assert_cmpuint (count_numeric_cells (0, 0, 4096), ==, 4096);
  g_assert_cmpuint (count_numeric_cells (0, 0, 4097), <, 4096);
  g_assert_cmpuint (count_numeric_cells (GENESIS_ABI_RUN_PRIVATE, 0, 256), ==, 256);
  g_assert_cmpuint (count_numeric_cells (GENESIS_ABI_RUN_PRIVATE, 0, 257), <, 256);
  g_assert_cmpuint (count_numeric_cells (GENESIS_ABI_RUN_PRIVATE, 0, 100000), >, 100);
  g_assert_cmpuint (count_numeric_cells (GENESIS_ABI_RUN_PRIVATE, 0, 100000), <=, 256);
  g_assert_cmpuint (count_numeric_cells (GENESIS_ABI_RUN_PRIVATE, 4096, 4096), ==, 4096);
  g_assert_cmpuint (count_numeric_cells (0, 10, 4096), <=, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/plan/sensitivity-is-the-root-of-the-columns", test_sensitivity);
  g_test_add_func ("/histogram/plan/at-most-4096-blocks", test_blocks);
  g_test_add_func ("/histogram/plan/too-many-cells-are-refused", test_too_many_cells);
  g_test_add_func ("/histogram/plan/cells-of-numbers", test_numeric_cells);
  return g_test_run ();
}
