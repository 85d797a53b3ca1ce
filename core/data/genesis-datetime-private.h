/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exact date and time text <-> microseconds since 1970, by a named ISO pattern; no locale, no time
   zone database. Patterns: "YYYY-MM-DD", "YYYY-MM-DD hh:mm", "YYYY-MM-DD hh:mm:ss", the same with
   "T" for the space, with a fraction ".f" to ".ffffff", and with a final "Z". */

#define GENESIS_DATETIME_MIN_US G_GINT64_CONSTANT (-62135596800000000) /* 0001-01-01 */
#define GENESIS_DATETIME_MAX_US                                                                    \
  G_GINT64_CONSTANT (253402300799999999) /* 9999-12-31 23:59:59.999999 */

/* All patterns, interned. */
const char *const *genesis_datetime_get_patterns (void);
/* Microseconds of the last place that a pattern shows; 0: not a pattern. */
gint64 genesis_datetime_get_tick (const char *pattern);
/* The pattern that text fits, interned, or NULL. */
const char *genesis_datetime_detect (const char *text, gsize n);
gboolean genesis_datetime_parse (const char *pattern, const char *text, gsize n, gint64 *us);
/* Writes at most 40 bytes without a final NUL; returns how many. */
gsize genesis_datetime_format (const char *pattern, gint64 us, char *to);

G_END_DECLS
