/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-source.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-records-private.h"
#include "data/genesis-records-private.h"
#include "data/genesis-row-parser-private.h"
#include "data/genesis-row-sum-private.h"
#include "data/genesis-schema-draft-private.h"
#include "data/genesis-source-private.h"

/* A pass that is cancelled ends after so many more rows. */
#define CANCEL_ROWS 4096u

/**
 * GenesisSource:
 *
 * Where a site's rows come from. A source gives the same rows each time it is asked, a database
 * perhaps in another order; it may be read by several threads at once.
 */
G_DEFINE_INTERFACE (GenesisSource, genesis_source, G_TYPE_OBJECT)

static const char *
default_get_name (GenesisSource *self)
{
  return G_OBJECT_TYPE_NAME (self);
}

static GenesisRecords *
default_open (GenesisSource *self, GenesisSchema *schema, GCancellable *cancellable, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_UNSUPPORTED,
               "'%s' does not give its rows as text; read it with its own schema",
               genesis_source_get_name (self));
  return NULL;
}

static G_DEFINE_QUARK (genesis - source - notices, notices)

    static gboolean give_chunks (GenesisRowParser *parser, GenesisChunkFunc func,
                                 gpointer user_data, GCancellable *cancellable, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GenesisTable) chunk = NULL;
      int got;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      got = genesis_row_parser_read_chunk (parser, &chunk, error);
      if (got <= 0)
        return got == 0;
      if (!func (chunk, user_data, error))
        return FALSE;
    }
}

static void
keep_notices (GenesisSource *self, GenesisRecords *records, GenesisRowParser *parser)
{
  const GenesisCsvOddities *oddities = genesis_csv_records_get_oddities (records);
  g_auto (GStrv) of_cells = genesis_row_parser_dup_notices (parser);
  GPtrArray *lines = g_ptr_array_new ();

  if (oddities != NULL)
    genesis_csv_oddities_tell (oddities, genesis_records_get_name (records), lines);
  for (gsize i = 0; of_cells[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (of_cells[i]));
  g_ptr_array_add (lines, NULL);
  g_object_set_qdata_full (G_OBJECT (self), notices_quark (), g_ptr_array_free (lines, FALSE),
                           (GDestroyNotify)g_strfreev);
}

gboolean
genesis_source_foreach_parsed_chunk (GenesisSource *self, GenesisSchema *schema,
                                     GenesisChunkFunc func, gpointer user_data,
                                     GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_source_open (self, schema, cancellable, error);
  g_autoptr (GenesisRowParser) parser = NULL;

  if (records == NULL)
    return FALSE;
  parser = genesis_row_parser_new_for_records (records, schema, error);
  if (parser == NULL || !give_chunks (parser, func, user_data, cancellable, error))
    return FALSE;
  keep_notices (self, records, parser);
  return TRUE;
}

static gboolean
default_draft (GenesisSource *self, GenesisSchemaDraft *draft, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_source_open (self, NULL, cancellable, error);

  return records != NULL && genesis_schema_draft_add_records (draft, records, cancellable, error);
}

static char *
default_dup_fingerprint (GenesisSource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_source_open (self, NULL, cancellable, error);
  GenesisRowSum sum = { 0 };
  const GenesisCell *cells;
  int got;
  guint n;

  if (records == NULL)
    return NULL;
  n = g_strv_length ((char **)genesis_records_get_columns (records));
  while ((got = genesis_records_step (records, &cells, error)) > 0)
    {
      genesis_row_sum_add (&sum, cells, n);
      if (sum.n_rows % CANCEL_ROWS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  return got == 0 ? genesis_row_sum_dup_text (&sum) : NULL;
}

static char *
default_dup_description (GenesisSource *self)
{
  return g_strdup (genesis_source_get_name (self));
}

static void
genesis_source_default_init (GenesisSourceInterface *iface)
{
  iface->foreach_chunk = genesis_source_foreach_parsed_chunk;
  iface->get_name = default_get_name;
  iface->open = default_open;
  iface->draft = default_draft;
  iface->dup_fingerprint = default_dup_fingerprint;
  iface->dup_description = default_dup_description;
}

/**
 * genesis_source_foreach_chunk:
 * @self: a source
 * @schema: what the columns are
 * @func: (scope call): called with every chunk, in order
 * @user_data: handed to @func
 * @cancellable: (nullable): to stop between chunks
 * @error: return location
 *
 * Reads all rows, at most 65,536 at a time. Stops at the first failure, of the source or of @func.
 *
 * Returns: whether all rows were read
 */
gboolean
genesis_source_foreach_chunk (GenesisSource *self, GenesisSchema *schema, GenesisChunkFunc func,
                              gpointer user_data, GCancellable *cancellable, GError **error)
{
  GenesisSourceInterface *iface;

  g_return_val_if_fail (GENESIS_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  iface = GENESIS_SOURCE_GET_IFACE (self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return iface->foreach_chunk (self, schema, func, user_data, cancellable, error);
}

static gboolean
add_rows (GenesisTable *chunk, gpointer user_data, GError **error)
{
  gint64 *n_rows = user_data;

  *n_rows += (gint64)genesis_table_get_n_rows (chunk);
  return TRUE;
}

/**
 * genesis_source_count_rows:
 * @self: a source
 * @schema: what the columns are
 * @cancellable: (nullable): to stop between chunks
 * @error: return location
 *
 * Reads all rows to count them, and so checks them as well.
 *
 * Returns: how many rows there are, -1 with @error set
 */
gint64
genesis_source_count_rows (GenesisSource *self, GenesisSchema *schema, GCancellable *cancellable,
                           GError **error)
{
  gint64 n_rows = 0;

  if (!genesis_source_foreach_chunk (self, schema, add_rows, &n_rows, cancellable, error))
    return -1;
  return n_rows;
}

/**
 * genesis_source_open:
 * @self: a source
 * @schema: (nullable): what will be read: columns that it excludes may be left out; %NULL for all
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Begins a pass over the rows as text: what a CSV file of the same table would hold.
 *
 * Returns: (transfer full) (nullable): a pass
 */
GenesisRecords *
genesis_source_open (GenesisSource *self, GenesisSchema *schema, GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);
  g_return_val_if_fail (schema == NULL || GENESIS_IS_SCHEMA (schema), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return GENESIS_SOURCE_GET_IFACE (self)->open (self, schema, cancellable, error);
}

/**
 * genesis_source_draft:
 * @self: a source
 * @draft: gets a summary of the rows
 * @cancellable: (nullable): to stop between rows
 * @error: return location
 *
 * Summarises all rows, so that a schema can be concluded. @draft is unchanged when this fails.
 *
 * Returns: whether it went well
 */
gboolean
genesis_source_draft (GenesisSource *self, GenesisSchemaDraft *draft, GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (draft), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return GENESIS_SOURCE_GET_IFACE (self)->draft (self, draft, cancellable, error);
}

/**
 * genesis_source_dup_fingerprint:
 * @self: a source
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * A short text that is the same as long as the rows are, whatever their order. It tells an accident
 * (somebody wrote to the table), not an attack.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
genesis_source_dup_fingerprint (GenesisSource *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return GENESIS_SOURCE_GET_IFACE (self)->dup_fingerprint (self, cancellable, error);
}

/**
 * genesis_source_dup_description:
 * @self: a source
 *
 * The source in a few words, for people and for provenance. It holds no secret.
 *
 * Returns: (transfer full): the words
 */
char *
genesis_source_dup_description (GenesisSource *self)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);

  return GENESIS_SOURCE_GET_IFACE (self)->dup_description (self);
}

static gpointer
copy_notices (gpointer notices, gpointer user_data)
{
  return g_strdupv (notices);
}

/**
 * genesis_source_dup_notices:
 * @self: a source
 *
 * What the last complete pass read otherwise than it is written: a first line that declares the
 * delimiter, quotes behind blanks, and, because the schema says so, columns that it does not know
 * and that were left out, columns that are absent, values outside.
 * Names and counts, never what a cell holds. Empty before the first pass, and always for a source
 * whose rows are typed already.
 *
 * Returns: (transfer full) (array zero-terminated=1): one line each
 */
char **
genesis_source_dup_notices (GenesisSource *self)
{
  char **notices;

  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);

  notices = g_object_dup_qdata (G_OBJECT (self), notices_quark (), copy_notices, NULL);
  return notices != NULL ? notices : g_new0 (char *, 1);
}

/**
 * genesis_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): what messages call the source, as a path
 */
const char *
genesis_source_get_name (GenesisSource *self)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);

  return GENESIS_SOURCE_GET_IFACE (self)->get_name (self);
}
