/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-pattern.h"

uint32_t
copula_pattern_hash (const uint64_t *mask, uint32_t words, uint32_t exact)
{
  uint64_t hash = 0;

  if (exact)
    return (uint32_t)mask[0];
  for (uint32_t w = 0; w < words; w++)
    {
      /* the finaliser of SplitMix64 (Steele, Lea, Flood 2014) */
      hash += mask[w] + UINT64_C (0x9e3779b97f4a7c15);
      hash = (hash ^ (hash >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
      hash = (hash ^ (hash >> 27)) * UINT64_C (0x94d049bb133111eb);
      hash ^= hash >> 31;
    }
  return (uint32_t)(hash & (COPULA_PATTERN_CELLS - 1));
}

uint32_t
copula_pattern_keep (const int64_t *counts, uint32_t n_cells, int64_t *kept)
{
  uint32_t n = 0;

  for (uint32_t cell = 0; cell < n_cells; cell++)
    {
      uint32_t at = n;

      if (counts[cell] <= 0)
        continue;
      while (at > 0 && counts[kept[at - 1]] < counts[cell])
        at--;
      if (at == COPULA_PATTERN_KEPT)
        continue;
      n += n < COPULA_PATTERN_KEPT;
      for (uint32_t i = n - 1; i > at; i--)
        kept[i] = kept[i - 1];
      kept[at] = cell;
    }
  return n;
}

uint32_t
copula_pattern_nearest (const uint64_t *mask, const int64_t *masks, uint32_t n, uint32_t words)
{
  uint32_t best = 0, least = UINT32_MAX;

  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t distance = 0;

      for (uint32_t w = 0; w < words; w++)
        distance += (uint32_t)__builtin_popcountll (mask[w] ^ (uint64_t)masks[i * words + w]);
      if (distance < least)
        {
          least = distance;
          best = i;
        }
    }
  return best;
}
