/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-number-private.h"
#include "data/genesis-schema-json-private.h"

/* A list of objects, each read as a sentence:
     {"column": "pickup", "at_most": "dropoff"}
     {"column": "start", "less_than": "end"}
     {"sum": ["casual", "registered"], "equals": "cnt"}
     {"sum": {"full": 2, "half": 1}, "equals": "total"}
     {"column": "grade_number", "determined_by": "grade", "values": {"A": 1, "B": 2}}
     {"when": {"placed": "False"}, "then": {"salary": null, "duration": null}}
     {"not_both": ["phone", "fax"]} */

/* One element while it is read. */
typedef struct
{
  JsonObject *object;
  char *where; /* "constraint 3", how every error begins */
  GPtrArray *to;
} Element;

static void
element_clear (Element *element)
{
  g_free (element->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Element, element_clear)

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const Element *element, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: %s", element->where, why);
  return FALSE;
}

static const char *
get_text (const Element *element, const char *member, GError **error)
{
  return genesis_schema_get_json_text (json_object_get_member (element->object, member),
                                       element->where, member, error);
}

static gboolean
take (const Element *element, GenesisRowConstraint *constraint)
{
  g_ptr_array_add (element->to, constraint);
  return TRUE;
}

static gboolean
read_order (const Element *element, const char *member, GError **error)
{
  const char *low = get_text (element, "column", error);
  const char *high = low != NULL ? get_text (element, member, error) : NULL;

  return high != NULL
         && take (element,
                  genesis_row_constraint_new_order (low, high, g_str_equal (member, "less_than")));
}

/* -- sums ------------------------------------------------------------------ */

static gboolean
read_coefficients (const Element *element, JsonObject *sum, GPtrArray *names, GArray *coefficients,
                   GError **error)
{
  g_autoptr (GList) members = json_object_get_members (sum);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (sum, l->data);
      gboolean is_integer =
          JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
      gint64 value = is_integer ? json_node_get_int (node) : 0;
      gint small = (gint)CLAMP (value, -GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT,
                                GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT);

      if (value == 0 || value != small)
        return refuse (element, error,
                       "'%s' in 'sum' has no integer from 1 to %d or -%d to -1; write one",
                       (const char *)l->data, GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT,
                       GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT);
      g_ptr_array_add (names, g_strdup (l->data));
      g_array_append_val (coefficients, small);
    }
  g_ptr_array_add (names, NULL);
  return TRUE;
}

static gboolean
check_terms (const Element *element, const char *const *terms, GError **error)
{
  guint n = g_strv_length ((char **)terms);

  if (n > 0 && n <= GENESIS_ROW_CONSTRAINT_MAX_TERMS)
    return TRUE;
  return refuse (element, error, "'sum' has %u columns, not 1 to %u; write [\"a\", \"b\"]", n,
                 GENESIS_ROW_CONSTRAINT_MAX_TERMS);
}

static gboolean
read_sum (const Element *element, GError **error)
{
  JsonNode *node = json_object_get_member (element->object, "sum");
  g_autoptr (GArray) coefficients = g_array_new (FALSE, FALSE, sizeof (gint));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_auto (GStrv) terms = NULL;
  const char *total = get_text (element, "equals", error);
  gboolean has_coefficients = JSON_NODE_HOLDS_OBJECT (node);

  if (total == NULL)
    return FALSE;
  if (has_coefficients)
    {
      gboolean is_read =
          read_coefficients (element, json_node_get_object (node), names, coefficients, error);

      if (!is_read)
        g_ptr_array_add (names, NULL);
      terms = (char **)g_ptr_array_steal (names, NULL);
      if (!is_read)
        return FALSE;
    }
  else
    terms = genesis_schema_dup_json_texts (node, element->where, "sum", error);
  if (terms == NULL || !check_terms (element, (const char *const *)terms, error))
    return FALSE;
  return take (element, genesis_row_constraint_new_sum (
                            (const char *const *)terms,
                            has_coefficients ? (const gint *)(gpointer)coefficients->data : NULL,
                            has_coefficients ? coefficients->len : 0, total));
}

/* -- implications ---------------------------------------------------------- */

/* A cell as it is written in the table; NULL in *text: missing. */
static gboolean
read_cell (const Element *element, const char *column, JsonNode *node, char **text, GError **error)
{
  char buffer[GENESIS_NUMBER_TEXT_MAX];
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  *text = NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (type == G_TYPE_STRING)
    *text = json_node_dup_string (node);
  else if (type == G_TYPE_INT64)
    *text = g_strndup (buffer, genesis_number_format_decimal (json_node_get_int (node), 0, buffer));
  else if (type == G_TYPE_DOUBLE)
    *text = g_strndup (buffer, genesis_number_format_real (json_node_get_double (node), buffer));
  else
    return refuse (element, error,
                   "a value of column '%s' is no text, number or null; write it in quotes as the "
                   "table spells it, or null for a missing cell",
                   column);
  return TRUE;
}

static void
clear_cell (gpointer data)
{
  GenesisImpliedCell *cell = data;

  g_free (cell->value);
  g_free (cell->effect);
}

static GArray *
cells_new (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (GenesisImpliedCell));

  g_array_set_clear_func (cells, clear_cell);
  return cells;
}

static gboolean
take_implied (const Element *element, const char *cause, const char *effect, GArray *cells,
              GError **error)
{
  if (cells->len == 0 || cells->len > GENESIS_ROW_CONSTRAINT_MAX_ENTRIES)
    return refuse (element, error, "%u values of column '%s' are not 1 to %u", cells->len, cause,
                   GENESIS_ROW_CONSTRAINT_MAX_ENTRIES);
  return take (element,
               genesis_row_constraint_new_implied (
                   cause, effect, (const GenesisImpliedCell *)(gpointer)cells->data, cells->len));
}

static JsonObject *
get_object (const Element *element, const char *member, const char *like, GError **error)
{
  JsonNode *node = json_object_get_member (element->object, member);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  refuse (element, error, "'%s' is no object; write %s", member, like);
  return NULL;
}

static gboolean
read_dependency (const Element *element, GError **error)
{
  const char *effect = get_text (element, "column", error);
  const char *cause = effect != NULL ? get_text (element, "determined_by", error) : NULL;
  JsonObject *values =
      cause != NULL ? get_object (element, "values", "{\"A\": 1, \"B\": 2}", error) : NULL;
  g_autoptr (GArray) cells = cells_new ();
  g_autoptr (GList) members = values != NULL ? json_object_get_members (values) : NULL;

  if (values == NULL)
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    {
      GenesisImpliedCell cell = { NULL, NULL };

      if (!read_cell (element, effect, json_object_get_member (values, l->data), &cell.effect,
                      error))
        return FALSE;
      cell.value = g_strdup (l->data);
      g_array_append_val (cells, cell);
    }
  return take_implied (element, cause, effect, cells, error);
}

/* What "when" names: one value or a list of them. */
static gboolean
read_when (const Element *element, const char *cause, JsonNode *node, GArray *cells, GError **error)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 1;

  for (guint i = 0; i < n; i++)
    {
      GenesisImpliedCell cell = { NULL, NULL };

      if (!read_cell (element, cause, list != NULL ? json_array_get_element (list, i) : node,
                      &cell.value, error))
        return FALSE;
      g_array_append_val (cells, cell);
    }
  return TRUE;
}

static gboolean
read_then (const Element *element, const char *cause, JsonObject *then, GArray *cells,
           GError **error)
{
  g_autoptr (GList) effects = json_object_get_members (then);

  for (GList *l = effects; l != NULL; l = l->next)
    {
      g_autofree char *effect = NULL;

      if (!read_cell (element, l->data, json_object_get_member (then, l->data), &effect, error))
        return FALSE;
      for (guint i = 0; i < cells->len; i++)
        {
          GenesisImpliedCell *cell = &g_array_index (cells, GenesisImpliedCell, i);

          g_free (cell->effect);
          cell->effect = g_strdup (effect);
        }
      if (!take_implied (element, cause, l->data, cells, error))
        return FALSE;
    }
  return effects != NULL
         || refuse (element, error,
                    "'then' is empty; write {\"column\": \"value\"}, or null for "
                    "a missing cell");
}

static gboolean
read_implication (const Element *element, GError **error)
{
  static const char like[] = "{\"column\": \"value\"}";
  JsonObject *when = get_object (element, "when", like, error);
  JsonObject *then = when != NULL ? get_object (element, "then", like, error) : NULL;
  g_autoptr (GArray) cells = cells_new ();
  g_autoptr (GList) causes = when != NULL ? json_object_get_members (when) : NULL;

  if (then == NULL)
    return FALSE;
  if (g_list_length (causes) != 1)
    return refuse (element, error, "'when' names %u columns; name one", g_list_length (causes));
  return read_when (element, causes->data, json_object_get_member (when, causes->data), cells,
                    error)
         && read_then (element, causes->data, then, cells, error);
}

static gboolean
read_not_both (const Element *element, GError **error)
{
  g_auto (GStrv) names =
      genesis_schema_dup_json_texts (json_object_get_member (element->object, "not_both"),
                                     element->where, "not_both", error);

  if (names == NULL)
    return FALSE;
  if (g_strv_length (names) != 2)
    return refuse (element, error, "'not_both' names %u columns; name two", g_strv_length (names));
  return take (element, genesis_row_constraint_new_not_both (names[0], names[1]));
}

/* -- the list -------------------------------------------------------------- */

static gboolean
read_members (const Element *element, GError **error)
{
  static const struct
  {
    const char *members[4]; /* the first decides, all are needed, no others are known */
  } forms[] = {
    { { "at_most", "column" } }, { { "less_than", "column" } },
    { { "sum", "equals" } },     { { "determined_by", "column", "values" } },
    { { "when", "then" } },      { { "not_both" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const char *const *members = forms[i].members;

      if (!json_object_has_member (element->object, members[0]))
        continue;
      if (!genesis_schema_check_members (element->object, members, element->where, error))
        return FALSE;
      for (guint j = 1; members[j] != NULL; j++)
        if (!json_object_has_member (element->object, members[j]))
          return refuse (element, error, "there is no member '%s', which '%s' needs; add it",
                         members[j], members[0]);
      switch (i)
        {
        case 0:
        case 1:
          return read_order (element, members[0], error);
        case 2:
          return read_sum (element, error);
        case 3:
          return read_dependency (element, error);
        case 4:
          return read_implication (element, error);
        default:
          return read_not_both (element, error);
        }
    }
  return refuse (element, error,
                 "none of 'at_most', 'less_than', 'sum', 'determined_by', 'when', 'not_both' is "
                 "there; write {\"column\": \"a\", \"at_most\": \"b\"}, or another of them");
}

static gboolean
read_element (JsonNode *node, const char *member, guint number, GPtrArray *to, GError **error)
{
  g_auto (Element) element = { NULL, NULL, to };

  element.where = g_str_equal (member, "constraints")
                      ? g_strdup_printf ("constraint %u", number)
                      : g_strdup_printf ("proposed constraint %u", number);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (&element, error,
                   "it is no object; write {\"column\": \"a\", \"at_most\": \"b\"}");
  element.object = json_node_get_object (node);
  return read_members (&element, error);
}

GPtrArray *
genesis_row_constraints_new_from_json (JsonNode *node, const char *member, GError **error)
{
  g_autoptr (GPtrArray) constraints =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_row_constraint_unref);
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "schema: '%s' is not a list; write \"%s\": [{\"column\": \"a\", \"at_most\": "
                   "\"b\"}]",
                   member, member);
      return NULL;
    }
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!read_element (json_array_get_element (list, i), member, i + 1, constraints, error))
      return NULL;
  return g_steal_pointer (&constraints);
}
