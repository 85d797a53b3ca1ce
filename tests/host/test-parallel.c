/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-call-private.h"

/* The services as a plugin uses them, without a plugin: the test is the plugin. */

static const guint widths[] = { 1, 2, 7 };

static GenesisLent *
lend (guint threads)
{
  g_autoptr (GenesisPluginLog) log = genesis_plugin_log_new ();

  return genesis_lent_new ("org.example.test", log, threads);
}

static void
assert_message (const GError *error, GQuark domain, int code, const char *message)
{
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, ==, message);
}

/* -- parallel ------------------------------------------------------------------------- */

typedef struct
{
  const genesis_abi_host *host;
  guint64 n;
  int *runs;
  guint64 fails_from;
  int n_bad;
} Jobs;

static genesis_abi_status
count_job (void *data, uint64_t i)
{
  Jobs *self = data;
  guint8 *scratch = self->host->scratch (self->host->ctx, 100);

  memset (scratch, (int)i, 100);
  g_thread_yield ();
  for (guint k = 0; k < 100; k++)
    if (scratch[k] != (guint8)i)
      g_atomic_int_inc (&self->n_bad);
  g_atomic_int_inc (&self->runs[i]);
  return GENESIS_ABI_OK;
}

static void
test_every_job_runs_once (void)
{
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      GenesisLent *lent = lend (widths[w]);
      GenesisCall call = { .lent = lent, .name = "measure" };
      Jobs jobs = { .host = genesis_lent_get_host (lent), .n = 1000 };
      g_autofree int *runs = g_new0 (int, 1000);

      jobs.runs = runs;
      genesis_call_begin (&call);
      g_assert_cmpint (jobs.host->parallel (jobs.host->ctx, 1000, &jobs, count_job), ==, 0);
      g_assert_cmpint (jobs.host->parallel (jobs.host->ctx, 0, &jobs, count_job), ==, 0);
      g_assert_true (genesis_call_end (&call, 0, NULL));
      for (guint i = 0; i < 1000; i++)
        g_assert_cmpint (runs[i], ==, 1);
      g_assert_cmpint (jobs.n_bad, ==, 0);
      g_assert_cmpuint (genesis_lent_free (lent), ==, 0);
    }
}

/* Every job from fails_from on fails, the later ones sooner. */
static genesis_abi_status
fail_job (void *data, uint64_t i)
{
  Jobs *self = data;
  char text[40];

  if (i < self->fails_from)
    return GENESIS_ABI_OK;
  if (i == self->fails_from)
    g_usleep (300);
  g_snprintf (text, sizeof text, "job %u", (guint)i);
  self->host->fail (self->host->ctx, GENESIS_ABI_E_DATA, "column", text);
  return self->host->fail (self->host->ctx,
                           i == self->fails_from ? GENESIS_ABI_E_OVERFLOW : GENESIS_ABI_E_DATA,
                           NULL, "a second text");
}

static void
test_lowest_failure_wins (void)
{
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint repeat = 0; repeat < 20; repeat++)
      {
        GenesisLent *lent = lend (widths[w]);
        GenesisCall call = { .lent = lent, .name = "measure" };
        Jobs jobs = { .host = genesis_lent_get_host (lent), .fails_from = 37 };
        g_autoptr (GError) error = NULL;
        genesis_abi_status status;

        genesis_call_begin (&call);
        status = jobs.host->parallel (jobs.host->ctx, 100, &jobs, fail_job);
        g_assert_cmpint (status, ==, GENESIS_ABI_E_OVERFLOW);
        jobs.host->fail (jobs.host->ctx, status, NULL, "the call's own text comes too late");
        g_assert_false (genesis_call_end (&call, status, &error));
        assert_message (error, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW,
                        "plugin org.example.test, call measure, 'column': job 37");
        genesis_lent_free (lent);
      }
}

static genesis_abi_status
nested_job (void *data, uint64_t i)
{
  Jobs *self = data;

  return self->host->parallel (self->host->ctx, 2, data, count_job);
}

static void
test_jobs_do_not_nest (void)
{
  GenesisLent *lent = lend (2);
  GenesisCall call = { .lent = lent, .name = "measure" };
  Jobs jobs = { .host = genesis_lent_get_host (lent) };
  g_autoptr (GError) error = NULL;
  genesis_abi_status status;

  genesis_call_begin (&call);
  status = jobs.host->parallel (jobs.host->ctx, 3, &jobs, nested_job);
  g_assert_false (genesis_call_end (&call, status, &error));
  assert_message (
      error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
      "plugin org.example.test, call measure: parallel () was called from inside one of its jobs");
  genesis_lent_free (lent);
}

/* An instance may be in several calls at once: what is lent goes by the thread. */
static gpointer
call_in_thread (gpointer data)
{
  Jobs *self = data;
  GenesisCall call = { .lent = self->host->ctx, .name = "measure" };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("thread %u", (guint)self->n);
  g_autofree char *whole = g_strdup_printf ("plugin org.example.test, call measure: %s", text);

  for (guint repeat = 0; repeat < 100; repeat++)
    {
      g_clear_error (&error);
      memset (&call, 0, sizeof call);
      call.lent = self->host->ctx;
      call.name = "measure";
      genesis_call_begin (&call);
      self->host->parallel (self->host->ctx, 20, self, count_job);
      self->host->fail (self->host->ctx, GENESIS_ABI_E_DATA, NULL, text);
      g_assert_false (genesis_call_end (&call, GENESIS_ABI_E_DATA, &error));
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, whole);
    }
  return NULL;
}

static void
test_calls_may_overlap (void)
{
  GenesisLent *lent = lend (3);
  Jobs jobs[4] = { 0 };
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    {
      jobs[i].host = genesis_lent_get_host (lent);
      jobs[i].n = i;
      jobs[i].runs = g_new0 (int, 20);
      threads[i] = g_thread_new ("caller", call_in_thread, &jobs[i]);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_thread_join (threads[i]);
      for (guint k = 0; k < 20; k++)
        g_assert_cmpint (jobs[i].runs[k], ==, 100);
      g_free (jobs[i].runs);
    }
  genesis_lent_free (lent);
}

static genesis_abi_status
split_job (void *data, uint64_t i)
{
  const genesis_abi_rng *rng = ((void **)data)[0];
  guint64 *out = ((void **)data)[1];
  const genesis_abi_rng *child = rng->split (rng->ctx, i);

  child->fill_u64 (child->ctx, (uint64_t *)&out[i], 1);
  return GENESIS_ABI_OK;
}

static void
test_streams_are_the_hosts (void)
{
  GenesisStream stream, reference;
  guint64 expected[64];

  genesis_stream_init (&stream, 7, "test", 0);
  for (guint i = 0; i < 64; i++)
    {
      GenesisStream child;

      genesis_stream_split (&stream, i, &child);
      expected[i] = genesis_stream_u64 (&child);
    }
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      GenesisLent *lent = lend (widths[w]);
      const genesis_abi_host *host = genesis_lent_get_host (lent);
      GenesisCall call = { .lent = lent, .name = "sample" };
      guint64 out[64] = { 0 };
      double u[5], v[5];
      void *data[2];

      genesis_call_begin (&call);
      data[0] = (void *)genesis_call_lend_stream (&call, &stream);
      data[1] = out;
      ((const genesis_abi_rng *)data[0])
          ->fill_uniform (((const genesis_abi_rng *)data[0])->ctx, u, 5);
      reference = stream;
      genesis_stream_fill_uniform (&reference, v, 5);
      g_assert_cmpmem (u, sizeof u, v, sizeof v);
      ((const genesis_abi_rng *)data[0])
          ->fill_normal (((const genesis_abi_rng *)data[0])->ctx, u, 5);
      genesis_stream_fill_normal (&reference, v, 5);
      g_assert_cmpmem (u, sizeof u, v, sizeof v);
      g_assert_cmpint (host->parallel (host->ctx, 64, data, split_job), ==, 0);
      g_assert_true (genesis_call_end (&call, GENESIS_ABI_OK, NULL));
      g_assert_cmpmem (out, sizeof out, expected, sizeof expected);
      genesis_lent_free (lent);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/parallel/every-job-runs-once", test_every_job_runs_once);
  g_test_add_func ("/call/parallel/lowest-failure-wins", test_lowest_failure_wins);
  g_test_add_func ("/call/parallel/jobs-do-not-nest", test_jobs_do_not_nest);
  g_test_add_func ("/call/parallel/calls-may-overlap", test_calls_may_overlap);
  g_test_add_func ("/call/parallel/streams-are-the-hosts", test_streams_are_the_hosts);
  return g_test_run ();
}
