/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>

#include "data/genesis-row-parser-private.h"
#include "data/genesis-schema-draft-private.h"

/* Any bytes: they are refused with an error of the data, or a schema is drafted from them, and then
   every row of theirs fits that schema and keeps every constraint that was found. A byte 1 and four
   more at the beginning choose the dialect; else all of it is found. Built for libFuzzer with
   -Dfuzz=true; the corpus is replayed by test-csv-corpus. */

#define MARKERS ((const char *const[]){ "?", "NA", NULL })

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_DATA
                 || error->code == GENESIS_ERROR_SCHEMA_MISMATCH
                 || error->code == GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

#define N_SETTINGS 4

static const char *const delimiters[] = { "detect", ",", ";", "tab", "|", "space", "~" };
static const char *const quotes[] = { "double", "single", "none", "%" };
static const char *const comments[] = { "none", "#", "//" };
static const char *const encodings[] = { "detect",    "utf-8",      "utf-16le",     "utf-16be",
                                         "utf-16",    "latin-1",    "windows-1252", "windows-1258",
                                         "shift_jis", "iso-2022-jp" };
static const char *const missing[] = { "", "NA;-", "0" };

#define CHOOSE(texts, byte) texts[(byte) % G_N_ELEMENTS (texts)]

/* A combination that is refused stays as it was. */
static GenesisCsvDialect *
choose_dialect (const guint8 *choices)
{
  GenesisCsvDialect *dialect = genesis_csv_dialect_new ();

  genesis_csv_dialect_set (dialect, "delimiter", CHOOSE (delimiters, choices[0]), NULL);
  genesis_csv_dialect_set (dialect, "quote", CHOOSE (quotes, choices[1]), NULL);
  genesis_csv_dialect_set (dialect, "header", choices[1] & 0x80 ? "no" : "yes", NULL);
  genesis_csv_dialect_set (dialect, "comment", CHOOSE (comments, choices[2]), NULL);
  genesis_csv_dialect_set (dialect, "decimal", choices[2] & 0x80 ? "comma" : "point", NULL);
  genesis_csv_dialect_set (dialect, "missing", CHOOSE (missing, choices[3] >> 4), NULL);
  genesis_csv_dialect_set (dialect, "encoding", CHOOSE (encodings, choices[3] & 15), NULL);
  return dialect;
}

static GenesisSchema *
draft_schema (GBytes *bytes, const GenesisCsvDialect *dialect, guint64 *n_rows, GError **error)
{
  g_autoptr (GenesisCsvReader) counter =
      genesis_csv_reader_new_for_bytes_with_dialect (bytes, "fuzz", dialect, error);
  g_autoptr (GenesisCsvReader) reader = NULL;
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (MARKERS);
  const GenesisCsvCell *cells;
  gsize n;
  int got = counter != NULL ? 1 : -1;

  for (*n_rows = 0; got > 0 && (got = genesis_csv_reader_next (counter, &cells, &n, error)) > 0;)
    ++*n_rows;
  if (got < 0)
    return NULL;
  reader = genesis_csv_reader_new_for_bytes_with_dialect (bytes, "fuzz", dialect, error);
  g_assert_nonnull (reader);
  genesis_schema_draft_set_find_constraints (draft, TRUE);
  if (!genesis_schema_draft_add_reader (draft, reader, NULL, error))
    return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

/* What was found in the rows can be declared together, and holds in each of them. */
static GenesisSchema *
adopt_proposed (GenesisSchema *schema)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *adopted = genesis_schema_adopt_proposed (schema, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_constraints (adopted), ==,
                    genesis_schema_get_n_proposed (schema));
  return adopted;
}

static void
check_rows_fit (GBytes *bytes, const GenesisCsvDialect *dialect, GenesisSchema *schema,
                guint64 n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader =
      genesis_csv_reader_new_for_bytes_with_dialect (bytes, "fuzz", dialect, &error);
  g_autoptr (GenesisRowParser) parser = genesis_row_parser_new (reader, schema, &error);
  guint64 n = 0;

  g_assert_no_error (error);
  while (TRUE)
    {
      g_autoptr (GenesisTable) chunk = NULL;
      int got = genesis_row_parser_read_chunk (parser, &chunk, &error);

      g_assert_no_error (error);
      if (got == 0)
        break;
      n += genesis_table_get_n_rows (chunk);
      for (guint k = 0; k < genesis_schema_get_n_constraints (schema); k++)
        g_assert_cmpuint (genesis_table_count_violations (chunk, k), ==, 0);
    }
  g_assert_cmpuint (n, ==, n_rows);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gboolean chosen = size > N_SETTINGS && data[0] == 1;
  gsize skipped = chosen ? 1 + N_SETTINGS : 0;
  g_autoptr (GenesisCsvDialect) dialect = chosen ? choose_dialect (data + 1) : NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data + skipped, size - skipped);
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;
  g_autoptr (GenesisSchema) schema = draft_schema (bytes, dialect, &n_rows, &error);

  g_autoptr (GenesisSchema) adopted = NULL;

  if (schema == NULL)
    {
      check_error (error);
      return 0;
    }
  adopted = adopt_proposed (schema);
  check_rows_fit (bytes, dialect, adopted, n_rows);
  return 0;
}
