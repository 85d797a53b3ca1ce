/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <errno.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "host/genesis-plugin-private.h"

/**
 * GenesisPluginHost:
 *
 * Finds, inspects and loads plugins. The first plugin of an id wins; what is not taken is listed
 * with its reason. Use one from one thread at a time; plugins that it gave out may be used from
 * any.
 */
struct _GenesisPluginHost
{
  GObject parent_instance;
  GHashTable *plugins; /* id -> GenesisPlugin */
  GPtrArray *rejected; /* "path: reason"; NULL at the end */
  GPtrArray *searched; /* folders and files that were looked at, in order */
  GenesisPluginLog *log;
};

G_DEFINE_FINAL_TYPE (GenesisPluginHost, genesis_plugin_host, G_TYPE_OBJECT)

static void
genesis_plugin_host_finalize (GObject *object)
{
  GenesisPluginHost *self = GENESIS_PLUGIN_HOST (object);

  g_hash_table_unref (self->plugins);
  g_ptr_array_unref (self->rejected);
  g_ptr_array_unref (self->searched);
  genesis_plugin_log_unref (self->log);
  G_OBJECT_CLASS (genesis_plugin_host_parent_class)->finalize (object);
}

static void
genesis_plugin_host_class_init (GenesisPluginHostClass *class)
{
  G_OBJECT_CLASS (class)->finalize = genesis_plugin_host_finalize;
}

/* GSL's default handler aborts the process; with it off every call returns a status that its
   caller checks. */
static gpointer
switch_off_gsl_handler (gpointer unused)
{
  gsl_set_error_handler_off ();
  return NULL;
}

static void
genesis_plugin_host_init (GenesisPluginHost *self)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, switch_off_gsl_handler, NULL);
  self->plugins = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->rejected = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->rejected, NULL);
  self->searched = g_ptr_array_new_with_free_func (g_free);
  self->log = genesis_plugin_log_new ();
}

/**
 * genesis_plugin_host_new:
 *
 * Returns: (transfer full): a host that knows no plugin yet
 */
GenesisPluginHost *
genesis_plugin_host_new (void)
{
  return g_object_new (GENESIS_TYPE_PLUGIN_HOST, NULL);
}

/* -- loading ---------------------------------------------------------------------------- */

static void
note_rejection (GenesisPluginHost *self, const char *path, const GError *reason)
{
  char *line = g_strdup_printf ("%s: %s", path, reason->message);

  g_ptr_array_insert (self->rejected, (int)self->rejected->len - 1, line);
}

/* TRUE also when the very same file is there already. */
static gboolean
add_plugin (GenesisPluginHost *self, const GenesisModule *module, const genesis_abi_plugin *plugin,
            GError **error)
{
  g_autoptr (GenesisPluginDescriptor) descriptor = genesis_plugin_descriptor_new (plugin, error);
  GenesisPlugin *winner;

  if (descriptor == NULL)
    return FALSE;
  winner = g_hash_table_lookup (self->plugins, descriptor->abi.id);
  if (winner == NULL)
    {
      winner = genesis_plugin_new (g_steal_pointer (&descriptor), module, self->log);
      g_hash_table_insert (self->plugins, (gpointer)genesis_plugin_get_id (winner), winner);
      return TRUE;
    }
  if (strcmp (genesis_plugin_get_path (winner), module->path) == 0
      && genesis_plugin_get_descriptor (winner)->generator.create == descriptor->generator.create
      && genesis_plugin_get_descriptor (winner)->aggregator.create == descriptor->aggregator.create)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
               "plugin '%s' of %s is there already from %s; the first one found is used",
               descriptor->abi.id, module->path, genesis_plugin_get_path (winner));
  return FALSE;
}

/* All plugins of a file are tried; the error is the first one's that was not taken. */
static gboolean
add_module (GenesisPluginHost *self, const char *path, const GenesisModule *module, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint32 i = 0; i < module->n_plugins; i++)
    {
      g_autoptr (GError) reason = NULL;

      if (add_plugin (self, module, module->plugins[i], &reason))
        continue;
      note_rejection (self, path, reason);
      if (first == NULL)
        first = g_steal_pointer (&reason);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&first), "%s: ", path);
  return FALSE;
}

static gboolean
load (GenesisPluginHost *self, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GenesisModule) module = genesis_module_open (path, &reason);

  if (module != NULL)
    return add_module (self, path, module, error);
  note_rejection (self, path, reason);
  g_propagate_prefixed_error (error, g_steal_pointer (&reason), "%s: ", path);
  return FALSE;
}

/**
 * genesis_plugin_host_load_file:
 * @path: (type filename): a shared object
 *
 * Loads all plugins of a file. One that cannot be used is listed in
 * genesis_plugin_host_get_rejected() as well; the others of the file are taken all the same. The
 * file is never unloaded.
 *
 * Returns: %TRUE when every plugin of the file can be used, else %FALSE with
 *   %GENESIS_ERROR_NOT_FOUND (no such file), _IO, _ABI (not a file for this host) or _PLUGIN (what
 *   a plugin says about itself is wrong, or its id is taken)
 */
gboolean
genesis_plugin_host_load_file (GenesisPluginHost *self, const char *path, GError **error)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_ptr_array_add (self->searched, g_strdup (path));
  return load (self, path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The *.so of a folder, sorted; NULL with an error when it cannot be read. */
static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &reason);
  const char *name;

  if (folder == NULL)
    {
      gboolean missing = g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, GENESIS_ERROR, missing ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
                   "plugin folder %s: %s", path,
                   missing ? "there is no such folder" : reason->message);
      return NULL;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".so"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/**
 * genesis_plugin_host_add_directory:
 * @path: (type filename): a folder
 *
 * Loads every *.so of a folder, in order of name. A file that cannot be used is a rejection, not
 * an error.
 *
 * Returns: %TRUE, or %FALSE with %GENESIS_ERROR_NOT_FOUND when there is no such folder, _IO when
 *   it cannot be read
 */
gboolean
genesis_plugin_host_add_directory (GenesisPluginHost *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_ptr_array_add (self->searched, g_strdup (path));
  names = list_folder (path, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      load (self, file, NULL);
    }
  return TRUE;
}

/* -- asking -------------------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (genesis_plugin_get_id (*(GenesisPlugin *const *)a),
                 genesis_plugin_get_id (*(GenesisPlugin *const *)b));
}

/**
 * genesis_plugin_host_list:
 *
 * Returns: (transfer full) (element-type GenesisPlugin): all plugins, sorted by id
 */
GPtrArray *
genesis_plugin_host_list (GenesisPluginHost *self)
{
  GPtrArray *list;
  GHashTableIter iter;
  gpointer plugin;

  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (self), NULL);

  list = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->plugins);
  while (g_hash_table_iter_next (&iter, NULL, &plugin))
    g_ptr_array_add (list, g_object_ref (plugin));
  g_ptr_array_sort (list, compare_ids);
  return list;
}

/* Ids as they are and, for built-in ones, without "genesis.", so that a bare name finds its
   neighbour. */
static const char *
find_nearest (GenesisPluginHost *self, const char *id)
{
  g_autoptr (GPtrArray) list = genesis_plugin_host_list (self);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const char *known = genesis_plugin_get_id (g_ptr_array_index (list, i));

      g_ptr_array_add (names, (gpointer)known);
      if (g_str_has_prefix (known, "genesis."))
        g_ptr_array_add (names, (gpointer)(known + strlen ("genesis.")));
    }
  g_ptr_array_add (names, NULL);
  return genesis_nearest_name (id, (const char *const *)names->pdata);
}

static void
set_unknown (GenesisPluginHost *self, const char *id, GError **error)
{
  const char *nearest = find_nearest (self, id);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *clean = genesis_plugin_text_clean (id, 255);

  g_string_append_printf (text, "no plugin '%s'", clean);
  if (nearest != NULL)
    g_string_append_printf (text, "; did you mean '%s'?", nearest);
  g_string_append (text, self->searched->len > 0 ? "; looked in " : "; no folder was looked at");
  for (guint i = 0; i < self->searched->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (self->searched, i));
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, text->str);
}

/**
 * genesis_plugin_host_lookup:
 * @id: a full id, or a bare name, which means genesis.<name>
 *
 * Returns: (transfer none): the plugin, the host's, or %NULL with %GENESIS_ERROR_INVALID_CONFIG
 *   naming the nearest id and where was looked
 */
GenesisPlugin *
genesis_plugin_host_lookup (GenesisPluginHost *self, const char *id, GError **error)
{
  g_autofree char *full = NULL;
  GenesisPlugin *plugin;

  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  full = strchr (id, '.') != NULL ? g_strdup (id) : g_strconcat ("genesis.", id, NULL);
  plugin = g_hash_table_lookup (self->plugins, full);
  if (plugin == NULL)
    set_unknown (self, id, error);
  return plugin;
}

/**
 * genesis_plugin_host_get_rejected:
 *
 * Returns: (transfer none) (array zero-terminated=1): one line "path: reason" a file or plugin
 *   that was not taken, in the order of loading; valid until the next load
 */
const char *const *
genesis_plugin_host_get_rejected (GenesisPluginHost *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (self), NULL);

  return (const char *const *)self->rejected->pdata;
}

/**
 * genesis_plugin_host_set_log_func:
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): takes the lines, from
 *   any thread
 *
 * Where the log lines of this host's plugins go; without one, warnings reach g_debug() and the
 * rest is dropped.
 */
void
genesis_plugin_host_set_log_func (GenesisPluginHost *self, GenesisPluginLogFunc func,
                                  gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (GENESIS_IS_PLUGIN_HOST (self));

  genesis_plugin_log_set (self->log, func, user_data, destroy);
}
