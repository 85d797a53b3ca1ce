/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-stream-private.h"

#include <math.h>
#include <string.h>

/*
 * Standard normal numbers by the ziggurat of Marsaglia and Tsang, J. Stat. Soft. 5(8) 2000, with
 * layer, sign and place from separate bits of one draw (the correction of Doornik 2005) and the
 * exact tail of Marsaglia 1964.
 *
 * f (x) = exp (-x^2 / 2) on x >= 0 is covered by 256 layers of equal area V. Layer i reaches from f
 * (x_i) up to f (x_{i+1}) and is x_i wide; x_1 = R, x_256 = 0; layer 0 is the strip below f (R)
 * together with the tail, as wide as x_0 = V / f (R) would be if it were a rectangle.
 *
 * Order of draws, part of the file format of a seed: one u64 an attempt (bits 0-7 layer, 8 sign,
 * 12-63 place); if the place is outside the core of a layer > 0, one more u64 for the height; in
 * layer 0, pairs of u64 until the tail accepts. Nothing is drawn ahead: n numbers at once are the
 * same as n single ones.
 */

#define LAYERS     256
#define R          3.6541528853610088
#define PLACE_BITS 52

static double layer_x[LAYERS + 1]; /* x_i */
static double layer_f[LAYERS + 1]; /* f (x_i) */
static double layer_step[LAYERS];  /* x_i 2^-52, the width of one place */
static guint64 layer_core[LAYERS]; /* places below lie under the curve whatever the height */

static gpointer
fill_layers (gpointer unused)
{
  double f_r = exp (-0.5 * R * R);
  double v = R * f_r + sqrt (M_PI_2) * erfc (R * M_SQRT1_2);

  layer_x[0] = v / f_r;
  layer_x[1] = R;
  for (int i = 1; i < LAYERS - 1; i++)
    layer_x[i + 1] = sqrt (-2 * log (v / layer_x[i] + exp (-0.5 * layer_x[i] * layer_x[i])));
  layer_x[LAYERS] = 0;
  for (int i = 0; i <= LAYERS; i++)
    layer_f[i] = exp (-0.5 * layer_x[i] * layer_x[i]);
  for (int i = 0; i < LAYERS; i++)
    {
      layer_step[i] = layer_x[i] * 0x1p-52;
      layer_core[i] = (guint64)floor (layer_x[i + 1] / layer_x[i]
                                      * (double)(G_GUINT64_CONSTANT (1) << PLACE_BITS));
    }
  return NULL;
}

/* Draws that are still to be handed out, in order. */
typedef struct
{
  GenesisStream *stream;
  guint64 bits[256];
  gsize at, n;
} Draws;

static inline guint64
next_draw (Draws *draws)
{
  return draws->at < draws->n ? draws->bits[draws->at++] : genesis_stream_u64 (draws->stream);
}

static double
next_uniform (Draws *draws)
{
  return ((double)(gint64)(next_draw (draws) >> 12) + 0.5) * 0x1p-52;
}

/* |Z| given |Z| > R. */
static double
draw_tail (Draws *draws)
{
  double x, y;

  do
    {
      x = -log (next_uniform (draws)) / R;
      y = -log (next_uniform (draws));
    }
  while (2 * y < x * x);
  return R + x;
}

/* Bit 8 of a draw becomes the sign of x, which is positive. */
static inline double
with_sign (double x, guint64 bits)
{
  guint64 image;

  memcpy (&image, &x, sizeof image);
  image |= (bits & 0x100) << 55;
  memcpy (&x, &image, sizeof x);
  return x;
}

static inline double
place_in_layer (guint64 bits)
{
  return ((double)(gint64)(bits >> 12) + 0.5) * layer_step[bits & 0xff];
}

/* The rest of an attempt that missed the core of its layer; false: reject it. */
static gboolean
finish_attempt (Draws *draws, guint64 bits, double *z)
{
  guint layer = bits & 0xff;
  double x = place_in_layer (bits);

  if (layer == 0)
    {
      *z = with_sign (draw_tail (draws), bits);
      return TRUE;
    }
  *z = with_sign (x, bits);
  return layer_f[layer] + next_uniform (draws) * (layer_f[layer + 1] - layer_f[layer])
         < exp (-0.5 * x * x);
}

/*
 * genesis_stream_fill_normal:
 *
 * Each number takes at least one draw, so that fetching as many draws as numbers are missing never
 * takes too many.
 */
void
genesis_stream_fill_normal (GenesisStream *self, double *out, gsize n)
{
  static GOnce once = G_ONCE_INIT;
  Draws draws;

  g_once (&once, fill_layers, NULL);
  draws.stream = self;
  while (n > 0)
    {
      draws.at = 0;
      draws.n = MIN (n, G_N_ELEMENTS (draws.bits));
      genesis_stream_fill_u64 (self, draws.bits, draws.n);
      while (draws.at < draws.n)
        {
          guint64 bits = draws.bits[draws.at++];

          if (G_LIKELY (bits >> 12 < layer_core[bits & 0xff]))
            *out = with_sign (place_in_layer (bits), bits);
          else if (!finish_attempt (&draws, bits, out))
            continue;
          out++;
          n--;
        }
    }
}
