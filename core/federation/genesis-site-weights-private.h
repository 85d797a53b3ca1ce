/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/* What callers give as a{sd}, as a table site name -> double *; *table is NULL for NULL. A floating
   reference is sunk, success or not. INVALID_CONFIG: another type, or a name that stands there
   twice. What the numbers may be is for those who use them. */
gboolean genesis_site_weights_read (GVariant *weights, GHashTable **table, GError **error);

G_END_DECLS
