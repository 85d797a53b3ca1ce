/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-cells.h"

#include <math.h>

#define SCALE    64.0
#define STRAIGHT 1024.0 /* distance over width beyond which asinh bends by less than a thousandth */

__extension__ typedef unsigned __int128 genesis_wide;

double
genesis_sdk_exp (double x)
{
  const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
  double k = rint (x * 0x1.71547652b82fep+0);
  double r = (x - k * ln2_high) - k * ln2_low;
  double sum = 1.0;

  for (int i = 16; i >= 1; i--)
    sum = 1.0 + sum * r / i;
  return ldexp (sum, (int)k);
}

/* log x = e log 2 + 2 artanh ((m - 1) / (m + 1)), m in [sqrt 1/2, sqrt 2). */
static double
fixed_log (double x)
{
  int e;
  double m = frexp (x, &e);
  double s, square, sum = 0.0;

  if (m < 0.70710678118654752)
    {
      m *= 2.0;
      e--;
    }
  s = (m - 1.0) / (m + 1.0);
  square = s * s;
  for (int i = 25; i >= 1; i -= 2)
    sum = sum * square + 1.0 / i;
  return e * 0.69314718055994531 + 2.0 * s * sum;
}

double
genesis_sdk_asinh (double x)
{
  double a = fabs (x);
  double y;

  if (a < 1e-4) /* the sum below would lose the digits of a */
    y = a - a * a * a / 6.0;
  else
    y = fixed_log (a + sqrt (a * a + 1.0));
  return x < 0.0 ? -y : y;
}

static double
fixed_sinh (double t)
{
  double a = genesis_sdk_exp (t);

  return 0.5 * (a - 1.0 / a);
}

static uint32_t
make_unit_cells (int64_t lo, uint64_t width, int64_t *starts)
{
  for (uint64_t i = 0; i <= width; i++)
    starts[i] = lo + (int64_t)i;
  return (uint32_t)(width + 1);
}

static uint32_t
make_equal_cells (int64_t lo, uint64_t width, uint32_t max_cells, int64_t *starts)
{
  for (uint32_t i = 0; i < max_cells; i++)
    {
      genesis_wide part = ((genesis_wide)width + 1) * i;

      starts[i] = (int64_t)((uint64_t)lo + (uint64_t)(part / max_cells));
    }
  return max_cells;
}

static uint32_t
make_asinh_cells (int64_t lo, int64_t hi, double origin, uint32_t max_cells, int64_t *starts)
{
  double from = genesis_sdk_asinh (((double)lo + origin) / SCALE);
  double to = genesis_sdk_asinh (((double)hi + origin + 1.0) / SCALE);
  uint32_t n = 1;

  starts[0] = lo;
  for (uint32_t i = 1; i < max_cells; i++)
    {
      double edge = ceil (SCALE * fixed_sinh (from + (to - from) * i / max_cells) - origin);

      if (edge >= (double)hi || edge >= 0x1p63)
        break;
      if (edge > (double)starts[n - 1] && (int64_t)edge > starts[n - 1])
        starts[n++] = (int64_t)edge;
    }
  return n;
}

uint32_t
genesis_sdk_cells_make (int64_t lo, int64_t hi, double origin, uint32_t max_cells, int64_t *starts)
{
  uint64_t width = (uint64_t)hi - (uint64_t)lo;
  double near = (double)lo + origin, far = (double)hi + origin;
  double distance = near > 0.0 ? near : far < 0.0 ? -far : 0.0;

  if (width < max_cells)
    return make_unit_cells (lo, width, starts);
  if (!(distance < STRAIGHT * (double)width))
    return make_equal_cells (lo, width, max_cells, starts);
  return make_asinh_cells (lo, hi, origin, max_cells, starts);
}
