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

/* What is printed is read again, to the last bit; texts stay what they are. */
static void
test_print (void)
{
  static const double numbers[] = {
    1e-9, 1e-8, 1.0000000000000001e-05, -9.5e-7, 1e300, 1e-300, .5
  };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_array_add_double_element (array, numbers[i]);
  json_object_set_array_member (object, "1e-09", array);
  json_object_set_string_member (object, "text", "3e-09 \"4e-08\" \\ 5e-08 \x1f");
  json_node_take_object (node, object);
  text = genesis_json_text_print (node);
  g_test_message ("%s", text);
  g_assert_true (genesis_json_text_check_object (text, NULL));
  back = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (back), "text"), ==,
                   "3e-09 \"4e-08\" \\ 5e-08 \x1f");
  array = json_object_get_array_member (json_node_get_object (back), "1e-09");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpfloat (json_array_get_double_element (array, i), ==, numbers[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/objects/are-strict", test_objects);
  g_test_add_func ("/json-text/faults/are-placed", test_faults_are_placed);
  g_test_add_func ("/json-text/print/is-read-again", test_print);

  return g_test_run ();
}
