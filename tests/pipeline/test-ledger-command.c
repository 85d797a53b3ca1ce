/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-privacy.h>

#include "pipeline-fixture.h"

#include "privacy/genesis-spend-ledger-private.h"

/* "genesis ledger show" and "verify" of a ledger that two runs wrote. */

#define PLAN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static GenesisSpend *
pay (GenesisSpendLedger *ledger, const char *run, guint round, double mu2)
{
  g_autoptr (GenesisSpend) spend = genesis_spend_new (run, round, PLAN);
  g_autoptr (GError) error = NULL;
  GenesisSpendLimit limit;

  g_assert_true (genesis_spend_limit_init (&limit, 2, GENESIS_SPEND_DELTA, &error));
  g_assert_true (genesis_spend_add (spend, "counts", 2, 2 / sqrt (mu2), &error));
  g_assert_true (genesis_spend_ledger_reserve (ledger, spend, &limit, NULL, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&spend);
}

/* mu^2 1/64 and 2/64 of one run, 1/64 of another, together .25^2; the last one not sent. */
static void
write_ledger (Fixture *fixture, const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpendLedger) ledger =
      genesis_spend_ledger_open (path, "/data/\x1b[31mnorth.csv", &error);
  g_autoptr (GenesisSpend) first = NULL;
  g_autoptr (GenesisSpend) second = NULL;
  g_autoptr (GenesisSpend) third = NULL;

  g_assert_no_error (error);
  first = pay (ledger, "run-a", 1, 1. / 64);
  g_assert_true (genesis_spend_ledger_commit (ledger, first, "aa", &error));
  second = pay (ledger, "run-a", 2, 2. / 64);
  g_assert_true (genesis_spend_ledger_commit (ledger, second, "bb", &error));
  third = pay (ledger, "run-b", 1, 1. / 64);
}

static void
test_show (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  write_ledger (fixture, "l");
  fixture_run (fixture, &outcome, "ledger show l");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_null (strchr (outcome.out, '\x1b'));
  g_assert_nonnull (strstr (outcome.out, "/data/\\x1b[31mnorth.csv"));
  g_assert_nonnull (strstr (outcome.out, "epsilon 0.926342 at delta 1e-05"));
  g_assert_nonnull (strstr (outcome.out, "epsilon 2, when"));
  g_assert_nonnull (strstr (outcome.out, "runs (2)"));
  g_assert_nonnull (strstr (outcome.out, "releases (3)"));
  g_assert_nonnull (strstr (outcome.out, "run-a round 2  plan 0123456789ab  mu^2 0.03125  sent"));
  g_assert_nonnull (
      strstr (outcome.out, "run-b round 1  plan 0123456789ab  mu^2 0.015625  reserved"));
}

static void
test_show_json (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *ledger, *release, *group;
  double epsilon;

  g_assert_true (genesis_privacy_epsilon (.25, 1e-9, &epsilon, NULL));
  write_ledger (fixture, "l");
  fixture_run (fixture, &outcome, "ledger show l --json --delta 1e-9");
  node = outcome_json (&outcome);
  ledger = json_node_get_object (node);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (ledger, "mu2"), .0625, 1e-10);
  g_assert_cmpfloat (json_object_get_double_member (ledger, "delta"), ==, 1e-9);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (ledger, "epsilon"), epsilon, 1e-9);
  g_assert_cmpfloat (json_object_get_double_member (ledger, "budget"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (ledger, "torn_bytes"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (ledger, "runs")), ==, 2);
  release = json_array_get_object_element (json_object_get_array_member (ledger, "releases"), 1);
  g_assert_cmpstr (json_object_get_string_member (release, "plan"), ==, PLAN);
  g_assert_cmpstr (json_object_get_string_member (release, "sent"), ==, "bb");
  group = json_array_get_object_element (json_object_get_array_member (release, "groups"), 0);
  g_assert_cmpstr (json_object_get_string_member (group, "group"), ==, "counts");
  release = json_array_get_object_element (json_object_get_array_member (ledger, "releases"), 2);
  g_assert_cmpstr (json_object_get_string_member (release, "state"), ==, "reserved");
  g_assert_true (json_object_get_null_member (release, "sent"));
}

static void
write_bytes (Fixture *fixture, const char *name, const char *data, gsize size)
{
  g_autofree char *path = fixture_path (fixture, name);

  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *path = fixture_path (fixture, "l");
  g_autofree char *bytes = NULL;
  gsize size;

  write_ledger (fixture, "l");
  fixture_run (fixture, &outcome, "ledger verify l");
  g_assert_cmpstr (outcome.out, ==, "fine: 3 releases\n");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));

  write_bytes (fixture, "torn", bytes, size - 5);
  fixture_run (fixture, &outcome, "ledger verify torn");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "fine: 2 releases; a torn end of"));

  bytes[200] ^= 1;
  write_bytes (fixture, "bad", bytes, size);
  fixture_run (fixture, &outcome, "ledger verify bad");
  g_assert_cmpint (outcome.code, ==, 65);
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_nonnull (strstr (outcome.err, "'bad': record 2 at byte "));
  g_assert_nonnull (strstr (outcome.err, "is damaged"));
  fixture_run (fixture, &outcome, "ledger show bad");
  g_assert_cmpint (outcome.code, ==, 65);
}

static void
test_verify_json (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;

  write_ledger (fixture, "l");
  fixture_run (fixture, &outcome, "ledger verify l --json");
  node = outcome_json (&outcome);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (node), "ok"));
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "releases"), ==, 3);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *words;
    int code;
    const char *named;
  } cases[] = {
    { "ledger show", 2, "no FILE" },
    { "ledger show a b", 2, "more than one FILE" },
    { "ledger show diary --delta 0", 2, "delta is 0" },
    { "ledger show diary --delta x", 2, "'x'" },
    { "ledger show nowhere", 66, "nowhere" },
    { "ledger verify diary", 65, "is not the privacy ledger of a data set" },
    { "ledger verify .", 74, "cannot read" },
    { "ledger verify empty", 65, "is not the privacy ledger of a data set" },
  };

  fixture_write (fixture, "diary", "dear diary, today it rained again");
  fixture_write (fixture, "empty", "");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      fixture_run (fixture, &outcome, cases[i].words);
      g_test_message ("%s: %s", cases[i].words, outcome.err);
      g_assert_cmpint (outcome.code, ==, cases[i].code);
      g_assert_nonnull (strstr (outcome.err, cases[i].named));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/ledger-command/show/tells-runs-and-releases", test_show);
  ADD ("/ledger-command/show/json", test_show_json);
  ADD ("/ledger-command/verify/names-the-first-bad-record", test_verify);
  ADD ("/ledger-command/verify/json", test_verify_json);
  ADD ("/ledger-command/what-is-no-ledger-is-refused", test_refused);
  return g_test_run ();
}
