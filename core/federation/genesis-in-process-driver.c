/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-in-process-driver-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-site-pool-private.h"

/* Parts that are made durable together; a site has its receipt only afterwards. */
#define GROUP_COMMIT 64u

/* An event on its way to a machine: the coordinator's, or that of one participant. */
typedef struct
{
  GenesisParticipant *to; /* NULL: the coordinator */
  GenesisRunMessage *message;
} Delivery;

struct _GenesisInProcessDriver
{
  GenesisInProcessObserver observer;
  GenesisCoordination *coordination;
  GenesisCoordinatorMachine *machine;
  GPtrArray *participants; /* GenesisParticipant */
  GHashTable *by_name;     /* name -> GenesisParticipant, borrowed */
  guint n_invited;         /* the first ones of participants that the machine has seen */
  GenesisSitePool *pool;   /* during run */
  GQueue deliveries;       /* Delivery */
  GQueue unsynced;         /* GenesisParticipant whose part is accepted and not durable yet */
  gboolean is_running, is_cancelled;
  char *reason;
  GError *broken;  /* what the coordinator's own step said */
  GError *outcome; /* of ABORT */
  GPtrArray *recording;
};

static void
delivery_free (Delivery *delivery)
{
  genesis_run_message_free (delivery->message);
  g_free (delivery);
}

/* (transfer full) message */
static void
deliver (GenesisInProcessDriver *self, GenesisParticipant *to, GenesisRunMessage *message)
{
  Delivery *delivery = g_new (Delivery, 1);

  delivery->to = to;
  delivery->message = message;
  g_queue_push_tail (&self->deliveries, delivery);
}

static GenesisRunMessage *
tell_coordinator (GenesisInProcessDriver *self, GenesisRunMessageKind kind, const char *site,
                  guint round)
{
  GenesisRunMessage *message = genesis_run_message_new (kind, site, round);

  deliver (self, NULL, message);
  return message;
}

static GenesisRunMessage *
tell_site (GenesisInProcessDriver *self, GenesisParticipant *to, GenesisRunMessageKind kind,
           guint round)
{
  GenesisRunMessage *message =
      genesis_run_message_new (kind, genesis_participant_get_name (to), round);

  deliver (self, to, message);
  return message;
}

static GenesisParticipant *
find_participant (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  return action->site != NULL ? g_hash_table_lookup (self->by_name, action->site) : NULL;
}

/* (transfer full) error: the coordinator's own step failed. */
static void
tell_broken (GenesisInProcessDriver *self, GError *error)
{
  GenesisRunMessage *message = tell_coordinator (self, GENESIS_RUN_BROKEN, NULL, 0);

  message->code = error->domain == GENESIS_ERROR ? error->code : GENESIS_ERROR_FAILED;
  message->text = g_strdup (error->message);
  if (self->broken == NULL)
    self->broken = error;
  else
    g_error_free (error);
}

/* -- duties of a site ------------------------------------------------------ */

static void
start_count (GenesisInProcessDriver *self, GenesisParticipant *participant)
{
  participant->is_counting = TRUE;
  genesis_site_pool_push (self->pool,
                          genesis_site_task_new (GENESIS_SITE_TASK_COUNT, participant->site,
                                                 participant->index));
}

static void
tell_unfit (GenesisInProcessDriver *self, GenesisParticipant *participant, int code, char *text)
{
  GenesisRunMessage *message = tell_site (self, participant, GENESIS_RUN_UNFIT, 0);

  message->code = code;
  message->text = text;
}

/* Whether the aggregator gives differential privacy, by the reserved settings that it declares. */
static gboolean
is_private (const GenesisRunSpec *spec)
{
  return genesis_plugin_has_setting (spec->aggregator, "epsilon")
         || genesis_plugin_has_setting (spec->aggregator, "noise_scale");
}

/* A site looks at itself before it consents: can its rows be read, are they enough, is its budget respected. */
static void
finish_count (GenesisInProcessDriver *self, GenesisParticipant *participant, GenesisSiteTask *task)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
  GenesisSiteConfig *config = genesis_data_site_get_config (participant->site);
  const guint64 min_samples = genesis_site_config_get_min_samples (config);
  g_autoptr (GError) error = NULL;

  participant->is_counting = FALSE;
  participant->n_rows = task->n_rows;
  if (task->error != NULL)
    tell_unfit (self, participant, GENESIS_ERROR_INVALID_DATA, g_strdup (task->error->message));
  else if (task->n_rows < min_samples)
    tell_unfit (self, participant, GENESIS_ERROR_TOO_FEW_SITES,
                g_strdup_printf ("%" G_GUINT64_FORMAT
                                 " rows, fewer than min_samples %" G_GUINT64_FORMAT,
                                 task->n_rows, min_samples));
  else if (!isnan (genesis_site_config_get_privacy_budget (config)) && !is_private (spec))
    tell_unfit (
        self, participant, GENESIS_ERROR_BUDGET_EXHAUSTED,
        g_strdup_printf ("it has a privacy_budget and aggregator '%s' gives no differential "
                         "privacy; choose another aggregator, or unset the budget",
                         genesis_plugin_get_id (spec->aggregator)));
  else if (spec->shares != NULL && task->n_rows == 0)
    tell_unfit (self, participant, GENESIS_ERROR_INVALID_CONFIG,
                g_strdup ("it has no rows that could carry its share"));
  else if (genesis_coordination_has_begun (self->coordination)
           && !genesis_coordination_enrol_late (self->coordination, participant, &error))
    tell_unfit (self, participant, error->code, g_strdup (error->message));
  else
    tell_site (self, participant, GENESIS_RUN_CHECKED, 0)->rows = task->n_rows;
}

static void
tell_fault (GenesisInProcessDriver *self, GenesisParticipant *participant, guint round,
            const char *text)
{
  tell_site (self, participant, GENESIS_RUN_FAULT, round)->text = g_strdup (text);
}

/* The site's own model starts from the state that the plan came from when it has none yet: the empty one in round 1,
   what the others know for a site that joins later. */
static void
start_measure (GenesisInProcessDriver *self, GenesisParticipant *participant, guint round)
{
  GenesisRunJournal *journal = genesis_coordination_get_journal (self->coordination);
  GenesisBlocks *state = genesis_coordination_get_state (self->coordination);
  const char *name = genesis_participant_get_name (participant);
  g_autoptr (GenesisSiteTask) task = NULL;
  g_autoptr (GError) error = NULL;

  if (journal != NULL && genesis_run_journal_get_absence (journal, round, name) != NULL)
    {
      tell_fault (self, participant, round, genesis_run_journal_get_absence (journal, round, name));
      return;
    }
  task = genesis_site_task_new (GENESIS_SITE_TASK_MEASURE, participant->site, participant->index);
  task->round = round;
  task->asked = genesis_blocks_ref (state);
  if (genesis_coordination_has_site_models (self->coordination))
    task->own = genesis_blocks_ref (participant->own != NULL ? participant->own : state);
  if (journal != NULL)
    task->stored = genesis_run_journal_load_part (journal, round, name, &task->stored_rows, &error);
  if (error != NULL)
    {
      tell_broken (self, g_steal_pointer (&error));
      return;
    }
  genesis_site_pool_push (self->pool, g_steal_pointer (&task));
}

static void
finish_measure (GenesisInProcessDriver *self, GenesisParticipant *participant,
                GenesisSiteTask *task)
{
  GenesisRunMessage *message;

  if (task->error != NULL)
    {
      tell_fault (self, participant, task->round, task->error->message);
      return;
    }
  genesis_participant_discard (participant);
  g_clear_pointer (&participant->next_own, genesis_blocks_unref);
  participant->partial = g_steal_pointer (&task->partial);
  participant->bytes = g_steal_pointer (&task->bytes);
  participant->digest = g_strdup (task->digest);
  participant->rows = task->n_rows;
  participant->next_own = g_steal_pointer (&task->next_own);
  message = tell_site (self, participant, GENESIS_RUN_MEASURED, task->round);
  message->plan = g_strdup (task->plan_digest);
  message->digest = g_strdup (task->digest);
  message->rows = task->n_rows;
}

static void
finish_task (GenesisInProcessDriver *self, GenesisSiteTask *task)
{
  GenesisParticipant *participant = g_ptr_array_index (self->participants, task->index);

  if (task->kind == GENESIS_SITE_TASK_COUNT)
    finish_count (self, participant, task);
  else
    finish_measure (self, participant, task);
}

/* -- duties of the coordinator --------------------------------------------- */

static gboolean
is_sealed_before (GenesisInProcessDriver *self)
{
  GenesisRunJournal *journal = genesis_coordination_get_journal (self->coordination);

  return journal != NULL && genesis_run_journal_get_sealed (journal) != NULL
         && genesis_coordination_get_rounds (self->coordination)->len == 0;
}

static void
do_plan (GenesisInProcessDriver *self, guint round)
{
  g_autoptr (GError) error = NULL;
  gboolean finished = FALSE;
  const char *digest;

  if (!genesis_coordination_has_begun (self->coordination))
    {
      const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);

      if (!genesis_coordination_begin (self->coordination, self->participants, &error))
        {
          tell_broken (self, g_steal_pointer (&error));
          return;
        }
      genesis_site_pool_prepare (self->pool, spec->generator,
                                 genesis_coordination_get_session (self->coordination),
                                 spec->schema, spec->generator_settings);
    }
  if (is_sealed_before (self))
    {
      tell_coordinator (self, GENESIS_RUN_PLANNED, NULL, round);
      return;
    }
  digest = genesis_coordination_plan (self->coordination, &finished, &error);
  if (digest == NULL && !finished)
    {
      tell_broken (self, g_steal_pointer (&error));
      return;
    }
  tell_coordinator (self, GENESIS_RUN_PLANNED, NULL, round)->plan = g_strdup (digest);
}

static void
do_open_round (GenesisInProcessDriver *self, guint round)
{
  g_autoptr (GError) error = NULL;

  if (genesis_coordination_open_round (self->coordination, round, &error))
    tell_coordinator (self, GENESIS_RUN_OPENED, NULL, round);
  else
    tell_broken (self, g_steal_pointer (&error));
}

static void
tell_accepted (GenesisInProcessDriver *self, GenesisParticipant *participant, guint round)
{
  const char *name = genesis_participant_get_name (participant);

  tell_coordinator (self, GENESIS_RUN_ACCEPTED, name, round)->digest =
      g_strdup (participant->digest);
}

/* Receipts wait until the parts are durable. */
static void
commit_group (GenesisInProcessDriver *self)
{
  g_autoptr (GError) error = NULL;
  GenesisParticipant *participant;
  const guint round = genesis_coordinator_machine_get_closed (self->machine) + 1;

  if (g_queue_is_empty (&self->unsynced))
    return;
  if (!genesis_coordination_sync (self->coordination, &error))
    {
      g_queue_clear (&self->unsynced);
      tell_broken (self, g_steal_pointer (&error));
      return;
    }
  while ((participant = g_queue_pop_head (&self->unsynced)) != NULL)
    tell_accepted (self, participant, round);
}

static void
do_accept (GenesisInProcessDriver *self, GenesisParticipant *participant,
           const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;
  gboolean is_own_fault = FALSE;
  GenesisRunMessage *message;

  if (genesis_coordination_accept (self->coordination, participant, &is_own_fault, &error))
    {
      g_queue_push_tail (&self->unsynced, participant);
      if (genesis_coordination_get_journal (self->coordination) == NULL
          || g_queue_get_length (&self->unsynced) >= GROUP_COMMIT)
        commit_group (self);
      /* It is in the total: what remains is the receipt. */
      g_clear_pointer (&participant->partial, genesis_blocks_unref);
      g_clear_pointer (&participant->bytes, g_bytes_unref);
      return;
    }
  if (is_own_fault)
    {
      tell_broken (self, g_steal_pointer (&error));
      return;
    }
  message = tell_coordinator (self, GENESIS_RUN_REJECTED, action->site, action->round);
  message->digest = g_strdup (action->digest);
  message->text = g_strdup (error->message);
}

static void
do_skip (GenesisInProcessDriver *self, GenesisParticipant *participant,
         const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;

  if (!genesis_coordination_skip (self->coordination, participant, action->text, &error))
    tell_broken (self, g_steal_pointer (&error));
  if (!participant->is_vetoed)
    self->observer.site_dropped (self, action->site, action->text, self->observer.user_data);
}

static void
do_close_round (GenesisInProcessDriver *self, guint round, GCancellable *cancellable)
{
  GPtrArray *rounds = genesis_coordination_get_rounds (self->coordination);
  g_autoptr (GError) error = NULL;
  g_autofree char *total =
      genesis_coordination_close_round (self->coordination, cancellable, &error);
  gboolean finished = FALSE;
  const char *plan;
  GenesisRunMessage *message;

  if (total == NULL)
    {
      tell_broken (self, g_steal_pointer (&error));
      return;
    }
  plan = genesis_coordination_plan (self->coordination, &finished, &error);
  self->observer.round_closed (self, g_ptr_array_index (rounds, rounds->len - 1),
                               self->observer.user_data);
  message = tell_coordinator (self, GENESIS_RUN_ABSORBED, NULL, round);
  message->digest = g_strdup (total);
  /* The round stands even where planning the next one failed: it is asked for again, and fails then. */
  message->plan = g_strdup (plan != NULL || finished ? plan : "");
}

static void
do_seal (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisModel) model = NULL;

  self->is_running = FALSE;
  g_free (self->reason);
  self->reason = g_strdup (action->text);
  if (is_sealed_before (self))
    {
      g_free (self->reason);
      self->reason =
          g_strdup ("the run directory holds this run, sealed; its model is used as it is");
      return;
    }
  if (genesis_coordination_get_journal (self->coordination) == NULL)
    return;
  model = self->observer.build_model (self, self->observer.user_data);
  if (!genesis_coordination_seal (self->coordination, model, &error))
    self->outcome = g_steal_pointer (&error);
}

static void
do_abort (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  self->is_running = FALSE;
  if (self->outcome != NULL)
    return;
  if (self->broken != NULL)
    self->outcome = g_steal_pointer (&self->broken);
  else if (self->is_cancelled)
    self->outcome =
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "training was cancelled");
  else
    self->outcome = g_error_new_literal (GENESIS_ERROR, action->code, action->text);
}

/* -- actions --------------------------------------------------------------- */

static void
do_coordinator_action (GenesisInProcessDriver *self, const GenesisRunMessage *action,
                       GCancellable *cancellable)
{
  GenesisParticipant *participant = find_participant (self, action);

  switch (action->kind)
    {
    case GENESIS_RUN_INVITE:
    case GENESIS_RUN_ASK:
    case GENESIS_RUN_RECEIPT:
    case GENESIS_RUN_REFUSE:
    case GENESIS_RUN_DISMISS:
      if (participant != NULL)
        deliver (self, participant, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_PLAN:
      do_plan (self, action->round);
      break;
    case GENESIS_RUN_OPEN_ROUND:
      do_open_round (self, action->round);
      break;
    case GENESIS_RUN_ACCEPT:
      do_accept (self, participant, action);
      break;
    case GENESIS_RUN_SKIP:
      do_skip (self, participant, action);
      break;
    case GENESIS_RUN_CLOSE_ROUND:
      do_close_round (self, action->round, cancellable);
      break;
    case GENESIS_RUN_PAUSE:
      self->is_running = FALSE;
      g_free (self->reason);
      self->reason = g_strdup ("the rounds that this call may ask are used up");
      break;
    case GENESIS_RUN_SEAL:
      do_seal (self, action);
      break;
    case GENESIS_RUN_ABORT:
      do_abort (self, action);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
do_site_action (GenesisInProcessDriver *self, GenesisParticipant *participant,
                const GenesisRunMessage *action)
{
  switch (action->kind)
    {
    case GENESIS_RUN_CHECK:
      start_count (self, participant);
      break;
    case GENESIS_RUN_VETO:
      participant->is_vetoed = TRUE;
      self->observer.site_dropped (self, action->site, action->text, self->observer.user_data);
      G_GNUC_FALLTHROUGH;
    case GENESIS_RUN_CONSENT:
    case GENESIS_RUN_SEND:
    case GENESIS_RUN_EXCUSE:
      deliver (self, NULL, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_MEASURE:
      start_measure (self, participant, action->round);
      break;
    case GENESIS_RUN_SPOOL: /* the participant holds it in memory */
      tell_site (self, participant, GENESIS_RUN_SPOOLED, action->round)->digest =
          g_strdup (action->digest);
      break;
    case GENESIS_RUN_DISCARD:
      genesis_participant_discard (participant);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
record (GenesisInProcessDriver *self, const char *what, const Delivery *delivery,
        const GenesisRunMessage *message)
{
  g_autofree char *text = NULL;

  if (self->recording == NULL)
    return;
  text = genesis_run_message_to_text (message);
  g_ptr_array_add (self->recording,
                   g_strdup_printf ("%s %s %s", what, delivery->to != NULL ? "site" : "coordinator",
                                    text));
}

static void
step (GenesisInProcessDriver *self, const Delivery *delivery, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) actions = genesis_run_messages_new ();

  record (self, "event", delivery, delivery->message);
  if (delivery->to != NULL)
    genesis_site_machine_step (delivery->to->machine, delivery->message, actions);
  else
    genesis_coordinator_machine_step (self->machine, delivery->message, actions);
  for (guint i = 0; i < actions->len; i++)
    record (self, "action", delivery, g_ptr_array_index (actions, i));
  for (guint i = 0; i < actions->len; i++)
    {
      const GenesisRunMessage *action = g_ptr_array_index (actions, i);

      if (delivery->to != NULL)
        do_site_action (self, delivery->to, action);
      else
        do_coordinator_action (self, action, cancellable);
    }
}

/* -- the run --------------------------------------------------------------- */

static void
step_deliveries (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  Delivery *delivery;

  while ((delivery = g_queue_pop_head (&self->deliveries)) != NULL)
    {
      step (self, delivery, cancellable);
      delivery_free (delivery);
    }
}

static void
cancel_pool (GCancellable *cancellable, gpointer pool)
{
  genesis_site_pool_cancel (pool);
}

/* A measurement that was stopped is a fault of the site; a count is simply made again when the run is taken up. */
static void
forget_task (GenesisInProcessDriver *self, GenesisSiteTask *task)
{
  if (task->kind == GENESIS_SITE_TASK_MEASURE)
    tell_fault (self, g_ptr_array_index (self->participants, task->index), task->round,
                "the run was stopped");
}

/* What is still on the threads is stopped and told to the sites, so that they are ready when the run is taken up. */
static void
drain (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  GenesisSiteTask *task;

  genesis_site_pool_cancel (self->pool);
  while ((task = genesis_site_pool_pop (self->pool)) != NULL)
    {
      forget_task (self, task);
      genesis_site_task_free (task);
    }
  g_queue_clear (&self->unsynced);
  step_deliveries (self, cancellable);
}

static void
pump (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  while (TRUE)
    {
      GenesisSiteTask *task;

      step_deliveries (self, cancellable);
      if (!self->is_running)
        return;
      if (!self->is_cancelled && g_cancellable_is_cancelled (cancellable))
        {
          self->is_cancelled = TRUE;
          tell_coordinator (self, GENESIS_RUN_CANCEL, NULL, 0);
          continue;
        }
      task = genesis_site_pool_pop (self->pool);
      if (task == NULL)
        {
          commit_group (self);
          g_assert (!g_queue_is_empty (&self->deliveries)); /* else nobody would ever go on */
          continue;
        }
      if (!g_cancellable_is_cancelled (cancellable))
        finish_task (self, task);
      else
        forget_task (self, task);
      genesis_site_task_free (task);
    }
}

static void
invite_sites (GenesisInProcessDriver *self)
{
  for (guint i = 0; i < self->n_invited; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (self->participants, i);

      if (participant->is_counting)
        start_count (self, participant);
    }
  for (; self->n_invited < self->participants->len; self->n_invited++)
    tell_coordinator (self, GENESIS_RUN_SITE_SEEN,
                      genesis_participant_get_name (
                          g_ptr_array_index (self->participants, self->n_invited)),
                      0);
}

gboolean
genesis_in_process_driver_run (GenesisInProcessDriver *self, guint rounds, guint threads,
                               GCancellable *cancellable, GError **error)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
  GenesisRunJournal *journal = genesis_coordination_get_journal (self->coordination);
  guint64 allowed = rounds;
  gulong handler = 0;

  if (journal != NULL
      && genesis_run_journal_get_n_closed (journal)
             > genesis_coordinator_machine_get_closed (self->machine))
    allowed += genesis_run_journal_get_n_closed (journal)
               - genesis_coordinator_machine_get_closed (self->machine);
  self->pool = genesis_site_pool_new (threads, self->participants->len);
  if (genesis_coordination_has_begun (self->coordination))
    genesis_site_pool_prepare (self->pool, spec->generator,
                               genesis_coordination_get_session (self->coordination), spec->schema,
                               spec->generator_settings);
  self->is_running = TRUE;
  self->is_cancelled = FALSE;
  invite_sites (self);
  tell_coordinator (self, GENESIS_RUN_TRAIN, NULL, 0)->rows = allowed;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_pool), self->pool, NULL);
  pump (self, cancellable);
  g_cancellable_disconnect (cancellable, handler);
  drain (self, cancellable);
  g_clear_pointer (&self->pool, genesis_site_pool_free);
  g_clear_error (&self->broken);
  if (self->outcome == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->outcome));
  return FALSE;
}

void
genesis_in_process_driver_add_site (GenesisInProcessDriver *self, GenesisDataSite *site)
{
  GenesisParticipant *participant = genesis_participant_new (site, self->participants->len);
  const GenesisModel *base = genesis_coordination_get_spec (self->coordination)->base;

  g_ptr_array_add (self->participants, participant);
  g_hash_table_insert (self->by_name, (char *)genesis_data_site_get_name (site), participant);
  for (guint i = 0; base != NULL && i < base->sites->len; i++)
    {
      const GenesisModelSite *known = g_ptr_array_index (base->sites, i);

      if (known->state != NULL && g_str_equal (known->name, genesis_data_site_get_name (site)))
        participant->own = genesis_blocks_ref (known->state);
    }
}

GenesisInProcessDriver *
genesis_in_process_driver_new (const GenesisRunSpec *spec, const GenesisInProcessObserver *observer,
                               GError **error)
{
  g_autoptr (GenesisCoordination) coordination = genesis_coordination_new (spec, error);
  GenesisInProcessDriver *self;

  if (coordination == NULL)
    return NULL;
  self = g_new0 (GenesisInProcessDriver, 1);
  self->observer = *observer;
  self->coordination = g_steal_pointer (&coordination);
  self->machine =
      genesis_coordinator_machine_new (spec->min_sites, spec->max_retries, spec->rounds);
  self->participants = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_participant_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->deliveries);
  g_queue_init (&self->unsynced);
  return self;
}

void
genesis_in_process_driver_free (GenesisInProcessDriver *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->deliveries, (GDestroyNotify)delivery_free);
  g_queue_clear (&self->unsynced);
  g_clear_pointer (&self->coordination, genesis_coordination_free);
  g_clear_pointer (&self->machine, genesis_coordinator_machine_free);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->participants, g_ptr_array_unref);
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  g_clear_error (&self->broken);
  g_clear_error (&self->outcome);
  g_free (self->reason);
  g_free (self);
}

gboolean
genesis_in_process_driver_is_sealed (GenesisInProcessDriver *self)
{
  return genesis_coordinator_machine_get_state (self->machine) == GENESIS_COORDINATOR_SEALED;
}

const char *
genesis_in_process_driver_get_reason (GenesisInProcessDriver *self)
{
  return self->reason;
}

GPtrArray *
genesis_in_process_driver_get_participants (GenesisInProcessDriver *self)
{
  return self->participants;
}

GenesisCoordination *
genesis_in_process_driver_get_coordination (GenesisInProcessDriver *self)
{
  return self->coordination;
}

void
genesis_in_process_driver_record (GenesisInProcessDriver *self, GPtrArray *lines)
{
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  self->recording = g_ptr_array_ref (lines);
}
