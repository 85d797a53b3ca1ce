/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tests of the host start from: a run of three sites, a schema of every kind, the
   plugins beside the tests. */
#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-plugin-host.h>
#include <genesis/genesis-schema.h>
#include <genesis/genesis-table.h>
#include <genesis/plugin-abi.h>

#include "data/genesis-field-private.h"

static inline genesis_abi_session
make_session (void)
{
  return (genesis_abi_session){
    .struct_size = sizeof (genesis_abi_session),
    .n_sites = 3,
    .min_sites = 1,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .rounds = 5,
    .max_rows_per_person = 1,
    .n_max = 1 << 29,
    .max_weight_q20 = 1 << 20,
    .budget_mu2 = INFINITY,
  };
}

static inline GenesisSchema *
make_schema (void)
{
  static const char *const colours[] = { "red", "green", "blue", NULL };
  g_autoptr (GError) error = NULL;
  GenesisField *age = genesis_field_new_integer ("age", 0, 0, 119);
  g_autoptr (GenesisField) plain = genesis_field_new_real ("dose", 0, 10);
  g_autoptr (GenesisField) dose = genesis_field_with_missing (plain, "");
  GenesisField *fields[] = {
    age,
    dose,
    genesis_field_new_category ("colour", colours),
    genesis_field_new_boolean ("smoker", "no", "yes"),
    genesis_field_new_datetime ("visit", "YYYY-MM-DD", 0, 20000),
  };
  GenesisSchema *schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), &error);

  g_assert_no_error (error);
  genesis_field_unref (age);
  for (guint j = 2; j < G_N_ELEMENTS (fields); j++)
    genesis_field_unref (fields[j]);
  return schema;
}

/* Rows that are all in the schema and not all alike. */
static inline GenesisTable *
make_table (GenesisSchema *schema, guint64 n)
{
  GenesisTable *table = genesis_table_new (schema, n);
  g_autofree gint64 *ages = g_new (gint64, n);
  g_autofree double *doses = g_new (double, n);
  g_autofree const char **colours = g_new (const char *, n);
  g_autofree const char **smokers = g_new (const char *, n);
  g_autofree gint64 *visits = g_new (gint64, n);
  g_autoptr (GError) error = NULL;

  for (guint64 i = 0; i < n; i++)
    {
      ages[i] = (gint64)(i * 7 % 120);
      doses[i] = (double)(i % 101) / 10;
      colours[i] = i % 4 < 2 ? "red" : "blue";
      smokers[i] = i % 3 == 0 ? "yes" : "no";
      visits[i] = (gint64)(i * 13 % 20001);
    }
  genesis_table_set_column_integers (table, 0, ages, n, &error);
  g_assert_no_error (error);
  genesis_table_set_column_reals (table, 1, doses, n, &error);
  g_assert_no_error (error);
  genesis_table_set_column_text (table, 2, colours, n, &error);
  g_assert_no_error (error);
  genesis_table_set_column_text (table, 3, smokers, n, &error);
  g_assert_no_error (error);
  genesis_table_set_column_integers (table, 4, visits, n, &error);
  g_assert_no_error (error);
  for (guint64 i = 0; i < n; i += 5)
    genesis_table_set_missing (table, 1, i);
  return table;
}

static inline char *
find_plugin_file (const char *name)
{
  const char *folder = g_getenv ("GENESIS_TEST_BROKEN_DIR");
  g_autofree char *file = g_strconcat (name, ".so", NULL);

  g_assert_nonnull (folder);
  return g_build_filename (folder, file, NULL);
}

static inline void
set_setting (GHashTable *settings, const char *name, const char *value)
{
  g_hash_table_insert (settings, (gpointer)name, (gpointer)value);
}

/* (transfer none) */
static inline GenesisPlugin *
load_plugin (GenesisPluginHost *host, const char *file_name, const char *id)
{
  g_autofree char *path = find_plugin_file (file_name);
  g_autoptr (GError) error = NULL;
  GenesisPlugin *plugin;

  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);
  plugin = genesis_plugin_host_lookup (host, id, &error);
  g_assert_no_error (error);
  return plugin;
}

static inline void
assert_message (const GError *error, GQuark domain, int code, const char *part)
{
  g_assert_error (error, domain, code);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}
