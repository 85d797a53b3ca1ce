/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-compare.h>

#include "data/genesis-field-private.h"
#include "data/genesis-schema-draft-private.h"

/* What the sites of a test say, put together. */

#define COLUMN(members) "{\"format\": \"genesis-schema/1\", \"columns\": [{" members "}]}"

static inline GenesisSchema *
schema_of (const char *json)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  return schema;
}

/* A draft of one site with these rows. */
static inline GenesisSchemaDraft *
draft_of_site (const char *site, const char *csv)
{
  static const char *const markers[] = { "?", NULL };
  GenesisSchemaDraft *draft = genesis_schema_draft_new (markers);
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, site, &error);

  g_assert_no_error (error);
  genesis_schema_draft_add_reader (draft, reader, NULL, &error);
  g_assert_no_error (error);
  genesis_schema_draft_set_site (draft, site);
  return draft;
}

static inline void
assert_says (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    g_error ("'%s' does not say '%s'", text, part);
}
