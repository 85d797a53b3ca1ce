/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of the object that a builder is in. */
void genesis_json_add_text (JsonBuilder *to, const char *name, const char *value);
void genesis_json_add_integer (JsonBuilder *to, const char *name, gint64 value);
/* 2^63 - 1 stands for whatever is above. */
void genesis_json_add_count (JsonBuilder *to, const char *name, guint64 value);
/* JSON has no infinity and no NaN: null. */
void genesis_json_add_number (JsonBuilder *to, const char *name, double value);
void genesis_json_add_texts (JsonBuilder *to, const char *name, const char *const *values);
/* "name=value" texts as an object of texts; NULL: an empty one. */
void genesis_json_add_settings (JsonBuilder *to, const char *name, char **settings);

G_END_DECLS
