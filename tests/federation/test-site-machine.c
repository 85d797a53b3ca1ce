/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "machine-fixture.h"

#include <genesis/genesis-error.h>

static const MachineStep enrolment[] = {
  { "asked site=\"a\" round=1 plan=\"P\"", "" }, /* not yet */
  { "invited site=\"a\"", "check site=\"a\"" },
  { "invited site=\"a\"", "" },
  { "checked site=\"a\" rows=7", "consent site=\"a\" rows=7" },
  MACHINE_STEPS_END,
};

static GenesisSiteMachine *
enrolled (void)
{
  GenesisSiteMachine *machine = genesis_site_machine_new ("a");

  machine_fixture_run_site (machine, enrolment);
  return machine;
}

static void
test_round (void)
{
  static const MachineStep steps[] = {
    { "asked site=\"a\" round=1 plan=\"P\"", "measure site=\"a\" round=1 plan=\"P\"" },
    { "asked site=\"a\" round=1 plan=\"P\"", "" },
    { "measured site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7",
      "spool site=\"a\" round=1 digest=\"D\"" },
    { "spooled site=\"a\" round=1 digest=\"D\"",
      "send site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7" },
    /* asked again: the same bytes, not another measurement */
    { "asked site=\"a\" round=1 attempt=1 plan=\"P\"",
      "send site=\"a\" round=1 attempt=1 plan=\"P\" digest=\"D\" rows=7" },
    { "receipt site=\"a\" round=1 digest=\"other\"", "" },
    { "receipt site=\"a\" round=1 digest=\"D\"", "discard site=\"a\" round=1 digest=\"D\"" },
    { "receipt site=\"a\" round=1 digest=\"D\"", "" },
    { "asked site=\"a\" round=1 attempt=1 plan=\"P\"", "" },
    /* a later attempt after the receipt: the coordinator takes the round up anew */
    { "asked site=\"a\" round=1 attempt=2 plan=\"P\"", "measure site=\"a\" round=1 plan=\"P\"" },
    { "measured site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7",
      "spool site=\"a\" round=1 digest=\"D\"" },
    { "spooled site=\"a\" round=1 digest=\"D\"",
      "send site=\"a\" round=1 attempt=2 plan=\"P\" digest=\"D\" rows=7" },
    /* the next round: what is still spooled is of no use */
    { "asked site=\"a\" round=2 plan=\"Q\"",
      "discard site=\"a\" round=1 digest=\"D\"; measure site=\"a\" round=2 plan=\"Q\"" },
    { "measured site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7", "" },
    { "asked site=\"a\" round=1 plan=\"P\"", "" },
    { "dismiss site=\"a\"", "" },
    { "asked site=\"a\" round=3 plan=\"R\"", "" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisSiteMachine) machine = enrolled ();

  machine_fixture_run_site (machine, steps);
  g_assert_cmpint (genesis_site_machine_get_state (machine), ==, GENESIS_SITE_DONE);
}

static void
test_other_plan (void)
{
  static const MachineStep steps[] = {
    { "asked site=\"a\" round=1 plan=\"P\"", "measure site=\"a\" round=1 plan=\"P\"" },
    { "measured site=\"a\" round=1 plan=\"Q\" digest=\"D\" rows=7",
      "excuse site=\"a\" round=1 text=\"the plan that was asked is not the plan that the site "
      "computed: "
      "compare plugin versions and settings\"" },
    { "asked site=\"a\" round=1 plan=\"P\"", "" },
    { "asked site=\"a\" round=1 attempt=1 plan=\"P\"", "measure site=\"a\" round=1 plan=\"P\"" },
    { "fault site=\"a\" round=1 text=\"disk\"",
      "excuse site=\"a\" round=1 attempt=1 text=\"disk\"" },
    { "fault site=\"a\" round=1 text=\"disk\"", "" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisSiteMachine) machine = enrolled ();

  machine_fixture_run_site (machine, steps);
  g_assert_cmpint (genesis_site_machine_get_state (machine), ==, GENESIS_SITE_CONSENTED);
}

static void
test_refused (void)
{
  static const MachineStep steps[] = {
    { "asked site=\"a\" round=1 plan=\"P\"", "measure site=\"a\" round=1 plan=\"P\"" },
    { "measured site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7",
      "spool site=\"a\" round=1 digest=\"D\"" },
    { "spooled site=\"a\" round=1 digest=\"D\"",
      "send site=\"a\" round=1 plan=\"P\" digest=\"D\" rows=7" },
    { "refuse site=\"a\" round=1 digest=\"D\" text=\"late\"",
      "discard site=\"a\" round=1 digest=\"D\"" },
    { "asked site=\"a\" round=2 plan=\"Q\"", "measure site=\"a\" round=2 plan=\"Q\"" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisSiteMachine) machine = enrolled ();

  machine_fixture_run_site (machine, steps);
  g_assert_cmpint (genesis_site_machine_get_state (machine), ==, GENESIS_SITE_COMPUTING);
}

static void
test_veto (void)
{
  static const MachineStep steps[] = {
    { "invited site=\"a\"", "check site=\"a\"" },
    { "unfit site=\"a\" code=7 text=\"3 rows\"", "veto site=\"a\" code=7 text=\"3 rows\"" },
    { "checked site=\"a\" rows=9", "" },
    { "asked site=\"a\" round=1 plan=\"P\"",
      "excuse site=\"a\" round=1 text=\"the site does not take part in this run\"" },
    { "dismiss site=\"a\"", "" },
    MACHINE_STEPS_END,
  };
  g_autoptr (GenesisSiteMachine) machine = genesis_site_machine_new ("a");

  machine_fixture_run_site (machine, steps);
  g_assert_cmpint (genesis_site_machine_get_state (machine), ==, GENESIS_SITE_VETOED);
}

/* -- the text form --------------------------------------------------------- */

static void
test_text_round_trip (void)
{
  g_autoptr (GenesisRunMessage) message =
      genesis_run_message_new (GENESIS_RUN_PARTIAL, "a \"b\"\n\\", 3);
  g_autoptr (GenesisRunMessage) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  message->attempt = 2;
  message->rows = G_MAXUINT64;
  message->code = 0;
  message->plan = g_strdup ("");
  message->digest = g_strdup ("d=\"x\" round=9");
  message->text = g_strdup ("caf\303\251");
  text = genesis_run_message_to_text (message);
  g_assert_null (strchr (text, '\n'));
  read = genesis_run_message_parse (text, &error);
  g_assert_no_error (error);
  again = genesis_run_message_to_text (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (read->kind, ==, GENESIS_RUN_PARTIAL);
  g_assert_cmpstr (read->site, ==, message->site);
  g_assert_cmpstr (read->plan, ==, "");
  g_assert_cmpstr (read->digest, ==, message->digest);
  g_assert_cmpstr (read->text, ==, message->text);
  g_assert_cmpuint (read->round, ==, 3);
  g_assert_cmpuint (read->attempt, ==, 2);
  g_assert_cmpuint (read->rows, ==, G_MAXUINT64);
  g_assert_cmpint (read->code, ==, 0);
}

static void
test_text_kinds (void)
{
  for (guint kind = 0; kind < GENESIS_RUN_N_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisRunMessage) read =
          genesis_run_message_parse (genesis_run_message_kind_name (kind), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (read->kind, ==, kind);
      g_assert_cmpint (read->code, ==, -1);
      g_assert_null (read->site);
    }
}

static void
test_text_faults (void)
{
  static const char *const lines[] = {
    "",
    "nonsense",
    "partial round",
    "partial round=",
    "partial round=x",
    "partial round=-1",
    "partial  round=1",
    "partial round=99999999999",
    "partial site=\"a",
    "partial site=\"a\\",
    "partial site=\"a\" site=\"b\"",
    "partial sites=\"a\"",
    "partial round=1x",
    "partial color=3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisRunMessage) read = genesis_run_message_parse (lines[i], &error);

      g_test_message ("%s", lines[i]);
      g_assert_null (read);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-machine/round/measures-once-and-sends-the-same-again", test_round);
  g_test_add_func ("/site-machine/round/answers-no-other-plan", test_other_plan);
  g_test_add_func ("/site-machine/round/goes-on-after-a-refusal", test_refused);
  g_test_add_func ("/site-machine/veto/is-final", test_veto);
  g_test_add_func ("/run-message/text/reads-back", test_text_round_trip);
  g_test_add_func ("/run-message/text/knows-every-kind", test_text_kinds);
  g_test_add_func ("/run-message/text/refuses-what-it-did-not-write", test_text_faults);
  return g_test_run ();
}
