/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Models of the tally plugin whose every row says which site's model drew it. */
#include "federation/genesis-drawing-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "data/genesis-table-private.h"
#include "base/genesis-permutation-private.h"
#include "host/genesis-generator-private.h"

#define CHUNK ((guint64)GENESIS_CHUNK_ROWS)

enum
{
  COLUMN_WHO, /* the site whose model drew the row; "pool" for the pooled one */
  COLUMN_AGE
};

static const char *const codes[] = { "a", "b", "c", "d", "pool", NULL };

static inline GenesisPlugin *
load_plugin (const char *folder_variable, const char *sub_folder, const char *file, const char *id)
{
  static GenesisPluginHost *host;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  GenesisPlugin *plugin;

  if (host == NULL)
    host = genesis_plugin_host_new ();
  plugin = genesis_plugin_host_lookup (host, id, NULL);
  if (plugin != NULL)
    return plugin;

  path = g_build_filename (g_getenv (folder_variable), sub_folder, file, NULL);
  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);

  return genesis_plugin_host_lookup (host, id, NULL);
}

static inline GenesisPlugin *
load_tally (void)
{
  return load_plugin ("GENESIS_TEST_BROKEN_DIR", ".", "tally.so", "org.example.tally");
}

static inline GenesisSchema *
make_schema (void)
{
  g_autoptr (GenesisField) who = genesis_field_new_category ("who", codes);
  g_autoptr (GenesisField) whole = genesis_field_new_integer ("age", 0, 0, 159);
  g_autoptr (GenesisField) age = genesis_field_with_missing (whole, "?");
  GenesisField *fields[] = { who, age };
  GenesisSchema *schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), NULL);

  g_assert_nonnull (schema);
  return schema;
}

/* A state of tally that draws always the same "who", and ages around ten times its code, some
   missing. */
static inline GenesisBlocks *
make_state (guint code)
{
  GenesisBlocks *state = genesis_blocks_new_state ();
  gint64 who[6] = { 0 }, age[17] = { 0 };
  const gint64 phase = 2;

  who[code] = 100;
  age[code] = 50;
  age[code + 1] = 30;
  age[16] = 20;
  genesis_blocks_put (state, "phase", GENESIS_ABI_I64, 1, &phase);
  genesis_blocks_put (state, "hist:who", GENESIS_ABI_I64, 6, who);
  genesis_blocks_put (state, "hist:age", GENESIS_ABI_I64, 17, age);

  return state;
}

typedef struct
{
  guint64 n_rows;
  double weight;
  gboolean has_state;
} SiteSpec;

/* Sites a, b, ... of a model of tally. */
static inline GenesisModel *
make_model (const SiteSpec *specs, guint n_sites)
{
  static const char *const settings[] = { "cells=16", "draw=histogram", NULL };
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisBlocks) pooled = make_state (4);
  g_autoptr (GPtrArray) sites =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);

  for (guint i = 0; i < n_sites; i++)
    {
      g_autoptr (GenesisBlocks) state = specs[i].has_state ? make_state (i) : NULL;

      g_ptr_array_add (sites,
                       genesis_model_site_new (codes[i], specs[i].n_rows, specs[i].weight, state));
    }

  return genesis_model_new (schema, "org.example.tally", 1, settings, 5, 1u << 29, pooled, sites,
                            NULL);
}

static const SiteSpec three_sites[] = { { 100, 1, TRUE }, { 200, 1, TRUE }, { 300, 1, TRUE } };
static const SiteSpec no_states[] = { { 100, 1, FALSE }, { 200, 1, FALSE } };

static inline GHashTable *
make_weights (const char *first, ...)
{
  GHashTable *weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list arguments;

  va_start (arguments, first);
  for (const char *name = first; name != NULL; name = va_arg (arguments, const char *))
    {
      double weight = va_arg (arguments, double);

      g_hash_table_insert (weights, g_strdup (name), g_memdup2 (&weight, sizeof weight));
    }
  va_end (arguments);

  return weights;
}

static inline GenesisDrawing *
make_drawing (GenesisModel *model, guint64 n_rows, GenesisStrategy strategy, GHashTable *weights,
              guint64 seed, guint threads)
{
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GError) error = NULL;
  GenesisDrawing *drawing =
      genesis_drawing_new (model, tally, n_rows, strategy, weights, seed, threads, &error);

  g_assert_no_error (error);
  return drawing;
}

/* What foreach gave: where the rows came from, and every cell. */
typedef struct
{
  guint64 n_rows, n_calls, from[5];
  gboolean with_names;
  GPtrArray *chunk_digests;
} Seen;

static inline void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->chunk_digests, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static inline char *
digest_chunk (GenesisTable *chunk, const char *const *site_of_row)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint64 row = 0; row < genesis_table_get_n_rows (chunk); row++)
    {
      gint64 cells[3] = { genesis_table_get_integer (chunk, COLUMN_WHO, row),
                          genesis_table_is_missing (chunk, COLUMN_AGE, row), 0 };

      cells[2] = cells[1] ? -1 : genesis_table_get_integer (chunk, COLUMN_AGE, row);
      g_checksum_update (digest, (const guchar *)cells, sizeof cells);
      if (site_of_row != NULL)
        g_checksum_update (digest, (const guchar *)site_of_row[row], -1);
    }

  return g_strdup (g_checksum_get_string (digest));
}

static inline gboolean
see (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data, GError **error)
{
  Seen *seen = user_data;
  guint64 n_rows = genesis_table_get_n_rows (chunk);

  if (seen->chunk_digests == NULL)
    seen->chunk_digests = g_ptr_array_new_with_free_func (g_free);
  seen->n_calls++;
  seen->n_rows += n_rows;
  seen->with_names = site_of_row != NULL;
  for (guint64 row = 0; row < n_rows; row++)
    {
      gint64 who = genesis_table_get_integer (chunk, COLUMN_WHO, row);

      seen->from[who]++;
      if (site_of_row != NULL)
        g_assert_cmpstr (site_of_row[row], ==, codes[who]);
    }
  g_ptr_array_add (seen->chunk_digests, digest_chunk (chunk, site_of_row));

  return TRUE;
}

static inline void
draw (GenesisDrawing *drawing, Seen *seen)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_drawing_foreach (drawing, see, seen, NULL, &error));
  g_assert_no_error (error);
}
