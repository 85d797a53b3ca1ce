/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The table that is measured with: 20 columns from a seed. A latent factor f ~ N(0, 1) of each row
 * enters every column, so that there is dependence to fit. The mixed table turns every second
 * column into a category, a boolean, a date or a column with gaps. */

#include "config.h"

#include "bench-input.h"

#include <math.h>

#define N_COLUMNS 20

/* Mersenne Twister of GLib: the same numbers on every machine for one seed. */
static double
draw_normal (GRand *rand)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (rand)));

  return radius * cos (2 * G_PI * g_rand_double (rand));
}

/* Integers, decimals, a heavy tail, an inflated zero: column j decides. */
static void
append_number (GString *line, guint j, double z)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (j % 4)
    {
    case 0:
      g_string_append_printf (line, "%d", (int)lround (50 + 15 * z));
      return;
    case 1:
      g_ascii_formatd (number, sizeof number, "%.2f", 120 + 20 * z);
      break;
    case 2:
      g_ascii_formatd (number, sizeof number, "%.3f", exp (1 + 1.2 * z));
      break;
    default:
      g_ascii_formatd (number, sizeof number, "%.1f", z < 0 ? 0.0 : 100 * z * z);
      break;
    }
  g_string_append (line, number);
}

static void
append_category (GString *line, guint j, double z)
{
  static const char *const levels[] = { "never",     "private", "state-gov",   "self-employed",
                                        "local-gov", "federal", "without-pay", "other" };
  int level = (int)(4 + 1.6 * z);

  switch (j % 8)
    {
    case 1:
      g_string_append (line, levels[CLAMP (level, 0, 7)]);
      break;
    case 3:
      g_string_append (line, z < .6 ? "no" : "yes");
      break;
    case 5:
      g_string_append_printf (line, "20%02d-%02d-%02d", CLAMP (level + 14, 10, 24), 1 + (level & 7),
                              1 + (int)(13 * fabs (fmod (z, 2))));
      break;
    default:
      if (z > -.9)
        append_number (line, j, z);
      break;
    }
}

static void
append_row (GString *text, BenchInputKind kind, GRand *rand)
{
  double f = draw_normal (rand);

  for (guint j = 0; j < N_COLUMNS; j++)
    {
      double loading = .1 + .7 * j / N_COLUMNS;
      double z = loading * f + sqrt (1 - loading * loading) * draw_normal (rand);

      if (kind == BENCH_INPUT_MIXED && j % 2 == 1)
        append_category (text, j, z);
      else
        append_number (text, j, z);
      g_string_append_c (text, j + 1 < N_COLUMNS ? ',' : '\n');
    }
}

/* n_rows rows and a header, written in pieces of about a megabyte. */
gboolean
bench_input_write (BenchInputKind kind, guint32 seed, guint64 n_rows, const char *path,
                   GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) text = g_string_new (NULL);

  if (stream == NULL)
    return FALSE;
  for (guint j = 0; j < N_COLUMNS; j++)
    g_string_append_printf (text, "x%u%c", j + 1, j + 1 < N_COLUMNS ? ',' : '\n');
  for (guint64 i = 0; i < n_rows; i++)
    {
      append_row (text, kind, rand);
      if (text->len < 1 << 20 && i + 1 < n_rows)
        continue;
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (stream), text->str, text->len, NULL, NULL,
                                      error))
        return FALSE;
      g_string_truncate (text, 0);
    }
  return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

/* Size in bytes, -1 with an error. */
gint64
bench_input_measure (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);

  return info == NULL ? -1 : g_file_info_get_size (info);
}
