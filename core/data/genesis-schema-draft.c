/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-draft-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-records-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-missing-markers-private.h"
#include "data/genesis-records-private.h"

/* A cancelled draft ends after so many more rows. */
#define CANCEL_ROWS 4096u

G_DEFINE_ENUM_TYPE (GenesisAbsentRule, genesis_absent_rule,
                    G_DEFINE_ENUM_VALUE (GENESIS_ABSENT_RULE_REFUSE, "refuse"),
                    G_DEFINE_ENUM_VALUE (GENESIS_ABSENT_RULE_MISSING, "missing"),
                    G_DEFINE_ENUM_VALUE (GENESIS_ABSENT_RULE_EXCLUDE, "exclude"))

G_DEFINE_FINAL_TYPE (GenesisSchemaDraft, genesis_schema_draft, G_TYPE_OBJECT)

static void
genesis_schema_draft_finalize (GObject *object)
{
  GenesisSchemaDraft *self = GENESIS_SCHEMA_DRAFT (object);

  g_hash_table_unref (self->columns);
  genesis_header_orders_free (self->orders);
  g_hash_table_unref (self->oddities);
  g_strfreev (self->markers);
  g_strfreev (self->findings);
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->report);
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
  self->oddities = genesis_csv_oddities_new_table ();
  self->sites = g_ptr_array_new_with_free_func (g_free);
  self->findings = g_new0 (char *, 1);
  self->report = genesis_disagreements_new ();
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

/* ids: of each cell, for the search for constraints. */
static void
add_record (GenesisSchemaDraft *self, GenesisColumnDraft *const *columns, const GenesisCell *cells,
            gsize n, int *ids)
{
  for (gsize i = 0; i < n; i++)
    {
      int marker = genesis_missing_markers_find (self->markers, cells[i].text, cells[i].length);

      ids[i] = GENESIS_CONSTRAINT_ID_MISSING;
      if (marker >= 0)
        {
          columns[i]->n_missing[marker]++;
          continue;
        }
      ids[i] = genesis_column_draft_add (columns[i], cells[i].text, cells[i].length);
      if (!cells[i].is_foreign)
        continue;
      columns[i]->n_foreign++;
      ids[i] = GENESIS_CONSTRAINT_ID_NONE; /* the same text may be one that is not */
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
draft_records (const GenesisSchemaDraft *like, GenesisRecords *records, GenesisDraftWatch watch,
               gpointer user_data, GCancellable *cancellable, GError **error)
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
      add_record (self, columns, cells, n, self->search.ids);
      genesis_constraint_search_add (&self->search, cells);
      if (watch != NULL)
        watch (cells, columns, user_data);
      if (++rows % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  if (got < 0)
    return NULL;
  genesis_constraint_search_end (&self->search);
  self->min_cell = 1;
  self->first_file = g_strdup (genesis_records_get_name (records));
  for (gsize i = 0; header[i] != NULL; i++)
    genesis_column_draft_set_origin (columns[i], self->first_file);
  genesis_header_orders_add (self->orders, header, 1, self->first_file);
  genesis_csv_oddities_note (self->oddities, self->first_file,
                             genesis_csv_records_get_oddities (records));
  return g_steal_pointer (&self);
}

gboolean
genesis_schema_draft_watch_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                    GenesisDraftWatch watch, gpointer user_data,
                                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) file =
      draft_records (self, records, watch, user_data, cancellable, error);

  return file != NULL && genesis_schema_draft_merge (self, file, error);
}

gboolean
genesis_schema_draft_add_records (GenesisSchemaDraft *self, GenesisRecords *records,
                                  GCancellable *cancellable, GError **error)
{
  return genesis_schema_draft_watch_records (self, records, NULL, NULL, cancellable, error);
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

/* A site that is added twice would weigh twice. */
static gboolean
check_sites_of (GenesisSchemaDraft *self, GenesisSchemaDraft *other, GError **error)
{
  for (guint i = 0; i < other->sites->len; i++)
    {
      const char *site = g_ptr_array_index (other->sites, i);

      if (!g_ptr_array_find_with_equal_func (self->sites, site, g_str_equal, NULL))
        continue;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "two drafts are of site '%s'; give each draft once, and each site a name of its "
                   "own",
                   site);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_mergeable (GenesisSchemaDraft *self, GenesisSchemaDraft *other, GError **error)
{
  if (!g_strv_equal ((const char *const *)self->markers, (const char *const *)other->markers))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the drafts of '%s' and '%s' were made with different missing markers; use the "
                   "same for all files",
                   self->first_file != NULL ? self->first_file : "none",
                   other->first_file != NULL ? other->first_file : "none");
      return FALSE;
    }
  if (self->first_file == NULL || other->first_file == NULL)
    return TRUE;
  if (!check_sites_of (self, other, error))
    return FALSE;
  if (self->has_absent_rule || other->has_absent_rule)
    return TRUE;
  return check_columns_of (self, other, error) && check_columns_of (other, self, error);
}

static void
merge_columns (GenesisSchemaDraft *self, GenesisSchemaDraft *other)
{
  GHashTableIter iter;
  gpointer name, column;

  g_hash_table_iter_init (&iter, other->columns);
  while (g_hash_table_iter_next (&iter, &name, &column))
    {
      GenesisColumnDraft *own = g_hash_table_lookup (self->columns, name);

      if (own == NULL)
        {
          own = genesis_column_draft_new (g_strv_length (self->markers));
          g_hash_table_insert (self->columns, g_strdup (name), own);
        }
      genesis_column_draft_merge (own, column);
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
merge_sites (GenesisSchemaDraft *self, GenesisSchemaDraft *other)
{
  for (guint i = 0; i < other->sites->len; i++)
    g_ptr_array_add (self->sites, g_strdup (g_ptr_array_index (other->sites, i)));
  g_ptr_array_sort (self->sites, compare_texts);
  self->min_cell = self->min_cell == 0 ? other->min_cell : MIN (self->min_cell, other->min_cell);
}

/**
 * genesis_schema_draft_merge:
 * @self: a draft
 * @other: another draft, unchanged
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH naming both files when one has a column that the other
 *   lacks (without a rule for that, see genesis_schema_draft_set_absent_rule()) or when both are of
 *   one site, %GENESIS_ERROR_INVALID_CONFIG for other missing markers
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
  merge_columns (self, other);
  merge_sites (self, other);
  genesis_constraint_search_merge (&self->search, &other->search);
  genesis_header_orders_merge (self->orders, other->orders);
  genesis_csv_oddities_merge_tables (self->oddities, other->oddities);
  if (self->first_file == NULL || strcmp (other->first_file, self->first_file) < 0)
    {
      g_free (self->first_file);
      self->first_file = g_strdup (other->first_file);
    }
  return TRUE;
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
 * genesis_schema_draft_set_site:
 * @self: a draft of at least one file
 * @site: the name of the site whose files they are
 *
 * Names the site: the names of the files, which may tell where they lie, are forgotten. Drafts that
 * leave a site carry its name, so that a disagreement can be told to those whom it concerns.
 */
void
genesis_schema_draft_set_site (GenesisSchemaDraft *self, const char *site)
{
  GHashTableIter iter;
  gpointer column;

  g_return_if_fail (GENESIS_IS_SCHEMA_DRAFT (self));
  g_return_if_fail (site != NULL);

  g_ptr_array_set_size (self->sites, 0);
  g_ptr_array_add (self->sites, g_strdup (site));
  if (self->first_file == NULL)
    return;
  g_free (self->first_file);
  self->first_file = g_strdup (site);
  genesis_header_orders_rename (self->orders, site);
  genesis_csv_oddities_rename (self->oddities, site);
  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, NULL, &column))
    genesis_column_draft_rename_origins (column, site);
}

/**
 * genesis_schema_draft_set_absent_rule:
 * @self: a draft
 * @rule: what becomes of a column that not all files have
 *
 * From now on drafts with other columns can be merged, and genesis_schema_draft_conclude() decides
 * by the rule. Without a rule they are not merged.
 */
void
genesis_schema_draft_set_absent_rule (GenesisSchemaDraft *self, GenesisAbsentRule rule)
{
  g_return_if_fail (GENESIS_IS_SCHEMA_DRAFT (self));

  self->has_absent_rule = TRUE;
  self->absent = rule;
}

GenesisConstraintSearch *
genesis_schema_draft_get_search (GenesisSchemaDraft *self)
{
  return &self->search;
}
