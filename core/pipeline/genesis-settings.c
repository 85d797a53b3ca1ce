/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-settings-private.h"

#include <stdlib.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "pipeline/genesis-key-private.h"

struct _GenesisSettings
{
  GenesisKeyfile *keyfile;
  GPtrArray *list;   /* GenesisSetting, in order of first appearance */
  GHashTable *found; /* "group\nkey" -> GenesisSetting, borrowed */
  GPtrArray *sites;  /* utf8 */
};

static void
setting_free (gpointer data)
{
  GenesisSetting *setting = data;

  g_free (setting->group);
  g_free (setting->key);
  g_free (setting->value);
  g_free (setting->place);
  g_free (setting);
}

void
genesis_settings_free (GenesisSettings *self)
{
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_clear_pointer (&self->keyfile, genesis_keyfile_free);
  g_free (self);
}

const char *
genesis_origin_get_text (GenesisOrigin origin)
{
  static const char *const texts[] = { "default", "keyfile", "environment", "command line" };

  return texts[origin];
}

/* The later caller wins: key file, then environment, then command line. */
static void
put (GenesisSettings *self, const char *group, const char *key, const char *value,
     GenesisOrigin origin, const char *place)
{
  g_autofree char *id = g_strdup_printf ("%s\n%s", group, key);
  GenesisSetting *setting = g_hash_table_lookup (self->found, id);

  if (setting == NULL)
    {
      setting = g_new0 (GenesisSetting, 1);
      setting->group = g_strdup (group);
      setting->key = g_strdup (key);
      g_ptr_array_add (self->list, setting);
      g_hash_table_insert (self->found, g_steal_pointer (&id), setting);
    }
  g_free (setting->value);
  g_free (setting->place);
  setting->value = g_strdup (value);
  setting->place = g_strdup (place);
  setting->origin = origin;
}

static gboolean
check_and_put (GenesisSettings *self, const char *group, const char *key, const char *value,
               GenesisOrigin origin, const char *place, GError **error)
{
  const GenesisKey *known;

  if (!genesis_key_is_plugin_group (group))
    {
      known = genesis_key_require (group, key, error);
      if (known == NULL || !genesis_key_check_value (known, value, error))
        {
          g_prefix_error (error, "%s: ", place);
          return FALSE;
        }
    }
  put (self, group, key, value, origin, place);
  return TRUE;
}

/* Its keys are refused one by one; without any it would be passed over. */
static gboolean
refuse_empty_evaluate (GenesisSettings *self, GError **error)
{
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->keyfile->groups, "evaluate", g_str_equal, &i))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s, line %u: group [evaluate] is not in this version; take it out",
               self->keyfile->path, g_array_index (self->keyfile->lines, guint, i));
  return FALSE;
}

static gboolean
read_keyfile (GenesisSettings *self, GError **error)
{
  GPtrArray *groups = self->keyfile->groups;
  GPtrArray *entries = self->keyfile->entries;

  for (guint i = 0; i < groups->len; i++)
    {
      const char *group = g_ptr_array_index (groups, i);

      if (!genesis_key_check_group (group, error))
        {
          g_prefix_error (error, "%s, line %u: ", self->keyfile->path,
                          g_array_index (self->keyfile->lines, guint, i));
          return FALSE;
        }
      if (g_str_has_prefix (group, "site:"))
        g_ptr_array_add (self->sites, g_strdup (group + strlen ("site:")));
    }
  for (guint i = 0; i < entries->len; i++)
    {
      GenesisKeyfileEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *place = g_strdup_printf ("%s, line %u, group [%s]", self->keyfile->path,
                                                entry->line, entry->group);

      if (!check_and_put (self, entry->group, entry->key, entry->value, GENESIS_ORIGIN_KEYFILE,
                          place, error))
        return FALSE;
    }
  return refuse_empty_evaluate (self, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Somebody meant to set something: that is never passed over. */
static gboolean
check_no_site (char **names, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "GENESIS_SITE"))
      {
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                     "environment variable %s: keys of sites are not set there; use --set "
                     "site:NAME.KEY=VALUE, or unset it",
                     names[i]);
        return FALSE;
      }
  return TRUE;
}

/* GENESIS_<GROUP>_<KEY>, both in capitals, for every group but the sites'; plugin pins cannot be
   set so. */
static gboolean
read_environment (GenesisSettings *self, GError **error)
{
  static const char *const groups[] = { "pipeline", "generator", "aggregator", "schema",
                                        "output",   "evaluate",  "simulation" };
  g_auto (GStrv) names = g_listenv ();

  qsort (names, g_strv_length (names), sizeof *names, compare_texts);
  if (!check_no_site (names, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (groups); j++)
      {
        g_autofree char *capitals = g_ascii_strup (groups[j], -1);
        g_autofree char *prefix = g_strdup_printf ("GENESIS_%s_", capitals);
        g_autofree char *place = g_strdup_printf ("environment variable %s", names[i]);
        g_autofree char *key = NULL;

        if (!g_str_has_prefix (names[i], prefix))
          continue;
        key = g_ascii_strdown (names[i] + strlen (prefix), -1);
        if (!check_and_put (self, groups[j], key, g_getenv (names[i]), GENESIS_ORIGIN_ENVIRONMENT,
                            place, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
check_override_group (GenesisSettings *self, const char *name, const char *group, GError **error)
{
  const char *site = group + strlen ("site:");
  const char *near;

  if (!genesis_key_check_group (group, error))
    {
      g_prefix_error (error, "setting '%s': ", name);
      return FALSE;
    }
  if (!g_str_has_prefix (group, "site:")
      || g_ptr_array_find_with_equal_func (self->sites, site, g_str_equal, NULL))
    return TRUE;
  g_ptr_array_add (self->sites, NULL);
  near = genesis_nearest_name (site, (const char *const *)self->sites->pdata);
  g_ptr_array_set_size (self->sites, (int)self->sites->len - 1);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "setting '%s': the key file has no site '%s'; %s%s%s", name, site,
               near != NULL ? "did you mean '" : "add its group to the file",
               near != NULL ? near : "", near != NULL ? "'?" : "");
  return FALSE;
}

/* The last dot parts group and key, but for pipeline.plugin.<id>.sha256. */
static gboolean
read_override (GenesisSettings *self, const char *name, const char *value, GError **error)
{
  const char *dot = g_str_has_prefix (name, "pipeline.") ? strchr (name, '.') : strrchr (name, '.');
  g_autofree char *group = NULL;
  g_autofree char *place = NULL;

  if (dot == NULL || dot == name || dot[1] == '\0')
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "setting '%s': write group.key, like output.rows", name);
      return FALSE;
    }
  group = g_strndup (name, (gsize)(dot - name));
  place = g_strdup_printf ("setting '%s'", name);
  return check_override_group (self, name, group, error)
         && check_and_put (self, group, dot + 1, value, GENESIS_ORIGIN_COMMAND_LINE, place, error);
}

static gboolean
read_overrides (GenesisSettings *self, GHashTable *overrides, GError **error)
{
  g_autofree const char **names = NULL;
  guint n;

  if (overrides == NULL)
    return TRUE;
  names = (const char **)g_hash_table_get_keys_as_array (overrides, &n);
  qsort (names, n, sizeof *names, compare_texts);
  for (guint i = 0; i < n; i++)
    if (!read_override (self, names[i], g_hash_table_lookup (overrides, names[i]), error))
      return FALSE;
  return TRUE;
}

GenesisSettings *
genesis_settings_load (const char *path, GHashTable *overrides, GError **error)
{
  GenesisKeyfile *keyfile = path != NULL ? genesis_keyfile_load (path, error)
                                         : genesis_keyfile_parse ("command line", "", 0, error);

  return keyfile != NULL ? genesis_settings_new (keyfile, overrides, error) : NULL;
}

/* Takes the key file, also when it fails. */
GenesisSettings *
genesis_settings_new (GenesisKeyfile *keyfile, GHashTable *overrides, GError **error)
{
  g_autoptr (GenesisSettings) self = g_new0 (GenesisSettings, 1);

  self->keyfile = keyfile;
  self->list = g_ptr_array_new_with_free_func (setting_free);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sites = g_ptr_array_new_with_free_func (g_free);
  if (!read_keyfile (self, error) || !read_environment (self, error)
      || !read_overrides (self, overrides, error))
    return NULL;
  return g_steal_pointer (&self);
}

GenesisKeyfile *
genesis_settings_get_keyfile (GenesisSettings *self)
{
  return self->keyfile;
}

const GenesisSetting *
genesis_settings_find (GenesisSettings *self, const char *group, const char *key)
{
  g_autofree char *id = g_strdup_printf ("%s\n%s", group, key);

  return g_hash_table_lookup (self->found, id);
}

const char *
genesis_settings_get (GenesisSettings *self, const char *group, const char *key)
{
  const GenesisSetting *setting = genesis_settings_find (self, group, key);
  const GenesisKey *known;

  if (setting != NULL)
    return setting->value;
  known = genesis_key_find (group, key);
  return known != NULL ? known->initial : NULL;
}

guint64
genesis_settings_get_count (GenesisSettings *self, const char *group, const char *key)
{
  const char *value = genesis_settings_get (self, group, key);

  g_assert (value != NULL);
  return g_ascii_strtoull (value, NULL, 10);
}

char **
genesis_settings_dup_markers (GenesisSettings *self)
{
  const char *value = genesis_settings_get (self, "schema", "missing");
  g_autoptr (GPtrArray) markers = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) items = NULL;

  if (value == NULL)
    return NULL;
  items = g_strsplit (value, ";", -1);
  for (guint i = 0; items[i] != NULL; i++)
    if (*g_strstrip (items[i]) != '\0')
      g_ptr_array_add (markers, g_strdup (items[i]));
  g_ptr_array_add (markers, NULL);
  return (char **)g_ptr_array_steal (markers, NULL);
}

GPtrArray *
genesis_settings_list (GenesisSettings *self)
{
  return self->list;
}

GPtrArray *
genesis_settings_get_sites (GenesisSettings *self)
{
  return self->sites;
}

GHashTable *
genesis_settings_dup_group (GenesisSettings *self, const char *group)
{
  GHashTable *own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->list->len; i++)
    {
      GenesisSetting *setting = g_ptr_array_index (self->list, i);

      if (g_str_equal (setting->group, group))
        g_hash_table_insert (own, g_strdup (setting->key), g_strdup (setting->value));
    }
  return own;
}

char *
genesis_settings_dup_place (GenesisSettings *self, const char *group, const char *key)
{
  const GenesisSetting *setting = key != NULL ? genesis_settings_find (self, group, key) : NULL;

  if (setting != NULL)
    return g_strdup (setting->place);
  return g_strdup_printf ("%s, group [%s]", self->keyfile->path, group);
}

gboolean
genesis_settings_refuse (GenesisSettings *self, const char *group, const char *key, int code,
                         GError **error, const char *format, ...)
{
  g_autofree char *place = genesis_settings_dup_place (self, group, key);
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (GENESIS_ERROR, code, format, arguments);
  va_end (arguments);
  g_prefix_error (error, "%s: ", place);
  return FALSE;
}
