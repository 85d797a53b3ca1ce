/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The fixed grid on which a draft counts numbers: sign, binary exponent, four bits of mantissa.
   Cell 0 holds zero alone; cells k and -k mirror each other; a larger number never has a smaller
   cell. */

gint32 genesis_public_grid_get_cell (double value);
/* The edges of a cell nearest to and farthest from zero; both 0 for cell 0. The far edge is
   infinite for the last cell. */
double genesis_public_grid_get_near (gint32 cell);
double genesis_public_grid_get_far (gint32 cell);

/* Bounds in units of 1/scale that no value of the cells from first to last leaves; scale <= 10^9.
   False when they leave int64, or are further apart than one holds. */
gboolean genesis_public_grid_bound_units (gint32 first, gint32 last, gint64 scale, gint64 *lo,
                                          gint64 *hi);
/* The same for integers that all fit into int64: the outermost cells end where it does. */
gboolean genesis_public_grid_bound_integers (gint32 first, gint32 last, gint64 *lo, gint64 *hi);
void genesis_public_grid_bound_reals (gint32 first, gint32 last, double *lo, double *hi);

G_END_DECLS
