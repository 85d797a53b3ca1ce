/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-draft-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-column-disagreement-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-printed-decimals-private.h"
#include "data/genesis-schema-private.h"

/**
 * DraftConclusion:
 * @names: all columns, in the order of the schema; borrowed
 * @orders: GenesisHeaderOrder
 * @holders: name of a column -> GenesisHeaderHolders
 * @n_missing: of the empty cell and of each marker, over all columns
 *
 * How a merged draft becomes a schema. Contradictions are collected: whoever mends them wants to
 * know all.
 */
typedef struct
{
  GenesisSchemaDraft *draft;
  GPtrArray *names, *orders;
  GHashTable *holders;
  GPtrArray *fields, *excluded, *findings;
  GenesisPrintedDecimals decimals;
  guint64 *n_missing;
} DraftConclusion;

static void
count_missing (DraftConclusion *self)
{
  const guint n_markers = g_strv_length (self->draft->markers);
  GHashTableIter iter;
  gpointer column;

  self->n_missing = g_new0 (guint64, n_markers + 1);
  g_hash_table_iter_init (&iter, self->draft->columns);
  while (g_hash_table_iter_next (&iter, NULL, &column))
    for (guint i = 0; i <= n_markers; i++)
      self->n_missing[i] += ((const GenesisColumnDraft *)column)->n_missing[i];
}

static void
conclusion_init (DraftConclusion *self, GenesisSchemaDraft *draft)
{
  self->draft = draft;
  self->names = g_ptr_array_new ();
  self->orders = genesis_header_orders_list (draft->orders);
  self->holders = genesis_header_orders_find_holders (self->orders);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  self->excluded = g_ptr_array_new ();
  self->findings = g_ptr_array_new_with_free_func (g_free);
  genesis_printed_decimals_init (&self->decimals);
  count_missing (self);
}

static void
conclusion_clear (DraftConclusion *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->holders, g_hash_table_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->excluded, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  genesis_printed_decimals_clear (&self->decimals);
  g_clear_pointer (&self->n_missing, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DraftConclusion, conclusion_clear)

/* -- columns and their order ------------------------------------------------ */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The order of most files; what those do not have follows, sorted. */
static void
order_columns (DraftConclusion *self)
{
  const char *const *most = genesis_header_orders_choose (self->draft->orders);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  for (gsize i = 0; most[i] != NULL; i++)
    {
      g_ptr_array_add (self->names, (gpointer)most[i]);
      g_hash_table_add (seen, (gpointer)most[i]);
    }
  g_hash_table_iter_init (&iter, self->draft->columns);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (seen, name))
      g_ptr_array_add (others, name);
  g_ptr_array_sort (others, compare_texts);
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (self->names, g_ptr_array_index (others, i));
}

/* Whether the columns that both have come in one order. */
static gboolean
same_order (const GenesisHeaderOrder *a, const GenesisHeaderOrder *b)
{
  g_autoptr (GHashTable) place_of = g_hash_table_new (g_str_hash, g_str_equal);
  int last = 0;

  for (int i = 0; b->names[i] != NULL; i++)
    g_hash_table_insert (place_of, b->names[i], GINT_TO_POINTER (i + 1));
  for (gsize i = 0; a->names[i] != NULL; i++)
    {
      int at = GPOINTER_TO_INT (g_hash_table_lookup (place_of, a->names[i]));

      if (at > 0 && at < last)
        return FALSE;
      last = MAX (at, last);
    }
  return TRUE;
}

static void
report_order (DraftConclusion *self)
{
  const GenesisHeaderOrder *first = g_ptr_array_index (self->orders, 0);

  for (guint i = 1; i < self->orders->len; i++)
    {
      const GenesisHeaderOrder *other = g_ptr_array_index (self->orders, i);

      if (same_order (first, other))
        continue;
      g_ptr_array_add (
          self->findings,
          g_strdup ("the files order their columns differently; the order of most files is kept"));
      genesis_disagreements_add (self->draft->report, NULL, "column order",
                                 "the order of most is kept, the first by bytes among equals",
                                 "'%s' and '%s' order their columns differently", first->file,
                                 other->file);
      return;
    }
}

/* The first files with and without the column; FALSE when all have it. */
static gboolean
find_lacking (DraftConclusion *self, const char *name, const char **has, const char **lacks)
{
  const GenesisHeaderHolders *holders = g_hash_table_lookup (self->holders, name);

  if (holders->n_leading == self->orders->len)
    return FALSE;
  *has = ((const GenesisHeaderOrder *)g_ptr_array_index (self->orders, holders->first))->file;
  *lacks = ((const GenesisHeaderOrder *)g_ptr_array_index (self->orders, holders->n_leading))->file;
  return TRUE;
}

static const char *
describe_absent_rule (GenesisAbsentRule rule)
{
  switch (rule)
    {
    case GENESIS_ABSENT_RULE_MISSING:
      return "a column that a site does not have is read there as missing";
    case GENESIS_ABSENT_RULE_EXCLUDE:
      return "a column that a site does not have is excluded";
    case GENESIS_ABSENT_RULE_REFUSE:
    default:
      return NULL;
    }
}

/* TRUE: some file lacks the column. */
static gboolean
report_absence (DraftConclusion *self, const char *name)
{
  const char *has, *lacks, *rule = describe_absent_rule (self->draft->absent);

  if (self->orders->len == 1 || !find_lacking (self, name, &has, &lacks))
    return FALSE;
  genesis_disagreements_add (self->draft->report, name, "missing column", rule,
                             "it is in '%s' but not in '%s'%s", has, lacks,
                             rule == NULL ? "; give all sites the column, or say what becomes of "
                                            "it: missing or exclude"
                                          : "");
  return TRUE;
}

/* -- one column ------------------------------------------------------------- */

static GenesisField *
let_be_absent (GenesisField *field)
{
  GenesisFieldReading reading = { GENESIS_OUTSIDE_REFUSE, TRUE, NULL };
  g_autoptr (GenesisField) gaps =
      genesis_field_with_missing (field, field->may_be_missing ? field->missing : "");

  reading.outside = gaps->reading.outside;
  return genesis_field_with_reading (gaps, &reading);
}

/* What genesis_column_draft_conclude() refuses begins with the column, which a report names
   itself. */
static void
report_refusal (DraftConclusion *self, const char *name, const GError *cause)
{
  g_autofree char *where = g_strdup_printf ("column '%s'", name);
  const char *what = cause->message;

  if (g_str_has_prefix (what, where))
    what += strlen (where);
  what += strspn (what, ": ");
  genesis_disagreements_add (self->draft->report, name, "values", NULL, "%s", what);
}

static void
conclude_column (DraftConclusion *self, const char *name)
{
  const GenesisColumnDraft *column = g_hash_table_lookup (self->draft->columns, name);
  gboolean is_absent = report_absence (self, name);
  g_autoptr (GenesisField) field = NULL;
  g_autoptr (GError) cause = NULL;

  if (is_absent && self->draft->absent == GENESIS_ABSENT_RULE_EXCLUDE)
    {
      g_ptr_array_add (self->excluded, (gpointer)name);
      return;
    }
  field = genesis_column_draft_conclude (column, name, (const char *const *)self->draft->markers,
                                         self->n_missing, self->draft->date_order, self->findings,
                                         &cause);
  if (cause != NULL)
    report_refusal (self, name, cause);
  else if (field == NULL)
    g_ptr_array_add (self->excluded, (gpointer)name);
  if (field == NULL)
    return;
  genesis_printed_decimals_note (&self->decimals, name, column, field);
  genesis_column_disagreements_report (column, name, (const char *const *)self->draft->markers,
                                       field, self->draft->report);
  g_ptr_array_add (self->fields, is_absent && self->draft->absent == GENESIS_ABSENT_RULE_MISSING
                                     ? let_be_absent (field)
                                     : g_steal_pointer (&field));
}

static void
take_findings (DraftConclusion *self)
{
  g_strfreev (self->draft->findings);
  g_ptr_array_set_free_func (self->findings, NULL);
  g_ptr_array_add (self->findings, NULL);
  self->draft->findings = (GStrv)g_ptr_array_steal (self->findings, NULL);
  g_ptr_array_set_free_func (self->findings, g_free);
}

static gboolean
check_refusals (GenesisSchemaDraft *self, GError **error)
{
  g_autofree char *refusal = genesis_disagreements_dup_refusal (self->report);
  guint n = genesis_disagreements_count_refused (self->report);

  if (refusal == NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, "%s", refusal);
  if (n > 1)
    g_prefix_error (error, "%u disagreements are refused, the first: ", n);
  return FALSE;
}

static GenesisSchema *
make_schema (DraftConclusion *self, GError **error)
{
  GenesisSchemaDraft *draft = self->draft;
  GenesisSchema *schema;

  if (self->fields->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s' has no column to learn from: all are empty, identifiers or free text; "
                   "check the file",
                   draft->first_file);
      return NULL;
    }
  g_ptr_array_add (self->excluded, NULL);
  schema = genesis_schema_new_full ((GenesisField *const *)self->fields->pdata, self->fields->len,
                                    (const char *const *)self->excluded->pdata,
                                    (const char *const *)draft->markers, error);
  if (schema != NULL)
    genesis_constraint_search_conclude (&draft->search, g_hash_table_size (draft->columns), schema,
                                        self->findings);
  return schema;
}

/**
 * genesis_schema_draft_conclude:
 * @self: a draft of at least one file
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH when the files contradict each other, naming two of them
 *   and the column; %GENESIS_ERROR_INVALID_DATA when no column is left
 *
 * Decides what every column holds. This is the only place where a threshold is applied, so the
 * schema does not depend on how the rows were spread over files. What was decided is told by
 * genesis_schema_draft_get_findings(), what the files did not have alike by
 * genesis_schema_draft_dup_disagreements(), also after a refusal.
 *
 * Returns: (transfer full): a schema
 */
GenesisSchema *
genesis_schema_draft_conclude (GenesisSchemaDraft *self, GError **error)
{
  g_auto (DraftConclusion) conclusion = { NULL };
  GenesisSchema *schema = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), NULL);

  g_ptr_array_set_size (self->report, 0);
  if (self->first_file == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "the draft knows no file; add one before a schema is concluded");
      return NULL;
    }
  conclusion_init (&conclusion, self);
  genesis_csv_oddities_tell_all (self->oddities, conclusion.findings);
  order_columns (&conclusion);
  report_order (&conclusion);
  for (guint i = 0; i < conclusion.names->len; i++)
    conclude_column (&conclusion, g_ptr_array_index (conclusion.names, i));
  genesis_printed_decimals_tell (&conclusion.decimals, conclusion.findings);
  if (check_refusals (self, error))
    schema = make_schema (&conclusion, error);
  take_findings (&conclusion);
  return schema;
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

/**
 * genesis_schema_draft_dup_disagreements:
 * @self: a draft
 *
 * What the files or sites did not have alike at the last conclusion: a JSON list of objects with
 * the members column (not for the table), aspect, detail (naming two of them), rule (by which it
 * was resolved) and refused.
 *
 * Returns: (transfer full): JSON
 */
char *
genesis_schema_draft_dup_disagreements (GenesisSchemaDraft *self)
{
  g_autoptr (JsonNode) list = NULL;

  g_return_val_if_fail (GENESIS_IS_SCHEMA_DRAFT (self), NULL);

  list = genesis_disagreements_to_json (self->report);
  return json_to_string (list, TRUE);
}
