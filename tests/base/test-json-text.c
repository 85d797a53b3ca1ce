/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-json-text-private.h"

static void
test_objects (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *hostile_deep = g_strconcat ("{\"a\":", deep, NULL);
  const char *const good[] = { "{}", " {\"a\" : -0.5E+3 , \"b\":[true,false,null,{}]}\n",
                               "{\"\\u12aF\\n\":\"ü\"}", "{\"a\":[[[[]]]]}",
                               "{\"a\":{\"a\":0},\"b\":\"\\\\u0000\"}" };
  const char *const bad[] = { "",
                              "[]",
                              "1",
                              "{",
                              "}",
                              "{}x",
                              "{} {}",
                              "{\"a\"}",
                              "{\"a\":}",
                              "{\"a\":1,}",
                              "{,}",
                              "{'a':1}",
                              "{\"a\":01}",
                              "{\"a\":1.}",
                              "{\"a\":.5}",
                              "{\"a\":+1}",
                              "{\"a\":1e}",
                              "{\"a\":tru}",
                              "{\"a\":\"\n\"}",
                              "{\"a\":\"\\x\"}",
                              "{\"a\":\"\\u12g4\"}",
                              "{\"a\":[1 2]}",
                              "{/**/}",
                              "{\"a\":NaN}",
                              "{\"a\":\"",
                              "{\"a\":\"\\",
                              "{\"\xff\":1}",
                              hostile_deep };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (genesis_json_text_check_object (good[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (genesis_json_text_check_object (bad[i], NULL));
}

static void
test_faults_are_placed (void)
{
  static const struct
  {
    const char *text;
    guint64 line;
    const char *part;
  } cases[] = {
    { "{\n\"a\": 1,\n\"a\": 2}", 3, "a member is there twice" },
    { "{\"a\": {\"b\": 1}, \"b\": {\"b\": 1,\n \"b\": 1}}", 2, "a member is there twice" },
    { "{\"a\":\n\n010}", 3, "a number begins with 0" },
    { "{\"a\": -0x10}", 1, "a number begins with 0" },
    { "{\"a\": \"x\\u0000y\"}", 1, "a NUL character" },
    { "{}\n{}", 2, "something follows" },
    { "var x = {};", 1, "not a JSON object" },
    { "{\"a\":\n1;}", 2, "not JSON" },
    { "{\n\"\xff\": 1}", 2, "not UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisJsonFault fault = { 0, NULL };

      g_assert_false (genesis_json_text_check_object (cases[i].text, &fault));
      g_assert_nonnull (strstr (fault.why, cases[i].part));
      g_assert_cmpuint (fault.line, ==, cases[i].line);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/objects/are-strict", test_objects);
  g_test_add_func ("/json-text/faults/are-placed", test_faults_are_placed);

  return g_test_run ();
}
