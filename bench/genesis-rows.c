/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* genesis-rows BYTES: a table in CSV on the standard output, as many rows as fit into BYTES. It is
   made to be quick, not to be modelled: numbers that never end to be new, a real, an amount, a
   date, a category, a boolean, gaps. The same bytes every time. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#define BUFFER   (1u << 20)
#define MOST_ROW 256u

#define FIRST_VISIT G_GUINT64_CONSTANT (100000000000)

static const char header[] = "visit,age,pressure,price,day,ward,urgent,note\n";

static char *
put_digits (char *to, guint64 value, int n)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    to[i] = (char)('0' + value % 10);
  return to + n;
}

static char *
put_text (char *to, const char *text)
{
  gsize n = strlen (text);

  memcpy (to, text, n);
  return to + n;
}

static char *
put_day (char *to, guint64 draw)
{
  to = put_digits (put_text (to, ",20"), 10 + draw % 15, 2);
  to = put_digits (put_text (to, "-"), 1 + draw / 16 % 12, 2);
  return put_digits (put_text (to, "-"), 1 + draw / 256 % 28, 2);
}

/* draw: 64 random bits, of which each column takes its own. */
static char *
put_row (char *to, guint64 number, guint64 draw)
{
  static const char *const wards[] = { ",north", ",south", ",\"east, old\"", ",west", "," };
  static const char *const notes[] = { ",\n", ",transferred\n", ",\"said \"\"later\"\"\"\n" };

  to = put_digits (to, FIRST_VISIT + number, 12);
  to = put_digits (put_text (to, ","), 10 + draw % 90, 2);
  to = put_digits (put_text (to, ",0."), draw >> 20, 14);
  to = put_digits (put_text (to, draw & 64 ? ",-" : ","), 1000 + (draw >> 8) % 9000, 4);
  to = put_digits (put_text (to, "."), (draw >> 32) % 100, 2);
  to = put_day (to, draw >> 40);
  to = put_text (to, wards[(draw >> 12) % G_N_ELEMENTS (wards)]);
  to = put_text (to, draw & 1024 ? ",yes" : ",no");
  return put_text (to, notes[(draw >> 16) % G_N_ELEMENTS (notes)]);
}

static guint64
next_draw (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15); /* SplitMix64 */

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

static gboolean
write_rows (guint64 n_bytes)
{
  g_autofree char *buffer = g_malloc (BUFFER + MOST_ROW);
  guint64 state = 1, number = 0, written = sizeof header - 1;
  char *to = buffer;

  if (fwrite (header, 1, sizeof header - 1, stdout) != sizeof header - 1)
    return FALSE;
  while (written + (guint64)(to - buffer) + MOST_ROW < n_bytes)
    {
      to = put_row (to, number++, next_draw (&state));
      if (to - buffer < BUFFER)
        continue;
      if (fwrite (buffer, 1, (gsize)(to - buffer), stdout) != (gsize)(to - buffer))
        return FALSE;
      written += (guint64)(to - buffer);
      to = buffer;
    }
  return fwrite (buffer, 1, (gsize)(to - buffer), stdout) == (gsize)(to - buffer)
         && fflush (stdout) == 0;
}

int
main (int argc, char **argv)
{
  guint64 n_bytes;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, MOST_ROW, G_MAXINT64, &n_bytes, NULL))
    {
      g_printerr ("genesis-rows BYTES: how large a table is written to the standard output\n");
      return 2;
    }
  return write_rows (n_bytes) ? 0 : 1;
}
