/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ascending, in place; as many passes as the keys have bytes that differ. */
void genesis_radix_sort_keys (guint64 *keys, gsize n);
/* The same for numbers without NaN; -0 and 0 are equal and keep no order among them. */
void genesis_radix_sort_numbers (double *numbers, gsize n);

G_END_DECLS
