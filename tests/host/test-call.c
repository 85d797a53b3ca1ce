/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-call-private.h"

/* The services as a plugin uses them, without a plugin: the test is the plugin. */

static GenesisLent *
lend (guint threads)
{
  g_autoptr (GenesisPluginLog) log = genesis_plugin_log_new ();

  return genesis_lent_new ("org.example.test", log, threads);
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
    { "\302\233"
      "31m one character begins an escape",
      " 31m one character begins an escape" },
    { "a\342\200\256b\342\200\250c", "a b c" }, /* turned around; a line separator */
    { "", "" },
  };
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *cut = genesis_plugin_text_clean (long_text, 512);
  g_autofree char *letter =
      genesis_plugin_text_clean ("aé", 2); /* not through the middle of a letter */
  g_autofree char *noise = g_strnfill (512, '\377');
  g_autofree char *replaced =
      genesis_plugin_text_clean (noise, 512); /* each grows to three bytes */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = genesis_plugin_text_clean (cases[i].text, 512);

      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
  g_assert_cmpuint (strlen (cut), ==, 512);
  g_assert_cmpstr (letter, ==, "a");
  g_assert_cmpuint (strlen (replaced), ==, 510);
}

static void
test_reason_is_at_most_512_bytes (void)
{
  GenesisLent *lent = lend (1);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  GenesisCall call = { .lent = lent, .name = "plan" };
  g_autofree char *where = g_strnfill (500, 'w');
  g_autofree char *text = g_strnfill (500, 't');
  g_autofree char *place = g_strconcat ("'", where + 244, "': ", NULL);
  g_autofree char *kept = g_strconcat (place, text + 244, NULL);
  g_autoptr (GError) error = NULL;

  genesis_call_begin (&call);
  g_assert_cmpint (host->fail (host->ctx, GENESIS_ABI_E_DATA, where, text), ==, GENESIS_ABI_E_DATA);
  g_assert_false (genesis_call_end (&call, GENESIS_ABI_E_DATA, &error));
  g_assert_true (g_str_has_suffix (error->message, kept));
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

static genesis_abi_status
never_run (void *data, uint64_t i)
{
  g_assert_not_reached ();
}

static void
test_services_end_with_the_call (void)
{
  GenesisLent *lent = lend (2);
  GenesisLent *other = lend (2);
  const genesis_abi_host *host = genesis_lent_get_host (lent);
  GenesisCall call = { .lent = other, .name = "plan" };
  gint64 value = 1;

  for (guint i = 0; i < 2; i++) /* outside of any call, then inside one of another instance */
    {
      g_assert_null (host->scratch (host->ctx, 10));
      g_assert_cmpint (host->fail (host->ctx, -4, "x", "y"), ==, -4);
      g_assert_cmpint (host->parallel (host->ctx, 1, NULL, never_run), ==, GENESIS_ABI_E_INTERNAL);
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
  g_test_add_func ("/call/services/progress-is-told", test_progress_is_told);
  return g_test_run ();
}
