/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "draft-fixture.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>

#include "data/genesis-field-private.h"
#include "data/genesis-schema-draft-private.h"

/* What the first column became. */
static char *
describe (const GenesisField *field)
{
  return g_strconcat (genesis_field_get_type_name (field), " ",
                      field->format != NULL ? field->format : "", NULL);
}

typedef struct
{
  const char *path, *a, *b;
  const char *expected; /* of the field, or parts of the error, one after the other */
  const char *finding;  /* NULL: none; for errors they are more parts */
} OrderCase;

#define REFUSED "refused: "

static const OrderCase orders[] = {
  { "/draft/order/ambiguous-is-refused", "v\n01/02/2024\n12/11/2024\n", NULL, REFUSED "DD/MM/YYYY",
    "MM/DD/YYYY" },
  { "/draft/order/day-equal-to-month-is-ambiguous", "v\n01.01.2024\n02.02.2024\n", NULL,
    REFUSED "DD.MM.YYYY", "MM.DD.YYYY" },
  { "/draft/order/ambiguous-year-too", "v\n01-02-03\n04-05-06\n", NULL, REFUSED "DD-MM-YY",
    "YY-MM-DD" },
  { "/draft/order/a-day-that-never-was-makes-text", "v\n01/02/2024\n03/02/2024\n",
    "v\n01/02/2024\n31/02/2023\n31/03/2024\n", "category", NULL },
  { "/draft/order/one-file-settles-the-other", "v\n01/02/2024\n03/02/2024\n",
    "v\n01/02/2024\n31/03/2024\n", "datetime DD/MM/YYYY", "'a.csv' alone would not tell" },
  { "/draft/order/files-contradict-each-other", "v\n01/13/2024\n03/02/2024\n",
    "v\n01/02/2024\n31/03/2024\n", REFUSED "'b.csv'", "'a.csv'" },
  { "/draft/order/iso-beside-local", "v\n2024-01-13\n2024-02-03\n", "v\n01/02/2024\n31/03/2024\n",
    REFUSED "dates as YYYY-MM-DD in 'a.csv'", "dates as DD/MM/YYYY in 'b.csv'" },
  { "/draft/order/one-file-mixes-orders", "v\n31/01/2024\n01/31/2024\n", NULL,
    REFUSED "mixes several patterns", "DD/MM/YYYY, MM/DD/YYYY" },
  { "/draft/padding/most-days-and-months-have-none",
    "v\n1/2/2020\n3/4/2021\n11/02/2020\n31/5/2020\n", NULL, "datetime D/M/YYYY",
    "some have none; all are written as D/M/YYYY" },
  { "/draft/padding/most-have-zeros", "v\n01/02/2020\n31/05/2020\n1/2/2020\n", NULL,
    "datetime DD/MM/YYYY", "some have none; all are written as DD/MM/YYYY" },
  { "/draft/padding/each-place-by-itself", "v\n1/02/2020\n31/05/2020\n", NULL, "datetime D/MM/YYYY",
    NULL },
  { "/draft/padding/a-place-that-does-not-tell-follows",
    "v\n1/12/2020\n05/11/2020\n06/11/2020\n31/10/2020\n", NULL, "datetime DD/MM/YYYY",
    "all are written as DD/MM/YYYY" },
  { "/draft/padding/two-digits-alone-are-padded", "v\n11/12/2020\n31/10/2020\n", NULL,
    "datetime DD/MM/YYYY", NULL },
  { "/draft/padding/ties-have-none", "v\n1/2/2020\n03/04/2020\n31/10/2020\n", NULL,
    "datetime D/M/YYYY", NULL },
  { "/draft/padding/hours-by-themselves", "v\n2020-01-02 9:05\n2020-11-30 8:00\n2020-11-30 07:10\n",
    NULL, "datetime YYYY-MM-DD h:mm", "all are written as YYYY-MM-DD h:mm" },
  { "/draft/padding/days-before-named-months", "v\n5 Jan 2020\n05 Feb 2021\n06 Feb 2021\n", NULL,
    "datetime DD Mon YYYY", NULL },
  { "/draft/padding/settles-no-order", "v\n1/2/2020\n03/04/2020\n", NULL,
    REFUSED "reads as D/M/YYYY", "M/D/YYYY" },
  { "/draft/padding/files-differ", "v\n01/02/2020\n31/05/2020\n04/05/2020\n",
    "v\n1/2/2020\n31/5/2020\n", "datetime DD/MM/YYYY", "some have none" },
  { "/draft/padding/compact-days-are-not-mixed", "v\n20200102T0900\n2020102T0900\n", NULL,
    "category", "are no dates" },
  { "/draft/order/named-zones-are-refused", "v\n2024-01-01 10:00 CET\n2024-01-02 10:00 CET\n", NULL,
    REFUSED "zones have names", "+01:00" },
};

static void
test_order (gconstpointer data)
{
  const OrderCase *c = data;
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text (c->a, NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (c->b != NULL)
    g_assert_true (draft_add_text (draft, "b.csv", c->b, &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  if (g_str_has_prefix (c->expected, REFUSED))
    {
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
      g_assert_nonnull (strstr (error->message, c->expected + strlen (REFUSED)));
      g_assert_nonnull (strstr (error->message, c->finding));
      g_assert_null (strstr (error->message, "2024")); /* no values */
      return;
    }
  g_assert_no_error (error);
  text = describe (genesis_schema_get_field (schema, 0));
  g_assert_true (g_str_has_prefix (text, c->expected));
  if (c->finding != NULL)
    g_assert_true (draft_has_finding (draft, c->finding));
}

/* Rows are read alike wherever they lie: the row that settles the order may be in any piece. */
static void
test_order_in_pieces (void)
{
  g_autofree char *whole = NULL;

  for (guint n_pieces = 1; n_pieces <= 24; n_pieces = n_pieces * 3 - 1)
    {
      g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
      g_autoptr (GenesisSchema) schema = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *json = NULL;

      for (guint piece = 0; piece < n_pieces; piece++)
        {
          g_autoptr (GString) text = g_string_new ("v,w\n");
          g_autofree char *name = g_strdup_printf ("piece-%u", piece);

          for (guint row = piece; row < 24; row += n_pieces)
            g_string_append_printf (text, "%02u/%02u/2024,%u:%02u\n", row + 1, row % 12 + 1, row,
                                    row * 2);
          g_assert_true (draft_add_text (draft, name, text->str, &error));
        }
      schema = genesis_schema_draft_conclude (draft, &error);
      g_assert_no_error (error);
      json = genesis_schema_to_json (schema);
      g_assert_nonnull (strstr (json, "DD/MM/YYYY"));
      if (whole == NULL)
        whole = g_steal_pointer (&json);
      else
        g_assert_cmpstr (json, ==, whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    g_test_add_data_func (orders[i].path, &orders[i], test_order);
  g_test_add_func ("/draft/order/settled-wherever-the-rows-lie", test_order_in_pieces);
  return g_test_run ();
}
