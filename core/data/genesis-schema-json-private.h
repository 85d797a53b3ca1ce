/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "data/genesis-field-private.h"

G_BEGIN_DECLS

/* One element of "columns" of a schema file. Errors name the column; number counts from 1. */
GenesisField *genesis_field_new_from_json (JsonNode *node, guint number, GError **error);

/* Every member of object is one of known (NULL-terminated), else an error that begins with where
   and names the nearest. */
gboolean genesis_schema_check_members (JsonObject *object, const char *const *known,
                                       const char *where, GError **error);
/* An array of texts; NULL with error. */
char **genesis_schema_dup_json_texts (JsonNode *node, const char *where, const char *member,
                                      GError **error);
/* A text; NULL with error. */
const char *genesis_schema_get_json_text (JsonNode *node, const char *where, const char *member,
                                          GError **error);

G_END_DECLS
