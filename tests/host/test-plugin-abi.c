/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The header alone, without config.h or any other: compiled as C99 and, through
   test-plugin-abi-cpp.cpp, as C++11. What a struct of minor 0 held stays where it was on 64-bit
   machines, or plugins that exist break. */
#include <genesis/plugin-abi.h>

#include <stdio.h>

typedef struct
{
  const char *what;
  size_t is, was;
} Frozen;

#define SIZE(T, was)                                                                               \
  {                                                                                                \
    "size of genesis_abi_" #T, sizeof (genesis_abi_##T), was                                       \
  }
#define PLACE(T, f, was)                                                                           \
  {                                                                                                \
    "place of genesis_abi_" #T "." #f, offsetof (genesis_abi_##T, f), was                          \
  }

static const Frozen frozen[] = {
  SIZE (field, 80),
  PLACE (field, categories, 56),
  PLACE (field, ihi, 72),
  SIZE (schema, 16),
  SIZE (column, 32),
  PLACE (column, validity_bit0, 24),
  SIZE (table, 24),
  PLACE (table, columns, 16),
  SIZE (column_out, 24),
  PLACE (column_out, present, 16),
  SIZE (table_out, 32),
  PLACE (table_out, first_row, 24),
  SIZE (block_spec, 80),
  PLACE (block_spec, sensitivity, 40),
  PLACE (block_spec, group_share, 72),
  SIZE (block, 40),
  PLACE (block, shift, 32),
  SIZE (blocks, 16),
  SIZE (sums, 24),
  PLACE (sums, cells, 16),
  SIZE (plan, 40),
  PLACE (plan, specs, 24),
  PLACE (plan, budget_share, 32),
  SIZE (session, 80),
  PLACE (session, n_max, 40),
  PLACE (session, run_id, 64),
  SIZE (param_spec, 80),
  PLACE (param_spec, def_text, 72),
  SIZE (value, 8),
  SIZE (config, 16),
  SIZE (rng, 48),
  PLACE (rng, split, 40),
  SIZE (host, 112),
  PLACE (host, alloc, 56),
  PLACE (host, parallel, 88),
  PLACE (host, extension, 104),
  SIZE (generator, 56),
  PLACE (generator, sample, 48),
  SIZE (partial, 32),
  PLACE (partial, blocks, 24),
  SIZE (cost, 32),
  PLACE (cost, clip, 24),
  SIZE (aggregator, 48),
  PLACE (aggregator, close, 40),
  SIZE (plugin, 112),
  PLACE (plugin, params, 80),
  PLACE (plugin, extension, 104),
  SIZE (module, 32),
  PLACE (module, plugins, 24),
};

int
main (void)
{
  const unsigned n = sizeof frozen / sizeof *frozen;
  unsigned failed = 0;

  if (sizeof (void *) != 8)
    {
      printf ("1..0 # SKIP sizes are frozen for 64-bit machines\n");
      return 0;
    }
  printf ("1..%u\n", n);
  for (unsigned i = 0; i < n; i++)
    {
      int is_fine = frozen[i].is == frozen[i].was;

      printf ("%s %u - %s\n", is_fine ? "ok" : "not ok", i + 1, frozen[i].what);
      if (!is_fine)
        {
          printf ("# is %lu, was %lu\n", (unsigned long)frozen[i].is, (unsigned long)frozen[i].was);
          failed++;
        }
    }
  return failed > 0;
}
