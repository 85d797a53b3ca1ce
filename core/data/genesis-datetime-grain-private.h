/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether two patterns show the same but for the digits of a second's fraction, none included. */
gboolean genesis_datetime_same_but_fraction (const char *a, const char *b);
/* The pattern without that fraction. */
char *genesis_datetime_dup_base (const char *pattern);
/* The coarsest natural tick (microseconds to a day) that divides every time; divisor: their
   greatest common divisor. */
gint64 genesis_datetime_natural_tick (guint64 divisor);

G_END_DECLS
