/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-error.h>

#include "pipeline/genesis-source-print-private.h"

/**
 * SourceKind:
 * @must, @may: keys of a site beside those that every site has
 *
 * What a kind of source is named with.
 */
typedef struct
{
  const char *name;
  const char *must[3];
  const char *may[2];
} SourceKind;

static const SourceKind kinds[] = {
  { "csv", { "path" }, { NULL } },
  { "sqlite", { "path", "table" }, { NULL } },
  { "postgres", { "table" }, { "connection" } },
};

static const SourceKind *
find_kind (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  g_assert_not_reached ();
}

static gboolean
has_key (const SourceKind *kind, const char *key)
{
  return g_strv_contains (kind->must, key) || g_strv_contains (kind->may, key);
}

static gboolean
refuse_idle (GenesisSettings *settings, const char *group, const char *key, const SourceKind *kind,
             GError **error)
{
  return genesis_settings_refuse (settings, group, key, GENESIS_ERROR_INVALID_CONFIG, error,
                                  "%s: means nothing with source=%s; take the line out", key,
                                  kind->name);
}

/* A key that a source would not look at is refused, not ignored. */
static gboolean
check_keys (GenesisSettings *settings, const char *group, const SourceKind *kind, GError **error)
{
  static const char *const keys[] = { "path", "table", "connection" };
  const char *const *dialect = genesis_csv_dialect_get_names ();

  for (gsize i = 0; kind->must[i] != NULL; i++)
    if (genesis_settings_get (settings, group, kind->must[i]) == NULL)
      return genesis_settings_refuse (settings, group, NULL, GENESIS_ERROR_INVALID_CONFIG, error,
                                      "no %s; name the site's %s", kind->must[i],
                                      g_str_equal (kind->must[i], "table")
                                          ? "table or view with table="
                                      : kind == &kinds[0] ? "CSV file with path="
                                                          : "database file with path=");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!has_key (kind, keys[i]) && genesis_settings_get (settings, group, keys[i]) != NULL)
      return refuse_idle (settings, group, keys[i], kind, error);
  for (gsize i = 0; kind != &kinds[0] && dialect[i] != NULL; i++)
    if (genesis_settings_get (settings, group, dialect[i]) != NULL)
      return refuse_idle (settings, group, dialect[i], kind, error);
  return TRUE;
}

/* The settings fit one by one; together they need not. */
static GenesisSource *
make_csv (GenesisSettings *settings, const char *group, GenesisPipelineSite *site, GError **error)
{
  const char *const *names = genesis_csv_dialect_get_names ();
  g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *value = genesis_settings_get (settings, group, names[i]);
      g_autoptr (GError) reason = NULL;

      if (value == NULL || genesis_csv_dialect_set (dialect, names[i], value, &reason))
        continue;
      genesis_settings_refuse (settings, group, names[i], GENESIS_ERROR_INVALID_CONFIG, error, "%s",
                               reason->message);
      return NULL;
    }
  return genesis_source_new_for_csv_with_dialect (site->path, dialect);
}

static GenesisSource *
make_database (GenesisSettings *settings, const char *group, const GenesisPipelineSite *site,
               GError **error)
{
  const char *table = genesis_settings_get (settings, group, "table");
  g_autoptr (GError) reason = NULL;
  GenesisSource *source = site->path != NULL
                              ? genesis_source_new_for_sqlite (site->path, table, &reason)
                              : genesis_source_new_for_postgres (site->connection, table, &reason);

  if (source == NULL)
    genesis_settings_refuse (settings, group,
                             reason->code == GENESIS_ERROR_UNSUPPORTED ? "source" : "table",
                             (GenesisError)reason->code, error, "%s", reason->message);
  return source;
}

static char *
dup_resolved (GenesisSettings *settings, const char *group, const char *key)
{
  const char *value = genesis_settings_get (settings, group, key);
  GenesisKeyfile *keyfile = genesis_settings_get_keyfile (settings);

  return value != NULL ? genesis_keyfile_resolve_path (keyfile, value) : NULL;
}

gboolean
genesis_pipeline_site_read_source (GenesisSettings *settings, const char *group,
                                   GenesisPipelineSite *site, GError **error)
{
  const SourceKind *kind = find_kind (genesis_settings_get (settings, group, "source"));

  if (!check_keys (settings, group, kind, error))
    return FALSE;
  site->path = dup_resolved (settings, group, "path");
  site->connection = dup_resolved (settings, group, "connection");
  site->source = kind == &kinds[0] ? make_csv (settings, group, site, error)
                                   : make_database (settings, group, site, error);
  site->is_file = kind == &kinds[0];
  return site->source != NULL;
}

/* A source remembers its first pass. Another run begins with rows as they are now. */
gboolean
genesis_pipeline_renew_sources (GenesisPipeline *self, GError **error)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      g_autofree char *group = g_strconcat ("site:", site->name, NULL);

      g_clear_pointer (&site->path, g_free);
      g_clear_pointer (&site->connection, g_free);
      g_clear_object (&site->source);
      if (!genesis_pipeline_site_read_source (self->settings, group, site, error))
        return FALSE;
    }
  return TRUE;
}

/* -- what the rows looked like ---------------------------------------------- */

char *
genesis_pipeline_site_take_print (const GenesisPipelineSite *site, GCancellable *cancellable,
                                  GError **error)
{
  return site->is_file ? genesis_source_print_take (site->path, error)
                       : genesis_source_dup_fingerprint (site->source, cancellable, error);
}

gboolean
genesis_pipeline_site_print_matches (const GenesisPipelineSite *site, const char *print,
                                     gboolean *same, GError **error)
{
  g_autofree char *now = NULL;

  if (site->is_file)
    return genesis_source_print_matches (site->path, print, same, error);
  now = genesis_source_dup_fingerprint (site->source, NULL, error);
  *same = g_strcmp0 (now, print) == 0;
  return now != NULL;
}
