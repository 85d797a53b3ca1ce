/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "pipeline-fixture.h"

/* "genesis privacy": what the calculator answers, and what it refuses. */

/* The member of what "genesis privacy WORDS --json" prints; INFINITY for null. */
static double
ask (Fixture *fixture, const char *words, const char *member)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = g_strdup_printf ("privacy %s --json", words);
  JsonNode *value;

  fixture_run (fixture, &outcome, line);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  value = json_object_get_member (json_node_get_object (node), member);
  g_assert_nonnull (value);
  if (JSON_NODE_HOLDS_NULL (value))
    return INFINITY;
  return json_node_get_value_type (value) == G_TYPE_INT64 ? (double)json_node_get_int (value)
                                                          : json_node_get_double (value);
}

static void
assert_near (double value, double expected, double relative)
{
  g_assert_cmpfloat_with_epsilon (value / expected, 1, relative);
}

/* -- known answers ---------------------------------------------------------- */

/* A kind of the reference's vectors: how it is asked for. */
static const struct
{
  const char *name, *words, *member;
} kinds[] = {
  { "delta(mu,eps)", "delta --mu %s --epsilon %s", "delta" },
  { "eps(mu,delta)", "epsilon --mu %s --delta %s", "epsilon" },
  { "mu(eps,delta)", "calibrate --epsilon %s --delta %s", "mu" },
  { "cks_delta(rho,eps)", "delta --rho %s --epsilon %s", "delta" },
  { "cks_eps(rho,delta)", "epsilon --rho %s --delta %s", "epsilon" },
  { "cks_rho(eps,delta)", "calibrate --epsilon %s --delta %s", "rho" },
};

static char *
substitute (const char *words, const char *first, const char *second)
{
  g_auto (GStrv) parts = g_strsplit (words, "%s", 3);

  return g_strconcat (parts[0], first, parts[1], second, parts[2], NULL);
}

static void
check_vector (Fixture *fixture, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);

  g_assert_cmpuint (g_strv_length (cells), ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (cells[0], kinds[i].name))
      {
        g_autofree char *words = substitute (kinds[i].words, cells[1], cells[2]);

        assert_near (ask (fixture, words, kinds[i].member), g_ascii_strtod (cells[3], NULL), 1e-8);
        return;
      }
  g_error ("unknown kind of vector '%s'", cells[0]);
}

/* 54 values of 17 digits, computed with 40 (mpmath); they are not part of the tree. */
static void
test_vectors (Fixture *fixture, gconstpointer data)
{
  const char *folder = g_getenv ("GENESIS_TEST_DATA");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (folder == NULL)
    {
      g_test_skip ("GENESIS_TEST_DATA is not set");
      return;
    }
  path = g_build_filename (folder, "..", "reference", "accountant-vectors.tsv", NULL);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no ../reference/accountant-vectors.tsv beside GENESIS_TEST_DATA");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      {
        check_vector (fixture, lines[i]);
        n++;
      }
  g_assert_cmpuint (n, ==, 54);
}

/* What an aggregator with the defaults spends: noise multiplier .1 in three rounds, and in two. */
static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  g_assert_cmpfloat_with_epsilon (ask (fixture, "epsilon --noise-scale 0.1 --rounds 3", "epsilon"),
                                  222.977, .001);
  g_assert_cmpfloat_with_epsilon (ask (fixture, "epsilon --noise-scale 0.1 --rounds 2", "epsilon"),
                                  159.442, .001);
  fixture_run (fixture, &outcome, "privacy epsilon --noise-scale 0.1 --rounds 3");
  g_assert_nonnull (strstr (outcome.out, "222.977"));
  g_assert_nonnull (strstr (outcome.out, "warning: an epsilon above 10 promises little"));
}

/* The noise that is told for a run keeps it within its epsilon, and no more noise than that. */
static void
test_calibration (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *epsilon, *delta, *rounds;
  } cases[] = {
    { "1", "1e-5", "1" }, { "1", "1e-5", "10" }, { "0.001", "1e-9", "3" }, { "100", "1e-6", "64" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = g_strdup_printf ("calibrate --epsilon %s --delta %s --rounds %s",
                                                cases[i].epsilon, cases[i].delta, cases[i].rounds);
      double noise_scale = ask (fixture, words, "noise_scale");
      char shown[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *back = g_strdup_printf ("epsilon --noise-scale %s --delta %s --rounds %s",
                                               g_ascii_dtostr (shown, sizeof shown, noise_scale),
                                               cases[i].delta, cases[i].rounds);
      double epsilon = ask (fixture, back, "epsilon");

      g_assert_cmpfloat (epsilon, <=, g_ascii_strtod (cases[i].epsilon, NULL) * (1 + 1e-12));
      assert_near (epsilon, g_ascii_strtod (cases[i].epsilon, NULL), 1e-9);
    }
}

/* Groups of blocks share a round: its cost stays, the noise of each grows with their root. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  static const char one[] = "calibrate --epsilon 1 --rounds 3 --sensitivity 2";
  static const char four[] = "calibrate --epsilon 1 --rounds 3 --sensitivity 2 --groups 4";

  g_assert_cmpfloat (ask (fixture, one, "noise_scale"), ==, ask (fixture, four, "noise_scale"));
  assert_near (ask (fixture, one, "sigma"), 2 * ask (fixture, one, "noise_scale"), 1e-15);
  assert_near (ask (fixture, four, "sigma"), 2 * ask (fixture, one, "sigma"), 1e-15);
}

/* -- the edge --------------------------------------------------------------- */

/* Far out and still right. */
static void
test_extremes (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpfloat (ask (fixture, "epsilon --mu 0", "epsilon"), ==, 0);
  g_assert_cmpfloat (ask (fixture, "epsilon --mu 1e-300", "epsilon"), ==, 0);
  g_assert_true (isinf (ask (fixture, "epsilon --mu 1e300", "epsilon")));
  g_assert_cmpfloat (ask (fixture, "delta --mu 0 --epsilon 0", "delta"), ==, 0);
  g_assert_cmpfloat (ask (fixture, "delta --mu 1e300 --epsilon 0", "delta"), ==, 1);
  g_assert_cmpfloat (ask (fixture, "delta --mu 1 --epsilon 1e300", "delta"), ==, 0);
  g_assert_cmpfloat (ask (fixture, "delta --rho 0 --epsilon 1", "delta"), ==, 0);
  assert_near (ask (fixture, "delta --mu 1e-200 --epsilon 0", "delta") * 1e200, 0.3989422804014327,
               1e-9);
  g_assert_cmpfloat (ask (fixture, "calibrate --epsilon 0", "noise_scale"), >, 3e4);
  g_assert_cmpfloat (ask (fixture, "calibrate --epsilon 1e300", "noise_scale"), <, 1e-149);
  g_assert_true (isinf (ask (fixture, "epsilon --noise-scale 5e-324", "epsilon")));
}

/* What is refused, and what of it the message names. */
static const struct
{
  const char *words, *named;
} refused[] = {
  { "epsilon --mu nan", "'nan'" },
  { "epsilon --mu inf", "'inf'" },
  { "epsilon --mu -inf", "'-inf'" },
  { "epsilon --mu 1e999", "'1e999'" },
  { "epsilon --mu 0x10", "'0x10'" },
  { "epsilon --mu 1,5", "'1,5'" },
  { "epsilon --mu 1e", "'1e'" },
  { "epsilon --mu +-1", "'+-1'" },
  { "epsilon --mu=", "--mu" },
  { "epsilon --mu -1", "mu is -1" },
  { "epsilon --mu -1e-300", "mu is -1e-300" },
  { "epsilon --rho -1", "rho is -1" },
  { "epsilon --mu 1 --delta 0", "delta is 0" },
  { "epsilon --mu 1 --delta 1", "delta is 1" },
  { "epsilon --mu 1 --delta -1e-5", "delta is -1e-05" },
  { "epsilon --mu 1 --delta 2", "delta is 2" },
  { "epsilon --mu 1 --delta nan", "'nan'" },
  { "epsilon --rho 1 --delta 0", "delta is 0" },
  { "epsilon", "--mu, --rho and --noise-scale" },
  { "epsilon --mu 1 --rho 1", "--mu, --rho and --noise-scale" },
  { "epsilon --mu 1 --rounds 2", "--rounds" },
  { "epsilon --noise-scale 0", "noise_scale is 0" },
  { "epsilon --noise-scale -1", "noise_scale is -1" },
  { "epsilon --noise-scale 1 --rounds 0", "'0'" },
  { "epsilon --noise-scale 1 --rounds 1.5", "'1.5'" },
  { "epsilon --noise-scale 1 --rounds 1e18", "'1e18'" },
  { "epsilon --mu 1 more", "'more'" },
  { "epsilon --mu", "--mu" },
  { "epsilon --nu 1", "did you mean '--mu'?" },
  { "delta --mu 1", "--epsilon" },
  { "delta --mu 1 --epsilon -1", "epsilon is -1" },
  { "delta --mu 1 --epsilon inf", "'inf'" },
  { "delta --rho -1 --epsilon 1", "rho is -1" },
  { "calibrate", "--epsilon" },
  { "calibrate --epsilon -1", "epsilon is -1" },
  { "calibrate --epsilon inf", "'inf'" },
  { "calibrate --epsilon 1 --delta 0", "delta is 0" },
  { "calibrate --epsilon 1 --rounds -3", "'-3'" },
  { "calibrate --epsilon 1 --groups 0", "'0'" },
  { "calibrate --epsilon 1 --sensitivity -1", "'-1'" },
  { "calibrate --epsilon 1 --sensitivity nan", "'nan'" },
  { "epsilom --mu 1", "did you mean 'epsilon'?" },
  { "", "no command" },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      g_autofree char *line = g_strdup_printf ("privacy %s", refused[i].words);

      fixture_run (fixture, &outcome, line);
      g_test_message ("genesis %s: %s", line, outcome.err);
      g_assert_cmpint (outcome.code, ==, 2);
      g_assert_cmpstr (outcome.out, ==, "");
      g_assert_nonnull (strstr (outcome.err, refused[i].named));
      g_assert_nonnull (strstr (outcome.err, "--help"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/privacy-command/known-answers", test_vectors);
  ADD ("/privacy-command/defaults-of-a-noisy-run", test_defaults);
  ADD ("/privacy-command/calibrate/keeps-epsilon", test_calibration);
  ADD ("/privacy-command/calibrate/groups-share-a-round", test_groups);
  ADD ("/privacy-command/extremes-are-right", test_extremes);
  ADD ("/privacy-command/nonsense-is-refused", test_refused);
  return g_test_run ();
}
