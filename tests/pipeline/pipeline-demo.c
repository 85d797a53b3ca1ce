/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline-demo.h"

void
demo_write_table (Fixture *fixture, const char *name, guint n, guint shift)
{
  g_autoptr (GString) text = g_string_new ("age,cost,sex\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u,%u.%02u,%c\n", 20 + (i * 7 + shift) % 60, (i * 37) % 400,
                            (i * 13 + shift) % 100, "mf"[(i + shift) % 2]);
  fixture_write (fixture, name, text->str);
}

void
demo_write (Fixture *fixture, guint n, const char *more)
{
  g_autofree char *text = g_strconcat (DEMO_KEYS, DEMO_SITES, DEMO_OUTPUTS, more, NULL);

  demo_write_table (fixture, "north.csv", n, 0);
  demo_write_table (fixture, "south.csv", n / 2, 5);
  fixture_write (fixture, "demo.ini", text);
}

JsonObject *
demo_run (Fixture *fixture, const char *words, JsonNode **node)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_run (fixture, &outcome, words);
  if (outcome.code != 0)
    g_test_message ("%s", outcome.err);
  g_assert_cmpint (outcome.code, ==, 0);
  *node = outcome_json (&outcome);
  return json_node_get_object (*node);
}

char *
demo_dup_member (JsonObject *result, const char *name)
{
  return g_strdup (json_object_get_string_member (result, name));
}
