/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "federation/genesis-site-policy-private.h"
#include "pipeline/genesis-key-private.h"
#include "pipeline/genesis-keyfile-private.h"

#define GROUP      "policy"
#define PIN_PREFIX "plugin."
#define PIN_SUFFIX ".sha256"

/* 64 rounds is the cap on plans. */
static const GenesisKey keys[] = {
  { GROUP, "generators", GENESIS_KEY_KIND_TEXT },
  { GROUP, "aggregators", GENESIS_KEY_KIND_TEXT },
  { GROUP, "columns", GENESIS_KEY_KIND_TEXT },
  { GROUP, "rounds", GENESIS_KEY_KIND_COUNT, NULL, 1, 64 },
  { GROUP, "privacy_budget", GENESIS_KEY_KIND_POSITIVE },
  { GROUP, "min_cell", GENESIS_KEY_KIND_COUNT, NULL, 0, G_MAXINT64 },
  { GROUP, "min_samples", GENESIS_KEY_KIND_COUNT, NULL, 0, G_MAXINT64 },
};

static const GenesisKey pin = { GROUP, "plugin.<id>.sha256", GENESIS_KEY_KIND_SHA256 };

static const char *const names[] = { "generators",     "aggregators", "columns",     "rounds",
                                     "privacy_budget", "min_cell",    "min_samples", NULL };

static gboolean
is_pin (const char *name)
{
  return g_str_has_prefix (name, PIN_PREFIX) && g_str_has_suffix (name, PIN_SUFFIX)
         && strlen (name) > strlen (PIN_PREFIX) + strlen (PIN_SUFFIX);
}

static const GenesisKey *
find_key (const char *name, GError **error)
{
  const char *near;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].name, name))
      return &keys[i];
  if (is_pin (name))
    return &pin;
  near = genesis_nearest_name (name, names);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               near != NULL ? "unknown key '%s'; did you mean '%s'?"
                            : "unknown key '%s'; known are generators, aggregators, columns, "
                              "rounds, privacy_budget, min_cell, min_samples and "
                              "plugin.<id>.sha256%s",
               name, near != NULL ? near : "");
  return NULL;
}

/* "a; b" -> a, b; bare names of plugins get their whole id. NULL: nothing is named. */
static char **
split_list (const char *value, gboolean is_plugins)
{
  g_auto (GStrv) items = g_strsplit (value, ";", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; items[i] != NULL; i++)
    {
      const char *item = g_strstrip (items[i]);

      if (*item != '\0')
        g_ptr_array_add (list, is_plugins && strchr (item, '.') == NULL
                                   ? g_strconcat ("genesis.", item, NULL)
                                   : g_strdup (item));
    }
  if (list->len == 0)
    return NULL;
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_steal (list, NULL);
}

static gboolean
take_list (const GenesisKey *key, const char *value, char ***list, GError **error)
{
  *list = split_list (value, !g_str_equal (key->name, "columns"));
  if (*list != NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: names none, so nothing could be asked; name some, or take the line out to "
               "allow all",
               key->name);
  return FALSE;
}

static void
take_pin (GenesisSitePolicyRules *rules, const GenesisKeyfileEntry *entry)
{
  gsize length = strlen (entry->key) - strlen (PIN_PREFIX) - strlen (PIN_SUFFIX);
  g_autofree char *id = g_strndup (entry->key + strlen (PIN_PREFIX), length);

  if (rules->pins == NULL)
    rules->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (rules->pins,
                       strchr (id, '.') != NULL ? g_steal_pointer (&id)
                                                : g_strconcat ("genesis.", id, NULL),
                       g_strdup (entry->value));
}

/* The value was checked. */
static gboolean
take_value (GenesisSitePolicyRules *rules, const GenesisKey *key, const GenesisKeyfileEntry *entry,
            GError **error)
{
  const char *value = entry->value;

  if (key == &pin)
    take_pin (rules, entry);
  else if (g_str_equal (key->name, "generators"))
    return take_list (key, value, &rules->generators, error);
  else if (g_str_equal (key->name, "aggregators"))
    return take_list (key, value, &rules->aggregators, error);
  else if (g_str_equal (key->name, "columns"))
    return take_list (key, value, &rules->columns, error);
  else if (g_str_equal (key->name, "rounds"))
    rules->rounds = (guint)g_ascii_strtoull (value, NULL, 10);
  else if (g_str_equal (key->name, "privacy_budget"))
    genesis_key_parse_real (value, &rules->privacy_budget);
  else if (g_str_equal (key->name, "min_cell"))
    rules->min_cell = g_ascii_strtoull (value, NULL, 10);
  else
    rules->min_samples = g_ascii_strtoull (value, NULL, 10);
  return TRUE;
}

static gboolean
check_groups (const GenesisKeyfile *file, GError **error)
{
  for (guint i = 0; i < file->groups->len; i++)
    if (!g_str_equal (g_ptr_array_index (file->groups, i), GROUP))
      {
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                     "%s, line %u: group [%s] is none of a policy; it has one, [policy]",
                     file->path, g_array_index (file->lines, guint, i),
                     (const char *)g_ptr_array_index (file->groups, i));
        return FALSE;
      }
  if (file->groups->len > 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: no group [policy], so this allows nothing and forbids nothing; begin the file "
               "with [policy]",
               file->path);
  return FALSE;
}

static gboolean
read_entry (GenesisSitePolicyRules *rules, const GenesisKeyfileEntry *entry, GError **error)
{
  const GenesisKey *key = find_key (entry->key, error);

  return key != NULL && genesis_key_check_value (key, entry->value, error)
         && take_value (rules, key, entry, error);
}

/**
 * genesis_site_policy_load:
 * @path: a key file with one group, [policy]: generators, aggregators and columns (lists with ';';
 *   without one all are allowed), rounds, privacy_budget, min_cell, min_samples, and
 *   plugin.<!-- -->ID.sha256 for the file of a plugin
 * @error: return location
 *
 * Reads a site's policy. An unknown key is refused: a rule that is not understood is not kept.
 *
 * Returns: (transfer full): a policy, or %NULL with @error set
 */
GenesisSitePolicy *
genesis_site_policy_load (const char *path, GError **error)
{
  g_auto (GenesisSitePolicyRules) rules = { .privacy_budget = NAN };
  g_autoptr (GenesisKeyfile) file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = genesis_keyfile_load (path, error);
  if (file == NULL || !check_groups (file, error))
    return NULL;
  for (guint i = 0; i < file->entries->len; i++)
    {
      const GenesisKeyfileEntry *entry = g_ptr_array_index (file->entries, i);

      if (!read_entry (&rules, entry, error))
        {
          g_prefix_error (error, "%s, line %u: ", file->path, entry->line);
          return NULL;
        }
    }
  return genesis_site_policy_new (path, &rules);
}
