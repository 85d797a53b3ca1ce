/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-svg-private.h"

#include "base/genesis-markup-private.h"

/* What is lower is not seen. */
#define LEAST 1.5
/* Between columns, of their width. */
#define GAP      .14
#define WIDE_GAP .45
/* So few columns are wide, and apart. */
#define FEW 8

/* A next-highest column lower than this share of the highest is dwarfed; it is then drawn so high,
   and the highest broken there. */
#define DWARFED   .15
#define SHORTENED .6
#define BREAK     .2

#define NUMBER 32

/* Two decimals are enough for any screen. */
static const char *
format_number (char buffer[NUMBER], double value)
{
  return g_ascii_formatd (buffer, NUMBER, "%.2f", value);
}

static void
append_attribute (GString *to, const char *name, double value)
{
  char buffer[NUMBER];

  g_string_append_printf (to, " %s=\"%s\"", name, format_number (buffer, value));
}

void
genesis_svg_begin (GString *to, const char *class, double width, double height, const char *title)
{
  char w[NUMBER], h[NUMBER];

  g_string_append_printf (to,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" role=\"img\" "
                          "viewBox=\"0 0 %s %s\" preserveAspectRatio=\"none\">",
                          class, format_number (w, width), format_number (h, height));
  genesis_markup_element (to, "title", NULL, title);
}

void
genesis_svg_end (GString *to)
{
  genesis_markup_close (to, "svg");
}

void
genesis_svg_rect (GString *to, const char *class, double x, double y, double width, double height,
                  double radius, const char *title)
{
  g_string_append_printf (to, "<rect class=\"%s\"", class);
  append_attribute (to, "x", x);
  append_attribute (to, "y", y);
  append_attribute (to, "width", width);
  append_attribute (to, "height", height);
  if (radius > 0)
    append_attribute (to, "rx", radius);
  if (title == NULL)
    {
      g_string_append (to, "/>");
      return;
    }
  g_string_append_c (to, '>');
  genesis_markup_element (to, "title", NULL, title);
  genesis_markup_close (to, "rect");
}

void
genesis_svg_line (GString *to, const char *class, double x1, double y1, double x2, double y2)
{
  g_string_append_printf (to, "<line class=\"%s\"", class);
  append_attribute (to, "x1", x1);
  append_attribute (to, "y1", y1);
  append_attribute (to, "x2", x2);
  append_attribute (to, "y2", y2);
  g_string_append (to, "/>");
}

/* The highest count and the next one. */
static void
find_highest (const guint64 *counts, guint n, guint64 *most, guint64 *next)
{
  *most = *next = 0;
  for (guint i = 0; i < n; i++)
    if (counts[i] > *most)
      {
        *next = *most;
        *most = counts[i];
      }
    else
      *next = MAX (*next, counts[i]);
}

/* A column with a break in it: it is higher than it looks. */
static void
add_broken (GString *to, const char *class, double x, double width, double height,
            const char *title)
{
  genesis_svg_rect (to, class, x, 0, width, height * BREAK, 0, title);
  genesis_svg_rect (to, class, x, height * (BREAK + .05), width, height * (.95 - BREAK), 0, title);
}

gboolean
genesis_svg_columns (GString *to, const char *class, const guint64 *counts, guint n, double width,
                     double height, char *const *titles)
{
  double step = width / n, gap = n > FEW ? GAP : WIDE_GAP;
  guint64 most, next;
  gboolean is_broken;
  double full;

  find_highest (counts, n, &most, &next);
  is_broken = n > FEW && next > 0 && (double)next < DWARFED * (double)most;
  full = is_broken ? (double)next / SHORTENED : (double)MAX (most, 1);
  for (guint i = 0; i < n; i++)
    {
      double h = MAX (LEAST, height * MIN (1, (double)counts[i] / full));
      double x = step * (i + gap / 2), w = step * (1 - gap);
      const char *title = titles != NULL ? titles[i] : NULL;

      if (is_broken && counts[i] == most)
        add_broken (to, class, x, w, height, title);
      else if (counts[i] > 0)
        genesis_svg_rect (to, class, x, height - h, w, h, 0, title);
    }
  return is_broken;
}

void
genesis_svg_bar (GString *to, const char *class, double share, double width, double height)
{
  if (share > 0)
    genesis_svg_rect (to, class, 0, 0, MAX (LEAST, width * MIN (1, share)), height, 0, NULL);
}
