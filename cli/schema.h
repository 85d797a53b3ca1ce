/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "command.h"

extern const Command schema_infer_command;
extern const Command schema_merge_command;
extern const Command schema_check_command;
extern const Command schema_diff_command;

/**
 * SchemaOutcome:
 * @schema: NULL: it was refused
 * @report: disagreements as a JSON list, or NULL when it did not come so far
 * @findings: lines, or NULL
 *
 * What comes out of drafts or schemas that are put together.
 */
typedef struct
{
  GenesisSchema *schema;
  char *report;
  char **findings;
} SchemaOutcome;

void schema_outcome_clear (SchemaOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SchemaOutcome, schema_outcome_clear)

/* Of a merged draft. */
gboolean schema_conclude (GenesisSchemaDraft *draft, SchemaOutcome *outcome, GError **error);
/* A line each, of a JSON list; columns of which the same is said share one. */
GPtrArray *schema_describe_disagreements (JsonArray *list);
/* Disagreements and findings, a line each, on the standard error. */
void schema_complain (const SchemaOutcome *outcome);
/* Writes the schema to out (NULL: the standard output), tells the rest; refusal: why there is no
   schema. Returns the exit code. */
int schema_print_outcome (const SchemaOutcome *outcome, const char *out, gboolean as_json,
                          const GError *refusal);

/* The dialect of NAME=VALUE each (may be NULL); NULL with error. */
GenesisCsvDialect *schema_make_dialect (char **settings, GError **error);
gboolean schema_parse_absent_rule (const char *word, GenesisAbsentRule *rule);
/* The text of a member, or NULL. */
const char *schema_get_text (JsonObject *object, const char *member);
