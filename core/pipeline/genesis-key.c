/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-key-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"

#define PIN_PREFIX "plugin."
#define PIN_SUFFIX ".sha256"

/* 64 rounds is the cap on plans; seeds stay below 2^63 so that every JSON reader keeps them. */
static const GenesisKey keys[] = {
  { "pipeline", "generator", GENESIS_KEY_KIND_PLUGIN, "gaussian_copula" },
  { "pipeline", "aggregator", GENESIS_KEY_KIND_PLUGIN, "fedavg" },
  { "pipeline", "rounds", GENESIS_KEY_KIND_COUNT, "0", 0, 64 },
  { "pipeline", "seed", GENESIS_KEY_KIND_COUNT, "0", 0, G_MAXINT64 },
  { "pipeline", "threads", GENESIS_KEY_KIND_COUNT, "0", 0, 1024, TRUE },
  { "pipeline", "max_retries", GENESIS_KEY_KIND_COUNT, "0", 0, 1000, TRUE },
  { "pipeline", "run_dir", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "pipeline", "deadline", GENESIS_KEY_KIND_LATER },
  { "pipeline", "isolate", GENESIS_KEY_KIND_LATER },
  { "schema", "file", GENESIS_KEY_KIND_PATH },
  { "schema", "missing", GENESIS_KEY_KIND_MARKERS },
  { "schema", "date_order", GENESIS_KEY_KIND_DATE_ORDER },
  { "site:", "source", GENESIS_KEY_KIND_SOURCE, "csv" },
  { "site:", "path", GENESIS_KEY_KIND_PATH },
  { "site:", "table", GENESIS_KEY_KIND_TEXT },
  { "site:", "connection", GENESIS_KEY_KIND_CONNECTION },
  { "site:", "delimiter", GENESIS_KEY_KIND_DIALECT },
  { "site:", "quote", GENESIS_KEY_KIND_DIALECT },
  { "site:", "comment", GENESIS_KEY_KIND_DIALECT },
  { "site:", "encoding", GENESIS_KEY_KIND_DIALECT },
  { "site:", "decimal", GENESIS_KEY_KIND_DIALECT },
  { "site:", "compression", GENESIS_KEY_KIND_DIALECT },
  { "site:", "header", GENESIS_KEY_KIND_DIALECT },
  { "site:", "blanks", GENESIS_KEY_KIND_DIALECT },
  { "site:", "missing", GENESIS_KEY_KIND_DIALECT },
  { "site:", "weight", GENESIS_KEY_KIND_POSITIVE, "1.0" },
  { "site:", "min_samples", GENESIS_KEY_KIND_COUNT, "100", 0, G_MAXINT64 },
  { "site:", "privacy_budget", GENESIS_KEY_KIND_POSITIVE },
  { "site:", "dataset", GENESIS_KEY_KIND_TEXT },
  { "site:", "rows", GENESIS_KEY_KIND_COUNT, "0", 0, G_MAXINT64 },
  { "site:", "policy", GENESIS_KEY_KIND_PATH },
  { "site:", "ledger_dir", GENESIS_KEY_KIND_PATH },
  { "site:", "person", GENESIS_KEY_KIND_LATER },
  { "site:", "max_rows_per_person", GENESIS_KEY_KIND_LATER },
  { "output", "rows", GENESIS_KEY_KIND_COUNT, NULL, 0, G_MAXINT64, TRUE },
  { "output", "strategy", GENESIS_KEY_KIND_STRATEGY, "proportional", 0, 0, TRUE },
  { "output", "weights", GENESIS_KEY_KIND_SHARES, NULL, 0, 0, TRUE },
  { "output", "source_column", GENESIS_KEY_KIND_TEXT, NULL, 0, 0, TRUE },
  { "output", "safe_csv", GENESIS_KEY_KIND_ANSWER, "no", 0, 0, TRUE },
  { "output", "synthetic", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "model", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "metadata", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "report", GENESIS_KEY_KIND_LATER },
  { "evaluate", "holdout", GENESIS_KEY_KIND_LATER },
  { "simulation", "table", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "simulation", "sites", GENESIS_KEY_KIND_COUNT, NULL, 1, 1000000, TRUE },
  { "simulation", "partition", GENESIS_KEY_KIND_TEXT, "iid", 0, 0, TRUE },
  { "simulation", "alpha", GENESIS_KEY_KIND_POSITIVE, NULL, 0, 0, TRUE },
  { "simulation", "site_failure_rate", GENESIS_KEY_KIND_RATE, "0", 0, 0, TRUE },
  { "simulation", "straggler_rate", GENESIS_KEY_KIND_RATE, "0", 0, 0, TRUE },
  { "simulation", "straggler_delay", GENESIS_KEY_KIND_POSITIVE, "2.0", 0, 0, TRUE },
  { "simulation", "deadline", GENESIS_KEY_KIND_POSITIVE, NULL, 0, 0, TRUE },
  { "simulation", "max_retries", GENESIS_KEY_KIND_COUNT, "3", 0, 1000, TRUE },
  { "simulation", "rows", GENESIS_KEY_KIND_COUNT, NULL, 0, G_MAXINT64, TRUE },
  { "simulation", "synthetic", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
};

/* Stands for every plugin.<id>.sha256. */
static const GenesisKey pin = { "pipeline", "plugin.<id>.sha256", GENESIS_KEY_KIND_SHA256 };

static const char *const group_names[] = { "pipeline", "generator", "aggregator", "schema",
                                           "output",   "evaluate",  "simulation", NULL };

const GenesisKey *
genesis_key_list (gsize *n)
{
  *n = G_N_ELEMENTS (keys);
  return keys;
}

const char *
genesis_key_get_group_kind (const char *group)
{
  return g_str_has_prefix (group, "site:") ? "site:" : group;
}

gboolean
genesis_key_is_plugin_group (const char *group)
{
  return g_str_equal (group, "generator") || g_str_equal (group, "aggregator");
}

static gboolean
is_pin (const char *name)
{
  return g_str_has_prefix (name, PIN_PREFIX) && g_str_has_suffix (name, PIN_SUFFIX)
         && strlen (name) > strlen (PIN_PREFIX) + strlen (PIN_SUFFIX);
}

const GenesisKey *
genesis_key_find (const char *group, const char *name)
{
  const char *kind = genesis_key_get_group_kind (group);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, kind) && g_str_equal (keys[i].name, name))
      return &keys[i];
  return g_str_equal (kind, "pipeline") && is_pin (name) ? &pin : NULL;
}

/* A site's name stands in file names, in weights and in messages. */
static gboolean
check_site_name (const char *name, GError **error)
{
  if (*name != '\0' && *name != '.' && strlen (name) <= 100 && strpbrk (name, "/=;,\"\\") == NULL
      && *name != ' ' && !g_str_has_suffix (name, " "))
    {
      const char *at = name;

      while (*at != '\0' && g_unichar_isprint (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (*at == '\0')
        return TRUE;
    }
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
      "site name '%s' cannot be used; take 1 to 100 letters and digits, without a leading dot, "
      "'/', '=', ';', ',', quotes or backslashes",
      name);
  return FALSE;
}

gboolean
genesis_key_check_group (const char *group, GError **error)
{
  const char *near;

  if (g_str_has_prefix (group, "site:"))
    return check_site_name (group + strlen ("site:"), error);
  if (g_strv_contains (group_names, group))
    return TRUE;
  near = g_ascii_strncasecmp (group, "site", strlen ("site")) == 0
             ? "site:NAME"
             : genesis_nearest_name (group, group_names);
  if (near != NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "unknown group [%s]; did you mean [%s]?", group, near);
  else
    g_set_error (
        error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
        "unknown group [%s]; known are pipeline, generator, aggregator, schema, site:NAME, "
        "output and simulation",
        group);
  return FALSE;
}

/* The names of a group, for "did you mean"; (transfer container) */
static const char **
list_names (const char *kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, kind) && keys[i].kind != GENESIS_KEY_KIND_LATER)
      g_ptr_array_add (names, (gpointer)keys[i].name);
  if (g_str_equal (kind, "pipeline"))
    g_ptr_array_add (names, (gpointer)pin.name);
  g_ptr_array_add (names, NULL);
  return (const char **)g_ptr_array_steal (names, NULL);
}

/* How to reach a database, and with what password. */
static gboolean
is_secret (const char *name)
{
  static const char *const secrets[] = { "password", "passwd", "pass",     "conninfo", "dsn",
                                         "uri",      "url",    "passfile", "sslkey",   NULL };

  return g_strv_contains (secrets, name);
}

const GenesisKey *
genesis_key_require (const char *group, const char *name, GError **error)
{
  const char *kind = genesis_key_get_group_kind (group);
  const GenesisKey *key = genesis_key_find (group, name);
  g_autofree const char **names = NULL;
  g_autofree char *known = NULL;
  const char *near;

  if (key != NULL && key->kind != GENESIS_KEY_KIND_LATER)
    return key;
  if (is_secret (name))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "'%s' is not told here: a key file is read by many and a command line by all; "
                   "write it to a file of your own (chmod 600) and name that with connection=",
                   name);
      return NULL;
    }
  if (key != NULL || g_str_equal (kind, "evaluate"))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "'%s' is not in this version; take the line out", name);
      return NULL;
    }
  names = list_names (kind);
  near = genesis_nearest_name (name, names);
  if (near != NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "unknown key '%s'; did you mean '%s'?", name, near);
  else
    {
      known = g_strjoinv (", ", (char **)names);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "unknown key '%s'; known are %s", name, known);
    }
  return NULL;
}
