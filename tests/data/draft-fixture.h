/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Drafts of tables that stand in the test. */
#include <string.h>

#include <genesis/genesis-schema-draft.h>

#include "data/genesis-schema-draft-private.h"

static inline gboolean
draft_add_text (GenesisSchemaDraft *draft, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, name, error);

  return reader != NULL && genesis_schema_draft_add_reader (draft, reader, NULL, error);
}

/* Of one table, called "a.csv"; markers may be NULL. */
static inline GenesisSchemaDraft *
draft_of_text (const char *text, const char *const *markers)
{
  GenesisSchemaDraft *draft = genesis_schema_draft_new (markers);
  g_autoptr (GError) error = NULL;

  draft_add_text (draft, "a.csv", text, &error);
  g_assert_no_error (error);
  return draft;
}

static inline gboolean
draft_has_finding (GenesisSchemaDraft *draft, const char *part)
{
  const char *const *findings = genesis_schema_draft_get_findings (draft);

  for (gsize i = 0; findings[i] != NULL; i++)
    if (strstr (findings[i], part) != NULL)
      return TRUE;
  return FALSE;
}

static inline char *
draft_conclude_json (GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  return genesis_schema_to_json (schema);
}
