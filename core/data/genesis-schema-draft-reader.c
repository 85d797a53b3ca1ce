/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-json-text-private.h"
#include "data/genesis-draft-json-private.h"
#include "data/genesis-schema-draft-file-private.h"
#include "data/genesis-schema-private.h"

static GStrv
read_texts (JsonObject *object, const char *member, guint most, GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, member, fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;
  char **texts = g_new0 (char *, MIN (n, most) + 1);

  if (n > most)
    genesis_draft_fault_set (fault, "the list '%s' is too long", member);
  for (guint i = 0; i < n && fault->why == NULL; i++)
    texts[i] = g_strdup (genesis_draft_get_text (list, i, fault));
  return texts;
}

/* Every column of an order must be there; no order may name one twice. */
static void
check_order (const GenesisSchemaDraft *self, GStrv names, GenesisDraftFault *fault)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_hash_table_add (seen, names[i]) || !g_hash_table_contains (self->columns, names[i]))
      genesis_draft_fault_set (fault, "an order names a column twice, or one that is not there");
}

/* Every column must be in an order: it came from some file. */
static void
check_holders (const GenesisSchemaDraft *self, GenesisDraftFault *fault)
{
  g_autoptr (GPtrArray) list = genesis_header_orders_list (self->orders);
  g_autoptr (GHashTable) holders = genesis_header_orders_find_holders (list);

  if (g_hash_table_size (holders) < g_hash_table_size (self->columns))
    genesis_draft_fault_set (fault, "a column is in no order");
}

static void
read_orders (GenesisSchemaDraft *self, JsonObject *root, GenesisDraftFault *fault)
{
  static const char *const known[] = { "file", "files", "columns", NULL };
  JsonArray *list = genesis_draft_read_list (root, "orders", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  if (n == 0)
    genesis_draft_fault_set (fault, "it knows no file");
  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);
      g_auto (GStrv) names = NULL;
      const char *file;
      guint64 n_files;

      if (own == NULL)
        return;
      genesis_draft_check_members (own, known, fault);
      file = genesis_draft_read_text (own, "file", fault);
      n_files = genesis_draft_read_count (own, "files", fault);
      names = read_texts (own, "columns", 65536, fault);
      check_order (self, names, fault);
      if (fault->why != NULL)
        return;
      genesis_header_orders_add (self->orders, (const char *const *)names, n_files, file);
      if (self->first_file == NULL || strcmp (file, self->first_file) < 0)
        {
          g_free (self->first_file);
          self->first_file = g_strdup (file);
        }
    }
  check_holders (self, fault);
}

static void
read_columns (GenesisSchemaDraft *self, JsonObject *root, GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (root, "columns", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);
      const char *name = own != NULL ? genesis_draft_read_text (own, "name", fault) : "";

      if (*name == '\0')
        genesis_draft_fault_set (fault, "a column has no name");
      if (fault->why == NULL)
        g_hash_table_insert (self->columns, g_strdup (name),
                             genesis_column_draft_from_json (own, g_strv_length (self->markers),
                                                             fault));
    }
}

/* A minimum cell promises that nothing exact is in the draft: it is not believed but checked. */
static void
check_promise (const GenesisSchemaDraft *self, GenesisDraftFault *fault)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->columns);
  while (self->min_cell > 1 && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GenesisColumnDraft *column = value;

      if (column->texts == NULL || column->texts->n_entries > 0)
        genesis_draft_fault_set (fault, "it promises a minimum cell and holds exact values");
    }
}

static void
read_sites (GenesisSchemaDraft *self, JsonObject *root, GenesisDraftFault *fault)
{
  g_auto (GStrv) sites = read_texts (root, "sites", 1000000, fault);

  for (gsize i = 0; sites[i] != NULL; i++)
    {
      if (*sites[i] == '\0' || (i > 0 && strcmp (sites[i - 1], sites[i]) >= 0))
        genesis_draft_fault_set (fault, "the sites are not sorted, or one has no name");
      g_ptr_array_add (self->sites, g_strdup (sites[i]));
    }
  if (sites[0] == NULL)
    genesis_draft_fault_set (fault, "it names no site");
}

static GenesisSchemaDraft *
read_draft (JsonObject *root, GenesisDraftFault *fault)
{
  static const char *const known[] = { "format",
                                       "about",
                                       "min_cell",
                                       "sites",
                                       "missing_markers",
                                       "orders",
                                       "columns",
                                       GENESIS_DRAFT_CHECKSUM,
                                       NULL };
  g_auto (GStrv) markers = read_texts (root, "missing_markers", GENESIS_SCHEMA_MAX_MARKERS, fault);
  GenesisSchemaDraft *self = genesis_schema_draft_new ((const char *const *)markers);

  genesis_draft_check_members (root, known, fault);
  self->search.is_partial = TRUE; /* a file does not carry the evidence */
  self->min_cell = genesis_draft_read_count (root, "min_cell", fault);
  if (self->min_cell == 0 || self->min_cell > GENESIS_DRAFT_MAX_MIN_CELL)
    genesis_draft_fault_set (fault, "its minimum cell is none");
  read_sites (self, root, fault);
  read_columns (self, root, fault);
  read_orders (self, root, fault);
  if (fault->why == NULL)
    check_promise (self, fault);
  return self;
}

/* What was read, written again, must be what is in the file: whatever else is there, in another
   order, or changed by hand, is refused with it. Only space between the members may differ. */
static void
check_checksum (const GenesisSchemaDraft *self, JsonObject *root, GenesisDraftFault *fault)
{
  g_autofree char *bare = NULL;
  g_autofree char *checksum = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (JsonNode) written = NULL;
  g_autoptr (JsonNode) read = NULL;

  if (fault->why != NULL)
    return;
  bare = genesis_schema_draft_write (self, self->min_cell, NULL);
  checksum = genesis_sha256_hex (bare, strlen (bare));
  whole = genesis_schema_draft_write (self, self->min_cell, checksum);
  written = json_from_string (whole, NULL);
  read = json_node_init_object (json_node_alloc (), root);
  if (written == NULL || !json_node_equal (written, read))
    genesis_draft_fault_set (fault, "its checksum is not that of its content");
}

static gboolean
is_other_version (JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "format");

  return node == NULL || !JSON_NODE_HOLDS_VALUE (node)
         || json_node_get_value_type (node) != G_TYPE_STRING
         || strcmp (json_node_get_string (node), GENESIS_DRAFT_FORMAT) != 0;
}

static GenesisSchemaDraft *
parse_draft (JsonObject *root, GError **error)
{
  GenesisDraftFault fault = { NULL };
  g_autoptr (GenesisSchemaDraft) self = NULL;

  if (is_other_version (root))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "draft: the format is not \"" GENESIS_DRAFT_FORMAT
                   "\", the one that this version reads; make "
                   "it with 'genesis schema infer --draft'");
      return NULL;
    }
  self = read_draft (root, &fault);
  if (fault.why == NULL)
    check_checksum (self, root, &fault);
  if (fault.why == NULL)
    return g_steal_pointer (&self);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "draft: it is damaged or was changed: %s; get it again from the site", fault.why);
  g_free (fault.why);
  return NULL;
}

/**
 * genesis_schema_draft_new_from_json:
 * @json: what genesis_schema_draft_to_json() gives
 * @error: %GENESIS_ERROR_INVALID_DATA for anything else, also for a draft that was changed
 *
 * Reads a draft that another site made. Nothing in it is believed that can be checked.
 *
 * Returns: (transfer full) (nullable): a draft
 */
GenesisSchemaDraft *
genesis_schema_draft_new_from_json (const char *json, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  GenesisJsonFault fault;

  g_return_val_if_fail (json != NULL, NULL);

  if (!genesis_json_text_check_object (json, &fault))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "draft: line %" G_GUINT64_FORMAT ", column %" G_GUINT64_FORMAT ": %s",
                   fault.line, fault.column, fault.why);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, -1, &reason))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "draft: the JSON parser refuses it: %s; get it again from the site",
                   reason->message);
      return NULL;
    }
  return parse_draft (json_node_get_object (json_parser_get_root (parser)), error);
}

/**
 * genesis_schema_draft_load:
 * @path: a file as genesis_schema_draft_save() writes it
 * @error: %GENESIS_ERROR_NOT_FOUND, or %GENESIS_ERROR_INVALID_DATA for anything else
 *
 * Returns: (transfer full) (nullable): a draft
 */
GenesisSchemaDraft *
genesis_schema_draft_load (const char *path, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) reason = NULL;
  GenesisSchemaDraft *self;
  gsize size;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &json, &size, &reason))
    {
      gboolean absent = g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      g_set_error (error, GENESIS_ERROR, absent ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
                   "cannot read the draft: %s; check the path", reason->message);
      return NULL;
    }
  if (strlen (json) != size)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s': a NUL character is in the file; get it again from the site", path);
      return NULL;
    }
  self = genesis_schema_draft_new_from_json (json, error);
  if (self == NULL)
    g_prefix_error (error, "'%s': ", path);
  return self;
}
