/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-draft-json-private.h"

/* -- texts ------------------------------------------------------------------ */

typedef struct
{
  const char *text;
  gsize n;
  guint64 count;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  int order = memcmp (x->text, y->text, MIN (x->n, y->n));

  return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

void
genesis_text_index_to_json (const GenesisTextIndex *texts, JsonBuilder *builder)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint32 id = 0; id < texts->n_entries; id++)
    {
      const Entry entry = { genesis_text_index_get_text (texts, id), texts->entries[id].length,
                            texts->entries[id].count };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autofree char *text = g_strndup (entry->text, entry->n);

      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, text);
      json_builder_add_int_value (builder, (gint64)entry->count);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

GenesisTextIndex *
genesis_text_index_from_json (JsonArray *list, GenesisDraftFault *fault)
{
  GenesisTextIndex *texts = genesis_text_index_new ();
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      const char *text;
      guint32 id;

      if (pair == NULL || json_array_get_length (pair) != 2)
        {
          genesis_draft_fault_set (fault, "a text with its count is not a pair");
          break;
        }
      text = genesis_draft_get_text (pair, 0, fault);
      if (*text == '\0' || strlen (text) > GENESIS_COLUMN_DRAFT_MAX_LENGTH)
        genesis_draft_fault_set (fault, "a text is empty or too long");
      id = genesis_text_index_insert (texts, text, strlen (text),
                                      genesis_text_hash (text, strlen (text)));
      texts->entries[id].count = genesis_draft_get_count (pair, 1, fault);
    }
  if (texts->n_entries != n)
    genesis_draft_fault_set (fault, "a text is there twice");
  return texts;
}

/* -- the sketch ------------------------------------------------------------- */

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return (x > y) - (x < y);
}

static void
write_sketch (const GenesisHashSketch *sketch, JsonBuilder *builder)
{
  g_autofree guint64 *hashes = g_memdup2 (sketch->hashes, sketch->n * sizeof *hashes);

  if (sketch->n > 1)
    qsort (hashes, sketch->n, sizeof *hashes, compare_hashes);
  json_builder_begin_array (builder);
  for (guint i = 0; i < sketch->n; i++)
    genesis_draft_write_hash (builder, hashes[i]);
  json_builder_end_array (builder);
}

static GenesisHashSketch *
read_sketch (JsonArray *list, GenesisDraftFault *fault)
{
  GenesisHashSketch *sketch = genesis_hash_sketch_new ();
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  if (n > GENESIS_HASH_SKETCH_SIZE)
    genesis_draft_fault_set (fault, "there are more than %u hashes", GENESIS_HASH_SKETCH_SIZE);
  for (guint i = 0; i < n && fault->why == NULL; i++)
    genesis_hash_sketch_add (sketch,
                             genesis_draft_read_hash (json_array_get_element (list, i), fault));
  return sketch;
}

/* -- files ------------------------------------------------------------------ */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
write_origins (GHashTable *origins, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, origins);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (kinds, key);
  g_ptr_array_sort (kinds, compare_texts);
  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kinds->len; i++)
    {
      const GenesisColumnOrigin *origin = g_hash_table_lookup (origins, kinds->pdata[i]);

      json_builder_begin_object (builder);
      genesis_json_add_text (builder, "kinds", kinds->pdata[i]);
      genesis_json_add_text (builder, "file", origin->file);
      genesis_json_add_count (builder, "most", origin->most);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
read_origins (GenesisColumnDraft *self, JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "kinds", "file", "most", NULL };
  JsonArray *list = genesis_draft_read_list (object, "kinds", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);
      const char *kinds, *file;

      if (own == NULL)
        return;
      genesis_draft_check_members (own, known, fault);
      kinds = genesis_draft_read_text (own, "kinds", fault);
      file = genesis_draft_read_text (own, "file", fault);
      if (strlen (kinds) > 4096 || *kinds == '\0')
        genesis_draft_fault_set (fault, "kinds of value are none");
      if (fault->why == NULL)
        genesis_column_draft_note_origin (self, kinds, file,
                                          genesis_draft_read_count (own, "most", fault));
    }
}

static void
write_printed (const GenesisColumnDraft *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "decimals");
  json_builder_begin_array (builder);
  for (int i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    {
      if (self->printed_by[i] == NULL)
        continue;
      json_builder_begin_object (builder);
      genesis_json_add_count (builder, "decimals", (guint64)i);
      genesis_json_add_text (builder, "file", self->printed_by[i]);
      genesis_json_add_count (builder, "most", self->most_printed[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
read_printed (GenesisColumnDraft *self, JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "decimals", "file", "most", NULL };
  JsonArray *list = genesis_draft_read_list (object, "decimals", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);
      guint64 digits;
      const char *file;

      if (own == NULL)
        return;
      genesis_draft_check_members (own, known, fault);
      digits = genesis_draft_read_count (own, "decimals", fault);
      file = genesis_draft_read_text (own, "file", fault);
      if (digits > GENESIS_COLUMN_DRAFT_MAX_PRINTED)
        genesis_draft_fault_set (fault, "decimals are impossible");
      if (fault->why == NULL)
        genesis_column_draft_note_printed (self, (int)digits, file,
                                           genesis_draft_read_count (own, "most", fault));
    }
}

static void
write_words (const GenesisColumnDraft *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "vocabularies");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    {
      if (self->words[i].file == NULL)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "signature");
      genesis_draft_write_hash (builder, self->words[i].signature);
      genesis_json_add_text (builder, "file", self->words[i].file);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
read_words (GenesisColumnDraft *self, JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "signature", "file", NULL };
  JsonArray *list = genesis_draft_read_list (object, "vocabularies", fault);
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);
      guint64 signature;

      if (own == NULL)
        return;
      genesis_draft_check_members (own, known, fault);
      signature = genesis_draft_read_hash (json_object_get_member (own, "signature"), fault);
      genesis_column_draft_note_words (self, signature,
                                       genesis_draft_read_text (own, "file", fault));
    }
}

/* -- what is told ----------------------------------------------------------- */

static void
write_told (const GenesisColumnTold *told, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "facts");
  genesis_column_facts_to_json (told->facts, builder);
  json_builder_set_member_name (builder, "spellings");
  genesis_text_index_to_json (told->spellings, builder);
  genesis_json_add_count (builder, "held_back", told->n_held_back);
  genesis_json_add_count (builder, "different", told->n_different);
  genesis_json_add_count (builder, "sequence", told->n_sequence);
  genesis_json_add_count (builder, "untold", told->n_untold);
  genesis_json_add_count (builder, "beyond", told->n_beyond);
  json_builder_end_object (builder);
}

static GenesisColumnTold *
read_told (JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "facts",    "spellings", "held_back", "different",
                                       "sequence", "untold",    "beyond",    NULL };
  GenesisColumnTold *told = g_new0 (GenesisColumnTold, 1);
  JsonObject *facts = genesis_draft_read_object (object, "facts", fault);
  JsonArray *spellings = genesis_draft_read_list (object, "spellings", fault);

  genesis_draft_check_members (object, known, fault);
  told->facts = facts != NULL ? genesis_column_facts_from_json (facts, TRUE, fault)
                              : genesis_column_facts_new ();
  told->spellings = genesis_text_index_from_json (spellings, fault);
  told->n_held_back = genesis_draft_read_count (object, "held_back", fault);
  told->n_different = genesis_draft_read_count (object, "different", fault);
  told->n_sequence = genesis_draft_read_count (object, "sequence", fault);
  told->n_untold = genesis_draft_read_count (object, "untold", fault);
  told->n_beyond = genesis_draft_read_count (object, "beyond", fault);
  return told;
}

/* -- the column ------------------------------------------------------------- */

void
genesis_column_draft_to_json (const GenesisColumnDraft *self, const char *name,
                              JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "name", name);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i <= self->n_markers; i++)
    json_builder_add_int_value (builder, (gint64)self->n_missing[i]);
  json_builder_end_array (builder);
  genesis_json_add_count (builder, "foreign", self->n_foreign);
  write_origins (self->origins, builder);
  write_printed (self, builder);
  write_words (self, builder);
  if (self->texts != NULL && self->texts->n_entries > 0)
    {
      json_builder_set_member_name (builder, "texts");
      genesis_text_index_to_json (self->texts, builder);
    }
  if (self->texts == NULL)
    {
      json_builder_set_member_name (builder, "facts");
      genesis_column_facts_to_json (self->facts, builder);
      json_builder_set_member_name (builder, "sketch");
      write_sketch (self->sketch, builder);
    }
  if (self->told != NULL)
    {
      json_builder_set_member_name (builder, "told");
      write_told (self->told, builder);
    }
  json_builder_end_object (builder);
}

static void
read_exact_part (GenesisColumnDraft *self, JsonObject *object, GenesisDraftFault *fault)
{
  if (json_object_has_member (object, "facts"))
    {
      JsonObject *facts = genesis_draft_read_object (object, "facts", fault);

      g_clear_pointer (&self->texts, genesis_text_index_free);
      self->facts = facts != NULL ? genesis_column_facts_from_json (facts, TRUE, fault)
                                  : genesis_column_facts_new ();
      self->sketch = read_sketch (genesis_draft_read_list (object, "sketch", fault), fault);
      return;
    }
  if (!json_object_has_member (object, "texts"))
    return;
  g_clear_pointer (&self->texts, genesis_text_index_free);
  self->texts =
      genesis_text_index_from_json (genesis_draft_read_list (object, "texts", fault), fault);
  if (self->texts->n_entries > GENESIS_COLUMN_DRAFT_MAX_TEXTS)
    genesis_draft_fault_set (fault, "there are more than %u texts", GENESIS_COLUMN_DRAFT_MAX_TEXTS);
}

static void
read_missing (GenesisColumnDraft *self, JsonObject *object, GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, "missing", fault);

  if (fault->why == NULL && json_array_get_length (list) != self->n_markers + 1)
    genesis_draft_fault_set (fault, "there is not one count of missing cells for each marker");
  for (guint i = 0; i <= self->n_markers && fault->why == NULL; i++)
    self->n_missing[i] = genesis_draft_get_count (list, i, fault);
}

GenesisColumnDraft *
genesis_column_draft_from_json (JsonObject *object, guint n_markers, GenesisDraftFault *fault)
{
  static const char *const known[] = { "name",     "missing",      "foreign", "kinds",
                                       "decimals", "vocabularies", "texts",   "facts",
                                       "sketch",   "told",         NULL };
  GenesisColumnDraft *self = genesis_column_draft_new (n_markers);

  genesis_draft_check_members (object, known, fault);
  read_missing (self, object, fault);
  self->n_foreign = genesis_draft_read_count (object, "foreign", fault);
  read_origins (self, object, fault);
  read_printed (self, object, fault);
  read_words (self, object, fault);
  read_exact_part (self, object, fault);
  if (fault->why == NULL && json_object_has_member (object, "told"))
    {
      JsonObject *told = genesis_draft_read_object (object, "told", fault);

      if (told != NULL)
        self->told = read_told (told, fault);
    }
  return self;
}
