/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-in-process-duties-private.h"

#include <genesis/genesis-error.h>

#include "federation/genesis-site-consent-private.h"
#include "federation/genesis-spending-private.h"

/* What the sites' machines ask for, and what came of it. */

/* units: what the task is worth in the progress of all. (transfer full) task */
static void
push_task (GenesisInProcessDriver *self, GenesisSiteTask *task, guint64 units)
{
  task->part = (GenesisProgressPart){ self->progress, units, 0 };
  genesis_progress_expect (self->progress, units);
  genesis_site_pool_push (self->pool, task);
}

void
genesis_driver_start_count (GenesisInProcessDriver *self, GenesisParticipant *participant)
{
  participant->is_counting = TRUE;
  push_task (self,
             genesis_site_task_new (GENESIS_SITE_TASK_COUNT, participant->site, participant->index),
             1);
}

static void
tell_unfit (GenesisInProcessDriver *self, GenesisParticipant *participant, int code, char *text)
{
  GenesisRunMessage *message = genesis_driver_tell_site (self, participant, GENESIS_RUN_UNFIT, 0);

  message->code = code;
  message->text = text;
}

/* The number of rows that min_samples is compared with: under privacy the declared one, as whether
   a site takes part is seen by all. */
static guint64
count_rows (const GenesisRunSpec *spec, GenesisSiteConfig *config, guint64 n_rows)
{
  const guint64 declared = genesis_site_config_get_rows (config);

  if (!spec->terms.is_private)
    return n_rows;
  return declared > 0 ? declared : G_MAXUINT64;
}

/* What was read otherwise than it is written, and rows that break a constraint, which are learnt
   from as they are: who keeps the site decides whether the table or the schema is wrong. Under
   privacy it is not told here, as it counts records: "genesis schema check" tells it at the site.
   */
static void
tell_notices (GenesisInProcessDriver *self, GenesisParticipant *participant)
{
  g_auto (GStrv) lines = NULL;

  if (genesis_coordination_get_spec (self->coordination)->terms.is_private)
    return;
  lines = genesis_data_site_dup_notices (participant->site);
  for (guint i = 0; lines[i] != NULL; i++)
    self->observer.site_warned (self, genesis_participant_get_name (participant), lines[i],
                                self->observer.user_data);
}

/* Whether the budget of the site's data set has room for the whole run. */
static gboolean
afford (GenesisInProcessDriver *self, GenesisParticipant *participant, GError **error)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);

  return !spec->terms.is_private
         || genesis_spending_admit (participant, genesis_coordination_get_name (self->coordination),
                                    genesis_run_spec_get_cost (spec, self->participants), error);
}

/* Rows are read only where the site lets this run look at them. */
static void
start_check (GenesisInProcessDriver *self, GenesisParticipant *participant)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
  const GenesisSitePolicyRun run = { spec->generator, spec->aggregator, spec->schema, spec->rounds,
                                     spec->terms.is_private };
  g_autoptr (GError) error = NULL;

  if (genesis_site_consent_give (genesis_data_site_get_config (participant->site), &run, &error))
    genesis_driver_start_count (self, participant);
  else
    tell_unfit (self, participant, error->code, g_strdup (error->message));
}

/* What a site can say of a run once its rows are counted: can they be read, are they enough, has
   its budget room. */
static void
finish_count (GenesisInProcessDriver *self, GenesisParticipant *participant, GenesisSiteTask *task)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
  GenesisSiteConfig *config = genesis_data_site_get_config (participant->site);
  const guint64 min_samples = genesis_site_config_get_min_samples (config);
  const guint64 n_rows = count_rows (spec, config, task->n_rows);
  g_autoptr (GError) error = NULL;

  participant->is_counting = FALSE;
  participant->n_rows = task->n_rows;
  if (task->error != NULL)
    tell_unfit (self, participant,
                task->error->domain == GENESIS_ERROR ? task->error->code
                                                     : GENESIS_ERROR_INVALID_DATA,
                g_strdup (task->error->message));
  else if (n_rows < min_samples)
    tell_unfit (self, participant, GENESIS_ERROR_TOO_FEW_SITES,
                g_strdup_printf ("%" G_GUINT64_FORMAT
                                 " rows, fewer than min_samples %" G_GUINT64_FORMAT,
                                 n_rows, min_samples));
  else if (!afford (self, participant, &error))
    tell_unfit (self, participant, error->code, g_strdup (error->message));
  else if (spec->shares != NULL && n_rows == 0)
    tell_unfit (self, participant, GENESIS_ERROR_INVALID_CONFIG,
                g_strdup ("it has no rows that could carry its share"));
  else if (genesis_coordination_has_begun (self->coordination)
           && !genesis_coordination_enrol_late (self->coordination, participant, &error))
    tell_unfit (self, participant, error->code, g_strdup (error->message));
  else
    {
      tell_notices (self, participant);
      genesis_driver_tell_site (self, participant, GENESIS_RUN_CHECKED, 0)->rows = task->n_rows;
    }
}

static void
tell_fault (GenesisInProcessDriver *self, GenesisParticipant *participant, guint round,
            const char *text)
{
  genesis_driver_tell_site (self, participant, GENESIS_RUN_FAULT, round)->text = g_strdup (text);
}

/* The site's own model starts from the state that the plan came from when it has none yet: the
   empty one in round 1, what the others know for a site that joins later. */
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
      genesis_driver_tell_broken (self, g_steal_pointer (&error));
      return;
    }
  push_task (self, g_steal_pointer (&task), participant->n_rows);
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
  message = genesis_driver_tell_site (self, participant, GENESIS_RUN_MEASURED, task->round);
  message->plan = g_strdup (task->plan_digest);
  message->digest = g_strdup (task->digest);
  message->rows = task->n_rows;
}

void
genesis_driver_finish_task (GenesisInProcessDriver *self, GenesisSiteTask *task)
{
  GenesisParticipant *participant = g_ptr_array_index (self->participants, task->index);

  if (task->kind == GENESIS_SITE_TASK_COUNT)
    finish_count (self, participant, task);
  else
    finish_measure (self, participant, task);
}

/* A measurement that was stopped is a fault of the site; a count is simply made again when the run
   is taken up. */
void
genesis_driver_forget_task (GenesisInProcessDriver *self, GenesisSiteTask *task)
{
  if (task->kind == GENESIS_SITE_TASK_MEASURE)
    tell_fault (self, g_ptr_array_index (self->participants, task->index), task->round,
                "the run was stopped");
}

void
genesis_driver_do_site_action (GenesisInProcessDriver *self, GenesisParticipant *participant,
                               const GenesisRunMessage *action)
{
  switch (action->kind)
    {
    case GENESIS_RUN_CHECK:
      start_check (self, participant);
      break;
    case GENESIS_RUN_VETO:
      participant->is_vetoed = TRUE;
      self->observer.site_dropped (self, action->site, action->text, self->observer.user_data);
      G_GNUC_FALLTHROUGH;
    case GENESIS_RUN_CONSENT:
    case GENESIS_RUN_SEND:
    case GENESIS_RUN_EXCUSE:
      genesis_driver_deliver (self, NULL, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_MEASURE:
      start_measure (self, participant, action->round);
      break;
    case GENESIS_RUN_SPOOL: /* the participant holds it in memory */
      genesis_driver_tell_site (self, participant, GENESIS_RUN_SPOOLED, action->round)->digest =
          g_strdup (action->digest);
      break;
    case GENESIS_RUN_DISCARD:
      genesis_participant_discard (participant);
      break;
    default:
      g_assert_not_reached ();
    }
}
