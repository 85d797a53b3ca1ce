/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-model-private.h"

#include "base/genesis-json-member-private.h"
#include "base/genesis-json-text-private.h"
#include "base/genesis-stream-private.h"
#include "data/genesis-field-private.h"

static void
add_columns (JsonBuilder *builder, GenesisSchema *schema)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < genesis_schema_get_n_fields (schema); i++)
    {
      GenesisField *field = genesis_schema_get_field (schema, i);

      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "name", genesis_field_get_name (field));
      genesis_json_add_text (builder, "type", genesis_field_get_type_name (field));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_blocks (JsonBuilder *builder, GenesisBlocks *state)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);

  json_builder_set_member_name (builder, "blocks");
  json_builder_begin_array (builder);
  for (guint32 i = 0; i < blocks->n; i++)
    {
      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "name", blocks->items[i]->name);
      genesis_json_add_text (builder, "dtype",
                             blocks->items[i]->dtype == GENESIS_ABI_F64 ? "f64" : "i64");
      genesis_json_add_count (builder, "n", blocks->items[i]->n);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_sites (JsonBuilder *builder, GPtrArray *sites)
{
  json_builder_set_member_name (builder, "sites");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (sites, i);

      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "name", site->name);
      genesis_json_add_count (builder, "rows", site->n_rows);
      json_builder_set_member_name (builder, "weight");
      json_builder_add_double_value (builder, site->weight);
      json_builder_set_member_name (builder, "has_state");
      json_builder_add_boolean_value (builder, site->state != NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_provenance (JsonBuilder *builder, const char *provenance)
{
  JsonNode *node = provenance != NULL ? json_from_string (provenance, NULL) : NULL;

  json_builder_set_member_name (builder, "provenance");
  if (node != NULL)
    json_builder_add_value (builder, node);
  else
    json_builder_add_null_value (builder);
}

/**
 * genesis_model_describe:
 * @self: a model
 *
 * What a model is, as a JSON object: generator, state_version, stream, digest, rounds, n_max,
 * settings (name to text), columns (name, type), blocks of the pooled state (name, dtype, n), sites
 * (name, rows, weight, has_state), provenance.
 *
 * Returns: (transfer full): JSON text, indented
 */
char *
genesis_model_describe (GenesisModel *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "generator", self->generator);
  genesis_json_add_count (builder, "state_version", self->state_version);
  genesis_json_add_text (builder, "stream", GENESIS_STREAM_NAME);
  genesis_json_add_text (builder, "digest", self->digest);
  genesis_json_add_count (builder, "rounds", self->rounds);
  genesis_json_add_count (builder, "n_max", self->n_max);
  genesis_json_add_settings (builder, "settings", self->settings);
  add_columns (builder, self->schema);
  add_blocks (builder, self->state);
  add_sites (builder, self->sites);
  add_provenance (builder, self->provenance);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return genesis_json_text_print (root);
}
