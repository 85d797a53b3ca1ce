/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-chunk-private.h"

#include "base/genesis-stream-private.h"
#include "data/genesis-table-private.h"
#include "federation/genesis-constrained-rows-private.h"

/* Children of a chunk's stream that a generator never asks for: it numbers its own from 0. */
#define FIRST_REDRAW (G_GUINT64_CONSTANT (1) << 63)

/* Which site gives which row of a chunk. */
typedef struct
{
  guint32 *site_of_row;
  guint64 *n_rows; /* of each site */
} Deal;

static void
deal_clear (Deal *deal)
{
  g_free (deal->site_of_row);
  g_free (deal->n_rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Deal, deal_clear)

/* The first site whose end is above the place; sites without rows have the end of the one before
   and are never found. */
static guint
find_site (const guint64 *ends, guint n_sites, guint64 place)
{
  guint low = 0, high = n_sites - 1;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (ends[middle] > place)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

static void
deal_rows (GenesisDrawing *self, guint64 first_row, guint64 n_rows, Deal *deal)
{
  guint n_sites = self->model->sites->len;

  deal->site_of_row = g_new (guint32, n_rows);
  deal->n_rows = g_new0 (guint64, n_sites);
  for (guint64 row = 0; row < n_rows; row++)
    {
      guint64 place = genesis_permutation_apply (&self->permutation, first_row + row);
      guint site = find_site (self->ends, n_sites, place);

      deal->site_of_row[row] = site;
      deal->n_rows[site]++;
    }
}

/* The rows of a chunk so far, and those that a call is about to add to them. */
typedef struct
{
  GenesisProgressPart part;
  guint64 n_drawn, n_asked;
} Drawn;

static void
note_fraction (double fraction, const char *what, gpointer user_data)
{
  Drawn *drawn = user_data;

  genesis_progress_part_reach (&drawn->part,
                               drawn->n_drawn + (guint64)(fraction * (double)drawn->n_asked));
}

/* Whose rows of a chunk are drawn, site "" being the pooled model. */
typedef struct
{
  GenesisDrawing *self;
  GenesisGenerator *generator;
  GenesisBlocks *state;
  const char *site;
  guint64 chunk;
  Drawn *drawn;
  GCancellable *cancellable;
} Sampling;

static GenesisTable *
sample_stream (const Sampling *sampling, GenesisStream *stream, guint64 n_rows, GError **error)
{
  g_autoptr (GenesisTable) table = genesis_table_new (sampling->self->model->schema, n_rows);

  if (!genesis_generator_sample (sampling->generator, sampling->state, stream,
                                 sampling->chunk * GENESIS_CHUNK_ROWS, table, sampling->cancellable,
                                 error))
    return NULL;
  return g_steal_pointer (&table);
}

/* Rows of another stream for those that break a constraint: a function of the same seed, site and
   chunk, so that any chunk can still be made alone. */
static GenesisTable *
redraw (guint attempt, guint64 n_rows, gpointer user_data, GError **error)
{
  const Sampling *sampling = user_data;
  GenesisStream chunk, again;

  if (g_cancellable_set_error_if_cancelled (sampling->cancellable, error))
    return NULL;
  genesis_stream_init_chunk (&chunk, sampling->self->seed, sampling->self->model->generator,
                             sampling->site, sampling->chunk);
  genesis_stream_split (&chunk, FIRST_REDRAW + attempt, &again);
  return sample_stream (sampling, &again, n_rows, error);
}

/* The rows of one chunk that one state gives. */
static GenesisTable *
sample (GenesisDrawing *self, GenesisGenerator *generator, GenesisBlocks *state, const char *site,
        guint64 chunk, guint64 n_rows, Drawn *drawn, GCancellable *cancellable, GError **error)
{
  Sampling sampling = { self, generator, state, site, chunk, drawn, cancellable };
  GenesisConstrainedRows constrained = { 0 };
  GenesisTable *table;
  GenesisStream stream;

  drawn->n_asked = n_rows;
  genesis_stream_init_chunk (&stream, self->seed, self->model->generator, site, chunk);
  genesis_generator_set_progress (generator, note_fraction, drawn);
  table = sample_stream (&sampling, &stream, n_rows, error);
  genesis_generator_set_progress (generator, NULL, NULL);
  if (table != NULL)
    table = genesis_constrained_rows_keep (&constrained, table, redraw, &sampling, error);
  if (table == NULL)
    return NULL;
  drawn->n_drawn += n_rows;
  genesis_progress_part_reach (&drawn->part, drawn->n_drawn);
  g_atomic_pointer_add (&self->n_mended, (gssize)constrained.n_mended);
  g_atomic_pointer_add (&self->n_redrawn, (gssize)constrained.n_redrawn);

  return table;
}

static GPtrArray *
sample_sites (GenesisDrawing *self, GenesisGenerator *generator, guint64 chunk, const Deal *deal,
              Drawn *drawn, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->model->sites->len; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (self->model->sites, i);
      GenesisTable *table;

      if (deal->n_rows[i] == 0)
        continue;
      table = sample (self, generator, site->state, site->name, chunk, deal->n_rows[i], drawn,
                      cancellable, error);
      if (table == NULL)
        {
          g_prefix_error (error, "site '%s': ", site->name);
          return NULL;
        }
      g_ptr_array_add (tables, table);
    }

  return g_steal_pointer (&tables);
}

/* The sites' rows lie one site after the other; each site's go, in order, where its rows of the
   chunk are. */
static GenesisTable *
interleave (GenesisDrawing *self, GPtrArray *tables, guint64 n_rows, const Deal *deal)
{
  guint n_sites = self->model->sites->len;
  g_autofree guint64 *next = g_new (guint64, n_sites);
  g_autofree guint64 *places = g_new (guint64, n_rows);
  g_autoptr (GenesisTable) whole = NULL;
  guint64 start = 0;

  for (guint i = 0; i < n_sites; i++)
    {
      next[i] = start;
      start += deal->n_rows[i];
    }
  for (guint64 row = 0; row < n_rows; row++)
    places[row] = next[deal->site_of_row[row]]++;
  whole = genesis_table_concat (self->model->schema, tables);
  g_ptr_array_set_size (tables, 0);

  return genesis_table_take_rows (whole, places, n_rows);
}

static const char **
name_rows (GenesisDrawing *self, guint64 n_rows, const Deal *deal)
{
  const char **names = g_new (const char *, n_rows);

  for (guint64 row = 0; row < n_rows; row++)
    {
      const GenesisModelSite *site = g_ptr_array_index (self->model->sites, deal->site_of_row[row]);

      names[row] = site->name;
    }

  return names;
}

GenesisTable *
genesis_drawing_draw_chunk (GenesisDrawing *self, GenesisGenerator *generator, guint64 chunk,
                            GCancellable *cancellable, const char ***site_of_row, GError **error)
{
  guint64 first_row = chunk * GENESIS_CHUNK_ROWS;
  guint64 n_rows = MIN (GENESIS_CHUNK_ROWS, self->n_rows - first_row);
  g_auto (Deal) deal = { NULL };
  g_autoptr (GPtrArray) tables = NULL;
  Drawn drawn = { { self->progress, n_rows, 0 }, 0, 0 };

  if (site_of_row != NULL)
    *site_of_row = NULL;
  if (self->ends == NULL)
    return sample (self, generator, self->model->state, "", chunk, n_rows, &drawn, cancellable,
                   error);

  deal_rows (self, first_row, n_rows, &deal);
  tables = sample_sites (self, generator, chunk, &deal, &drawn, cancellable, error);
  if (tables == NULL)
    return NULL;
  if (site_of_row != NULL)
    *site_of_row = name_rows (self, n_rows, &deal);
  if (tables->len == 1)
    return g_object_ref (g_ptr_array_index (tables, 0));

  return interleave (self, tables, n_rows, &deal);
}
