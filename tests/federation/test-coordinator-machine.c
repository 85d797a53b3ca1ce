/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "machine-fixture.h"

#include <genesis/genesis-error.h>

G_STATIC_ASSERT (GENESIS_ERROR_TOO_FEW_SITES == 7 && GENESIS_ERROR_REFUSED == 8
                 && GENESIS_ERROR_BUDGET_EXHAUSTED == 9 && GENESIS_ERROR_PLUGIN == 5);

/* Two sites, enrolled, and round 1 opened with plan P: where most tables begin. */
static const MachineStep opening[] = {
  { "site-seen site=\"a\"", "invite site=\"a\"" },
  { "site-seen site=\"b\"", "invite site=\"b\"" },
  { "train rows=9", "" },
  { "consented site=\"a\" rows=10", "" },
  { "consented site=\"b\" rows=20", "plan round=1" },
  { "planned round=1 plan=\"P\"", "open-round round=1 plan=\"P\"" },
  { "opened round=1", "ask site=\"a\" round=1 plan=\"P\"; ask site=\"b\" round=1 plan=\"P\"" },
  MACHINE_STEPS_END,
};

static GenesisCoordinatorMachine *
open_round (guint min_sites, guint max_retries)
{
  GenesisCoordinatorMachine *machine = genesis_coordinator_machine_new (min_sites, max_retries, 3);

  machine_fixture_run_coordinator (machine, opening);
  g_assert_cmpint (genesis_coordinator_machine_get_state (machine), ==, GENESIS_COORDINATOR_OPEN);
  return machine;
}

static void
test_whole_run (void)
{
  static const MachineStep steps[] = {
    { "partial site=\"b\" round=1 plan=\"P\" digest=\"B1\" rows=20",
      "accept site=\"b\" round=1 digest=\"B1\" rows=20" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "accept site=\"a\" round=1 digest=\"A1\" rows=10" },
    { "accepted site=\"b\" round=1 digest=\"B1\"", "receipt site=\"b\" round=1 digest=\"B1\"" },
    { "accepted site=\"a\" round=1 digest=\"A1\"",
      "receipt site=\"a\" round=1 digest=\"A1\"; close-round round=1" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"", "open-round round=2 plan=\"Q\"" },
    { "opened round=2", "ask site=\"a\" round=2 plan=\"Q\"; ask site=\"b\" round=2 plan=\"Q\"" },
    { "partial site=\"a\" round=2 plan=\"Q\" digest=\"A2\" rows=10",
      "accept site=\"a\" round=2 digest=\"A2\" rows=10" },
    { "accepted site=\"a\" round=2 digest=\"A2\"", "receipt site=\"a\" round=2 digest=\"A2\"" },
    { "partial site=\"b\" round=2 plan=\"Q\" digest=\"B2\" rows=20",
      "accept site=\"b\" round=2 digest=\"B2\" rows=20" },
    { "accepted site=\"b\" round=2 digest=\"B2\"",
      "receipt site=\"b\" round=2 digest=\"B2\"; close-round round=2" },
    { "absorbed round=2 digest=\"T2\"", "seal round=2 text=\"the generator has nothing left to "
                                        "ask\"; dismiss site=\"a\"; dismiss site=\"b\"" },
    { "train rows=5", "" },
    { "site-seen site=\"c\"", "refuse site=\"c\" text=\"the run is sealed: start a new run\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 0);

  machine_fixture_run_coordinator (machine, steps);
  g_assert_cmpint (genesis_coordinator_machine_get_state (machine), ==, GENESIS_COORDINATOR_SEALED);
  g_assert_cmpuint (genesis_coordinator_machine_get_closed (machine), ==, 2);
}

/* P1: duplicates get the same receipt, another digest is refused, while open and after the round is
   closed. */
static void
test_duplicates (void)
{
  static const MachineStep steps[] = {
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "accept site=\"a\" round=1 digest=\"A1\" rows=10" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10", "" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"X\" rows=10",
      "refuse site=\"a\" round=1 digest=\"X\" text=\"another partial of this site was accepted in "
      "this round\"" },
    { "accepted site=\"a\" round=1 digest=\"A1\"", "receipt site=\"a\" round=1 digest=\"A1\"" },
    { "accepted site=\"a\" round=1 digest=\"A1\"", "" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "receipt site=\"a\" round=1 digest=\"A1\"" },
    { "partial site=\"b\" round=1 plan=\"P\" digest=\"B1\" rows=20",
      "accept site=\"b\" round=1 digest=\"B1\" rows=20" },
    { "accepted site=\"b\" round=1 digest=\"B1\"",
      "receipt site=\"b\" round=1 digest=\"B1\"; close-round round=1" },
    { "partial site=\"b\" round=1 plan=\"P\" digest=\"B1\" rows=20",
      "receipt site=\"b\" round=1 digest=\"B1\"" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"", "open-round round=2 plan=\"Q\"" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"", "" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "receipt site=\"a\" round=1 digest=\"A1\"" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"X\" rows=10",
      "refuse site=\"a\" round=1 digest=\"X\" text=\"another partial of this site was accepted in "
      "this round\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 0);

  machine_fixture_run_coordinator (machine, steps);
  g_assert_cmpuint (genesis_coordinator_machine_get_refusals (machine)->len, ==, 2);
}

static void
test_refusals (void)
{
  static const MachineStep steps[] = {
    { "partial site=\"z\" round=1 plan=\"P\" digest=\"Z\"",
      "refuse site=\"z\" round=1 digest=\"Z\" text=\"no such site takes part\"" },
    { "partial site=\"a\" round=2 plan=\"P\" digest=\"A\"",
      "refuse site=\"a\" round=2 digest=\"A\" text=\"this round is not open: wait until it is "
      "asked\"" },
    { "partial site=\"a\" round=1 plan=\"Q\" digest=\"A\"",
      "refuse site=\"a\" round=1 digest=\"A\" text=\"it answers another plan: check that the site "
      "runs "
      "the same plugin and settings\"" },
    { "partial site=\"a\" round=1 plan=\"P\"",
      "refuse site=\"a\" round=1 text=\"it carries no digest\"" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\"",
      "accept site=\"a\" round=1 digest=\"A1\"" },
    { "rejected site=\"a\" round=1 digest=\"A1\" text=\"a count is negative\"",
      "refuse site=\"a\" round=1 digest=\"A1\" text=\"a count is negative\"" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A2\"",
      "refuse site=\"a\" round=1 digest=\"A2\" text=\"a partial of this site was rejected in this "
      "round\"" },
    { "absent site=\"b\" round=1 text=\"disk\"",
      "skip site=\"a\" round=1 text=\"a count is negative\"; skip site=\"b\" round=1 "
      "text=\"disk\"; "
      "abort code=7 text=\"round 1: 0 of 2 sites, fewer than min_sites 1; site 'a': a count is "
      "negative; "
      "site 'b': disk\"" },
    { "site-seen site=\"a\"",
      "refuse site=\"a\" text=\"a site of this name takes part already: choose another name\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 0);

  machine_fixture_run_coordinator (machine, steps);
  g_assert_cmpint (genesis_coordinator_machine_get_state (machine), ==,
                   GENESIS_COORDINATOR_FAILED_QUORUM);
}

/* A late site is asked again, then left out; its answer after the close is refused. */
static void
test_deadline (void)
{
  static const MachineStep steps[] = {
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "accept site=\"a\" round=1 digest=\"A1\" rows=10" },
    { "deadline round=1", "" }, /* a's partial arrived in time and is still being checked */
    { "accepted site=\"a\" round=1 digest=\"A1\"",
      "receipt site=\"a\" round=1 digest=\"A1\"; ask site=\"b\" round=1 attempt=1 plan=\"P\"" },
    { "deadline round=1", "" }, /* of the attempt before */
    { "deadline round=1 attempt=1",
      "skip site=\"b\" round=1 text=\"did not answer by the deadline\"; close-round round=1" },
    { "partial site=\"b\" round=1 attempt=1 plan=\"P\" digest=\"B1\" rows=20",
      "refuse site=\"b\" round=1 digest=\"B1\" text=\"late: the round is closed; wait for the next "
      "one\"" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"", "open-round round=2 plan=\"Q\"" },
    { "opened round=2", "ask site=\"a\" round=2 plan=\"Q\"; ask site=\"b\" round=2 plan=\"Q\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 1);

  machine_fixture_run_coordinator (machine, steps);
}

/* An answer to an earlier attempt of the open round counts. */
static void
test_late_answer_within_round (void)
{
  static const MachineStep steps[] = {
    { "deadline round=1",
      "ask site=\"a\" round=1 attempt=1 plan=\"P\"; ask site=\"b\" round=1 attempt=1 plan=\"P\"" },
    { "partial site=\"b\" round=1 plan=\"P\" digest=\"B1\" rows=20",
      "accept site=\"b\" round=1 digest=\"B1\" rows=20" },
    { "absent site=\"a\" round=1 text=\"of attempt 0\"", "" },
    { "absent site=\"a\" round=1 attempt=1 text=\"disk\"", "" },
    { "accepted site=\"b\" round=1 digest=\"B1\"",
      "receipt site=\"b\" round=1 digest=\"B1\"; skip site=\"a\" round=1 text=\"disk\"; "
      "close-round round=1" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 1);

  machine_fixture_run_coordinator (machine, steps);
}

/* P4: with fewer than min_sites nothing is closed; the run is taken up again at the same round, as
   another attempt. */
static void
test_quorum (void)
{
  static const MachineStep steps[] = {
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=10",
      "accept site=\"a\" round=1 digest=\"A1\" rows=10" },
    { "accepted site=\"a\" round=1 digest=\"A1\"", "receipt site=\"a\" round=1 digest=\"A1\"" },
    { "absent site=\"b\" round=1 text=\"disk\"", "skip site=\"b\" round=1 text=\"disk\"; abort "
                                                 "code=7 text=\"round 1: 1 of 2 sites, fewer than "
                                                 "min_sites 2; site 'b': disk\"" },
    { "train rows=1", "open-round round=1 plan=\"P\"" },
    { "opened round=1",
      "ask site=\"a\" round=1 attempt=1 plan=\"P\"; ask site=\"b\" round=1 attempt=1 plan=\"P\"" },
    { "partial site=\"a\" round=1 attempt=1 plan=\"P\" digest=\"A1\" rows=10",
      "accept site=\"a\" round=1 digest=\"A1\" rows=10" },
    { "accepted site=\"a\" round=1 digest=\"A1\"", "receipt site=\"a\" round=1 digest=\"A1\"" },
    { "partial site=\"b\" round=1 attempt=1 plan=\"P\" digest=\"B1\" rows=20",
      "accept site=\"b\" round=1 digest=\"B1\" rows=20" },
    { "accepted site=\"b\" round=1 digest=\"B1\"",
      "receipt site=\"b\" round=1 digest=\"B1\"; close-round round=1" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"", "pause round=1" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (2, 0);

  machine_fixture_run_coordinator (machine, steps);
  g_assert_cmpint (genesis_coordinator_machine_get_state (machine), ==,
                   GENESIS_COORDINATOR_ENROLLING);
}

static void
test_vetoes (void)
{
  static const MachineStep too_few[] = {
    { "site-seen site=\"a\"", "invite site=\"a\"" },
    { "train rows=1", "" },
    { "vetoed site=\"a\" code=7 text=\"3 rows\"",
      "abort code=7 text=\"round 1: 0 of 1 sites, fewer than min_sites 1; site 'a': 3 rows\"" },
    MACHINE_STEPS_END,
  };
  static const MachineStep policy[] = {
    { "site-seen site=\"a\"", "invite site=\"a\"" },
    { "site-seen site=\"b\"", "invite site=\"b\"" },
    { "train rows=1", "" },
    { "consented site=\"b\" rows=5", "" },
    { "vetoed site=\"a\" code=9 text=\"no budget\"",
      "abort code=9 text=\"round 1: 1 of 2 sites, fewer than min_sites 2; site 'a': no budget\"" },
    MACHINE_STEPS_END,
  };
  static const MachineStep data[] = {
    { "site-seen site=\"a\"", "invite site=\"a\"" },
    { "site-seen site=\"b\"", "invite site=\"b\"" },
    { "train rows=9", "" },
    { "consented site=\"b\" rows=5", "" },
    { "vetoed site=\"a\" code=4 text=\"no such column\"",
      "abort code=4 text=\"round 1: 1 of 2 sites, fewer than min_sites 2; site 'a': no such "
      "column\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) first = genesis_coordinator_machine_new (1, 0, 3);
  g_autoptr (GenesisCoordinatorMachine) second = genesis_coordinator_machine_new (2, 0, 3);
  g_autoptr (GenesisCoordinatorMachine) third = genesis_coordinator_machine_new (2, 0, 3);

  G_STATIC_ASSERT (GENESIS_ERROR_SCHEMA_MISMATCH == 4);
  machine_fixture_run_coordinator (third, data);
  g_assert_cmpint (genesis_coordinator_machine_get_state (third), ==,
                   GENESIS_COORDINATOR_FAILED_QUORUM);
  machine_fixture_run_coordinator (first, too_few);
  g_assert_cmpint (genesis_coordinator_machine_get_state (first), ==,
                   GENESIS_COORDINATOR_FAILED_QUORUM);
  machine_fixture_run_coordinator (second, policy);
  g_assert_cmpint (genesis_coordinator_machine_get_state (second), ==,
                   GENESIS_COORDINATOR_FAILED_BUDGET);
}

static void
test_pause_and_join (void)
{
  static const MachineStep steps[] = {
    { "train", "abort code=7 text=\"there are no sites: add a site first\"" },
    { "site-seen site=\"a\"", "invite site=\"a\"" },
    { "train rows=1", "" },
    { "consented site=\"a\" rows=5", "plan round=1" },
    { "planned round=1 plan=\"P\"", "open-round round=1 plan=\"P\"" },
    { "opened round=1", "ask site=\"a\" round=1 plan=\"P\"" },
    { "opened round=1", "" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=5",
      "accept site=\"a\" round=1 digest=\"A1\" rows=5" },
    { "accepted site=\"a\" round=1 digest=\"A1\"",
      "receipt site=\"a\" round=1 digest=\"A1\"; close-round round=1" },
    { "absorbed round=1 digest=\"T1\" plan=\"\"",
      "pause round=1" }, /* the next plan is not known yet */
    { "site-seen site=\"b\"", "invite site=\"b\"" },
    { "train rows=9", "" },
    { "consented site=\"b\" rows=5", "plan round=2" },
    { "planned round=2 plan=\"Q\"", "open-round round=2 plan=\"Q\"" },
    { "opened round=2", "ask site=\"a\" round=2 plan=\"Q\"; ask site=\"b\" round=2 plan=\"Q\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = genesis_coordinator_machine_new (1, 0, 3);

  machine_fixture_run_coordinator (machine, steps);
}

static void
test_horizon (void)
{
  static const MachineStep steps[] = {
    { "site-seen site=\"a\"", "invite site=\"a\"" },
    { "consented site=\"a\" rows=5", "" },
    { "train rows=9", "plan round=1" },
    { "planned round=1 plan=\"P\"", "open-round round=1 plan=\"P\"" },
    { "opened round=1", "ask site=\"a\" round=1 plan=\"P\"" },
    { "partial site=\"a\" round=1 plan=\"P\" digest=\"A1\" rows=5",
      "accept site=\"a\" round=1 digest=\"A1\" rows=5" },
    { "accepted site=\"a\" round=1 digest=\"A1\"",
      "receipt site=\"a\" round=1 digest=\"A1\"; close-round round=1" },
    { "absorbed round=1 digest=\"T1\" plan=\"Q\"",
      "seal round=1 text=\"the horizon of 1 rounds is reached\"; dismiss site=\"a\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = genesis_coordinator_machine_new (1, 0, 1);

  machine_fixture_run_coordinator (machine, steps);
}

static void
test_stopped (void)
{
  static const MachineStep steps[] = {
    { "cancel", "abort code=0 text=\"cancelled\"" },
    { "cancel", "" },
    { "absent site=\"a\" round=1 text=\"stopped\"", "" },
    { "accepted site=\"a\" round=1 digest=\"A1\"", "" },
    { "deadline round=1", "" },
    { "train rows=1", "open-round round=1 plan=\"P\"" },
    { "broken code=5 text=\"plugin\"", "abort code=5 text=\"plugin\"" },
    { "absorbed round=1 digest=\"T\"", "" },
    { "train rows=1", "open-round round=1 plan=\"P\"" },
    { "broken code=9 text=\"budget\"", "abort code=9 text=\"budget\"" },
    { "measured site=\"a\" round=1", "" }, /* not an event of the coordinator */
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisCoordinatorMachine) machine = open_round (1, 0);

  machine_fixture_run_coordinator (machine, steps);
  g_assert_cmpint (genesis_coordinator_machine_get_state (machine), ==,
                   GENESIS_COORDINATOR_FAILED_BUDGET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coordinator-machine/run/goes-from-draft-to-sealed", test_whole_run);
  g_test_add_func ("/coordinator-machine/partial/is-counted-once", test_duplicates);
  g_test_add_func ("/coordinator-machine/partial/is-refused-with-the-reason", test_refusals);
  g_test_add_func ("/coordinator-machine/deadline/asks-again-then-closes", test_deadline);
  g_test_add_func ("/coordinator-machine/deadline/takes-an-answer-to-an-earlier-attempt",
                   test_late_answer_within_round);
  g_test_add_func ("/coordinator-machine/quorum/releases-nothing-below-min-sites", test_quorum);
  g_test_add_func ("/coordinator-machine/veto/tells-policy-and-bad-data-from-absence", test_vetoes);
  g_test_add_func ("/coordinator-machine/train/pauses-and-lets-sites-join", test_pause_and_join);
  g_test_add_func ("/coordinator-machine/train/ends-at-the-horizon", test_horizon);
  g_test_add_func ("/coordinator-machine/stop/ignores-what-comes-after", test_stopped);
  return g_test_run ();
}
