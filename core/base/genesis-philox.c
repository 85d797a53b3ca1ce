/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-philox-private.h"

#ifdef __x86_64__
#include <immintrin.h>

/* Eight blocks at a time: each 64-bit lane holds one 32-bit word, so that the widening product is
   one instruction. */
#define STEP 8

__attribute__ ((target ("avx2"))) static inline __m256i
positions (guint64 first)
{
  return _mm256_add_epi64 (_mm256_set1_epi64x ((gint64)first), _mm256_set_epi64x (3, 2, 1, 0));
}

/* The 128 bits of four blocks, one after the other. The upper halves of the lanes of a hold
   leftovers. */
__attribute__ ((target ("avx2"))) static inline void
store_blocks (const __m256i a[4], guint64 *out)
{
  const __m256i low = _mm256_set1_epi64x (0xffffffff);
  __m256i first = _mm256_or_si256 (_mm256_and_si256 (a[0], low), _mm256_slli_epi64 (a[1], 32));
  __m256i second = _mm256_or_si256 (_mm256_and_si256 (a[2], low), _mm256_slli_epi64 (a[3], 32));
  __m256i even = _mm256_unpacklo_epi64 (first, second);
  __m256i odd = _mm256_unpackhi_epi64 (first, second);

  _mm256_storeu_si256 ((gpointer)out, _mm256_permute2x128_si256 (even, odd, 0x20));
  _mm256_storeu_si256 ((gpointer)(out + 4), _mm256_permute2x128_si256 (even, odd, 0x31));
}

__attribute__ ((target ("avx2"))) static inline void
do_round (__m256i a[4], __m256i k0, __m256i k1)
{
  __m256i p0 = _mm256_mul_epu32 (a[0], _mm256_set1_epi64x (GENESIS_PHILOX_M0));
  __m256i p1 = _mm256_mul_epu32 (a[2], _mm256_set1_epi64x (GENESIS_PHILOX_M1));

  a[0] = _mm256_xor_si256 (_mm256_xor_si256 (_mm256_srli_epi64 (p1, 32), a[1]), k0);
  a[2] = _mm256_xor_si256 (_mm256_xor_si256 (_mm256_srli_epi64 (p0, 32), a[3]), k1);
  a[1] = p1;
  a[3] = p0;
}

__attribute__ ((target ("avx2"))) static gsize
fill_avx2 (const guint32 key[2], const guint32 stream[2], guint64 position, guint64 *out, gsize n)
{
  gsize done = 0;

  for (; n - done >= STEP; done += STEP)
    {
      guint32 k0 = key[0], k1 = key[1];
      __m256i a[2][4];

      for (int half = 0; half < 2; half++)
        {
          a[half][0] = positions (position + done + 4 * (guint64)half);
          a[half][1] = _mm256_srli_epi64 (a[half][0], 32);
          a[half][2] = _mm256_set1_epi64x (stream[0]);
          a[half][3] = _mm256_set1_epi64x (stream[1]);
        }
      for (int round = 0; round < GENESIS_PHILOX_ROUNDS; round++)
        {
          do_round (a[0], _mm256_set1_epi64x (k0), _mm256_set1_epi64x (k1));
          do_round (a[1], _mm256_set1_epi64x (k0), _mm256_set1_epi64x (k1));
          k0 += GENESIS_PHILOX_W0;
          k1 += GENESIS_PHILOX_W1;
        }
      store_blocks (a[0], out + 2 * done);
      store_blocks (a[1], out + 2 * done + 8);
    }
  return done;
}

static gsize
fill_wide (const guint32 key[2], const guint32 stream[2], guint64 position, guint64 *out, gsize n)
{
  return __builtin_cpu_supports ("avx2") ? fill_avx2 (key, stream, position, out, n) : 0;
}
#else
static gsize
fill_wide (const guint32 key[2], const guint32 stream[2], guint64 position, guint64 *out, gsize n)
{
  return 0;
}
#endif

/*
 * genesis_philox_fill:
 * @out: 2 n numbers
 *
 * n blocks from position on. Integers only, so that every path gives the same bits.
 */
void
genesis_philox_fill (const guint32 key[2], const guint32 stream[2], guint64 position, guint64 *out,
                     gsize n)
{
  for (gsize i = fill_wide (key, stream, position, out, n); i < n; i++)
    {
      const guint32 counter[4] = { (guint32)(position + i), (guint32)((position + i) >> 32),
                                   stream[0], stream[1] };
      guint32 block[4];

      genesis_philox_block (key, counter, block);
      out[2 * i] = block[0] | (guint64)block[1] << 32;
      out[2 * i + 1] = block[2] | (guint64)block[3] << 32;
    }
}
