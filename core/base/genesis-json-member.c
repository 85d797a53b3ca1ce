/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-json-member-private.h"

#include <math.h>

#include <string.h>

void
genesis_json_add_text (JsonBuilder *to, const char *name, const char *value)
{
  json_builder_set_member_name (to, name);
  json_builder_add_string_value (to, value);
}

void
genesis_json_add_integer (JsonBuilder *to, const char *name, gint64 value)
{
  json_builder_set_member_name (to, name);
  json_builder_add_int_value (to, value);
}

void
genesis_json_add_count (JsonBuilder *to, const char *name, guint64 value)
{
  genesis_json_add_integer (to, name, (gint64)MIN (value, (guint64)G_MAXINT64));
}

void
genesis_json_add_number (JsonBuilder *to, const char *name, double value)
{
  json_builder_set_member_name (to, name);
  if (isfinite (value))
    json_builder_add_double_value (to, value);
  else
    json_builder_add_null_value (to);
}

void
genesis_json_add_texts (JsonBuilder *to, const char *name, const char *const *values)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_array (to);
  for (gsize i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (to, values[i]);
  json_builder_end_array (to);
}

void
genesis_json_add_settings (JsonBuilder *to, const char *name, char **settings)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_object (to);
  for (gsize i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      const gsize n = strcspn (settings[i], "=");
      g_autofree char *key = g_strndup (settings[i], n);

      genesis_json_add_text (to, key, settings[i][n] != '\0' ? settings[i] + n + 1 : "");
    }
  json_builder_end_object (to);
}
