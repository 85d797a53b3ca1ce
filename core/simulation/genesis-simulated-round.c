/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-simulated-round-private.h"

#include "federation/genesis-training-result-private.h"

G_DEFINE_BOXED_TYPE (GenesisSimulatedRound, genesis_simulated_round, genesis_simulated_round_ref,
                     genesis_simulated_round_unref)

GenesisSimulatedRound *
genesis_simulated_round_new (guint number)
{
  GenesisSimulatedRound *self = g_new0 (GenesisSimulatedRound, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->number = number;
  self->attempts = g_array_new (FALSE, TRUE, sizeof (GenesisSimulatedAttempt));
  self->failed = g_ptr_array_new_with_free_func (g_free);
  self->stragglers = g_ptr_array_new_with_free_func (g_free);
  self->late = g_ptr_array_new_with_free_func (g_free);
  return self;
}

GenesisSimulatedRound *
genesis_simulated_round_ref (GenesisSimulatedRound *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_simulated_round_unref (GenesisSimulatedRound *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->info, genesis_round_info_unref);
  g_array_unref (self->attempts);
  g_ptr_array_unref (self->failed);
  g_ptr_array_unref (self->stragglers);
  g_ptr_array_unref (self->late);
  g_free (self);
}

void
genesis_simulated_round_close (GenesisSimulatedRound *self, const GenesisRoundInfo *info)
{
  self->info = genesis_round_info_ref ((GenesisRoundInfo *)info);
  g_ptr_array_add (self->failed, NULL);
  g_ptr_array_add (self->stragglers, NULL);
  g_ptr_array_add (self->late, NULL);
}

static void
write_names (JsonObject *to, const char *member, const GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i + 1 < names->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (names, i));
  json_object_set_array_member (to, member, array);
}

static JsonObject *
write_attempt (const GenesisSimulatedAttempt *attempt, guint number)
{
  JsonObject *to = json_object_new ();

  json_object_set_int_member (to, "attempt", number);
  json_object_set_int_member (to, "asked", attempt->n_asked);
  json_object_set_int_member (to, "answered", attempt->n_answered);
  json_object_set_int_member (to, "failed", attempt->n_failed);
  json_object_set_int_member (to, "stragglers", attempt->n_stragglers);
  json_object_set_int_member (to, "late", attempt->n_late);
  json_object_set_double_member (to, "virtual_seconds", attempt->virtual_seconds);
  return to;
}

void
genesis_simulated_round_write (const GenesisSimulatedRound *self, JsonObject *to)
{
  JsonArray *attempts = json_array_new ();

  write_names (to, "failed", self->failed);
  write_names (to, "stragglers", self->stragglers);
  write_names (to, "late", self->late);
  for (guint i = 0; i < self->attempts->len; i++)
    json_array_add_object_element (
        attempts,
        write_attempt (&g_array_index (self->attempts, GenesisSimulatedAttempt, i), i + 1));
  json_object_set_array_member (to, "attempts", attempts);
  json_object_set_double_member (to, "virtual_seconds", self->virtual_seconds);
}

/* -- public ---------------------------------------------------------------- */

/**
 * genesis_simulated_round_get_info:
 * @self: a round
 *
 * Returns: (transfer none): what a real run says of a round: number, phase, sites that answered,
 *   samples aggregated, bytes, and the sites without any answer (skipped)
 */
const GenesisRoundInfo *
genesis_simulated_round_get_info (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->info;
}

/**
 * genesis_simulated_round_get_n_attempts:
 * @self: a round
 *
 * Returns: how often sites were asked, the first time included
 */
guint
genesis_simulated_round_get_n_attempts (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->attempts->len;
}

/**
 * genesis_simulated_round_get_failed:
 * @self: a round
 *
 * A site that failed in two attempts is named twice.
 *
 * Returns: (transfer none) (array zero-terminated=1): the sites that gave no answer to an attempt,
 *   attempt by attempt
 */
const char *const *
genesis_simulated_round_get_failed (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->failed->pdata;
}

/**
 * genesis_simulated_round_get_stragglers:
 * @self: a round
 *
 * Returns: (transfer none) (array zero-terminated=1): the sites whose answer was slow, attempt by
 *   attempt, in time or not
 */
const char *const *
genesis_simulated_round_get_stragglers (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->stragglers->pdata;
}

/**
 * genesis_simulated_round_get_late:
 * @self: a round
 *
 * Returns: (transfer none) (array zero-terminated=1): the sites whose answer would have come after
 *   the deadline, attempt by attempt
 */
const char *const *
genesis_simulated_round_get_late (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->late->pdata;
}

/**
 * genesis_simulated_round_get_virtual_seconds:
 * @self: a round
 *
 * Returns: what its attempts took together
 */
double
genesis_simulated_round_get_virtual_seconds (const GenesisSimulatedRound *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->virtual_seconds;
}
