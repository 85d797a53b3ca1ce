/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-rows-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-schema-rules-private.h"
#include "federation/genesis-pass-sum-private.h"

struct _GenesisSiteRows
{
  GenesisSource *source;
  GenesisSchema *schema;

  GMutex lock;   /* of those that follow */
  gint64 n_rows; /* of the first pass, -1 before it */
  guint64 sum;
  guint64 *breaches; /* of each constraint: rows of the count that break it */
};

GenesisSiteRows *
genesis_site_rows_new (GenesisSource *source, GenesisSchema *schema)
{
  GenesisSiteRows *self = g_new0 (GenesisSiteRows, 1);

  self->source = g_object_ref (source);
  self->schema = g_object_ref (schema);
  self->n_rows = -1;
  self->breaches = g_new0 (guint64, genesis_schema_get_n_constraints (schema) + 1);
  g_mutex_init (&self->lock);
  return self;
}

void
genesis_site_rows_free (GenesisSiteRows *self)
{
  g_clear_object (&self->source);
  g_clear_object (&self->schema);
  g_mutex_clear (&self->lock);
  g_free (self->breaches);
  g_free (self);
}

typedef struct
{
  GenesisPassSum sum;
  const GenesisRowConstraintSet *constraints; /* or NULL */
  guint64 *breaches;
} Count;

static gboolean
count_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  Count *count = user_data;

  genesis_pass_sum_add (&count->sum, chunk);
  if (count->constraints != NULL)
    genesis_row_constraint_set_check (count->constraints, chunk, NULL, count->breaches);
  return TRUE;
}

gint64
genesis_site_rows_count (GenesisSiteRows *self, GCancellable *cancellable, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const guint n_constraints = genesis_schema_get_n_constraints (self->schema);
  g_autofree guint64 *breaches = g_new0 (guint64, n_constraints + 1);
  Count count = { { 0 }, genesis_schema_get_constraint_set (self->schema), breaches };

  if (self->n_rows >= 0)
    return self->n_rows;
  if (!genesis_source_foreach_chunk (self->source, self->schema, count_chunk, &count, cancellable,
                                     error))
    return -1;
  self->n_rows = (gint64)count.sum.n_rows;
  self->sum = count.sum.sum;
  g_free (self->breaches);
  self->breaches = g_steal_pointer (&breaches);
  return self->n_rows;
}

gboolean
genesis_site_rows_foreach_chunk (GenesisSiteRows *self, GenesisChunkFunc func, gpointer user_data,
                                 GCancellable *cancellable, GError **error)
{
  return genesis_source_foreach_chunk (self->source, self->schema, func, user_data, cancellable,
                                       error);
}

char **
genesis_site_rows_dup_notices (GenesisSiteRows *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const GenesisRowConstraintSet *set = genesis_schema_get_constraint_set (self->schema);
  g_autofree char **read = genesis_source_dup_notices (self->source);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; read[i] != NULL; i++)
    g_ptr_array_add (lines, read[i]);
  for (guint i = 0; set != NULL && i < set->n; i++)
    {
      g_autofree char *label = genesis_row_constraint_set_dup_label (set, i);

      if (self->breaches[i] > 0)
        g_ptr_array_add (lines, g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GINT64_FORMAT
                                                 " rows break %s",
                                                 self->breaches[i], self->n_rows, label));
    }
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_steal (lines, NULL);
}

/* Rounds ask the same rows: answers of others would make a model of neither. The first pass over
   the rows says which they are. */
static gboolean
check_same_rows (GenesisSiteRows *self, const GenesisPassSum *pass, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->n_rows < 0)
    {
      self->n_rows = (gint64)pass->n_rows;
      self->sum = pass->sum;
    }
  if ((guint64)self->n_rows != pass->n_rows)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                 "its rows changed while it takes part: %" G_GINT64_FORMAT
                 " were counted, %" G_GUINT64_FORMAT
                 " are there now; start a new run with a new site",
                 self->n_rows, pass->n_rows);
  else if (self->sum != pass->sum)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                 "its rows changed while it takes part: there are %" G_GINT64_FORMAT
                 " as before, and not the same ones; start a new run with a new site",
                 self->n_rows);
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  GenesisGenerator *generator;
  GenesisBlocks *state;
  GenesisPlan *plan;
  GenesisBlocks *sums;
  GCancellable *cancellable;
  GenesisProgressPart *part;
  GenesisPassSum rows;
  guint64 chunk_rows; /* of the chunk at hand */
} Pass;

/* The plugin's words are about one chunk of many, and not told. */
static void
note_fraction (double fraction, const char *what, gpointer user_data)
{
  Pass *pass = user_data;

  genesis_progress_part_reach (pass->part, pass->rows.n_rows - pass->chunk_rows
                                               + (guint64)(fraction * (double)pass->chunk_rows));
}

static gboolean
measure_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  Pass *pass = user_data;

  pass->chunk_rows = genesis_table_get_n_rows (chunk);
  genesis_pass_sum_add (&pass->rows, chunk);
  if (!genesis_generator_measure (pass->generator, pass->state, pass->plan, chunk, pass->sums,
                                  pass->cancellable, error))
    return FALSE;
  genesis_progress_part_reach (pass->part, pass->rows.n_rows);
  return TRUE;
}

GenesisBlocks *
genesis_site_rows_measure (GenesisSiteRows *self, GenesisGenerator *generator, GenesisBlocks *state,
                           GenesisPlan *plan, guint64 *n_rows, GenesisProgressPart *part,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  Pass pass = { generator, state, plan, sums, cancellable, part, { 0 }, 0 };
  gboolean done;

  genesis_generator_set_progress (generator, note_fraction, &pass);
  done = genesis_source_foreach_chunk (self->source, self->schema, measure_chunk, &pass,
                                       cancellable, error);
  genesis_generator_set_progress (generator, NULL, NULL);
  if (!done || !check_same_rows (self, &pass.rows, error))
    return NULL;
  if (n_rows != NULL)
    *n_rows = pass.rows.n_rows;
  return g_steal_pointer (&sums);
}
