/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>

#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-table-private.h"
#include "federation/genesis-drawing-private.h"
#include "federation/genesis-federated-generator-private.h"
#include "federation/genesis-session-private.h"
#include "federation/genesis-site-weights-private.h"
#include "host/genesis-arena-private.h"

/* One call of generate, with what it needs of the object. */
typedef struct
{
  guint64 n_rows, seed;
  guint threads;
  GenesisStrategy strategy;
  GHashTable *weights; /* site name -> double *, or NULL */
  GenesisModel *model;
  GenesisPlugin *plugin;
  GMainContext *context; /* where signals of an asynchronous call go; NULL: emitted at once */
} Generation;

static void
generation_free (Generation *generation)
{
  g_clear_pointer (&generation->weights, g_hash_table_unref);
  g_clear_pointer (&generation->model, genesis_model_unref);
  g_clear_object (&generation->plugin);
  g_clear_pointer (&generation->context, g_main_context_unref);
  g_free (generation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Generation, generation_free)

/* Weights belong to strategy weighted alone: anywhere else they would be accepted and ignored. */
static gboolean
check_weights (GenesisFederatedGenerator *self, Generation *generation, GError **error)
{
  if (generation->strategy != GENESIS_STRATEGY_WEIGHTED)
    {
      if (generation->weights == NULL)
        return TRUE;
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "weights belong to strategy weighted; choose it, or leave the weights out");
      return FALSE;
    }
  if (generation->weights == NULL)
    generation->weights = genesis_federated_generator_ref_shares (self);
  if (generation->weights == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "strategy weighted needs a weight for every site; give weights, or call "
                   "set_site_weights");
      return FALSE;
    }
  return TRUE;
}

static Generation *
prepare (GenesisFederatedGenerator *self, guint64 n_rows, GenesisStrategy strategy,
         GVariant *weights, GError **error)
{
  g_autoptr (Generation) generation = g_new0 (Generation, 1);

  generation->n_rows = n_rows;
  generation->seed = self->seed;
  generation->threads = genesis_federated_generator_count_threads (self);
  generation->strategy = strategy;
  if (!genesis_site_weights_read (weights, &generation->weights, error))
    return NULL;
  generation->model = genesis_federated_generator_ref_model (self, "to draw from", error);
  if (generation->model == NULL || !check_weights (self, generation, error))
    return NULL;
  generation->plugin = genesis_session_lookup_plugin (self->host, generation->model->generator,
                                                      GENESIS_PLUGIN_KIND_GENERATOR, error);
  if (generation->plugin == NULL)
    return NULL;
  return g_steal_pointer (&generation);
}

static GenesisDrawing *
start_drawing (const Generation *generation, GError **error)
{
  return genesis_drawing_new (generation->model, generation->plugin, generation->n_rows,
                              generation->strategy, generation->weights, generation->seed,
                              generation->threads, error);
}

typedef struct
{
  GenesisFederatedGenerator *self;
  GMainContext *context;
} Caller;

static void
tell_progress (const char *what, double share, gpointer user_data)
{
  const Caller *caller = user_data;

  genesis_federated_generator_emit_progress (caller->self, what, share, caller->context);
}

static gboolean
draw (GenesisFederatedGenerator *self, const Generation *generation, GenesisDrawing *drawing,
      GenesisDrawnChunkFunc func, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisFederatedGenerator) kept = g_object_ref (self); /* whatever a handler drops */
  Caller caller = { kept, generation->context };
  g_autoptr (GenesisProgress) progress = genesis_progress_new (tell_progress, &caller);
  gboolean done;

  genesis_drawing_set_progress (drawing, progress);
  done = genesis_drawing_foreach (drawing, func, user_data, cancellable, error);
  genesis_drawing_set_progress (drawing, NULL);
  return done;
}

static void
remember (GenesisFederatedGenerator *self, const Generation *generation, GenesisDrawing *drawing)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->generation.n_rows = generation->n_rows;
  self->generation.seed = generation->seed;
  self->generation.strategy = generation->strategy;
  self->generation.origin = g_intern_string (genesis_drawing_get_origin (drawing));
  self->generation.has_constraints =
      genesis_drawing_get_effort (drawing, &self->generation.n_mended, &self->generation.n_redrawn);
}

/* -- into a table ---------------------------------------------------------- */

typedef struct
{
  GenesisTable *table;
  guint64 n_filled;
} Filling;

static gsize
value_size (GenesisFieldKind kind)
{
  return kind == GENESIS_FIELD_KIND_CATEGORY || kind == GENESIS_FIELD_KIND_BOOLEAN
             ? sizeof (gint32)
             : sizeof (gint64);
}

static void
fill_column (Filling *filling, GenesisTable *chunk, guint column)
{
  const GenesisColumn *from = genesis_table_get_column (chunk, column);
  GenesisColumn *to = genesis_table_get_column (filling->table, column);
  const gsize size = value_size (genesis_field_get_kind (from->field));
  const guint64 n_rows = genesis_table_get_n_rows (chunk);

  if (n_rows > 0)
    memcpy ((char *)to->values + filling->n_filled * size, from->values, n_rows * size);
  if (from->validity == NULL)
    return;
  for (guint64 row = 0; row < n_rows; row++)
    if (!genesis_column_is_present (from, row))
      genesis_table_set_missing (filling->table, column, filling->n_filled + row);
}

static gboolean
fill_rows (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data, GError **error)
{
  Filling *filling = user_data;
  const guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (chunk));

  for (guint i = 0; i < n_columns; i++)
    fill_column (filling, chunk, i);
  filling->n_filled += genesis_table_get_n_rows (chunk);
  return TRUE;
}

/* A table that cannot be had must not end the process: what it would take is asked for once, and
   given back. */
static gboolean
check_memory (const Generation *generation, GError **error)
{
  const guint64 n_columns = genesis_schema_get_n_fields (generation->model->schema);
  const guint64 row_size = n_columns * (sizeof (gint64) + 1);
  gpointer probe = NULL;

  if (generation->n_rows <= GENESIS_ALLOCATION_MAX / row_size)
    probe = g_try_malloc (generation->n_rows * row_size + 1);
  if (probe == NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "%" G_GUINT64_FORMAT " rows do not fit into memory; draw fewer, or straight into "
                 "a file",
                 generation->n_rows);
  g_free (probe);
  return probe != NULL;
}

static GenesisTable *
generate (GenesisFederatedGenerator *self, const Generation *generation, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GenesisDrawing) drawing = start_drawing (generation, error);
  g_autoptr (GenesisTable) table = NULL;
  Filling filling = { NULL, 0 };

  if (drawing == NULL || !check_memory (generation, error))
    return NULL;
  table = genesis_table_new (generation->model->schema, generation->n_rows);
  filling.table = table;
  if (!draw (self, generation, drawing, fill_rows, &filling, cancellable, error))
    return NULL;
  remember (self, generation, drawing);
  return g_steal_pointer (&table);
}

/**
 * genesis_federated_generator_generate:
 * @self: a generator with a model
 * @n_rows: how many rows
 * @strategy: whose models draw them
 * @weights: (nullable): with strategy weighted, a dictionary of type `a{sd}` from site names to
 * weights; %NULL: those of genesis_federated_generator_set_site_weights()
 * @cancellable: (nullable): stops the call
 * @error: return location
 *
 * Draws synthetic rows. The same model, seed, strategy and number of rows give the same table, for
 * any number of threads.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with @error
 */
GenesisTable *
genesis_federated_generator_generate (GenesisFederatedGenerator *self, guint64 n_rows,
                                      GenesisStrategy strategy, GVariant *weights,
                                      GCancellable *cancellable, GError **error)
{
  g_autoptr (Generation) generation = NULL;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), NULL);
  generation = prepare (self, n_rows, strategy, weights, error);
  return generation != NULL ? generate (self, generation, cancellable, error) : NULL;
}

static void
generate_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GenesisTable *table = generate (source, data, cancellable, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * genesis_federated_generator_generate_async:
 * @self: a generator with a model
 * @n_rows: how many rows
 * @strategy: whose models draw them
 * @weights: (nullable): with strategy weighted, a dictionary of type `a{sd}` from site names to
 * weights
 * @cancellable: (nullable): stops the call
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * genesis_federated_generator_generate() on another thread. Signals are emitted in the caller's
 * thread-default main context, before @callback.
 */
void
genesis_federated_generator_generate_async (GenesisFederatedGenerator *self, guint64 n_rows,
                                            GenesisStrategy strategy, GVariant *weights,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Generation *generation;
  GError *error = NULL;

  g_return_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, genesis_federated_generator_generate_async);
  generation = prepare (self, n_rows, strategy, weights, &error);
  if (generation == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  generation->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, generation, (GDestroyNotify)generation_free);
  g_task_run_in_thread (task, generate_in_thread);
}

/**
 * genesis_federated_generator_generate_finish:
 * @self: a generator
 * @result: of the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with @error
 */
GenesisTable *
genesis_federated_generator_generate_finish (GenesisFederatedGenerator *self, GAsyncResult *result,
                                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- into a file ----------------------------------------------------------- */

typedef struct
{
  GenesisCsvWriter *writer;
  gboolean with_source;
} Writing;

static gboolean
write_rows (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data, GError **error)
{
  Writing *writing = user_data;

  return genesis_csv_writer_write (writing->writer, chunk,
                                   writing->with_source ? site_of_row : NULL, error);
}

static gboolean
check_source_column (GenesisDrawing *drawing, GenesisSchema *schema, const char *source_column,
                     GError **error)
{
  if (source_column == NULL)
    return TRUE;
  if (source_column[0] == '\0' || genesis_schema_find_field (schema, source_column) >= 0
      || genesis_schema_find_identifier (schema, source_column) >= 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "source_column '%s' is empty or a column of the table; choose another name",
                   source_column);
      return FALSE;
    }
  if (g_str_equal (genesis_drawing_get_origin (drawing), "site-models"))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "source_column '%s': the rows come from the pooled model, not from sites; leave it "
               "out, or choose a strategy that draws from sites' own models",
               source_column);
  return FALSE;
}

/**
 * genesis_federated_generator_generate_csv:
 * @self: a generator with a model
 * @n_rows: how many rows
 * @strategy: whose models draw them
 * @weights: (nullable): with strategy weighted, a dictionary of type `a{sd}` from site names to
 * weights; %NULL: those of genesis_federated_generator_set_site_weights()
 * @path: file to write; complete or absent afterwards. Names in ".gz" or ".zst" are packed
 * @source_column: (nullable): an added last column with the site of a row; it discloses origin
 * @cancellable: (nullable): stops the call
 * @error: return location
 *
 * As genesis_federated_generator_generate(), straight into a CSV file, in bounded memory.
 *
 * Returns: whether the file was written
 */
gboolean
genesis_federated_generator_generate_csv (GenesisFederatedGenerator *self, guint64 n_rows,
                                          GenesisStrategy strategy, GVariant *weights,
                                          const char *path, const char *source_column,
                                          GCancellable *cancellable, GError **error)
{
  g_autoptr (Generation) generation = NULL;
  g_autoptr (GenesisDrawing) drawing = NULL;
  g_autoptr (GenesisCsvWriter) writer = NULL;
  Writing writing = { NULL, source_column != NULL };

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  generation = prepare (self, n_rows, strategy, weights, error);
  drawing = generation != NULL ? start_drawing (generation, error) : NULL;
  if (drawing == NULL
      || !check_source_column (drawing, generation->model->schema, source_column, error))
    return FALSE;
  writer = genesis_csv_writer_new (path, generation->model->schema, source_column, error);
  if (writer == NULL
      || !genesis_schema_check_identifiers (generation->model->schema, n_rows, error))
    return FALSE;
  genesis_csv_writer_set_seed (writer, generation->seed);
  genesis_csv_writer_set_safe (writer, self->safe_csv);
  writing.writer = writer;
  if (!draw (self, generation, drawing, write_rows, &writing, cancellable, error)
      || !genesis_csv_writer_close (writer, error))
    return FALSE;
  remember (self, generation, drawing);
  return TRUE;
}
