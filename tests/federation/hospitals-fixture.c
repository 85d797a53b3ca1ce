/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "hospitals-fixture.h"

#include <glib/gstdio.h>

#include <genesis/genesis-schema-draft.h>

#include "data/genesis-table-private.h"

static void
write_tables (const char *folder)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("GENESIS_TEST_BUILD_DIR"), "examples", "hospitals", NULL);
  const char *arguments[] = { program, "--seed", "1", folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

char *
hospitals_path (const Hospitals *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static char *
table_path (const Hospitals *self, guint i)
{
  g_autofree char *name = g_strconcat (self->names[i], ".csv", NULL);

  return hospitals_path (self, name);
}

static void
load_tables (Hospitals *self)
{
  static const char *const markers[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_HOSPITALS; i++)
    {
      g_autofree char *path = table_path (self, i);

      genesis_schema_draft_add_csv (draft, path, &error);
      g_assert_no_error (error);
    }
  self->schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_HOSPITALS; i++)
    {
      g_autofree char *path = table_path (self, i);

      self->tables[i] = genesis_table_load_csv (path, self->schema, &error);
      g_assert_no_error (error);
      self->n_rows += genesis_table_get_n_rows (self->tables[i]);
    }
}

void
hospitals_set_up (Hospitals *self, gconstpointer data)
{
  static const char *const names[] = { "hillview", "islands", "northgate", "riverside" };
  g_autoptr (GError) error = NULL;

  memcpy (self->names, names, sizeof names);
  self->folder = g_dir_make_tmp ("genesis-XXXXXX", &error);
  g_assert_no_error (error);
  write_tables (self->folder);
  load_tables (self);
  self->host = genesis_plugin_host_new ();
  genesis_plugin_host_add_directory (self->host, g_getenv ("GENESIS_TEST_PLUGIN_DIR"), &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_folder (child);
    }
  g_rmdir (path);
}

void
hospitals_tear_down (Hospitals *self, gconstpointer data)
{
  remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  for (guint i = 0; i < N_HOSPITALS; i++)
    g_clear_object (&self->tables[i]);
  g_clear_object (&self->schema);
  g_clear_object (&self->host);
}

GenesisFederatedGenerator *
hospitals_generator (const Hospitals *self)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_model_aggregator_new ();

  return genesis_federated_generator_new (self->host, aggregator, "gaussian_copula");
}

void
hospitals_add (GenesisFederatedGenerator *generator, const char *name, GenesisTable *table)
{
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (name);
  g_autoptr (GenesisDataSite) site = NULL;
  g_autoptr (GError) error = NULL;

  genesis_site_config_set_min_samples (config, 1);
  site = genesis_data_site_new (name, table, config);
  genesis_federated_generator_add_site (generator, site, &error);
  g_assert_no_error (error);
}

GenesisFederatedGenerator *
hospitals_federation (const Hospitals *self)
{
  GenesisFederatedGenerator *generator = hospitals_generator (self);

  for (guint i = 0; i < N_HOSPITALS; i++)
    hospitals_add (generator, self->names[i], self->tables[i]);
  return generator;
}

GenesisTable *
hospitals_pool (const Hospitals *self)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();

  for (guint i = 0; i < N_HOSPITALS; i++)
    g_ptr_array_add (tables, self->tables[i]);
  return genesis_table_concat (self->schema, tables);
}
