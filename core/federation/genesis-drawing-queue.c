/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-chunk-private.h"

typedef struct
{
  gboolean is_ready;
  GenesisTable *chunk;
  const char **site_of_row;
  GError *error;
} Slot;

/* Workers take chunk numbers in order and put what they drew into the slot of the chunk; the
   caller's thread empties the slots in order. The mutex guards everything below it. */
typedef struct
{
  GenesisDrawing *drawing;
  GCancellable *stopped; /* by the caller's cancellable, a failure, or the end */
  guint n_slots, width;
  GMutex mutex;
  GCond changed;
  Slot *slots;
  guint64 next;      /* chunk that the next free worker takes */
  guint64 delivered; /* chunks whose slots are free again */
  guint64 end;       /* no chunk from here on is wanted */
} Queue;

static void
slot_clear (Slot *slot)
{
  g_clear_object (&slot->chunk);
  g_clear_pointer (&slot->site_of_row, g_free);
  g_clear_error (&slot->error);
  slot->is_ready = FALSE;
}

/* Waits for room; FALSE when nothing is left to draw. */
static gboolean
take_number (Queue *queue, guint64 *chunk)
{
  gboolean taken = FALSE;

  g_mutex_lock (&queue->mutex);
  while (queue->next < queue->end && queue->next >= queue->delivered + queue->n_slots)
    g_cond_wait (&queue->changed, &queue->mutex);
  if (queue->next < queue->end)
    {
      *chunk = queue->next++;
      taken = TRUE;
    }
  g_mutex_unlock (&queue->mutex);

  return taken;
}

static void
put_chunk (Queue *queue, guint64 number, const Slot *drawn)
{
  g_mutex_lock (&queue->mutex);
  queue->slots[number % queue->n_slots] = *drawn;
  if (drawn->error != NULL)
    queue->end = MIN (queue->end, number + 1);
  g_cond_broadcast (&queue->changed);
  g_mutex_unlock (&queue->mutex);
}

static gpointer
work (gpointer data)
{
  Queue *queue = data;
  g_autoptr (GenesisGenerator) generator = NULL;
  guint64 number;

  while (take_number (queue, &number))
    {
      Slot drawn = { TRUE, NULL, NULL, NULL };

      if (generator == NULL)
        generator = genesis_drawing_new_generator (queue->drawing, queue->width, &drawn.error);
      if (generator != NULL)
        drawn.chunk = genesis_drawing_draw_chunk (queue->drawing, generator, number, queue->stopped,
                                                  &drawn.site_of_row, &drawn.error);
      put_chunk (queue, number, &drawn);
    }

  return NULL;
}

static gboolean
deliver (Queue *queue, guint64 number, GenesisDrawnChunkFunc func, gpointer user_data,
         GCancellable *cancellable, GError **error)
{
  Slot *slot = &queue->slots[number % queue->n_slots];
  gboolean done = FALSE;

  genesis_progress_tell (queue->drawing->progress);
  g_mutex_lock (&queue->mutex);
  while (!slot->is_ready)
    {
      g_cond_wait (&queue->changed, &queue->mutex);
      g_mutex_unlock (&queue->mutex);
      genesis_progress_tell (queue->drawing->progress);
      g_mutex_lock (&queue->mutex);
    }
  g_mutex_unlock (&queue->mutex);

  /* The slot is this thread's until delivered says otherwise. */
  if (slot->error != NULL)
    g_propagate_error (error, g_steal_pointer (&slot->error));
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    done = func (slot->chunk, slot->site_of_row, user_data, error);
  slot_clear (slot);

  g_mutex_lock (&queue->mutex);
  queue->delivered++;
  if (!done)
    queue->end = 0;
  g_cond_broadcast (&queue->changed);
  g_mutex_unlock (&queue->mutex);

  return done;
}

static void
cancel_other (GCancellable *cancelled, gpointer other)
{
  g_cancellable_cancel (other);
}

static gboolean
run_queue (Queue *queue, guint n_workers, GenesisDrawnChunkFunc func, gpointer user_data,
           GCancellable *cancellable, GError **error)
{
  g_autofree GThread **workers = g_new0 (GThread *, n_workers);
  guint64 n_chunks = queue->drawing->n_chunks;
  gulong handler = 0;
  gboolean done = TRUE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_other), queue->stopped, NULL);
  for (guint i = 0; i < n_workers; i++)
    workers[i] = g_thread_new ("genesis-draw", work, queue);
  for (guint64 number = 0; done && number < n_chunks; number++)
    done = deliver (queue, number, func, user_data, cancellable, error);
  if (!done)
    g_cancellable_cancel (queue->stopped);
  for (guint i = 0; i < n_workers; i++)
    g_thread_join (workers[i]);
  g_cancellable_disconnect (cancellable, handler);

  return done;
}

static gboolean
draw_on_threads (GenesisDrawing *self, guint n_workers, GenesisDrawnChunkFunc func,
                 gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autofree Slot *slots = g_new0 (Slot, 2 * n_workers);
  Queue queue = {
    .drawing = self,
    .stopped = stopped,
    .n_slots = 2 * n_workers,
    .width = self->threads / n_workers,
    .slots = slots,
    .end = self->n_chunks,
  };
  gboolean done;

  g_mutex_init (&queue.mutex);
  g_cond_init (&queue.changed);
  genesis_progress_set_waiter (self->progress, &queue.mutex, &queue.changed);
  done = run_queue (&queue, n_workers, func, user_data, cancellable, error);
  genesis_progress_set_waiter (self->progress, NULL, NULL);
  for (guint i = 0; i < queue.n_slots; i++)
    slot_clear (&slots[i]);
  g_cond_clear (&queue.changed);
  g_mutex_clear (&queue.mutex);

  return done;
}

static gboolean
draw_here (GenesisDrawing *self, GenesisDrawnChunkFunc func, gpointer user_data,
           GCancellable *cancellable, GError **error)
{
  for (guint64 number = 0; number < self->n_chunks; number++)
    {
      g_autofree const char **site_of_row = NULL;
      g_autoptr (GenesisTable) chunk = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      chunk = genesis_drawing_make_chunk (self, number, cancellable, &site_of_row, error);
      if (chunk == NULL || !func (chunk, site_of_row, user_data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
genesis_drawing_foreach (GenesisDrawing *self, GenesisDrawnChunkFunc func, gpointer user_data,
                         GCancellable *cancellable, GError **error)
{
  guint n_workers;
  gboolean done;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  genesis_progress_begin (self->progress, "drawing rows", self->n_rows);
  genesis_progress_tell (self->progress);
  n_workers = (guint)MIN (self->threads, self->n_chunks);
  done = n_workers <= 1 ? draw_here (self, func, user_data, cancellable, error)
                        : draw_on_threads (self, n_workers, func, user_data, cancellable, error);
  genesis_progress_tell (self->progress);
  return done;
}
