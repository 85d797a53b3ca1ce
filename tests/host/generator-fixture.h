/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One generator of a plugin file at a time, with the steps of a run. */
#include "host/genesis-generator-private.h"

#include "plugin-fixture.h"

typedef struct
{
  GenesisPluginHost *host;
  GenesisSchema *schema;
  genesis_abi_session session;
} Fixture;

static inline void
set_up (Fixture *f, gconstpointer unused)
{
  f->host = genesis_plugin_host_new ();
  f->schema = make_schema ();
  f->session = make_session ();
}

static inline void
tear_down (Fixture *f, gconstpointer unused)
{
  GenesisPlugin *plugin =
      load_plugin (f->host, "tally", "org.example.tally"); /* usable whatever was before */
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (plugin, &f->session, f->schema, NULL, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (generator);
  g_object_unref (f->host);
  g_object_unref (f->schema);
}

static inline GenesisGenerator *
create (Fixture *f, const char *file, const char *id, guint threads)
{
  g_autoptr (GError) error = NULL;
  GenesisGenerator *generator = genesis_generator_new (load_plugin (f->host, file, id), &f->session,
                                                       f->schema, NULL, threads, &error);

  g_assert_no_error (error);
  return generator;
}

static inline GenesisGenerator *
create_tally (Fixture *f)
{
  return create (f, "tally", "org.example.tally", 2);
}

static inline GenesisPlan *
plan_next (GenesisGenerator *generator, GenesisBlocks *state)
{
  g_autoptr (GError) error = NULL;
  gboolean finished;
  GenesisPlan *plan = genesis_generator_plan (generator, state, &finished, &error);

  g_assert_no_error (error);
  g_assert_true (finished == (plan == NULL));
  return plan;
}

/* The sums of rows [first, first + n) */
static inline GenesisBlocks *
measure (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan, GenesisTable *table,
         guint64 first, guint64 n, GenesisBlocks *into)
{
  g_autoptr (GenesisTable) chunk = genesis_table_slice (table, first, n);
  g_autoptr (GError) error = NULL;

  if (into == NULL)
    into = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_generator_measure (generator, state, plan, chunk, into, NULL, &error);
  g_assert_no_error (error);
  return into;
}

static inline GenesisBlocks *
absorb (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan, GenesisBlocks *total)
{
  g_autoptr (GError) error = NULL;
  GenesisBlocks *next =
      genesis_generator_absorb (generator, state, state, plan, total, NULL, &error);

  g_assert_no_error (error);
  return next;
}

static inline GenesisBlocks *
train (GenesisGenerator *generator, GenesisTable *table)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();

  for (;;)
    {
      g_autoptr (GenesisPlan) plan = plan_next (generator, state);
      g_autoptr (GenesisBlocks) total = NULL;
      GenesisBlocks *next;

      if (plan == NULL)
        return g_steal_pointer (&state);
      total = measure (generator, state, plan, table, 0, genesis_table_get_n_rows (table), NULL);
      next = absorb (generator, state, plan, total);
      genesis_blocks_unref (state);
      state = next;
    }
}

static inline GenesisTable *
sample (Fixture *f, GenesisGenerator *generator, GenesisBlocks *state, guint64 seed, guint64 n)
{
  GenesisTable *table = genesis_table_new (f->schema, n);
  g_autoptr (GError) error = NULL;
  GenesisStream stream;

  genesis_stream_init_chunk (&stream, seed, "org.example.tally", NULL, 0);
  genesis_generator_sample (generator, state, &stream, 0, table, NULL, &error);
  g_assert_no_error (error);
  return table;
}

static inline void
assert_not_created (Fixture *f, const char *file, const char *id, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  GenesisGenerator *generator = genesis_generator_new (load_plugin (f->host, file, id), &f->session,
                                                       f->schema, NULL, 1, &error);

  g_assert_null (generator);
  assert_message (error, GENESIS_ERROR, code, part);
}
