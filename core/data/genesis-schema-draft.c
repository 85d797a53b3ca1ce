/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-draft-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-column-draft-private.h"
#include "data/genesis-constraint-search-private.h"
#include "data/genesis-csv-records-private.h"
#include "data/genesis-header-orders-private.h"
#include "data/genesis-missing-markers-private.h"
#include "data/genesis-printed-decimals-private.h"
#include "data/genesis-records-private.h"
#include "data/genesis-schema-private.h"

/* A cancelled draft ends after so many more rows. */
#define CANCEL_ROWS 4096u

/* GenesisSchemaDraft:
 * @markers: missing markers, sorted, without the empty cell
 * @columns: name -> GenesisColumnDraft; empty before the first file
 * @orders: of the columns, in the files
 * @first_file: the first name among the files, for messages
 * @date_order: see genesis_schema_draft_set_date_order(); %NULL: refuse
 */
struct _GenesisSchemaDraft
{
  GObject parent_instance;

  GStrv markers;
  GHashTable *columns;
  GenesisHeaderOrders *orders;
  char *first_file;
  GStrv findings;
  char *date_order;
  GenesisConstraintSearch search;
};

G_DEFINE_FINAL_TYPE (GenesisSchemaDraft, genesis_schema_draft, G_TYPE_OBJECT)

static void
genesis_schema_draft_finalize (GObject *object)
{
  GenesisSchemaDraft *self = GENESIS_SCHEMA_DRAFT (object);

  g_hash_table_unref (self->columns);
  genesis_header_orders_free (self->orders);
  g_strfreev (self->markers);
  g_strfreev (self->findings);
  g_free (self->first_file);
  g_free (self->date_order);
  genesis_constraint_search_clear (&self->search);

  G_OBJECT_CLASS (genesis_schema_draft_parent_class)->finalize (object);
}

static void
genesis_schema_draft_class_init (GenesisSchemaDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_schema_draft_finalize;
}

static void
genesis_schema_draft_init (GenesisSchemaDraft *self)
{
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)genesis_column_draft_free);
  self->orders = genesis_header_orders_new ();
  self->findings = g_new0 (char *, 1);
}

/**
 * genesis_schema_draft_new:
 * @missing_markers: (nullable) (array zero-terminated=1): spellings of a missing cell, as "?"; the
 *   empty cell always is one. Nothing else is guessed: "None", "nan" and "NA" are values unless
 *   they are listed
 *
 * Begins a draft that knows no file yet.
 *
 * Returns: (transfer full): a draft
 */
GenesisSchemaDraft *
genesis_schema_draft_new (const char *const *missing_markers)
{
  GenesisSchemaDraft *self = g_object_new (GENESIS_TYPE_SCHEMA_DRAFT, NULL);

  self->markers = genesis_missing_markers_sort (missing_markers);
  return self;
}

static void
add_record (GenesisSchemaDraft *self, GenesisColumnDraft *const *columns, const GenesisCell *cells,
            gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      int marker = genesis_missing_markers_find (self->markers, cells[i].text, cells[i].length);

      if (marker >= 0)
        columns[i]->n_missing[marker]++;
      else
        {
          genesis_column_draft_add (columns[i], cells[i].text, cells[i].length);
          columns[i]->n_foreign += cells[i].is_foreign ? 1 : 0;
        }
    }
}

/* Creates the columns of a draft that has none, in the order of the header. */
static GenesisColumnDraft **
create_columns (GenesisSchemaDraft *self, const char *const *names)
{
  guint n = g_strv_length ((char **)names);
  GenesisColumnDraft **columns = g_new0 (GenesisColumnDraft *, n);

  for (guint i = 0; i < n; i++)
    {
      columns[i] = genesis_column_draft_new (g_strv_length (self->markers));
      g_hash_table_insert (self->columns, g_strdup (names[i]), columns[i]);
    }
  return columns;
}

static GenesisSchemaDraft *
draft_records (const GenesisSchemaDraft *like, GenesisRecords *records, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GenesisSchemaDraft) self =
      genesis_schema_draft_new ((const char *const *)like->markers);
  const char *const *header = genesis_records_get_columns (records);
  g_autofree GenesisColumnDraft **columns = create_columns (self, header);
  const gsize n = g_strv_length ((char **)header);
  const GenesisCell *cells;
  guint64 rows = 0;
  int got;

  genesis_constraint_search_begin (&self->search, like->search.is_wanted, header);
  while ((got = genesis_records_step (records, &cells, error)) > 0)
    {
      add_record (self, columns, cells, n);
      genesis_constraint_search_add (&self->search, (const char *const *)self->markers, cells);
      if (++rows % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  if (got < 0)
    return NULL;
  self->first_file = g_strdup (genesis_records_get_name (records));
  for (gsize i = 0; header[i] != NULL; i++)
    genesis_column_draft_set_origin (columns[i], self->first_file);
  genesis_header_orders_add (self->orders, header, 1);
  return g_steal_pointer (&self);
}

gboolean
genesis_schema_draft_add_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) file = draft_records (self, records, cancellable, error);

  return file != NULL && genesis_schema_draft_merge (self, file, error);
}

/* The first name, by bytes, that is in one draft and not in the other. */
static const char *
find_name_missing_in (GenesisSchemaDraft *self, GenesisSchemaDraft *other)
{
  GHashTableIter iter;
  gpointer name;
  const char *first = NULL;

  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (other->columns, name)
        && (first == NULL || strcmp (name, first) < 0))
      first = name;
  return first;
}

static gboolean
check_columns_of (GenesisSchemaDraft *self, GenesisSchemaDraft *other, GError **error)
{
  const char *name = find_name_missing_in (self, other);

  if (name == NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "column '%s' is in '%s' but not in '%s'; give all files the same columns", name,
               self->first_file, other->first_file);
  return FALSE;
}

static gboolean
check_mergeable (GenesisSchemaDraft *self, GenesisSchemaDraft *other, GError **error)
{
  if (!g_strv_equal ((const char *const *)self->markers, (const char *const *)other->markers))
    {
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
          "the drafts were made with different missing markers; use the same for all files");
      return FALSE;
    }
  if (self->first_file == NULL || other->first_file == NULL)
    return TRUE;
  return check_columns_of (self, other, error) && check_columns_of (other, self, error);
}

/**
 * genesis_schema_draft_merge:
 * @self: a draft
 * @other: another draft, unchanged
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH naming both files when one has a column that the other
 *   lacks, %GENESIS_ERROR_INVALID_CONFIG for other missing markers
 *
 * Adds what @other knows. The result does not depend on the order or grouping of merges.
 *
 * Returns: whether it went well; @self is unchanged when not
 */
gboolean
genesis_schema_draft_merge (GenesisSchemaDraft *self, GenesisSchemaDraft *other, GError **error)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (other) && other != self, FALSE);

  if (!check_mergeable (self, other, error))
    return FALSE;
  if (other->first_file == NULL)
    return TRUE;
  genesis_column_drafts_merge (self->columns, other->columns, g_strv_length (self->markers));
  genesis_constraint_search_merge (&self->search, &other->search);
  genesis_header_orders_merge (self->orders, other->orders);
  if (self->first_file == NULL || strcmp (other->first_file, self->first_file) < 0)
    {
      g_free (self->first_file);
      self->first_file = g_strdup (other->first_file);
    }
  return TRUE;
}

static gboolean
conclude_columns (GenesisSchemaDraft *self, GPtrArray *fields, GPtrArray *excluded,
                  GPtrArray *findings, GError **error)
{
  const char *const *names = genesis_header_orders_choose (self->orders);
  g_auto (GenesisPrintedDecimals) decimals = { 0 };

  genesis_printed_decimals_init (&decimals);
  if (genesis_header_orders_get_n (self->orders) > 1)
    g_ptr_array_add (
        findings,
        g_strdup ("the files order their columns differently; the order of most files is kept"));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) cause = NULL;
      const GenesisColumnDraft *column = g_hash_table_lookup (self->columns, names[i]);
      GenesisField *field =
          genesis_column_draft_conclude (column, names[i], (const char *const *)self->markers,
                                         self->date_order, findings, &cause);

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (field == NULL)
        {
          g_ptr_array_add (excluded, (gpointer)names[i]);
          continue;
        }
      g_ptr_array_add (fields, field);
      genesis_printed_decimals_note (&decimals, names[i], column, field);
    }
  genesis_printed_decimals_tell (&decimals, findings);
  return TRUE;
}

static void
take_findings (GenesisSchemaDraft *self, GPtrArray *findings)
{
  g_strfreev (self->findings);
  g_ptr_array_set_free_func (findings, NULL);
  g_ptr_array_add (findings, NULL);
  self->findings = g_strdupv ((char **)findings->pdata);
  g_ptr_array_set_free_func (findings, g_free);
}

/**
 * genesis_schema_draft_set_date_order:
 * @self: a draft
 * @order: "DMY", "MDY" or "YMD"
 * @error: %GENESIS_ERROR_INVALID_CONFIG for anything else
 *
 * How dates are read in columns whose data leave it open, as "01/02/2024"; without it such a column
 * is refused. Where one date settles the order, that counts.
 *
 * Returns: whether it could be set
 */
gboolean
genesis_schema_draft_set_date_order (GenesisSchemaDraft *self, const char *order, GError **error)
{
  static const char *const orders[] = { "DMY", "MDY", "YMD", NULL };

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), FALSE);
  g_return_val_if_fail (order != NULL, FALSE);

  if (!g_strv_contains (orders, order))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "date order '%s' is none; write DMY, MDY or YMD", order);
      return FALSE;
    }
  g_free (self->date_order);
  self->date_order = g_strdup (order);
  return TRUE;
}

/**
 * genesis_schema_draft_conclude:
 * @self: a draft of at least one file
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH when the files contradict each other, naming two of them
 *   and the column; %GENESIS_ERROR_INVALID_DATA when no column is left
 *
 * Decides what every column holds. This is the only place where a threshold is applied, so the
 * schema does not depend on how the rows were spread over files. What was decided is told by
 * genesis_schema_draft_get_findings().
 *
 * Returns: (transfer full): a schema
 */
GenesisSchema *
genesis_schema_draft_conclude (GenesisSchemaDraft *self, GError **error)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  g_autoptr (GPtrArray) excluded = g_ptr_array_new ();
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  GenesisSchema *schema;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), NULL);

  if (self->first_file == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "the draft knows no file; add one before a schema is concluded");
      return NULL;
    }
  if (!conclude_columns (self, fields, excluded, findings, error))
    return NULL;
  if (fields->len == 0)
    {
      take_findings (self, findings);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s' has no column to learn from: all are empty, identifiers or free text; "
                   "check the file",
                   self->first_file);
      return NULL;
    }
  g_ptr_array_add (excluded, NULL);
  schema = genesis_schema_new_full ((GenesisField *const *)fields->pdata, fields->len,
                                    (const char *const *)excluded->pdata,
                                    (const char *const *)self->markers, error);
  if (schema != NULL)
    genesis_constraint_search_conclude (&self->search, g_hash_table_size (self->columns), schema,
                                        findings);
  take_findings (self, findings);
  return schema;
}

GenesisConstraintSearch *
genesis_schema_draft_get_search (GenesisSchemaDraft *self)
{
  return &self->search;
}

/**
 * genesis_schema_draft_get_findings:
 * @self: a draft
 *
 * Returns: (transfer none) (array zero-terminated=1): what the last conclusion decided, one line
 * a finding
 */
const char *const *
genesis_schema_draft_get_findings (GenesisSchemaDraft *self)
{
  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), NULL);

  return (const char *const *)self->findings;
}
