/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-key-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-error.h>
#include <genesis/genesis-federated-generator.h>
#include <genesis/genesis-schema-draft.h>

/* Whether a text is a value that its key takes. */

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

static gboolean
check_rate (const GenesisKey *self, const char *value, GError **error)
{
  double real;

  if (genesis_key_parse_real (value, &real) && real >= 0 && real <= 1)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is not a number from 0 to 1, like 0.1", self->name, value);
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
  static const char *const sources[] = { "csv", "sqlite", "postgres", NULL };

  if (g_strv_contains (sources, value))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: '%s' is no kind of source; there are csv, sqlite and postgres", self->name,
               value);
  return FALSE;
}

gboolean
genesis_key_is_yes (const char *value)
{
  return g_ascii_strcasecmp (value, "yes") == 0 || g_ascii_strcasecmp (value, "true") == 0;
}

/* What a password may stand in is not repeated. */
static gboolean
check_connection (const GenesisKey *self, const char *value, GError **error)
{
  if (strchr (value, '=') == NULL && strstr (value, "://") == NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s: this is a connection string, which may hold a password; write it to a file of "
               "your own (chmod 600) and name that",
               self->name);
  return FALSE;
}

static gboolean
check_answer (const GenesisKey *self, const char *value, GError **error)
{
  if (genesis_key_is_yes (value) || g_ascii_strcasecmp (value, "no") == 0
      || g_ascii_strcasecmp (value, "false") == 0)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: '%s' is neither yes nor no",
               self->name, value);
  return FALSE;
}

static gboolean
check_dialect (const GenesisKey *self, const char *value, GError **error)
{
  g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();

  return genesis_csv_dialect_set (dialect, self->name, value, error);
}

static gboolean
check_date_order (const char *value, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);

  return genesis_schema_draft_set_date_order (draft, value, error);
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
    case GENESIS_KEY_KIND_RATE:
      return check_rate (self, value, error);
    case GENESIS_KEY_KIND_ANSWER:
      return check_answer (self, value, error);
    case GENESIS_KEY_KIND_STRATEGY:
      return genesis_strategy_from_text (value, &strategy, error);
    case GENESIS_KEY_KIND_SHARES:
      shares = genesis_key_parse_shares (value, error);
      return shares != NULL;
    case GENESIS_KEY_KIND_SOURCE:
      return check_source (self, value, error);
    case GENESIS_KEY_KIND_CONNECTION:
      return check_connection (self, value, error);
    case GENESIS_KEY_KIND_PLUGIN:
      return check_plugin (self, value, error);
    case GENESIS_KEY_KIND_SHA256:
      return check_sha256 (self, value, error);
    case GENESIS_KEY_KIND_DIALECT:
      return check_dialect (self, value, error);
    case GENESIS_KEY_KIND_DATE_ORDER:
      return check_date_order (value, error);
    case GENESIS_KEY_KIND_TEXT:
    case GENESIS_KEY_KIND_MARKERS:
    case GENESIS_KEY_KIND_PATH:
    case GENESIS_KEY_KIND_LATER:
    default:
      return TRUE;
    }
}
