/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-key-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-federated-generator.h>

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
  { "site:", "source", GENESIS_KEY_KIND_SOURCE, "csv" },
  { "site:", "path", GENESIS_KEY_KIND_PATH },
  { "site:", "weight", GENESIS_KEY_KIND_POSITIVE, "1.0" },
  { "site:", "min_samples", GENESIS_KEY_KIND_COUNT, "100", 0, G_MAXINT64 },
  { "site:", "privacy_budget", GENESIS_KEY_KIND_POSITIVE },
  { "site:", "dataset", GENESIS_KEY_KIND_LATER },
  { "site:", "rows", GENESIS_KEY_KIND_LATER },
  { "site:", "policy", GENESIS_KEY_KIND_LATER },
  { "site:", "ledger_dir", GENESIS_KEY_KIND_LATER },
  { "site:", "person", GENESIS_KEY_KIND_LATER },
  { "site:", "max_rows_per_person", GENESIS_KEY_KIND_LATER },
  { "output", "rows", GENESIS_KEY_KIND_COUNT, NULL, 0, G_MAXINT64, TRUE },
  { "output", "strategy", GENESIS_KEY_KIND_STRATEGY, "proportional", 0, 0, TRUE },
  { "output", "weights", GENESIS_KEY_KIND_SHARES, NULL, 0, 0, TRUE },
  { "output", "source_column", GENESIS_KEY_KIND_TEXT, NULL, 0, 0, TRUE },
  { "output", "synthetic", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "model", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "metadata", GENESIS_KEY_KIND_PATH, NULL, 0, 0, TRUE },
  { "output", "report", GENESIS_KEY_KIND_LATER },
  { "evaluate", "holdout", GENESIS_KEY_KIND_LATER },
};

/* Stands for every plugin.<id>.sha256. */
static const GenesisKey pin = { "pipeline", "plugin.<id>.sha256", GENESIS_KEY_KIND_SHA256 };

static const char *const group_names[] = { "pipeline", "generator", "aggregator", "schema",
                                           "output",   "evaluate",  NULL };

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
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "unknown group [%s]; known are pipeline, generator, aggregator, schema, site:NAME "
                 "and output",
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

static gboolean
check_count (const GenesisKey *self, const char *value, GError **error)
{
  guint64 count;

  if (g_ascii_string_to_unsigned (value, 10, self->lo, self->hi, &count, NULL))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is not a whole number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
               self->name, value, self->lo, self->hi);
  return FALSE;
}

/* A finite decimal number, all of it, whatever the locale. */
gboolean
genesis_key_parse_real (const char *value, double *real)
{
  char *end;
  double parsed;

  if (*value == '\0' || value[strspn (value, "0123456789.eE+-")] != '\0')
    return FALSE;
  parsed = g_ascii_strtod (value, &end);
  if (*end != '\0' || !isfinite (parsed))
    return FALSE;
  *real = parsed;
  return TRUE;
}

static gboolean
check_positive (const GenesisKey *self, const char *value, GError **error)
{
  double real;

  if (genesis_key_parse_real (value, &real) && real > 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is not a number above 0, like 1.0", self->name, value);
  return FALSE;
}

/* names are those that have a share already. */
static gboolean
add_share (GVariantBuilder *shares, GHashTable *names, char *item, double *total, GError **error)
{
  char *equals = strrchr (item, '=');
  double share;

  if (equals != NULL)
    *equals = '\0';
  g_strstrip (item);
  if (equals == NULL || *item == '\0' || !genesis_key_parse_real (g_strstrip (equals + 1), &share)
      || share < 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "weights: '%s' has no share of at least 0; write site=number;site=number", item);
      return FALSE;
    }
  *total += share;
  g_variant_builder_add (shares, "{sd}", item, share);
  if (g_hash_table_add (names, g_strdup (item)))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "weights: site '%s' has two shares; give it one", item);
  return FALSE;
}

GVariant *
genesis_key_parse_shares (const char *value, GError **error)
{
  g_auto (GVariantBuilder) shares = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sd}"));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) items = g_strsplit_set (value, ";,", -1);
  double total = 0;

  for (guint i = 0; items[i] != NULL; i++)
    if (*g_strstrip (items[i]) != '\0' && !add_share (&shares, names, items[i], &total, error))
      return NULL;
  if (total > 0 && isfinite (total))
    return g_variant_ref_sink (g_variant_builder_end (&shares));
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                       "weights: no site has a share above 0; write site=number;site=number");
  return NULL;
}

static gboolean
check_sha256 (const GenesisKey *self, const char *value, GError **error)
{
  if (strlen (value) == 64 && strspn (value, "0123456789abcdefABCDEF") == 64)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: not 64 hexadecimal digits; 'genesis plugin show ID' prints a plugin's SHA-256",
               self->name);
  return FALSE;
}

static gboolean
check_plugin (const GenesisKey *self, const char *value, GError **error)
{
  if (!g_str_equal (value, "auto"))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: 'auto' is not in this version; name a plugin, 'genesis plugin list' shows them",
               self->name);
  return FALSE;
}

static gboolean
check_source (const GenesisKey *self, const char *value, GError **error)
{
  if (g_str_equal (value, "csv"))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is not in this version; the one source is csv", self->name, value);
  return FALSE;
}

/* Quotes are not taken off, so that a name in quotes names another file than was meant. */
static gboolean
is_quoted (const char *value)
{
  gsize n = strlen (value);

  return n > 1 && (value[0] == '"' || value[0] == '\'') && value[n - 1] == value[0];
}

static gboolean
check_characters (const GenesisKey *self, const char *value, GError **error)
{
  const char *at = value;

  while (*at != '\0' && !g_ascii_iscntrl (*at))
    at++;
  if (*at != '\0' && self->kind != GENESIS_KEY_KIND_MARKERS)
    {
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
          "%s: the value holds a line end, a tab or another control character; take it out",
          self->name);
      return FALSE;
    }
  if (!is_quoted (value))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: the value stands in quotes; a value is written without", self->name);
  return FALSE;
}

gboolean
genesis_key_check_value (const GenesisKey *self, const char *value, GError **error)
{
  g_autoptr (GVariant) shares = NULL;
  GenesisStrategy strategy;

  if (*value == '\0')
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: no value; give one or take the line out", self->name);
      return FALSE;
    }
  if (!check_characters (self, value, error))
    return FALSE;
  switch (self->kind)
    {
    case GENESIS_KEY_KIND_COUNT:
      return check_count (self, value, error);
    case GENESIS_KEY_KIND_POSITIVE:
      return check_positive (self, value, error);
    case GENESIS_KEY_KIND_STRATEGY:
      return genesis_strategy_from_text (value, &strategy, error);
    case GENESIS_KEY_KIND_SHARES:
      shares = genesis_key_parse_shares (value, error);
      return shares != NULL;
    case GENESIS_KEY_KIND_SOURCE:
      return check_source (self, value, error);
    case GENESIS_KEY_KIND_PLUGIN:
      return check_plugin (self, value, error);
    case GENESIS_KEY_KIND_SHA256:
      return check_sha256 (self, value, error);
    case GENESIS_KEY_KIND_TEXT:
    case GENESIS_KEY_KIND_MARKERS:
    case GENESIS_KEY_KIND_PATH:
    case GENESIS_KEY_KIND_LATER:
    default:
      return TRUE;
    }
}
