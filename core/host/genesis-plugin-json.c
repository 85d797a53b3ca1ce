/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "base/genesis-json-member-private.h"
#include "host/genesis-plugin-private.h"

/* What a plugin says about itself, as JSON. Infinite numbers, which JSON does not have, are
   left out as bounds and written as text as defaults. */

typedef struct
{
  guint32 flag;
  const char *word;
} FlagWord;

static const FlagWord generator_flags[] = {
  { GENESIS_ABI_GEN_REENTRANT, "reentrant" },
  { GENESIS_ABI_GEN_SITE_MODELS, "site-models" },
};
static const FlagWord aggregator_flags[] = {
  { GENESIS_ABI_AGG_LINEAR, "linear" },
  { GENESIS_ABI_AGG_MASKABLE, "maskable" },
};
static const FlagWord param_flags[] = {
  { GENESIS_ABI_PARAM_REQUIRED, "required" }, { GENESIS_ABI_PARAM_PRIVACY, "privacy" },
  { GENESIS_ABI_PARAM_SECRET, "secret" },     { GENESIS_ABI_PARAM_OPEN_LO, "open-min" },
  { GENESIS_ABI_PARAM_OPEN_HI, "open-max" },
};
static const char *const type_words[] = { "", "bool", "int", "real", "choice", "text" };

static void
add_flags (JsonBuilder *to, guint32 flags, const FlagWord *words, guint n)
{
  json_builder_set_member_name (to, "flags");
  json_builder_begin_array (to);
  for (guint i = 0; i < n; i++)
    if ((flags & words[i].flag) != 0)
      json_builder_add_string_value (to, words[i].word);
  json_builder_end_array (to);
}

static void
add_bound (JsonBuilder *to, const char *name, const genesis_abi_param_spec *spec, double value)
{
  if (!isfinite (value))
    return;
  json_builder_set_member_name (to, name);
  if (spec->type == GENESIS_ABI_PARAM_INT && value == floor (value) && fabs (value) < 0x1p63)
    json_builder_add_int_value (to, (gint64)value);
  else
    json_builder_add_double_value (to, value);
}

static void
add_default (JsonBuilder *to, const genesis_abi_param_spec *spec)
{
  if ((spec->flags & GENESIS_ABI_PARAM_REQUIRED) != 0)
    return;
  json_builder_set_member_name (to, "default");
  switch (spec->type)
    {
    case GENESIS_ABI_PARAM_BOOL:
      json_builder_add_boolean_value (to, spec->def != 0);
      break;
    case GENESIS_ABI_PARAM_INT:
      json_builder_add_int_value (to, (gint64)spec->def);
      break;
    case GENESIS_ABI_PARAM_REAL:
      if (isfinite (spec->def))
        json_builder_add_double_value (to, spec->def);
      else
        json_builder_add_string_value (to, spec->def > 0 ? "inf" : "-inf");
      break;
    case GENESIS_ABI_PARAM_CHOICE:
      json_builder_add_string_value (to, spec->choices[(guint32)spec->def]);
      break;
    default:
      json_builder_add_string_value (to, spec->def_text != NULL ? spec->def_text : "");
    }
}

static void
add_choices (JsonBuilder *to, const genesis_abi_param_spec *spec)
{
  json_builder_set_member_name (to, "choices");
  json_builder_begin_array (to);
  for (guint32 i = 0; i < spec->n_choices; i++)
    json_builder_add_string_value (to, spec->choices[i]);
  json_builder_end_array (to);
}

static void
add_setting (JsonBuilder *to, const genesis_abi_param_spec *spec)
{
  json_builder_begin_object (to);
  genesis_json_add_text (to, "name", spec->name);
  genesis_json_add_text (to, "type", type_words[spec->type]);
  if (spec->unit != NULL)
    genesis_json_add_text (to, "unit", spec->unit);
  add_default (to, spec);
  if (spec->type == GENESIS_ABI_PARAM_INT || spec->type == GENESIS_ABI_PARAM_REAL)
    {
      add_bound (to, "min", spec, spec->lo);
      add_bound (to, "max", spec, spec->hi);
    }
  if (spec->type == GENESIS_ABI_PARAM_CHOICE)
    add_choices (to, spec);
  genesis_json_add_text (to, "help", spec->help != NULL ? spec->help : "");
  add_flags (to, spec->flags, param_flags, G_N_ELEMENTS (param_flags));
  json_builder_end_object (to);
}

static void
add_abi (JsonBuilder *to, GenesisPlugin *self)
{
  json_builder_set_member_name (to, "abi");
  json_builder_begin_object (to);
  genesis_json_add_integer (to, "major", GENESIS_ABI_MAJOR);
  genesis_json_add_integer (to, "minor_built", genesis_plugin_get_abi_minor_built (self));
  genesis_json_add_integer (to, "minor_needed", genesis_plugin_get_abi_minor_needed (self));
  json_builder_end_object (to);
}

static void
add_plugin (JsonBuilder *to, GenesisPlugin *self)
{
  const GenesisPluginDescriptor *descriptor = genesis_plugin_get_descriptor (self);
  const genesis_abi_plugin *abi = &descriptor->abi;
  gboolean is_generator = abi->kind == GENESIS_ABI_KIND_GENERATOR;
  g_autofree char *path = g_filename_display_name (genesis_plugin_get_path (self));

  genesis_json_add_text (to, "id", abi->id);
  genesis_json_add_text (to, "name", abi->name);
  genesis_json_add_text (to, "kind", is_generator ? "generator" : "aggregator");
  genesis_json_add_text (to, "version", abi->version);
  genesis_json_add_text (to, "summary", abi->summary);
  genesis_json_add_text (to, "author", abi->author);
  genesis_json_add_text (to, "license", abi->license);
  genesis_json_add_text (to, "url", abi->url);
  genesis_json_add_text (to, "path", path);
  genesis_json_add_text (to, "sha256", genesis_plugin_get_sha256 (self));
  add_abi (to, self);
  genesis_json_add_integer (to, "state_version", abi->state_version);
  if (is_generator)
    add_flags (to, descriptor->generator.flags, generator_flags, G_N_ELEMENTS (generator_flags));
  else
    add_flags (to, descriptor->aggregator.flags, aggregator_flags, G_N_ELEMENTS (aggregator_flags));
  json_builder_set_member_name (to, "settings");
  json_builder_begin_array (to);
  for (guint32 i = 0; i < abi->n_params; i++)
    add_setting (to, &descriptor->params[i]);
  json_builder_end_array (to);
}

/**
 * genesis_plugin_to_json:
 *
 * Returns: (transfer full): an object with id, name, kind, version, summary, author, license, url,
 *   path, sha256, abi (major, minor_built, minor_needed), state_version, flags (words) and
 *   settings (name, type, unit, default, min, max, choices, help, flags); what a setting does not
 *   have is left out
 */
char *
genesis_plugin_to_json (GenesisPlugin *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  json_builder_begin_object (builder);
  add_plugin (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}
