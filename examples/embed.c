/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The library in five calls: embed OUT.csv SITE.csv...
 *
 *   cc embed.c $(pkg-config --cflags --libs genesis-1) -o embed */

#include <genesis/genesis.h>

/* What the sites' columns are is agreed once, from summaries of every file. */
static GenesisSchema *
agree_on_schema (char **paths, GError **error)
{
  const char *missing[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (missing);

  for (; *paths != NULL; paths++)
    if (!genesis_schema_draft_add_csv (draft, *paths, error))
      return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static gboolean
synthesize (const char *out, char **paths, GError **error)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GHashTable) sites =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GenesisSchema) schema = agree_on_schema (paths, error);
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GenesisTable) table = NULL;

  for (char **path = paths; schema != NULL && *path != NULL; path++)
    {
      GenesisTable *site = genesis_table_load_csv (*path, schema, error);

      if (site == NULL)
        return FALSE;
      g_hash_table_insert (sites, *path, site);
    }
  genesis_plugin_host_add_default_directories (host);
  return schema != NULL
         && (generator = genesis_create_federated_generator (host, sites, "gaussian_copula", error))
         && (result = genesis_federated_generator_train (generator, 5, NULL, error))
         && (table =
                 genesis_federated_generator_generate (generator, 1000, GENESIS_STRATEGY_AGGREGATED,
                                                       NULL, NULL, error))
         && genesis_table_save_csv (table, out, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc < 3 || !synthesize (argv[1], argv + 2, &error))
    return g_printerr ("embed: %s\n", error != NULL ? error->message : "OUT.csv SITE.csv..."), 1;
  return 0;
}
