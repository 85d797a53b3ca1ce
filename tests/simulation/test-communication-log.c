/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "simulation/genesis-communication-log-private.h"
#include "simulator-fixture.h"

/* Each answer that was counted is in the log once, in order of time. */
static void
test_log (void)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_iid (6, NULL);
  g_autoptr (GenesisSimulationResult) result = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_answered = 0, n_failed = 0, expected_answered = 0, expected_failed = 0;
  double last = 0.0;

  g_object_set (simulator, "seed", G_GUINT64_CONSTANT (3), NULL);
  result = simulator_fixture_simulate (simulator, 0.4, 0.5, 3);
  lines = genesis_simulation_result_dup_log (result);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const double at = g_ascii_strtod (lines[i], NULL);

      g_assert_cmpfloat (at, >=, last);
      last = at;
      n_answered += strstr (lines[i], " answered, ") != NULL;
      n_failed += g_str_has_suffix (lines[i], " failed");
    }
  for (guint i = 0; i < 2; i++)
    {
      const GenesisSimulatedRound *round = genesis_simulation_result_get_round (result, i);

      expected_answered += g_strv_length (
          (char **)genesis_round_info_get_sites (genesis_simulated_round_get_info (round)));
      expected_failed += g_strv_length ((char **)genesis_simulated_round_get_failed (round));
    }
  g_assert_cmpstr (lines[0], ==, "0.000000 s, round 1, attempt 1: asked 6 sites");
  g_assert_cmpuint (n_answered, ==, expected_answered);
  g_assert_cmpuint (n_failed, ==, expected_failed);
  g_assert_cmpuint (n_failed, >, 0);
}

static void
test_long_log (void)
{
  g_autoptr (GenesisCommunicationLog) log = genesis_communication_log_new (3);
  const GenesisCommunication entry = { 1.5, GENESIS_COMMUNICATION_LATE, 1, 1, 2, 0 };
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < GENESIS_COMMUNICATION_LOG_MAX + 7; i++)
    genesis_communication_log_add (log, &entry);
  lines = genesis_communication_log_dup_lines (log);
  g_assert_cmpuint (g_strv_length (lines), ==, GENESIS_COMMUNICATION_LOG_MAX + 1);
  g_assert_cmpstr (lines[0], ==, "1.500000 s, round 1, attempt 1: site-3 late");
  g_assert_cmpstr (lines[GENESIS_COMMUNICATION_LOG_MAX], ==, "7 more");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/communication-log/rehearsal/each-answer-once-in-order-of-time", test_log);
  g_test_add_func ("/communication-log/long/is-bounded", test_long_log);
  return g_test_run ();
}
