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

/* -- failing ------------------------------------------------------------------------------ */

static void
test_status_becomes_a_code (void)
{
  static const struct
  {
    genesis_abi_status status;
    int code;
  } cases[] = {
    { GENESIS_ABI_E_INTERNAL, GENESIS_ERROR_PLUGIN },
    { GENESIS_ABI_E_NOMEM, GENESIS_ERROR_PLUGIN },
    { GENESIS_ABI_E_CONFIG, GENESIS_ERROR_INVALID_CONFIG },
    { GENESIS_ABI_E_DATA, GENESIS_ERROR_INVALID_DATA },
    { GENESIS_ABI_E_STATE, GENESIS_ERROR_INVALID_DATA },
    { GENESIS_ABI_E_UNSUPPORTED, GENESIS_ERROR_UNSUPPORTED },
    { GENESIS_ABI_E_CANCELLED, GENESIS_ERROR_PLUGIN }, /* nobody cancelled */
    { GENESIS_ABI_E_PRIVACY, GENESIS_ERROR_REFUSED },
    { GENESIS_ABI_E_QUORUM, GENESIS_ERROR_TOO_FEW_SITES },
    { GENESIS_ABI_E_OVERFLOW, GENESIS_ERROR_OVERFLOW },
    { -99, GENESIS_ERROR_PLUGIN },
    { G_MININT32, GENESIS_ERROR_PLUGIN },
  };
  GenesisLent *lent = lend (1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisCall call = { .lent = lent, .name = "plan" };
      g_autoptr (GError) error = NULL;

      genesis_call_begin (&call);
      g_assert_false (genesis_call_end (&call, cases[i].status, &error));
      g_assert_error (error, GENESIS_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, "and gave no reason"));
    }
  genesis_lent_free (lent);
}

static void
test_cancellation_is_told_and_reported (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GenesisCall call = { .lent = lent, .name = "plan", .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  genesis_call_begin (&call);
  g_assert_false (host->cancelled (host->ctx));
  g_cancellable_cancel (cancellable);
  g_assert_true (host->cancelled (host->ctx));
  g_assert_false (genesis_call_end (&call, GENESIS_ABI_E_CANCELLED, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (host->cancelled (host->ctx)); /* outside of a call */
  genesis_lent_free (lent);
}

static void
test_texts_are_cleaned (void)
{
  static const struct
  {
    const char *text, *clean;
  } cases[] = {
    { "two\nlines\tand\033[31m colour", "two lines and [31m colour" },
    { "a\377b", "a\357\277\275b" },
    { "", "" },
  };
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *cut = genesis_plugin_text_clean (long_text, 512);
  g_autofree char *letter =
      genesis_plugin_text_clean ("aé", 2); /* not through the middle of a letter */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = genesis_plugin_text_clean (cases[i].text, 512);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
  g_assert_cmpuint (strlen (cut), ==, 512);
  g_assert_cmpstr (letter, ==, "a");
}

static void
test_reason_is_at_most_512_bytes (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  GenesisCall call = { .lent = lent, .name = "plan" };
  g_autofree char *where = g_strnfill (500, 'w');
  g_autofree char *text = g_strnfill (500, 't');
  g_autoptr (GError) error = NULL;

  genesis_call_begin (&call);
  g_assert_cmpint (host->fail (host->ctx, GENESIS_ABI_E_DATA, where, text), ==, GENESIS_ABI_E_DATA);
  g_assert_false (genesis_call_end (&call, GENESIS_ABI_E_DATA, &error));
  g_assert_true (g_str_has_suffix (error->message, "w': tttttttttttt"));
  genesis_lent_free (lent);
}

static void
test_success_leaves_no_text (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  GenesisCall call = { .lent = lent, .name = "plan" };
  g_autoptr (GError) error = NULL;

  genesis_call_begin (&call);
  host->fail (host->ctx, GENESIS_ABI_E_DATA, "here", "was mended");
  g_assert_true (genesis_call_end (&call, GENESIS_ABI_OK, &error));
  g_assert_no_error (error);
  genesis_lent_free (lent);
}

/* -- where services are not lent ------------------------------------------------------------- */

static void
test_services_end_with_the_call (void)
{
  GenesisLent *lent = lend (2);
  GenesisLent *other = lend (2);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  GenesisCall call = { .lent = other, .name = "plan" };
  gint64 value = 1;
  Jobs jobs = { .host = host };

  for (guint i = 0; i < 2; i++) /* outside of any call, then inside one of another instance */
    {
      g_assert_null (host->scratch (host->ctx, 10));
      g_assert_cmpint (host->fail (host->ctx, -4, "x", "y"), ==, -4);
      g_assert_cmpint (host->parallel (host->ctx, 1, &jobs, count_job), ==, GENESIS_ABI_E_INTERNAL);
      g_assert_cmpint (host->put_block (host->ctx, "x", GENESIS_ABI_I64, 1, &value), ==,
                       GENESIS_ABI_E_INTERNAL);
      host->progress (host->ctx, .5, "nowhere");
      g_assert_null (host->extension (host->ctx, "genesis.noise/1"));
      if (i == 0)
        genesis_call_begin (&call);
    }
  g_assert_true (genesis_call_end (&call, GENESIS_ABI_OK, NULL));
  genesis_lent_free (other);
  genesis_lent_free (lent);
}

static void
test_put_block_is_checked (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  g_autoptr (GenesisBlocks) next = genesis_blocks_new_state ();
  GenesisCall call = { .lent = lent, .name = "absorb", .next = next };
  gint64 value = 42;

  genesis_call_begin (&call);
  g_assert_cmpint (host->put_block (host->ctx, "x", GENESIS_ABI_I64, 1, &value), ==, 0);
  g_assert_cmpint (host->put_block (host->ctx, NULL, GENESIS_ABI_I64, 1, &value), <, 0);
  g_assert_cmpint (host->put_block (host->ctx, "", GENESIS_ABI_I64, 1, &value), <, 0);
  g_assert_cmpint (host->put_block (host->ctx, "\377", GENESIS_ABI_I64, 1, &value), <, 0);
  g_assert_cmpint (host->put_block (host->ctx, "y", 3, 1, &value), <, 0);
  g_assert_cmpint (host->put_block (host->ctx, "y", GENESIS_ABI_I64, 1, NULL), <, 0);
  g_assert_cmpint (host->put_block (host->ctx, "y", GENESIS_ABI_I64, (guint64)1 << 61, &value), <,
                   0);
  g_assert_cmpint (host->put_block (host->ctx, "y", GENESIS_ABI_I64, (guint64)1 << 26, &value), <,
                   0);
  g_assert_true (genesis_call_end (&call, GENESIS_ABI_OK, NULL));
  g_assert_cmpuint (genesis_blocks_get_abi (next)->n, ==, 1);
  g_assert_cmpint (*(const gint64 *)genesis_blocks_find (next, "x")->data, ==, 42);
  genesis_lent_free (lent);
}

/* -- memory, log, streams, progress ------------------------------------------------------------ */

static void
collect (const char *plugin_id, GLogLevelFlags level, const char *text, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup_printf ("%s %d %s", plugin_id, level, text));
}

static void
test_memory_is_counted (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisPluginLog) log = genesis_plugin_log_new ();
  GenesisLent *lent = genesis_lent_new ("org.example.test", log, 1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  void *a = host->alloc (host->ctx, 100);
  void *b = host->alloc (host->ctx, 0);

  genesis_plugin_log_set (log, collect, lines, NULL);
  g_assert_nonnull (b);
  g_assert_cmpuint ((guintptr)a % 16, ==, 0);
  g_assert_cmpuint (genesis_lent_get_n_alive (lent), ==, 2);
  host->free (host->ctx, a);
  host->free (host->ctx, NULL);
  g_assert_cmpuint (genesis_lent_get_n_alive (lent), ==, 1);
  g_assert_null (host->alloc (host->ctx, G_MAXSIZE / 2));
  g_assert_cmpuint (genesis_lent_get_n_alive (lent), ==, 1);
  g_assert_cmpuint (genesis_lent_free (lent), ==, 1);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_nonnull (strstr (lines->pdata[0], "org.example.test 16 left 1 allocations behind"));
  free (b);
}

static void
test_log_goes_where_the_host_says (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisPluginLog) log = genesis_plugin_log_new ();
  GenesisLent *lent = genesis_lent_new ("org.example.test", log, 1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);

  host->log (host->ctx, GENESIS_ABI_LOG_INFO, "nobody hears this");
  genesis_plugin_log_set (log, collect, lines, NULL);
  host->log (host->ctx, GENESIS_ABI_LOG_DEBUG, "one");
  host->log (host->ctx, GENESIS_ABI_LOG_INFO, "two\n");
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, "three");
  host->log (host->ctx, GENESIS_ABI_LOG_WARN, NULL);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_cmpstr (lines->pdata[0], ==, "org.example.test 128 one");
  g_assert_cmpstr (lines->pdata[1], ==, "org.example.test 64 two ");
  g_assert_cmpstr (lines->pdata[2], ==, "org.example.test 16 three");
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

static void
note_progress (double fraction, const char *what, gpointer user_data)
{
  g_string_append_printf (user_data, "%.2f %s;", fraction, what != NULL ? what : "-");
}

static void
test_progress_is_told (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  g_autoptr (GString) told = g_string_new (NULL);
  GenesisCall call = {
    .lent = lent, .name = "absorb", .progress = note_progress, .progress_data = told
  };

  genesis_call_begin (&call);
  host->progress (host->ctx, .25, "a\nb");
  host->progress (host->ctx, 7, NULL);
  host->progress (host->ctx, -1, NULL);
  host->progress (host->ctx, (double)NAN, NULL);
  g_assert_true (genesis_call_end (&call, GENESIS_ABI_OK, NULL));
  g_assert_cmpstr (told->str, ==, "0.25 a b;1.00 -;");
  genesis_lent_free (lent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/parallel/every-job-runs-once", test_every_job_runs_once);
  g_test_add_func ("/call/parallel/lowest-failure-wins", test_lowest_failure_wins);
  g_test_add_func ("/call/parallel/jobs-do-not-nest", test_jobs_do_not_nest);
  g_test_add_func ("/call/parallel/calls-may-overlap", test_calls_may_overlap);
  g_test_add_func ("/call/fail/status-becomes-a-code", test_status_becomes_a_code);
  g_test_add_func ("/call/fail/cancellation-is-told-and-reported",
                   test_cancellation_is_told_and_reported);
  g_test_add_func ("/call/fail/texts-are-cleaned", test_texts_are_cleaned);
  g_test_add_func ("/call/fail/reason-is-at-most-512-bytes", test_reason_is_at_most_512_bytes);
  g_test_add_func ("/call/fail/success-leaves-no-text", test_success_leaves_no_text);
  g_test_add_func ("/call/services/end-with-the-call", test_services_end_with_the_call);
  g_test_add_func ("/call/services/put-block-is-checked", test_put_block_is_checked);
  g_test_add_func ("/call/services/memory-is-counted", test_memory_is_counted);
  g_test_add_func ("/call/services/log-goes-where-the-host-says",
                   test_log_goes_where_the_host_says);
  g_test_add_func ("/call/services/streams-are-the-hosts", test_streams_are_the_hosts);
  g_test_add_func ("/call/services/progress-is-told", test_progress_is_told);
  return g_test_run ();
}
