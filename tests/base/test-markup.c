/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <glib.h>

#include "base/genesis-markup-private.h"
#include "base/genesis-svg-private.h"

static void
test_escapes (void)
{
  static const struct
  {
    const char *text, *escaped;
  } cases[] = {
    { "plain", "plain" },
    { "<script>", "&lt;script&gt;" },
    { "a & b", "a &amp; b" },
    { "\" onload=\"x", "&quot; onload=&quot;x" },
    { "it's", "it&#39;s" },
    { "</svg>", "&lt;/svg&gt;" },
    { "\x1b[31m", "\\u001b[31m" },
    { "\n\t", "\\u000a\\u0009" },
    { "\xe2\x80\xae"
      "abc",
      "\\u202eabc" },
    { "\xe2\x80\x8b", "\\u200b" },
    { "\xf3\xa0\x80\x81", "\\U0e0001" },
    { "\xef\xbf\xbf", "\\uffff" },
    { "\xff"
      "a",
      "\\xffa" },
    { "Z\xc3\xbcrich", "Z\xc3\xbcrich" },
    { "e\xcc\x81", "e\xcc\x81" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *escaped = genesis_markup_escape (cases[i].text);

      g_assert_cmpstr (escaped, ==, cases[i].escaped);
    }
}

static void
test_elements (void)
{
  g_autoptr (GString) to = g_string_new (NULL);

  genesis_markup_element (to, "b", "class=\"x\"", "1 < 2");
  genesis_markup_elementf (to, "i", NULL, "%s&%d", "<", 3);
  g_assert_cmpstr (to->str, ==, "<b class=\"x\">1 &lt; 2</b>\n<i>&lt;&amp;3</i>\n");
}

static void
count_start (GMarkupParseContext *context, const char *name, const char **names,
             const char **values, gpointer n_rects, GError **error)
{
  if (g_str_equal (name, "rect"))
    ++*(guint *)n_rects;
}

/* How many rectangles a picture has that is well formed. */
static guint
count_rects (const char *text)
{
  static const GMarkupParser parser = { .start_element = count_start };
  guint n_rects = 0;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &n_rects, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  return n_rects;
}

static guint
draw (const guint64 *counts, guint n, gboolean *is_broken)
{
  g_autoptr (GString) to = g_string_new (NULL);

  genesis_svg_begin (to, "picture", 100, 50, "a <title>");
  *is_broken = genesis_svg_columns (to, "column", counts, n, 100, 50, NULL);
  genesis_svg_end (to);
  return count_rects (to->str);
}

static void
test_columns (void)
{
  const guint64 even[10] = { 5, 0, 4, 3, 0, 2, 1, 5, 5, 5 };
  const guint64 tower[10] = { 1000, 1, 2, 3, 0, 0, 0, 0, 0, 9 };
  const guint64 lone[10] = { 0, 0, 7 };
  const guint64 none[10] = { 0 };
  gboolean is_broken;

  g_assert_cmpuint (draw (even, 10, &is_broken), ==, 8);
  g_assert_false (is_broken);
  g_assert_cmpuint (draw (tower, 10, &is_broken), ==, 5 + 1);
  g_assert_true (is_broken);
  g_assert_cmpuint (draw (lone, 10, &is_broken), ==, 1);
  g_assert_false (is_broken);
  g_assert_cmpuint (draw (none, 10, &is_broken), ==, 0);
  g_assert_false (is_broken);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markup/escape/nothing-comes-through", test_escapes);
  g_test_add_func ("/markup/element/is-closed-and-escaped", test_elements);
  g_test_add_func ("/svg/columns/seen-and-broken-when-one-dwarfs-the-others", test_columns);
  return g_test_run ();
}
