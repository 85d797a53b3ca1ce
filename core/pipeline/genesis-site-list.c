/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-site-list.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "pipeline/genesis-pipeline-private.h"

/* sites: GenesisPipelineSite, without a configuration. */
struct _GenesisSiteList
{
  GObject parent_instance;

  GPtrArray *sites;
  char **markers;
  char *date_order;
};

G_DEFINE_FINAL_TYPE (GenesisSiteList, genesis_site_list, G_TYPE_OBJECT)

static void
genesis_site_list_finalize (GObject *object)
{
  GenesisSiteList *self = GENESIS_SITE_LIST (object);

  g_ptr_array_unref (self->sites);
  g_strfreev (self->markers);
  g_free (self->date_order);

  G_OBJECT_CLASS (genesis_site_list_parent_class)->finalize (object);
}

static void
genesis_site_list_class_init (GenesisSiteListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_site_list_finalize;
}

static void
genesis_site_list_init (GenesisSiteList *self)
{
  self->sites = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_pipeline_site_free);
}

static gboolean
check_name (GenesisSettings *settings, const char *site, GError **error)
{
  GPtrArray *names = genesis_settings_get_sites (settings);
  const char *path = genesis_settings_get_keyfile (settings)->path;
  const char *near;

  if (site == NULL && names->len > 0)
    return TRUE;
  if (site != NULL && g_ptr_array_find_with_equal_func (names, site, g_str_equal, NULL))
    return TRUE;
  if (names->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "%s: no site; add a group [site:NAME] that says where its rows are", path);
      return FALSE;
    }
  g_ptr_array_add (names, NULL);
  near = genesis_nearest_name (site, (const char *const *)names->pdata);
  g_ptr_array_set_size (names, (int)names->len - 1);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: no site '%s'; %s%s%s", path,
               site, near != NULL ? "did you mean '" : "add its group [site:NAME]",
               near != NULL ? near : "", near != NULL ? "'?" : "");
  return FALSE;
}

static gboolean
add_site (GenesisSiteList *self, GenesisSettings *settings, const char *name, GError **error)
{
  g_autofree char *group = g_strconcat ("site:", name, NULL);
  GenesisPipelineSite *site = g_new0 (GenesisPipelineSite, 1);

  site->name = g_strdup (name);
  g_ptr_array_add (self->sites, site);
  return genesis_pipeline_site_read_source (settings, group, site, error);
}

/**
 * genesis_site_list_load:
 * @path: (type filename): a key file
 * @site: (nullable): the one site that is wanted, or %NULL for all
 * @error: %GENESIS_ERROR_NOT_FOUND or _IO for the key file, _INVALID_CONFIG for what it says
 *
 * Reads the groups [site:NAME] of a key file, as genesis_pipeline_load() does. Of the others only
 * [schema] missing and date_order are used; each key is checked.
 *
 * Returns: (transfer full): the sites, in the order of the file
 */
GenesisSiteList *
genesis_site_list_load (const char *path, const char *site, GError **error)
{
  g_autoptr (GenesisSiteList) self = NULL;
  g_autoptr (GenesisSettings) settings = NULL;
  GPtrArray *names;

  g_return_val_if_fail (path != NULL, NULL);

  settings = genesis_settings_load (path, NULL, error);
  if (settings == NULL || !check_name (settings, site, error))
    return NULL;
  self = g_object_new (GENESIS_TYPE_SITE_LIST, NULL);
  names = genesis_settings_get_sites (settings);
  for (guint i = 0; i < names->len; i++)
    if ((site == NULL || g_str_equal (g_ptr_array_index (names, i), site))
        && !add_site (self, settings, g_ptr_array_index (names, i), error))
      return NULL;
  self->markers = genesis_settings_dup_markers (settings);
  self->date_order = g_strdup (genesis_settings_get (settings, "schema", "date_order"));
  return g_steal_pointer (&self);
}

/**
 * genesis_site_list_get_n_sites:
 * @self: sites
 *
 * Returns: how many there are
 */
guint
genesis_site_list_get_n_sites (GenesisSiteList *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_LIST (self), 0);

  return self->sites->len;
}

/**
 * genesis_site_list_get_name:
 * @self: sites
 * @index: place of the site
 *
 * Returns: (transfer none): its name
 */
const char *
genesis_site_list_get_name (GenesisSiteList *self, guint index)
{
  g_return_val_if_fail (index < genesis_site_list_get_n_sites (self), NULL);

  return ((const GenesisPipelineSite *)g_ptr_array_index (self->sites, index))->name;
}

/**
 * genesis_site_list_get_source:
 * @self: sites
 * @index: place of the site
 *
 * Returns: (transfer none): where its rows are
 */
GenesisSource *
genesis_site_list_get_source (GenesisSiteList *self, guint index)
{
  g_return_val_if_fail (index < genesis_site_list_get_n_sites (self), NULL);

  return ((const GenesisPipelineSite *)g_ptr_array_index (self->sites, index))->source;
}

/**
 * genesis_site_list_get_missing_markers:
 * @self: sites
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): what [schema] missing lists
 */
const char *const *
genesis_site_list_get_missing_markers (GenesisSiteList *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_LIST (self), NULL);

  return (const char *const *)self->markers;
}

/**
 * genesis_site_list_get_date_order:
 * @self: sites
 *
 * Returns: (transfer none) (nullable): [schema] date_order
 */
const char *
genesis_site_list_get_date_order (GenesisSiteList *self)
{
  g_return_val_if_fail (GENESIS_IS_SITE_LIST (self), NULL);

  return self->date_order;
}
