/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plugin-settings-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-number-private.h"
#include "host/genesis-plugin-log-private.h"

#define MAX_SHOWN 256u /* bytes of what was given that a message repeats */

struct _GenesisPluginSettings
{
  const GenesisPluginDescriptor *descriptor; /* of a plugin that outlives its instances */
  genesis_abi_config config;
  genesis_abi_value *values;
  char **texts; /* own the values of TEXT; NULL elsewhere */
};

static gboolean
has_flag (const genesis_abi_param_spec *spec, guint32 flag)
{
  return (spec->flags & flag) != 0;
}

/* -- numbers as text ---------------------------------------------------------------- */

static char *
format_real (double value)
{
  char text[GENESIS_NUMBER_TEXT_MAX];

  if (isinf (value))
    return g_strdup (value > 0 ? "inf" : "-inf");
  return g_strndup (text, genesis_number_format_real (value, text));
}

static gboolean
parse_real (const char *text, double *value)
{
  if (strcmp (text, "inf") == 0 || strcmp (text, "-inf") == 0)
    {
      *value = *text == '-' ? -INFINITY : INFINITY;
      return TRUE;
    }
  return genesis_number_parse_real (text, strlen (text), value);
}

static char *
describe_range (const genesis_abi_param_spec *spec)
{
  g_autofree char *lo = format_real (spec->lo);
  g_autofree char *hi = format_real (spec->hi);
  const char *whole = spec->type == GENESIS_ABI_PARAM_INT ? "whole " : "";

  if (isinf (spec->lo) && isinf (spec->hi))
    return g_strdup_printf ("any %snumber", whole);
  if (isinf (spec->hi))
    return g_strdup_printf ("a %snumber %s %s", whole,
                            has_flag (spec, GENESIS_ABI_PARAM_OPEN_LO) ? "above" : "of at least",
                            lo);
  if (isinf (spec->lo))
    return g_strdup_printf ("a %snumber %s %s", whole,
                            has_flag (spec, GENESIS_ABI_PARAM_OPEN_HI) ? "below" : "of at most",
                            hi);
  return g_strdup_printf ("a %snumber in %c%s, %s%c", whole,
                          has_flag (spec, GENESIS_ABI_PARAM_OPEN_LO) ? '(' : '[', lo, hi,
                          has_flag (spec, GENESIS_ABI_PARAM_OPEN_HI) ? ')' : ']');
}

static char *
describe_choices (const genesis_abi_param_spec *spec)
{
  g_autoptr (GString) text = g_string_new ("one of");

  for (guint32 i = 0; i < spec->n_choices; i++)
    g_string_append_printf (text, "%s %s", i > 0 ? "," : "", spec->choices[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_allowed (const genesis_abi_param_spec *spec)
{
  switch (spec->type)
    {
    case GENESIS_ABI_PARAM_BOOL:
      return g_strdup ("true or false");
    case GENESIS_ABI_PARAM_CHOICE:
      return describe_choices (spec);
    case GENESIS_ABI_PARAM_TEXT:
      return g_strdup ("valid UTF-8");
    default:
      return describe_range (spec);
    }
}

/* -- one value ------------------------------------------------------------------------ */

static gboolean
parse_bool (const char *text, gint64 *value)
{
  static const char *const words[] = { "false", "true", "no", "yes", "0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      {
        *value = i % 2;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_choice (const genesis_abi_param_spec *spec, const char *text, gint64 *value)
{
  for (guint32 i = 0; i < spec->n_choices; i++)
    if (strcmp (text, spec->choices[i]) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

/* A bound is a double: compared in long double, so that 2^53 + 1 is above 2^53. */
static gboolean
parse_int (const genesis_abi_param_spec *spec, const char *text, gint64 *value)
{
  long double v;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    return FALSE;
  v = *value;
  return (has_flag (spec, GENESIS_ABI_PARAM_OPEN_LO) ? v > spec->lo : v >= spec->lo)
         && (has_flag (spec, GENESIS_ABI_PARAM_OPEN_HI) ? v < spec->hi : v <= spec->hi);
}

static gboolean
parse_value (const genesis_abi_param_spec *spec, const char *text, genesis_abi_value *value,
             char **own)
{
  switch (spec->type)
    {
    case GENESIS_ABI_PARAM_BOOL:
      return parse_bool (text, &value->i);
    case GENESIS_ABI_PARAM_INT:
      return parse_int (spec, text, &value->i);
    case GENESIS_ABI_PARAM_REAL:
      return parse_real (text, &value->r) && genesis_param_spec_contains (spec, value->r);
    case GENESIS_ABI_PARAM_CHOICE:
      return parse_choice (spec, text, &value->i);
    default:
      *own = g_strdup (text);
      value->s = *own;
      return g_utf8_validate (text, -1, NULL);
    }
}

static void
set_default (const genesis_abi_param_spec *spec, genesis_abi_value *value, char **own)
{
  if (spec->type == GENESIS_ABI_PARAM_REAL)
    value->r = spec->def;
  else if (spec->type != GENESIS_ABI_PARAM_TEXT)
    value->i = (gint64)spec->def;
  else
    value->s = *own = g_strdup (spec->def_text != NULL ? spec->def_text : "");
}

static gboolean
fill_value (GenesisPluginSettings *self, guint32 i, GHashTable *given, GError **error)
{
  const genesis_abi_param_spec *spec = &self->descriptor->params[i];
  const char *text = given != NULL ? g_hash_table_lookup (given, spec->name) : NULL;
  g_autofree char *allowed = NULL;
  g_autofree char *shown = NULL;

  if (text == NULL && !has_flag (spec, GENESIS_ABI_PARAM_REQUIRED))
    {
      set_default (spec, &self->values[i], &self->texts[i]);
      return TRUE;
    }
  if (text != NULL && parse_value (spec, text, &self->values[i], &self->texts[i]))
    return TRUE;
  allowed = describe_allowed (spec);
  if (text == NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "plugin %s, setting '%s': must be given: %s", self->descriptor->abi.id, spec->name,
                 allowed);
  else if (has_flag (spec, GENESIS_ABI_PARAM_SECRET) || !g_utf8_validate (text, -1, NULL))
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "plugin %s, setting '%s': what was given is not %s", self->descriptor->abi.id,
                 spec->name, allowed);
  else
    {
      shown = genesis_plugin_text_clean (text, MAX_SHOWN);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "plugin %s, setting '%s': '%s' is not %s", self->descriptor->abi.id, spec->name,
                   shown, allowed);
    }
  return FALSE;
}

/* -- all of them -------------------------------------------------------------------------- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_names (const GenesisPluginDescriptor *descriptor)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint32 i = 0; i < descriptor->abi.n_params; i++)
    g_ptr_array_add (names, (gpointer)descriptor->params[i].name);
  g_ptr_array_sort (names, compare_texts);
  g_ptr_array_add (names, NULL);
  return names;
}

static void
set_unknown (const GenesisPluginDescriptor *descriptor, const char *name, GPtrArray *names,
             GError **error)
{
  const char *nearest = genesis_nearest_name (name, (const char *const *)names->pdata);
  g_autofree char *list = g_strjoinv (", ", (char **)names->pdata);
  g_autofree char *hint = nearest != NULL ? g_strdup_printf ("did you mean '%s'? ", nearest) : NULL;
  g_autofree char *clean = genesis_plugin_text_clean (name, MAX_SHOWN);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "plugin %s has no setting '%s'; %s%s%s", descriptor->abi.id, clean,
               hint != NULL ? hint : "", *list != '\0' ? "it has: " : "it has none", list);
}

/* The first unknown one in order of names, whatever the order of the hash table. */
static gboolean
check_known (const GenesisPluginDescriptor *descriptor, GHashTable *given, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (descriptor);
  GHashTableIter iter;
  gpointer name;
  const char *unknown = NULL;

  if (given == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, given);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains ((const char *const *)names->pdata, name)
        && (unknown == NULL || strcmp (name, unknown) < 0))
      unknown = name;
  if (unknown == NULL)
    return TRUE;
  set_unknown (descriptor, unknown, names, error);
  return FALSE;
}

GenesisPluginSettings *
genesis_plugin_settings_parse (const GenesisPluginDescriptor *descriptor, GHashTable *given,
                               GError **error)
{
  g_autoptr (GenesisPluginSettings) self = NULL;
  guint32 n = descriptor->abi.n_params;

  if (!check_known (descriptor, given, error))
    return NULL;
  self = g_new0 (GenesisPluginSettings, 1);
  self->descriptor = descriptor;
  self->values = g_new0 (genesis_abi_value, n + 1);
  self->texts = g_new0 (char *, n + 1);
  for (guint32 i = 0; i < n; i++)
    if (!fill_value (self, i, given, error))
      return NULL;
  self->config.struct_size = sizeof self->config;
  self->config.n = n;
  self->config.values = self->values;
  return g_steal_pointer (&self);
}

void
genesis_plugin_settings_free (GenesisPluginSettings *self)
{
  for (guint32 i = 0; i < self->descriptor->abi.n_params; i++)
    g_free (self->texts[i]);
  g_free (self->texts);
  g_free (self->values);
  g_free (self);
}

const genesis_abi_config *
genesis_plugin_settings_get_config (GenesisPluginSettings *self)
{
  return &self->config;
}

const genesis_abi_value *
genesis_plugin_settings_find (GenesisPluginSettings *self, const char *name)
{
  for (guint32 i = 0; i < self->config.n; i++)
    if (strcmp (self->descriptor->params[i].name, name) == 0)
      return &self->values[i];
  return NULL;
}

static const genesis_abi_value *
find_typed (GenesisPluginSettings *self, const char *name, guint32 type, guint32 *index)
{
  for (guint32 i = 0; i < self->config.n; i++)
    if (self->descriptor->params[i].type == type
        && strcmp (self->descriptor->params[i].name, name) == 0)
      {
        *index = i;
        return &self->values[i];
      }
  return NULL;
}

double
genesis_plugin_settings_get_real (GenesisPluginSettings *self, const char *name, double otherwise)
{
  guint32 index;
  const genesis_abi_value *value = find_typed (self, name, GENESIS_ABI_PARAM_REAL, &index);

  return value != NULL ? value->r : otherwise;
}

gint64
genesis_plugin_settings_get_int (GenesisPluginSettings *self, const char *name, gint64 otherwise)
{
  guint32 index;
  const genesis_abi_value *value = find_typed (self, name, GENESIS_ABI_PARAM_INT, &index);

  return value != NULL ? value->i : otherwise;
}

const char *
genesis_plugin_settings_get_choice (GenesisPluginSettings *self, const char *name,
                                    const char *otherwise)
{
  guint32 index;
  const genesis_abi_value *value = find_typed (self, name, GENESIS_ABI_PARAM_CHOICE, &index);

  return value != NULL ? self->descriptor->params[index].choices[value->i] : otherwise;
}

static char *
format_value (const genesis_abi_param_spec *spec, const genesis_abi_value *value)
{
  switch (spec->type)
    {
    case GENESIS_ABI_PARAM_BOOL:
      return g_strdup (value->i != 0 ? "true" : "false");
    case GENESIS_ABI_PARAM_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->i);
    case GENESIS_ABI_PARAM_REAL:
      return format_real (value->r);
    case GENESIS_ABI_PARAM_CHOICE:
      return g_strdup (spec->choices[value->i]);
    default:
      return g_strdup (value->s);
    }
}

char **
genesis_plugin_settings_dup_list (GenesisPluginSettings *self)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = list_names (self->descriptor);

  for (guint k = 0; k + 1 < names->len; k++)
    for (guint32 i = 0; i < self->config.n; i++)
      {
        const genesis_abi_param_spec *spec = &self->descriptor->params[i];
        g_autofree char *value = NULL;

        if (spec->name != g_ptr_array_index (names, k) || has_flag (spec, GENESIS_ABI_PARAM_SECRET))
          continue;
        value = format_value (spec, &self->values[i]);
        g_ptr_array_add (list, g_strdup_printf ("%s=%s", spec->name, value));
      }
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_free (list, FALSE);
}
