/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "pipeline/genesis-key-private.h"
#include "pipeline/genesis-settings-private.h"

/* Any bytes as a pipeline's key file: refused with an error that names file and line, or every
   entry of it can be found where its line says, and every setting is one that the program knows.
   Built for libFuzzer with -Dfuzz=true; the corpus is replayed by test-keyfile-corpus. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define NAME "fuzz.ini"

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_CONFIG
                 || error->code == GENESIS_ERROR_UNSUPPORTED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, NAME));
}

static guint
count_lines (const guint8 *data, gsize size)
{
  guint n = 1;

  for (gsize i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

static void
check_entries (GenesisKeyfile *file, guint n_lines)
{
  guint last = 0;

  g_assert_cmpuint (file->lines->len, ==, file->groups->len);
  for (guint i = 0; i < file->entries->len; i++)
    {
      const GenesisKeyfileEntry *entry = g_ptr_array_index (file->entries, i);
      g_autofree char *path = genesis_keyfile_resolve_path (file, entry->value);

      g_assert_cmpuint (entry->line, >, last);
      g_assert_cmpuint (entry->line, <=, n_lines);
      g_assert_true (g_utf8_validate (entry->value, -1, NULL));
      g_assert_nonnull (path);
      last = entry->line;
    }
}

static void
check_settings (GenesisSettings *settings)
{
  GPtrArray *list = genesis_settings_list (settings);
  GPtrArray *sites = genesis_settings_get_sites (settings);

  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);
      const GenesisKey *key =
          genesis_key_find (genesis_key_get_group_kind (setting->group), setting->key);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (genesis_settings_get (settings, setting->group, setting->key), ==,
                       setting->value);
      if (genesis_key_is_plugin_group (setting->group))
        continue;
      g_assert_nonnull (key);
      genesis_key_check_value (key, setting->value, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < sites->len; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (sites, i)), >, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisKeyfile) file = genesis_keyfile_parse (NAME, (const char *)data, size, &error);
  g_autoptr (GenesisSettings) settings = NULL;

  if (file == NULL)
    {
      check_error (error);
      return 0;
    }
  g_assert_no_error (error);
  check_entries (file, count_lines (data, size));
  settings = genesis_settings_new (g_steal_pointer (&file), NULL, &error);
  if (settings == NULL)
    check_error (error);
  else
    check_settings (settings);
  return 0;
}
