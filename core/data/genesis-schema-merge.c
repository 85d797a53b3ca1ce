/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-disagreement-private.h"
#include "data/genesis-field-join-private.h"
#include "data/genesis-header-orders-private.h"
#include "data/genesis-schema-merge-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-schema-rules-private.h"

static void
merge_init (GenesisSchemaMerge *self, gsize n, GenesisAbsentRule absent)
{
  self->sides = g_new0 (GenesisMergeSide, n);
  self->n = n;
  self->absent = absent;
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  self->excluded = g_ptr_array_new_with_free_func (g_free);
  self->markers = g_ptr_array_new_with_free_func (g_free);
  self->report = genesis_disagreements_new ();
}

static void
merge_clear (GenesisSchemaMerge *self)
{
  g_free (self->sides);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->excluded, g_ptr_array_unref);
  g_clear_pointer (&self->markers, g_ptr_array_unref);
  g_clear_pointer (&self->report, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisSchemaMerge, merge_clear)

static int
compare_sides (gconstpointer a, gconstpointer b)
{
  const GenesisMergeSide *x = a, *y = b;
  g_autofree char *x_digest = NULL;
  g_autofree char *y_digest = NULL;
  int names = strcmp (x->name, y->name);

  if (names != 0)
    return names;
  x_digest = genesis_schema_dup_digest (x->schema);
  y_digest = genesis_schema_dup_digest (y->schema);
  return strcmp (x_digest, y_digest);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* -- which columns, in which order ------------------------------------------ */

static GStrv
dup_names (GenesisSchema *schema)
{
  guint n = genesis_schema_get_n_fields (schema);
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup (genesis_schema_get_field (schema, i)->name);
  return names;
}

/* The columns of most schemas in their order; what only others have follows, sorted. */
static void
collect_columns (GenesisSchemaMerge *self, GenesisHeaderOrders *orders)
{
  const char *const *first = genesis_header_orders_choose (orders);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (gsize i = 0; first[i] != NULL; i++)
    {
      g_ptr_array_add (self->columns, g_strdup (first[i]));
      g_hash_table_add (seen, self->columns->pdata[i]);
    }
  for (gsize i = 0; i < self->n; i++)
    for (guint k = 0; k < genesis_schema_get_n_fields (self->sides[i].schema); k++)
      {
        char *name = genesis_schema_get_field (self->sides[i].schema, k)->name;

        if (g_hash_table_add (seen, name))
          g_ptr_array_add (others, name);
      }
  g_ptr_array_sort (others, compare_texts);
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (self->columns, g_strdup (g_ptr_array_index (others, i)));
}

/* Whether two lists have their common names in one order. */
static gboolean
same_order (GenesisSchema *a, GenesisSchema *b)
{
  int last = -1;

  for (guint i = 0; i < genesis_schema_get_n_fields (a); i++)
    {
      int at = genesis_schema_find_field (b, genesis_schema_get_field (a, i)->name);

      if (at >= 0 && at < last)
        return FALSE;
      last = MAX (at, last);
    }
  return TRUE;
}

static void
order_columns (GenesisSchemaMerge *self)
{
  GenesisHeaderOrders *orders = genesis_header_orders_new ();

  for (gsize i = 0; i < self->n; i++)
    {
      g_auto (GStrv) names = dup_names (self->sides[i].schema);

      genesis_header_orders_add (orders, (const char *const *)names, 1, self->sides[i].name);
    }
  collect_columns (self, orders);
  genesis_header_orders_free (orders);
  for (gsize i = 1; i < self->n; i++)
    if (!same_order (self->sides[0].schema, self->sides[i].schema))
      {
        genesis_disagreements_add (self->report, NULL, "column order",
                                   "the order of most is kept, the first by bytes among equals",
                                   "'%s' and '%s' order their columns differently",
                                   self->sides[0].name, self->sides[i].name);
        return;
      }
}

/* -- one column ------------------------------------------------------------- */

typedef struct
{
  GenesisFieldSide *sides;
  guint n;
  const char *excluding, *lacking; /* sites */
} Opinions;

static void
collect_opinions (GenesisSchemaMerge *self, const char *name, Opinions *o)
{
  o->sides = g_new0 (GenesisFieldSide, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      const GenesisMergeSide *side = &self->sides[i];
      int at = genesis_schema_find_field (side->schema, name);

      if (at >= 0)
        o->sides[o->n++] =
            (GenesisFieldSide){ side->name, genesis_schema_get_field (side->schema, (guint)at) };
      else if (g_strv_contains (genesis_schema_get_excluded (side->schema), name))
        o->excluding = o->excluding != NULL ? o->excluding : side->name;
      else if (o->lacking == NULL)
        o->lacking = side->name;
    }
}

static GenesisField *
let_be_absent (GenesisField *field)
{
  GenesisFieldReading reading = { 0 };
  g_autoptr (GenesisField) gaps =
      genesis_field_with_missing (field, field->may_be_missing ? field->missing : "");
  GenesisField *absent;

  genesis_field_reading_copy (&gaps->reading, &reading);
  reading.may_be_absent = TRUE;
  absent = genesis_field_with_reading (gaps, &reading);
  genesis_field_reading_clear (&reading);
  return absent;
}

/* TRUE: the column is dealt with. */
static gboolean
leave_out (GenesisSchemaMerge *self, const char *name, const Opinions *o)
{
  if (o->excluding != NULL)
    {
      genesis_disagreements_add (self->report, name, "exclusion",
                                 "a column that one schema excludes is excluded",
                                 "excluded in '%s', described in '%s'", o->excluding,
                                 o->sides[0].site);
      g_ptr_array_add (self->excluded, g_strdup (name));
      return TRUE;
    }
  if (o->lacking == NULL)
    return FALSE;
  if (self->absent == GENESIS_ABSENT_RULE_REFUSE)
    genesis_disagreements_add (self->report, name, "missing column", NULL,
                               "it is in '%s' but not in '%s'; give all sites the column, or say "
                               "what becomes of it: missing or exclude",
                               o->sides[0].site, o->lacking);
  else if (self->absent == GENESIS_ABSENT_RULE_EXCLUDE)
    {
      genesis_disagreements_add (self->report, name, "missing column",
                                 "a column that a site does not have is excluded",
                                 "it is in '%s' but not in '%s'", o->sides[0].site, o->lacking);
      g_ptr_array_add (self->excluded, g_strdup (name));
    }
  else
    genesis_disagreements_add (self->report, name, "missing column",
                               "a column that a site does not have is read there as missing",
                               "it is in '%s' but not in '%s'", o->sides[0].site, o->lacking);
  return self->absent != GENESIS_ABSENT_RULE_MISSING;
}

static void
merge_column (GenesisSchemaMerge *self, const char *name)
{
  Opinions o = { NULL };
  g_autoptr (GenesisField) field = NULL;

  collect_opinions (self, name, &o);
  if (!leave_out (self, name, &o))
    field = genesis_field_join (o.sides, o.n, self->report);
  if (field != NULL)
    g_ptr_array_add (self->fields,
                     o.lacking != NULL ? let_be_absent (field) : genesis_field_ref (field));
  g_free (o.sides);
}

static GenesisSchema *
make_schema (GenesisSchemaMerge *self, GError **error)
{
  g_autoptr (GPtrArray) constraints = genesis_schema_merge_constraints (self);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autofree char *refusal = genesis_disagreements_dup_refusal (self->report);
  guint n_refused = genesis_disagreements_count_refused (self->report);

  if (refusal != NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, "%s", refusal);
      if (n_refused > 1)
        g_prefix_error (error, "%u disagreements are refused, the first: ", n_refused);
      return NULL;
    }
  if (self->fields->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "no column is left that all schemas describe; check that they are of one table");
      return NULL;
    }
  schema = genesis_schema_new_full ((GenesisField *const *)self->fields->pdata, self->fields->len,
                                    (const char *const *)self->excluded->pdata,
                                    (const char *const *)self->markers->pdata, error);
  if (schema == NULL || !genesis_schema_take_rules (schema, constraints, NULL, error))
    return NULL;
  return g_steal_pointer (&schema);
}

/**
 * genesis_schema_merge:
 * @schemas: (array length=n_schemas): schemas of one table at several sites
 * @n_schemas: at least 1
 * @names: (array zero-terminated=1): a name for each, for the report
 * @absent: what becomes of a column that not all have
 * @report: (out) (optional): every disagreement as a JSON list, also when the merge is refused:
 *   objects with the members column (not for the table), aspect, detail, rule and refused
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH naming the column and two sites, when no rule resolves a
 *   disagreement
 *
 * One schema that holds the tables of all sites. The order of the schemas does not matter. Drafts
 * know more than schemas do: where they are at hand, merge those.
 *
 * Returns: (transfer full) (nullable): a schema
 */
GenesisSchema *
genesis_schema_merge (GenesisSchema *const *schemas, gsize n_schemas, const char *const *names,
                      GenesisAbsentRule absent, char **report, GError **error)
{
  g_auto (GenesisSchemaMerge) self = { NULL };
  GenesisSchema *merged;

  g_return_val_if_fail (schemas != NULL && n_schemas > 0, NULL);
  g_return_val_if_fail (names != NULL && g_strv_length ((char **)names) == n_schemas, NULL);

  merge_init (&self, n_schemas, absent);
  for (gsize i = 0; i < n_schemas; i++)
    self.sides[i] = (GenesisMergeSide){ names[i], schemas[i] };
  qsort (self.sides, self.n, sizeof (GenesisMergeSide), compare_sides);
  order_columns (&self);
  for (guint i = 0; i < self.columns->len; i++)
    merge_column (&self, g_ptr_array_index (self.columns, i));
  genesis_schema_merge_exclusions (&self);
  genesis_schema_merge_markers (&self);
  merged = make_schema (&self, error);
  if (report != NULL)
    {
      g_autoptr (JsonNode) node = genesis_disagreements_to_json (self.report);

      *report = json_to_string (node, TRUE);
    }
  return merged;
}
