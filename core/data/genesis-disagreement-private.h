/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * GenesisDisagreement:
 * @column: or NULL, of the table as a whole
 * @aspect: what is not the same, as "decimals"
 * @detail: who says what, naming two sites where sites are known
 * @rule: by which it was resolved; NULL: it was refused
 *
 * One thing that two sites do not have alike.
 */
typedef struct
{
  char *column;
  const char *aspect;
  char *detail;
  const char *rule;
} GenesisDisagreement;

/* A report: GenesisDisagreement, in the order in which they were added. */
GPtrArray *genesis_disagreements_new (void);
/* aspect and rule are literals. */
void genesis_disagreements_add (GPtrArray *report, const char *column, const char *aspect,
                                const char *rule, const char *format, ...) G_GNUC_PRINTF (5, 6);
guint genesis_disagreements_count_refused (GPtrArray *report);
/* The line of the first that was refused. */
char *genesis_disagreements_dup_refusal (GPtrArray *report);
/* A list of objects with the members column (absent for the table), aspect, detail, and rule or
   "refused": true. */
JsonNode *genesis_disagreements_to_json (GPtrArray *report);

G_END_DECLS
