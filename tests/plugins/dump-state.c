/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <stdio.h>

#include <genesis/genesis-schema-draft.h>

#include "made-table.h"
#include "training.h"

/* Trains gaussian_copula on a table made by code, or on a CSV file, and prints the state as JSON
   for the oracle: dump-state [FILE.csv MISSING] */

static GenesisTable *
load (const char *path, const char *missing)
{
  const char *markers[] = { missing, NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GError *error = NULL;

  genesis_schema_draft_add_csv (draft, path, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  table = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  return table;
}

static void
print_columns (GenesisSchema *schema)
{
  for (guint c = 0; c < genesis_schema_get_n_fields (schema); c++)
    {
      const GenesisField *field = genesis_schema_get_field (schema, c);
      g_autofree char *name = g_strescape (field->name, NULL);

      printf ("%s{\"name\": \"%s\", \"numeric\": %s}", c > 0 ? ", " : "", name,
              field->categories == NULL ? "true" : "false");
    }
}

static void
print_block (const genesis_abi_block *block)
{
  g_autofree char *name = g_strescape (block->name, NULL);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("\"%s\": [", name);
  for (guint64 i = 0; i < block->n; i++)
    {
      if (block->dtype == GENESIS_ABI_F64)
        g_ascii_dtostr (text, sizeof text, ((const double *)block->data)[i]);
      else
        g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, ((const gint64 *)block->data)[i]);
      printf ("%s%s", i > 0 ? ", " : "", text);
    }
  printf ("]");
}

int
main (int argc, char **argv)
{
  g_autoptr (GenesisTable) table = argc > 2 ? load (argv[1], argv[2]) : made_mixed_table (1, 20000);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) state = training_fit (training, &table, 1, NULL);
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);

  printf ("{\"columns\": [");
  print_columns (genesis_table_get_schema (table));
  printf ("], \"grid\": 14, \"blocks\": {");
  for (guint32 i = 0; i < blocks->n; i++)
    {
      print_block (blocks->items[i]);
      printf (i + 1 < blocks->n ? ",\n" : "}}\n");
    }
  return 0;
}
