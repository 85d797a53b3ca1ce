/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint64 genesis_datetime_common_divisor (guint64 a, guint64 b);
/* The coarsest natural tick (microseconds to a day) that divides every time; divisor: their
   greatest common divisor. */
gint64 genesis_datetime_natural_tick (guint64 divisor);

G_END_DECLS
