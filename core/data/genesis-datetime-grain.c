/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-grain-private.h"

#define SECOND G_GINT64_CONSTANT (1000000)

/* Ticks that people schedule by. A divisor such as 7 minutes is chance: the next file would break
   it. */
static const gint64 ticks[] = {
  86400 * SECOND, 3600 * SECOND, 1800 * SECOND, 900 * SECOND, 600 * SECOND, 300 * SECOND,
  60 * SECOND,    30 * SECOND,   15 * SECOND,   10 * SECOND,  5 * SECOND,   SECOND,
  SECOND / 10,    SECOND / 100,  SECOND / 1000, 100,          10,           1
};

guint64
genesis_datetime_common_divisor (guint64 a, guint64 b)
{
  return b == 0 ? a : genesis_datetime_common_divisor (b, a % b);
}

gint64
genesis_datetime_natural_tick (guint64 divisor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    if (divisor % (guint64)ticks[i] == 0)
      return ticks[i];
  return 1;
}
