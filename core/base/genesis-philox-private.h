/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
   2011: a keyed bijection of 128-bit counters. Key and counter are little end first, as in
   Random123. */

#define GENESIS_PHILOX_M0     0xd2511f53u
#define GENESIS_PHILOX_M1     0xcd9e8d57u
#define GENESIS_PHILOX_W0     0x9e3779b9u
#define GENESIS_PHILOX_W1     0xbb67ae85u
#define GENESIS_PHILOX_ROUNDS 10

static inline void
genesis_philox_block (const guint32 key[2], const guint32 counter[4], guint32 out[4])
{
  guint32 k0 = key[0], k1 = key[1];
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];

  for (int round = 0; round < GENESIS_PHILOX_ROUNDS; round++)
    {
      guint64 p0 = (guint64)GENESIS_PHILOX_M0 * c0;
      guint64 p1 = (guint64)GENESIS_PHILOX_M1 * c2;

      c0 = (guint32)(p1 >> 32) ^ c1 ^ k0;
      c1 = (guint32)p1;
      c2 = (guint32)(p0 >> 32) ^ c3 ^ k1;
      c3 = (guint32)p0;
      k0 += GENESIS_PHILOX_W0;
      k1 += GENESIS_PHILOX_W1;
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

void genesis_philox_fill (const guint32 key[2], const guint32 stream[2], guint64 position,
                          guint64 *out, gsize n);
