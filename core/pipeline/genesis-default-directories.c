/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <stdlib.h>

#include "pipeline/genesis-default-directories-private.h"

#define FOLDER "plugins-1"

static void
add_if_there (GenesisPluginHost *host, const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    genesis_plugin_host_add_directory (host, path, NULL);
}

/* Installed under another prefix than the one it was built for: beside the program, <prefix>/bin
   -> <prefix>/lib*. */
static char *
find_relocated_folder (void)
{
  static const char *const libraries[] = { "lib", "lib64", "lib/x86_64-linux-gnu",
                                           "lib/aarch64-linux-gnu" };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;

  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  for (guint i = 0; i < G_N_ELEMENTS (libraries); i++)
    {
      g_autofree char *path =
          g_build_filename (folder, "..", libraries[i], "genesis", FOLDER, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/**
 * genesis_plugin_host_add_default_directories:
 * @self: a host
 *
 * Adds, in this order, the folders of the environment variable GENESIS_PLUGIN_PATH (separated by
 * ':'; not heard in a program with raised privileges), genesis/plugins-1 in the user's data
 * directory, and the folder of the installation. The first plugin of an id wins, so folders that
 * the application adds before come first. Folders that do not exist are passed over.
 */
void
genesis_plugin_host_add_default_directories (GenesisPluginHost *self)
{
  const char *search = secure_getenv ("GENESIS_PLUGIN_PATH");
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "genesis", FOLDER, NULL);
  g_autofree char *relocated = NULL;

  g_return_if_fail (GENESIS_IS_PLUGIN_HOST (self));

  if (search != NULL)
    {
      g_auto (GStrv) paths = g_strsplit (search, G_SEARCHPATH_SEPARATOR_S, -1);

      for (guint i = 0; paths[i] != NULL; i++)
        if (*paths[i] != '\0')
          add_if_there (self, paths[i]);
    }
  add_if_there (self, own);
  if (g_file_test (GENESIS_PLUGIN_DIR, G_FILE_TEST_IS_DIR))
    {
      add_if_there (self, GENESIS_PLUGIN_DIR);
      return;
    }
  relocated = find_relocated_folder ();
  if (relocated != NULL)
    add_if_there (self, relocated);
}

GenesisPluginHost *
genesis_default_directories_ref_host (GenesisPluginHost *host)
{
  GenesisPluginHost *own;

  if (host != NULL)
    return g_object_ref (host);
  own = genesis_plugin_host_new ();
  genesis_plugin_host_add_default_directories (own);
  return own;
}
