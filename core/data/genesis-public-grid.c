/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-public-grid-private.h"

#include <float.h>
#include <math.h>

/* Cell of a magnitude (1 + m/16) 2^e: 1 + 16 (e - LOWEST_EXPONENT) + m. The smallest double is
   2^-1074. */
#define LOWEST_EXPONENT (-1074)
#define EXACT_MAGNITUDE 9007199254740992.0    /* 2^53 */
#define MAX_MAGNITUDE   9223372036854775808.0 /* 2^63 */

gint32
genesis_public_grid_get_cell (double value)
{
  int exponent;
  double fraction = frexp (fabs (value), &exponent); /* [1/2, 1) */
  gint32 cell;

  if (value == 0)
    return 0;
  cell = 1 + 16 * (exponent - 1 - LOWEST_EXPONENT) + (gint32)floor (32 * fraction) - 16;
  return value < 0 ? -cell : cell;
}

/* (16 + m) 2^(e-4): the near edge of the cell, or the far one of the cell before it. */
static double
edge (gint32 index)
{
  return ldexp (16 + index % 16, index / 16 + LOWEST_EXPONENT - 4);
}

double
genesis_public_grid_get_near (gint32 cell)
{
  if (cell == 0)
    return 0;
  return cell > 0 ? edge (cell - 1) : -edge (-cell - 1);
}

double
genesis_public_grid_get_far (gint32 cell)
{
  if (cell == 0)
    return 0;
  return cell > 0 ? edge (cell) : -edge (-cell);
}

/* The stored unit farthest from zero that is nearer than the far edge, which no value of the cell
   reaches. Edges have five bits and the scale at most 30, so the product is exact. */
static double
outermost_units (gint32 cell, gint64 scale)
{
  double far = fabs (genesis_public_grid_get_far (cell)) * (double)scale;

  return cell == 0 ? 0 : ceil (far) - 1;
}

/* The stored unit at or before the near edge. Beyond 2^53 units a number is rounded when its cell
   is found, and may lie just before its cell: there the bound is one cell wider. */
static double
innermost_units (gint32 cell, gint64 scale)
{
  gint32 size = ABS (cell);
  double near = fabs (genesis_public_grid_get_near (cell)) * (double)scale;

  if (near >= EXACT_MAGNITUDE)
    near = genesis_public_grid_get_near (size - 1) * (double)scale;
  return floor (near);
}

gboolean
genesis_public_grid_bound_units (gint32 first, gint32 last, gint64 scale, gint64 *lo, gint64 *hi)
{
  double low = first < 0 ? -outermost_units (first, scale) : innermost_units (first, scale);
  double high = last < 0 ? -innermost_units (last, scale) : outermost_units (last, scale);
  gint64 width;

  if (!(fabs (low) < MAX_MAGNITUDE && fabs (high) < MAX_MAGNITUDE))
    return FALSE;
  *lo = (gint64)low;
  *hi = (gint64)high;
  return !__builtin_sub_overflow (*hi, *lo, &width);
}

gboolean
genesis_public_grid_bound_integers (gint32 first, gint32 last, gint64 *lo, gint64 *hi)
{
  double low = first < 0 ? -outermost_units (first, 1) : innermost_units (first, 1);
  double high = last < 0 ? -innermost_units (last, 1) : outermost_units (last, 1);
  gint64 width;

  *lo = low <= -MAX_MAGNITUDE ? G_MININT64 : (low >= MAX_MAGNITUDE ? G_MAXINT64 : (gint64)low);
  *hi = high >= MAX_MAGNITUDE ? G_MAXINT64 : (high <= -MAX_MAGNITUDE ? G_MININT64 : (gint64)high);
  return !__builtin_sub_overflow (*hi, *lo, &width);
}

void
genesis_public_grid_bound_reals (gint32 first, gint32 last, double *lo, double *hi)
{
  double low =
      first < 0 ? genesis_public_grid_get_far (first) : genesis_public_grid_get_near (first);
  double high = last < 0 ? genesis_public_grid_get_near (last) : genesis_public_grid_get_far (last);

  *lo = CLAMP (low, -DBL_MAX, DBL_MAX);
  *hi = CLAMP (high, -DBL_MAX, DBL_MAX);
}
