/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-json-text-private.h"

static void
test_objects (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *hostile_deep = g_strconcat ("{\"a\":", deep, NULL);
  const char *const good[] = { "{}", " {\"a\" : -0.5E+3 , \"b\":[true,false,null,{}]}\n",
                               "{\"\\u12aF\\n\":\"ü\"}", "{\"a\":[[[[]]]]}" };
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
    g_assert_true (genesis_json_text_is_object (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (genesis_json_text_is_object (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/objects/are-strict", test_objects);

  return g_test_run ();
}
