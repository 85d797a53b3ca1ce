/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "database-tables.h"
#include "real-table.h"

#ifdef GENESIS_HAVE_POSTGRES
static PostgresServer server;
static const char *absent;
#endif

static GenesisSchema *
draft (GenesisSource *source)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema;

  genesis_source_draft (source, draft, NULL, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  return schema;
}

/* Drafts a schema from the source alone, and trains over it to the end. */
static char *
train (GenesisSource *source)
{
  g_autoptr (GenesisSchema) schema = draft (source);
  g_autoptr (GenesisPluginHost) host = real_table_plugins ();
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, 2);
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new ("site");
  g_autoptr (GenesisDataSite) site =
      genesis_data_site_new_for_source ("site", source, schema, config);
  g_autoptr (GError) error = NULL;

  genesis_federated_generator_add_site (generator, site, &error);
  g_assert_no_error (error);
  return real_table_train (generator);
}

static GenesisSource *
open_sqlite (const char *path, GenesisSource *csv, GenesisSchema *schema)
{
#ifdef GENESIS_HAVE_SQLITE
  g_autoptr (GError) error = NULL;
  GenesisSource *source = genesis_source_new_for_sqlite (path, "data", &error);

  g_assert_no_error (error);
  database_tables_fill_sqlite (path, csv, schema);
  return source;
#else
  g_test_skip ("this build cannot read SQLite");
  return NULL;
#endif
}

static GenesisSource *
open_postgres (GenesisSource *csv, GenesisSchema *schema)
{
#ifdef GENESIS_HAVE_POSTGRES
  g_autoptr (GError) error = NULL;
  GenesisSource *source;

  if (absent != NULL)
    {
      g_test_skip (absent);
      return NULL;
    }
  source = genesis_source_new_for_postgres (server.connection, "data", &error);
  g_assert_no_error (error);
  database_tables_fill_postgres (&server, csv, schema);
  return source;
#else
  g_test_skip ("this build cannot read PostgreSQL");
  return NULL;
#endif
}

static void
check_one_digest (const char *csv_path)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "data.db", NULL);
  g_autoptr (GenesisSource) csv = genesis_source_new_for_csv (csv_path);
  g_autoptr (GenesisSchema) schema = draft (csv);
  g_autofree char *digest = train (csv);
  g_autoptr (GenesisSource) sqlite = open_sqlite (path, csv, schema);
  g_autoptr (GenesisSource) postgres = open_postgres (csv, schema);
  g_autofree char *of_sqlite = sqlite != NULL ? train (sqlite) : NULL;
  g_autofree char *of_postgres = postgres != NULL ? train (postgres) : NULL;

  if (sqlite != NULL)
    g_assert_cmpstr (of_sqlite, ==, digest);
  if (postgres != NULL)
    g_assert_cmpstr (of_postgres, ==, digest);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_made_up (void)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "made-up.csv", NULL);
  g_autoptr (GString) text = g_string_new ("visit,age,weight,dose,sex,smoker,day,seen,note\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 600; i++)
    {
      g_string_append_printf (text, "%u,%u,%u.%u,", 1000 + i, 20 + i * 7 % 60, 50 + i % 40, i % 10);
      if (i % 9 != 0)
        g_string_append_printf (text, "0.0%u1234567%u", i % 7 + 1, i * 13 % 89 + 10);
      g_string_append_printf (text, ",%s,%s,2024-%02u-%02u,2024-%02u-%02u %02u:%02u:00,",
                              i % 2 ? "f" : "m", i % 3 ? "no" : "yes", i % 12 + 1, i % 28 + 1,
                              i % 12 + 1, i % 27 + 1, i % 24, i % 60);
      g_string_append (text, i % 5 ? "\"a, \"\"b\"\"\"\n" : i % 4 ? "\n" : "c\n");
    }
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  check_one_digest (path);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_real (gconstpointer name)
{
  g_autofree char *path = real_table_find (name);

  if (path != NULL)
    check_one_digest (path);
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
#ifdef GENESIS_HAVE_POSTGRES
  absent = postgres_server_start (&server);
#endif
  g_test_add_func ("/databases/one-digest/made-up-table-of-every-type", test_made_up);
  g_test_add_data_func ("/databases/one-digest/adult", "adult_test.csv", test_real);
  g_test_add_data_func ("/databases/one-digest/taxis", "taxis.csv", test_real);
  code = g_test_run ();
#ifdef GENESIS_HAVE_POSTGRES
  postgres_server_stop (&server);
#endif
  return code;
}
