/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

typedef gboolean (*Accountant) (double, double, double *, GError **);

static double
value_of (Accountant accountant, double first, double second)
{
  g_autoptr (GError) error = NULL;
  double value = NAN;

  g_assert_true (accountant (first, second, &value, &error));
  g_assert_no_error (error);
  return value;
}

/* Computed with 40 digits (mpmath), 17 of them given. */
static const struct
{
  Accountant accountant;
  double first, second, value;
} known[] = {
  { genesis_privacy_delta, 0.1, 0.1, 0.008751768145809594 },
  { genesis_privacy_delta, 0.5, 1, 0.0068295949831145754 },
  { genesis_privacy_delta, 1, 0, 0.38292492254802621 },
  { genesis_privacy_delta, 1, 0.5, 0.23842170813487663 },
  { genesis_privacy_delta, 1, 1, 0.12693673750664395 },
  { genesis_privacy_delta, 1, 2, 0.020923635821113731 },
  { genesis_privacy_delta, 2, 0, 0.6826894921370859 },
  { genesis_privacy_delta, 2, 1, 0.50986166005467015 },
  { genesis_privacy_delta, 2, 3, 0.18381307654447216 },
  { genesis_privacy_delta, 3, 1, 0.78760074136038453 },
  { genesis_privacy_delta, 10, 50, 0.460493305898614 },
  { genesis_privacy_delta, 0.2, 1, 1.7546333318962327e-8 },
  { genesis_privacy_delta, 0.01, 0.05, 5.4814402007468775e-10 },
  { genesis_privacy_delta, 5, 30, 0.00013132627111337326 },
  { genesis_privacy_delta, 0.001, 0.0001, 0.00035095286201566588 },
  { genesis_privacy_delta, 0.00001, 0.0000001, 3.9396224704567831e-6 },
  { genesis_privacy_delta, 0.05, 0.5, 4.797291362662317e-26 },
  { genesis_privacy_delta, 20, 250, 0.0054321595538071977 },
  { genesis_privacy_mu, 0.01, 1e-5, 0.0041019677366059833 },
  { genesis_privacy_mu, 0.1, 1e-5, 0.03252078405620391 },
  { genesis_privacy_mu, 0.5, 1e-5, 0.14221055866926122 },
  { genesis_privacy_mu, 1, 1e-5, 0.26805112321129422 },
  { genesis_privacy_mu, 1, 1e-6, 0.23670438066343571 },
  { genesis_privacy_mu, 1, 1e-9, 0.18197480729533226 },
  { genesis_privacy_mu, 1, 0.01, 0.53251664850295077 },
  { genesis_privacy_mu, 2, 1e-5, 0.50155168916965662 },
  { genesis_privacy_mu, 3, 1e-5, 0.71911743522179272 },
  { genesis_privacy_mu, 5, 1e-5, 1.1212418238184089 },
  { genesis_privacy_mu, 8, 1e-5, 1.6660305978457182 },
  { genesis_privacy_mu, 10, 1e-5, 2.0004456204306324 },
  { genesis_privacy_mu, 0.1, 1e-9, 0.019916423412681466 },
  { genesis_privacy_mu, 100, 1e-5, 10.563018719815935 },
  { genesis_privacy_epsilon, 0.05, 1e-5, 0.16004203445813213 },
  { genesis_privacy_epsilon, 0.1, 1e-5, 0.34066936468432641 },
  { genesis_privacy_epsilon, 0.25, 1e-5, 0.92634150399822944 },
  { genesis_privacy_epsilon, 0.5, 1e-5, 1.9930914044151196 },
  { genesis_privacy_epsilon, 1, 1e-5, 4.3771780956812246 },
  { genesis_privacy_epsilon, 1, 1e-9, 6.173935046670908 },
  { genesis_privacy_epsilon, 2, 1e-5, 9.9972561464343004 },
  { genesis_privacy_epsilon, 4, 1e-6, 26.356963925325814 },
  { genesis_privacy_epsilon, 10, 1e-5, 91.817289624663745 },
  { genesis_privacy_epsilon, 100, 1e-5, 5425.5098461474296 },
  { genesis_privacy_zcdp_epsilon, 0.5, 1e-5, 4.7283869849433139 },
  { genesis_privacy_zcdp_epsilon, 0.1, 1e-5, 1.9142388320035978 },
  { genesis_privacy_zcdp_epsilon, 0.01, 1e-6, 0.6216926545596025 },
  { genesis_privacy_zcdp_epsilon, 1, 1e-6, 7.7662166253117207 },
  { genesis_privacy_zcdp_delta, 0.5, 5, 2.896122809384795e-6 },
  { genesis_privacy_zcdp_delta, 0.1, 1, 0.0089332457718183618 },
  { genesis_privacy_zcdp_delta, 0.02, 1, 8.8252549872211505e-8 },
  { genesis_privacy_zcdp_rho, 1, 1e-9, 0.014973057673588526 },
  { genesis_privacy_zcdp_rho, 1, 1e-6, 0.024355970359538373 },
  { genesis_privacy_zcdp_rho, 1, 1e-5, 0.030556595197639566 },
  { genesis_privacy_zcdp_rho, 10, 1e-9, 1.0907857043970156 },
  { genesis_privacy_zcdp_rho, 0.1, 1e-9, 0.00017713844718502086 },
};

static void
test_known_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpfloat_with_epsilon (value_of (known[i].accountant, known[i].first, known[i].second)
                                        / known[i].value,
                                    1, 1e-10);
}

/* What the defaults of an aggregator with noise spend: z = .1, delta = 1e-5. */
static void
test_defaults (void)
{
  g_assert_cmpfloat_with_epsilon (value_of (genesis_privacy_epsilon, sqrt (300), 1e-5), 222.977,
                                  1e-3);
  g_assert_cmpfloat_with_epsilon (value_of (genesis_privacy_epsilon, sqrt (200), 1e-5), 159.442,
                                  1e-3);
}

static const double grid[] = {
  1e-300, 1e-12, 1e-5, .001, .03, .2, .7, 1, 1.5, 4, 10, 40, 100, 1e4
};

/* delta falls with epsilon and rises with mu or rho; it stays inside [0, 1]. */
static void
check_monotone (Accountant delta_of)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grid); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (grid); j++)
      {
        double delta = value_of (delta_of, grid[i], grid[j]);

        g_assert_cmpfloat (delta, >=, 0);
        g_assert_cmpfloat (delta, <=, 1);
        if (i > 0)
          g_assert_cmpfloat (value_of (delta_of, grid[i - 1], grid[j]), <=, delta);
        if (j > 0)
          g_assert_cmpfloat (value_of (delta_of, grid[i], grid[j - 1]), >=, delta);
      }
}

static void
test_monotone (void)
{
  check_monotone (genesis_privacy_delta);
  check_monotone (genesis_privacy_zcdp_delta);
}

/* An inverse lies on the safe side of what it inverts, and within 1e-9 of it. */
static void
check_inverses (Accountant delta_of, Accountant epsilon_of, Accountant loss_of)
{
  static const double deltas[] = { 1e-100, 1e-12, 1e-5, .01, .5 };

  for (gsize i = 0; i < G_N_ELEMENTS (grid); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (deltas); j++)
      {
        double epsilon = value_of (epsilon_of, grid[i], deltas[j]);
        double loss = value_of (loss_of, grid[i], deltas[j]);

        g_assert_cmpfloat (value_of (delta_of, grid[i], epsilon), <=, deltas[j]);
        g_assert_cmpfloat (value_of (delta_of, loss, grid[i]), <=, deltas[j]);
        g_assert_cmpfloat (value_of (delta_of, loss * (1 + 1e-9), grid[i]), >=,
                           deltas[j] * (1 - 1e-9));
        if (epsilon > 0)
          g_assert_cmpfloat (value_of (delta_of, grid[i], epsilon * (1 - 1e-9)), >=,
                             deltas[j] * (1 - 1e-9));
      }
}

static void
test_inverses (void)
{
  check_inverses (genesis_privacy_delta, genesis_privacy_epsilon, genesis_privacy_mu);
  check_inverses (genesis_privacy_zcdp_delta, genesis_privacy_zcdp_epsilon,
                  genesis_privacy_zcdp_rho);
}

static void
test_extremes (void)
{
  g_assert_cmpfloat (value_of (genesis_privacy_delta, 0, 0), ==, 0);
  g_assert_cmpfloat (value_of (genesis_privacy_delta, INFINITY, 3), ==, 1);
  g_assert_cmpfloat (value_of (genesis_privacy_delta, 1e300, 3), ==, 1);
  g_assert_cmpfloat (value_of (genesis_privacy_delta, 1, 1e300), ==, 0);
  /* mu / sqrt (2 pi), where subtracting distribution functions gives nothing. */
  g_assert_cmpfloat_with_epsilon (value_of (genesis_privacy_delta, 1e-200, 0) * 1e200,
                                  0.3989422804014327, 1e-9);
  g_assert_cmpfloat (value_of (genesis_privacy_epsilon, 0, 1e-5), ==, 0);
  g_assert_true (isinf (value_of (genesis_privacy_epsilon, INFINITY, 1e-5)));
  g_assert_cmpfloat (value_of (genesis_privacy_mu, 1e300, 1e-5), >, 1e149);
  g_assert_true (isinf (value_of (genesis_privacy_zcdp_epsilon, INFINITY, 1e-5)));
}

static void
check_refused (Accountant accountant, double first, double second, const char *name)
{
  g_autoptr (GError) error = NULL;
  double value = 17;

  g_assert_false (accountant (first, second, &value, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_cmpfloat (value, ==, 17);
}

static void
test_out_of_range (void)
{
  static const double bad_delta[] = { 0, 1, -1e-5, 2, NAN, INFINITY };
  static const double bad_loss[] = { -1e-300, -1, NAN, -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (bad_delta); i++)
    {
      check_refused (genesis_privacy_epsilon, 1, bad_delta[i], "delta");
      check_refused (genesis_privacy_mu, 1, bad_delta[i], "delta");
      check_refused (genesis_privacy_zcdp_epsilon, 1, bad_delta[i], "delta");
      check_refused (genesis_privacy_zcdp_rho, 1, bad_delta[i], "delta");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_loss); i++)
    {
      check_refused (genesis_privacy_delta, bad_loss[i], 1, "mu");
      check_refused (genesis_privacy_delta, 1, bad_loss[i], "epsilon");
      check_refused (genesis_privacy_epsilon, bad_loss[i], 1e-5, "mu");
      check_refused (genesis_privacy_mu, bad_loss[i], 1e-5, "epsilon");
      check_refused (genesis_privacy_zcdp_delta, bad_loss[i], 1, "rho");
      check_refused (genesis_privacy_zcdp_delta, 1, bad_loss[i], "epsilon");
      check_refused (genesis_privacy_zcdp_epsilon, bad_loss[i], 1e-5, "rho");
      check_refused (genesis_privacy_zcdp_rho, bad_loss[i], 1e-5, "epsilon");
    }
  check_refused (genesis_privacy_mu, INFINITY, 1e-5, "epsilon");
}

/* z from an epsilon keeps it, to the last digits; z to mu and the wanted rounds cost no less. */
static void
test_noise_scale (void)
{
  static const double epsilons[] = { 0, 1e-300, .001, 1, 10, 1e4 };
  static const guint rounds[] = { 1, 2, 3, 64, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (epsilons); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rounds); j++)
      {
        g_autoptr (GError) error = NULL;
        double z = 0, mu = 0;

        g_assert_true (genesis_privacy_noise_scale (epsilons[i], 1e-5, rounds[j], &z, &error));
        g_assert_true (genesis_privacy_mu_of_noise_scale (z, rounds[j], &mu, &error));
        g_assert_no_error (error);
        g_assert_cmpfloat (mu * z * (mu * z), >=, rounds[j]);
        g_assert_cmpfloat_with_epsilon (mu / value_of (genesis_privacy_mu, epsilons[i], 1e-5), 1,
                                        1e-14);
        g_assert_cmpfloat (value_of (genesis_privacy_delta, sqrt (rounds[j]) / z, epsilons[i]), <=,
                           1e-5 * (1 + 1e-9));
      }
}

static void
test_noise_scale_refused (void)
{
  static const double bad[] = { 0, -1, NAN, INFINITY };
  g_autoptr (GError) error = NULL;
  double value = 17;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (genesis_privacy_mu_of_noise_scale (bad[i], 1, &value, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_clear_error (&error);
    }
  g_assert_false (genesis_privacy_mu_of_noise_scale (1, 0, &value, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_false (genesis_privacy_noise_scale (1, 1e-5, 0, &value, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_false (genesis_privacy_noise_scale (1, 0, 1, &value, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_cmpfloat (value, ==, 17);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accountant/known-answers", test_known_answers);
  g_test_add_func ("/accountant/defaults-of-a-noisy-run", test_defaults);
  g_test_add_func ("/accountant/monotone", test_monotone);
  g_test_add_func ("/accountant/inverses-err-on-the-safe-side", test_inverses);
  g_test_add_func ("/accountant/extremes", test_extremes);
  g_test_add_func ("/accountant/out-of-range-is-refused", test_out_of_range);
  g_test_add_func ("/accountant/noise-scale/keeps-epsilon", test_noise_scale);
  g_test_add_func ("/accountant/noise-scale/out-of-range-is-refused", test_noise_scale_refused);
  return g_test_run ();
}
