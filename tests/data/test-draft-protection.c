/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "draft-fixture.h"

#include <string.h>

#include "schema-sides.h"

/* What leaves a site with a minimum cell of 5. */
static char *
to_json (GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  char *json = genesis_schema_draft_to_json (draft, 5, &error);

  g_assert_no_error (error);
  return json;
}

/* Of more times than are held one by one, the ends are attested as well: 1903 is not told. */
static void
test_lone_time_of_many (void)
{
  g_autoptr (GString) text = g_string_new ("when\n1903-05-06 07:08\n");
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchemaDraft) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *json = NULL;

  for (guint i = 0; i < 70000; i++)
    g_string_append_printf (text, "2024-%02u-%02u %02u:%02u\n", 1 + i / 40320, 1 + i / 1440 % 28,
                            i / 60 % 24, i % 60);
  draft = draft_of_site ("north", text->str);
  file = to_json (draft);
  back = genesis_schema_draft_new_from_json (file, &error);
  g_assert_no_error (error);
  json = draft_conclude_json (back);
  assert_says (json, "\"min\" : \"2023-");
  assert_says (genesis_schema_draft_get_findings (back)[0], "far beyond");
}

/* 299 short words, and one that is long or not: from no sum of lengths can be told which. */
static void
test_lengths (void)
{
  static const char *const secrets[] = { "xy", "Creutzfeldt" };
  g_auto (GStrv) files = g_new0 (char *, 3);

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GString) text = g_string_new ("word\n");
      g_autoptr (GenesisSchemaDraft) draft = NULL;

      for (guint i = 0; i < 299; i++)
        g_string_append (text, i % 2 ? "abc\n" : "abcd\n");
      g_string_append_printf (text, "%s\n", secrets[k]);
      draft = draft_of_site ("north", text->str);
      files[k] = to_json (draft);
    }
  g_assert_cmpstr (files[0], ==, files[1]);
}

/* The member "looks" of a draft of 100 plain numbers and two that are spelled otherwise. */
static char *
tell_looks_beside (const char *rare)
{
  g_autoptr (GString) text = g_string_new ("v\n");
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autofree char *file = NULL;
  const char *looks;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%u.5\n", 1 + i % 9);
  g_string_append_printf (text, "%s\n%s\n", rare, rare);
  draft = draft_of_site ("north", text->str);
  file = to_json (draft);
  looks = strstr (file, "\"looks\"");
  return g_strndup (looks, (gsize)(strchr (looks, '}') - looks));
}

/* How one or two numbers are spelled is not told. */
static void
test_rare_looks (void)
{
  static const char *const rare[] = { ".5", "0.5", "+1.5" };
  g_autofree char *expected = tell_looks_beside ("1.5");
  g_autofree char *zero = tell_looks_beside ("0.0");
  g_autofree char *negative_zero = tell_looks_beside ("-0.0");
  g_autofree char *exponent = tell_looks_beside ("1.5e0");

  for (gsize k = 0; k < G_N_ELEMENTS (rare); k++)
    {
      g_autofree char *looks = tell_looks_beside (rare[k]);

      g_assert_cmpstr (looks, ==, expected);
    }
  g_assert_cmpstr (negative_zero, ==, zero);
  assert_says (exponent, "\"exponents\" : 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-protection/lone-time-of-many", test_lone_time_of_many);
  g_test_add_func ("/draft-protection/lengths-of-words", test_lengths);
  g_test_add_func ("/draft-protection/rare-spellings-of-numbers", test_rare_looks);
  return g_test_run ();
}
