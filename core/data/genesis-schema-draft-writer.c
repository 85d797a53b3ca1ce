/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-file-private.h"
#include "base/genesis-json-text-private.h"
#include "data/genesis-column-protection-private.h"
#include "data/genesis-draft-json-private.h"
#include "data/genesis-schema-draft-file-private.h"

static const char *const about_protected[] = {
  "What one or more sites tell of their tables, so that a schema can be concluded.",
  "It contains: names of columns; kinds of value, date patterns and spellings that at least "
  "min_cell rows of a site share; the fewest and the most decimals of any row; ends of the values "
  "as edges of a public grid; counts, rounded up to multiples of min_cell.",
  "It does not contain: rows, exact smallest or largest values, spellings or kinds that fewer rows "
  "share, exact counts.",
  NULL
};

static const char *const about_exact[] = {
  "What one or more sites tell of their tables, so that a schema can be concluded.",
  "min_cell is 1: nothing is held back. It contains every different value of each column with its "
  "count (of columns with more than 65,536: exact ends and hashes), though not which values stand "
  "in one row.",
  "Not for release: make a draft with a larger min_cell for that.", NULL
};

/* -- writing ---------------------------------------------------------------- */

static void
write_texts (JsonBuilder *builder, const char *member, const char *const *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (gsize i = 0; texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
write_sites (const GenesisSchemaDraft *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "sites");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->sites->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (self->sites, i));
  json_builder_end_array (builder);
}

static void
write_orders (const GenesisSchemaDraft *self, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) orders = genesis_header_orders_list (self->orders);

  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < orders->len; i++)
    {
      const GenesisHeaderOrder *order = g_ptr_array_index (orders, i);

      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "file", order->file);
      genesis_json_add_count (builder, "files", order->n_files);
      write_texts (builder, "columns", (const char *const *)order->names);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
sort_names (GHashTable *columns)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, columns);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_texts);
  return names;
}

static void
write_columns (const GenesisSchemaDraft *self, guint64 min_cell, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) names = sort_names (self->columns);

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const GenesisColumnDraft *column = g_hash_table_lookup (self->columns, name);
      g_autoptr (GenesisColumnDraft) told = NULL;

      if (min_cell > self->min_cell)
        told = genesis_column_draft_dup_protected (column, min_cell, self->first_file);
      genesis_column_draft_to_json (told != NULL ? told : column, name, builder);
    }
  json_builder_end_array (builder);
}

char *
genesis_schema_draft_write (const GenesisSchemaDraft *self, guint64 min_cell, const char *checksum)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "format", GENESIS_DRAFT_FORMAT);
  write_texts (builder, "about", min_cell > 1 ? about_protected : about_exact);
  genesis_json_add_count (builder, "min_cell", min_cell);
  write_sites (self, builder);
  write_texts (builder, "missing_markers", (const char *const *)self->markers);
  write_orders (self, builder);
  write_columns (self, min_cell, builder);
  if (checksum != NULL)
    genesis_json_add_text (builder, GENESIS_DRAFT_CHECKSUM, checksum);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return genesis_json_text_print (root);
}

static gboolean
check_writable (GenesisSchemaDraft *self, guint min_cell, GError **error)
{
  if (self->first_file == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "the draft knows no file; add one before it is written");
      return FALSE;
    }
  if (self->sites->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the draft has no site; name it, so that others can tell drafts apart");
      return FALSE;
    }
  if (min_cell > GENESIS_DRAFT_MAX_MIN_CELL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the minimum cell %u is not 1 to %u", min_cell, GENESIS_DRAFT_MAX_MIN_CELL);
      return FALSE;
    }
  if (min_cell > self->min_cell && (self->min_cell > 1 || self->sites->len > 1))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "a minimum cell is applied at each site, not to drafts that were merged; draft "
                   "the sites' files again with the larger one");
      return FALSE;
    }
  return TRUE;
}

/**
 * genesis_schema_draft_to_json:
 * @self: a draft of at least one file, with a site
 * @min_cell: how many rows must share what is told; 1 holds nothing back, 0 takes what the drafts
 *   that were merged already have
 * @error: %GENESIS_ERROR_INVALID_CONFIG when sites were merged that hold less back
 *
 * The draft as it may be carried to whoever merges the drafts. The text says itself what it
 * contains and what it does not, and ends in a checksum.
 *
 * Returns: (transfer full) (nullable): JSON, without a final newline
 */
char *
genesis_schema_draft_to_json (GenesisSchemaDraft *self, guint min_cell, GError **error)
{
  g_autofree char *bare = NULL;
  g_autofree char *checksum = NULL;
  guint64 used;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), NULL);

  if (!check_writable (self, min_cell, error))
    return NULL;
  used = MAX (min_cell, self->min_cell);
  bare = genesis_schema_draft_write (self, used, NULL);
  checksum = genesis_sha256_hex (bare, strlen (bare));
  return genesis_schema_draft_write (self, used, checksum);
}

/**
 * genesis_schema_draft_save:
 * @self: a draft of at least one file, with a site
 * @path: where to
 * @min_cell: as for genesis_schema_draft_to_json()
 * @error: return location
 *
 * Writes the draft as JSON; the file is complete or untouched.
 *
 * Returns: whether it was written
 */
gboolean
genesis_schema_draft_save (GenesisSchemaDraft *self, const char *path, guint min_cell,
                           GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  json = genesis_schema_draft_to_json (self, min_cell, error);
  if (json == NULL)
    return FALSE;
  text = g_strconcat (json, "\n", NULL);
  return genesis_file_save (path, text, strlen (text), error);
}
