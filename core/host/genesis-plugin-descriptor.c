/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plugin-descriptor-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-abi-copy-private.h"

#define MAX_PARAMS 1024u
#define MAX_ID     255u

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, text);
  return FALSE;
}

/* -- id ---------------------------------------------------------------------------- */

static gboolean
is_label (const char *label, gboolean is_first)
{
  gsize n = strspn (label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

  return n > 0 && label[n] == '\0'
         && (is_first ? g_ascii_isalpha (*label) : g_ascii_isalnum (*label));
}

static gboolean
is_builtin_tail (const char *tail)
{
  return g_ascii_islower (*tail)
         && tail[strspn (tail, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static gboolean
is_reverse_dns (const char *id)
{
  g_auto (GStrv) labels = g_strsplit (id, ".", -1);

  for (guint i = 0; labels[i] != NULL; i++)
    if (!is_label (labels[i], i == 0))
      return FALSE;
  return g_strv_length (labels) >= 2;
}

gboolean
genesis_plugin_is_id (const char *id)
{
  if (strnlen (id, MAX_ID + 1) > MAX_ID)
    return FALSE;
  return g_str_has_prefix (id, "genesis.") ? is_builtin_tail (id + strlen ("genesis."))
                                           : is_reverse_dns (id);
}

static gboolean
check_id (const char *id, GError **error)
{
  if (id == NULL || *id == '\0')
    return refuse (error, "a plugin of the file has no id");
  if (strnlen (id, MAX_ID + 1) > MAX_ID || !g_utf8_validate (id, -1, NULL))
    return refuse (error, "a plugin's id is longer than %u bytes or not UTF-8", MAX_ID);
  if (!genesis_plugin_is_id (id))
    return refuse (
        error,
        "plugin '%s': an id is 'genesis.<name>' for a built-in one, else reverse DNS such "
        "as 'org.example.name'",
        id);
  return TRUE;
}

/* -- texts --------------------------------------------------------------------------- */

static gboolean
check_text (const char **text, const char *what, gboolean is_needed, GError **error)
{
  if (*text == NULL)
    *text = "";
  if (!g_utf8_validate (*text, -1, NULL))
    return refuse (error, "its %s is not UTF-8", what);
  if (is_needed && **text == '\0')
    return refuse (error, "it has no %s", what);
  return TRUE;
}

static gboolean
check_texts (genesis_abi_plugin *abi, GError **error)
{
  return check_text (&abi->name, "name", TRUE, error)
         && check_text (&abi->version, "version", TRUE, error)
         && check_text (&abi->summary, "summary", FALSE, error)
         && check_text (&abi->author, "author", FALSE, error)
         && check_text (&abi->license, "license", FALSE, error)
         && check_text (&abi->url, "url", FALSE, error);
}

/* -- settings -------------------------------------------------------------------------- */

static gboolean
copy_params (GenesisPluginDescriptor *self, GError **error)
{
  const genesis_abi_param_spec *const *from = self->abi.params;
  guint32 n = self->abi.n_params;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (n > MAX_PARAMS || (n > 0 && from == NULL))
    return refuse (error, "it declares %u settings without a list of them, or more than %u", n,
                   MAX_PARAMS);
  self->params = g_new0 (genesis_abi_param_spec, n);
  self->param_pointers = g_new0 (const genesis_abi_param_spec *, n + 1);
  for (guint32 i = 0; i < n; i++)
    {
      g_autofree char *what = g_strdup_printf ("the declaration of setting %u", i);

      if (!genesis_abi_copy_struct (&self->params[i], sizeof self->params[i], from[i],
                                    GENESIS_ABI_SIZE_1_0 (genesis_abi_param_spec, def_text), what,
                                    error)
          || !genesis_param_spec_check (&self->params[i], error))
        return FALSE;
      if (!g_hash_table_add (names, (gpointer)self->params[i].name))
        return refuse (error, "declares setting '%s' twice", self->params[i].name);
      self->param_pointers[i] = &self->params[i];
    }
  self->abi.params = self->param_pointers;
  return TRUE;
}

/* -- vtables ------------------------------------------------------------------------------ */

static gboolean
copy_generator (GenesisPluginDescriptor *self, GError **error)
{
  const genesis_abi_generator *g = &self->generator;

  if (!genesis_abi_copy_struct (&self->generator, sizeof self->generator, self->abi.generator,
                                GENESIS_ABI_SIZE_1_0 (genesis_abi_generator, sample),
                                "the generator's vtable", error))
    return FALSE;
  self->abi.generator = g;
  if (g->create == NULL || g->destroy == NULL || g->plan == NULL || g->measure == NULL
      || g->absorb == NULL || g->sample == NULL)
    return refuse (error, "the generator's vtable lacks one of create, destroy, plan, measure, "
                          "absorb, sample");
  return TRUE;
}

static gboolean
copy_aggregator (GenesisPluginDescriptor *self, GError **error)
{
  const genesis_abi_aggregator *a = &self->aggregator;

  if (!genesis_abi_copy_struct (&self->aggregator, sizeof self->aggregator, self->abi.aggregator,
                                GENESIS_ABI_SIZE_1_0 (genesis_abi_aggregator, close),
                                "the aggregator's vtable", error))
    return FALSE;
  self->abi.aggregator = a;
  if (a->create == NULL || a->destroy == NULL || a->open == NULL || a->add == NULL
      || a->close == NULL)
    return refuse (error, "the aggregator's vtable lacks one of create, destroy, open, add, close");
  return TRUE;
}

static gboolean
copy_vtable (GenesisPluginDescriptor *self, GError **error)
{
  gboolean has_generator = self->abi.generator != NULL;
  gboolean has_aggregator = self->abi.aggregator != NULL;

  if (self->abi.kind != GENESIS_ABI_KIND_GENERATOR && self->abi.kind != GENESIS_ABI_KIND_AGGREGATOR)
    return refuse (error, "kind %u is unknown", self->abi.kind);
  if (has_generator && has_aggregator)
    return refuse (error, "it has two vtables; split it into two plugins");
  if (has_generator != (self->abi.kind == GENESIS_ABI_KIND_GENERATOR)
      || has_aggregator != (self->abi.kind == GENESIS_ABI_KIND_AGGREGATOR))
    return refuse (error, "it has no vtable of its kind");
  return has_generator ? copy_generator (self, error) : copy_aggregator (self, error);
}

/**
 * genesis_plugin_descriptor_new:
 *
 * Returns: (transfer full): a validated copy, or %NULL with %GENESIS_ERROR_PLUGIN (what it says)
 *   or _ABI (its sizes); the text begins with the plugin's id as soon as that is known
 */
GenesisPluginDescriptor *
genesis_plugin_descriptor_new (const genesis_abi_plugin *plugin, GError **error)
{
  g_autoptr (GenesisPluginDescriptor) self = g_new0 (GenesisPluginDescriptor, 1);

  if (!genesis_abi_copy_struct (&self->abi, sizeof self->abi, plugin,
                                GENESIS_ABI_SIZE_1_0 (genesis_abi_plugin, extension),
                                "a plugin's description", error)
      || !check_id (self->abi.id, error))
    return NULL;
  if (!check_texts (&self->abi, error) || !copy_params (self, error) || !copy_vtable (self, error))
    {
      g_prefix_error (error, "plugin '%s': ", self->abi.id);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
genesis_plugin_descriptor_free (GenesisPluginDescriptor *self)
{
  g_free (self->params);
  g_free (self->param_pointers);
  g_free (self);
}
