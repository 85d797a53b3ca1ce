/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What "genesis run" says to a person at the end. */
char *report_run (JsonObject *result);
/* A table of rounds, as "rounds" of a result. */
void report_add_rounds (GString *to, JsonArray *rounds);
/* A line with its label. */
void report_add_line (GString *to, const char *label, const char *text);
/* The member, or NULL. */
JsonArray *report_get_array (JsonObject *object, const char *name);
/* What "genesis run --dry-run" says. */
char *report_preview (JsonObject *preview);
/* JSON that the library wrote, its texts made safe to show; the caller owns *node. */
JsonObject *report_parse (const char *json, JsonNode **node);
/* "(null)" never: an absent member is "". */
const char *report_get_text (JsonObject *object, const char *name);
gint64 report_get_int (JsonObject *object, const char *name);
/* Texts of an array, joined. */
char *report_join (JsonObject *object, const char *name, const char *separator);
/* Blanks up to a column, counted in characters. */
void report_pad (GString *to, const char *text, guint width);
