/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "genesis-sdk-cholesky.h"
#include "genesis-sdk-correlation-repair.h"
#include "genesis-sdk-symmetric-eigen.h"

#include "base/genesis-stream-private.h"

static void
fill_matrix (guint n, guint64 seed, double size, double *matrix)
{
  GenesisStream stream;

  genesis_stream_init (&stream, seed, "matrix", n);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j <= i; j++)
      {
        double u;

        genesis_stream_fill_uniform (&stream, &u, 1);
        matrix[i * n + j] = matrix[j * n + i] = i == j ? 1.0 : size * (2.0 * u - 1.0);
      }
}

static void
test_eigen_rebuilds_the_matrix (void)
{
  for (guint n = 1; n <= 40; n += 3)
    {
      g_autofree double *matrix = g_new (double, n *n), *vectors = g_new (double, n *n);
      g_autofree double *values = g_new (double, n), *work = g_new (double, n);

      fill_matrix (n, n, 1.0, matrix);
      memcpy (vectors, matrix, n * n * sizeof (double));
      g_assert_true (genesis_sdk_symmetric_eigen (n, vectors, values, work));
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          {
            double entry = 0.0, product = 0.0;

            for (guint k = 0; k < n; k++)
              {
                entry += values[k] * vectors[i * n + k] * vectors[j * n + k];
                product += vectors[k * n + i] * vectors[k * n + j];
              }
            g_assert_cmpfloat (fabs (entry - matrix[i * n + j]), <, 1e-12);
            g_assert_cmpfloat (fabs (product - (i == j)), <, 1e-12);
          }
      for (guint i = 1; i < n; i++)
        g_assert_cmpfloat (values[i - 1], <=, values[i]);
    }
}

static void
test_eigen_of_nan_ends (void)
{
  double matrix[9] = { 1, NAN, 0, NAN, 1, 0, 0, 0, 1 }, values[3], work[3];

  g_assert_false (genesis_sdk_symmetric_eigen (3, matrix, values, work));
}

static double
find_smallest (guint n, const double *matrix)
{
  g_autofree double *vectors = g_memdup2 (matrix, n * n * sizeof (double));
  g_autofree double *values = g_new (double, n), *work = g_new (double, n);

  g_assert_true (genesis_sdk_symmetric_eigen (n, vectors, values, work));
  return values[0];
}

static double *
repair (guint n, const double *from, genesis_sdk_repair *report)
{
  double *matrix = g_memdup2 (from, n * n * sizeof (double));
  g_autofree double *work = g_new (double, genesis_sdk_correlation_repair_get_work (n));

  g_assert_true (genesis_sdk_correlation_repair (n, matrix, NULL, NULL, work, report));
  return matrix;
}

static void
test_repair_leaves_good_input (void)
{
  guint n = 6;
  double matrix[36];
  genesis_sdk_repair report;
  g_autofree double *same = NULL;

  fill_matrix (n, 3, 0.15, matrix);
  g_assert_cmpfloat (find_smallest (n, matrix), >, GENESIS_SDK_REPAIR_FLOOR);
  same = repair (n, matrix, &report);
  g_assert_cmpmem (same, sizeof matrix, matrix, sizeof matrix);
  g_assert_cmpuint (report.steps, ==, 0);
  g_assert_cmpfloat (report.distance, ==, 0.0);
}

static void
test_repair_makes_a_correlation (void)
{
  for (guint n = 2; n <= 30; n += 4)
    {
      g_autofree double *matrix = g_new (double, n *n), *once = NULL, *twice = NULL;
      genesis_sdk_repair report, again;

      fill_matrix (n, 100 + n, 0.99, matrix);
      once = repair (n, matrix, &report);
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          {
            g_assert_cmpfloat (once[i * n + j], ==, once[j * n + i]);
            g_assert_cmpfloat (fabs (once[i * n + j]), <=, 1.0);
            g_assert_true (i != j || once[i * n + j] == 1.0);
          }
      g_assert_cmpfloat (find_smallest (n, once), >=, GENESIS_SDK_REPAIR_FLOOR);
      twice = repair (n, once, &again);
      g_assert_cmpmem (twice, n * n * sizeof (double), once, n * n * sizeof (double));
      g_assert_true (genesis_sdk_cholesky (n, twice));
    }
}

/* Higham 2002, section 4: the matrix of ones with two zeros; the nearest correlation matrix has
   .7607 and .1573. */
static void
test_repair_known_answer (void)
{
  double matrix[9] = { 1, 1, 0, 1, 1, 1, 0, 1, 1 };
  genesis_sdk_repair report;
  g_autofree double *nearest = repair (3, matrix, &report);

  g_assert_cmpfloat (fabs (nearest[1] - 0.7607), <, 5e-5);
  g_assert_cmpfloat (fabs (nearest[2] - 0.1573), <, 5e-5);
  g_assert_cmpfloat (fabs (report.distance - 0.5278), <, 5e-5);
  g_assert_cmpuint (report.shrunk, ==, 0);
}

/* Three entries contradict each other; the one that is hardly known gives way, the others stay. By
   symmetry of the problem x13 = x12 x23 - sqrt ((1 - x12^2) (1 - x23^2)) at the optimum. */
static void
test_repair_follows_weights (void)
{
  double matrix[9] = { 1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1 };
  double weights[9] = { 1, 1, 1e-3, 1, 1, 1, 1e-3, 1, 1 };
  g_autofree double *work = g_new (double, genesis_sdk_correlation_repair_get_work (3));
  g_autofree double *even = NULL;
  genesis_sdk_repair report;

  even = repair (3, matrix, &report);
  g_assert_cmpfloat (even[1], <, 0.6);
  g_assert_true (genesis_sdk_correlation_repair (3, matrix, weights, NULL, work, &report));
  g_assert_true (report.settled);
  g_assert_cmpfloat (fabs (matrix[1] - 0.9), <, 0.005);
  g_assert_cmpfloat (matrix[1], ==, matrix[3]);
  g_assert_cmpfloat (fabs (matrix[5] - matrix[1]), <, 1e-7);
  g_assert_cmpfloat (fabs (matrix[2] - (2.0 * matrix[1] * matrix[1] - 1.0)), <, 1e-6);
  g_assert_cmpfloat (find_smallest (3, matrix), >=, GENESIS_SDK_REPAIR_FLOOR);
}

/* The optimum by its own condition: the weighted gradient W o (A - X), with a diagonal of its own
   choice, lies in the cone's negative normal cone at X: negative semidefinite and X times it is 0.
   */
static void
test_repair_is_optimal (void)
{
  for (guint n = 4; n <= 24; n += 10)
    {
      g_autofree double *from = g_new (double, n *n), *weights = g_new (double, n *n);
      g_autofree double *x = NULL, *gradient = g_new0 (double, n *n);
      g_autofree double *work = g_new (double, genesis_sdk_correlation_repair_get_work (n));
      genesis_sdk_repair report;

      fill_matrix (n, 300 + n, 0.95, from);
      fill_matrix (n, 400 + n, 1.0, weights);
      for (guint i = 0; i < n * n; i++)
        weights[i] = exp (-6.0 * fabs (weights[i]));
      x = g_memdup2 (from, n * n * sizeof (double));
      g_assert_true (genesis_sdk_correlation_repair (n, x, weights, NULL, work, &report));
      g_assert_true (report.settled);
      g_assert_false (report.shrunk);
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          if (i != j)
            {
              gradient[i * n + j] = weights[i * n + j] * (from[i * n + j] - x[i * n + j]);
              gradient[i * n + i] -= gradient[i * n + j] * x[i * n + j];
            }
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          {
            double product = 0.0;

            for (guint k = 0; k < n; k++)
              product += gradient[i * n + k] * x[k * n + j];
            g_assert_cmpfloat (fabs (product), <, 1e-5);
          }
      for (guint i = 0; i < n * n; i++)
        gradient[i] = -gradient[i];
      g_assert_cmpfloat (find_smallest (n, gradient), >, -1e-5);
    }
}

/* Entries that must stay 0 do, and the rest is moved instead. */
static void
test_repair_keeps_zeros (void)
{
  double matrix[9] = { 1, 0.9, 0, 0.9, 1, 0.9, 0, 0.9, 1 };
  guint8 fixed[9] = { 0, 0, 1, 0, 0, 0, 1, 0, 0 };
  g_autofree double *work = g_new (double, genesis_sdk_correlation_repair_get_work (3));
  genesis_sdk_repair report;

  g_assert_true (genesis_sdk_correlation_repair (3, matrix, NULL, fixed, work, &report));
  g_assert_cmpfloat (fabs (matrix[2]), <, 1e-7);
  g_assert_cmpfloat (fabs (matrix[1] - G_SQRT2 / 2.0), <, 1e-6);
  g_assert_cmpfloat (find_smallest (3, matrix), >=, GENESIS_SDK_REPAIR_FLOOR);
}

static void
test_repair_refuses_nan (void)
{
  double matrix[4] = { 1, NAN, NAN, 1 }, work[64];
  genesis_sdk_repair report;

  g_assert_false (genesis_sdk_correlation_repair (2, matrix, NULL, NULL, work, &report));
}

static void
test_cholesky_and_product (void)
{
  enum
  {
    n = 7,
    rows = 1300
  };
  double matrix[n * n], factor[n * n];
  g_autofree double *values = g_new (double, n *rows), *product = NULL;
  GenesisStream stream;

  fill_matrix (n, 9, 0.12, matrix);
  memcpy (factor, matrix, sizeof factor);
  g_assert_true (genesis_sdk_cholesky (n, factor));
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double entry = 0.0;

        for (guint k = 0; k < n; k++)
          entry += factor[i * n + k] * factor[j * n + k];
        g_assert_cmpfloat (fabs (entry - matrix[i * n + j]), <, 1e-14);
      }
  genesis_stream_init (&stream, 1, "normals", 0);
  genesis_stream_fill_normal (&stream, values, n * rows);
  product = g_memdup2 (values, n * rows * sizeof (double));
  genesis_sdk_cholesky_multiply (n, factor, product, rows, rows);
  for (guint i = 0; i < n; i++)
    for (guint r = 0; r < rows; r++)
      {
        double sum = factor[i * n] * values[r];

        for (guint k = 1; k <= i; k++)
          sum += factor[i * n + k] * values[k * rows + r];
        g_assert_cmpfloat (product[i * rows + r], ==, sum); /* to the last bit */
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrices/eigen/rebuilds-the-matrix", test_eigen_rebuilds_the_matrix);
  g_test_add_func ("/matrices/eigen/nan-ends-in-failure", test_eigen_of_nan_ends);
  g_test_add_func ("/matrices/repair/leaves-good-input-alone", test_repair_leaves_good_input);
  g_test_add_func ("/matrices/repair/makes-a-correlation-and-is-idempotent",
                   test_repair_makes_a_correlation);
  g_test_add_func ("/matrices/repair/known-answer-of-higham", test_repair_known_answer);
  g_test_add_func ("/matrices/repair/follows-weights", test_repair_follows_weights);
  g_test_add_func ("/matrices/repair/optimal-under-weights", test_repair_is_optimal);
  g_test_add_func ("/matrices/repair/keeps-fixed-zeros", test_repair_keeps_zeros);
  g_test_add_func ("/matrices/repair/nan-is-refused", test_repair_refuses_nan);
  g_test_add_func ("/matrices/cholesky/product-in-fixed-order", test_cholesky_and_product);
  return g_test_run ();
}
