/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

#include "base/genesis-json-member-private.h"
#include "base/genesis-json-text-private.h"
#include "privacy/genesis-privacy-search-private.h"
#include "privacy/genesis-spend-history-private.h"

static void
add_spent (JsonBuilder *to, guint64 units, double delta)
{
  genesis_json_add_number (to, "mu2", genesis_privacy_budget_to_mu2 (units));
  genesis_json_add_number (to, "epsilon", genesis_spend_get_epsilon (units, delta));
}

static void
add_groups (JsonBuilder *to, const GenesisSpend *spend)
{
  json_builder_set_member_name (to, "groups");
  json_builder_begin_array (to);
  for (guint i = 0; i < spend->parts->len; i++)
    {
      const GenesisSpendPart *part = g_ptr_array_index (spend->parts, i);

      json_builder_begin_object (to);
      genesis_json_add_text (to, "group", part->group);
      genesis_json_add_number (to, "sensitivity", part->sensitivity);
      genesis_json_add_number (to, "sigma", part->sigma);
      genesis_json_add_number (to, "mu2", genesis_privacy_budget_to_mu2 (part->units));
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static void
add_release (JsonBuilder *to, const GenesisSpendEntry *entry, double delta)
{
  json_builder_begin_object (to);
  genesis_json_add_text (to, "run", entry->spend->run);
  genesis_json_add_integer (to, "round", entry->spend->round);
  genesis_json_add_text (to, "plan", entry->spend->plan);
  add_spent (to, entry->spend->units, delta);
  genesis_json_add_number (to, "budget", entry->limit);
  genesis_json_add_text (to, "state", entry->digest != NULL ? "sent" : "reserved");
  genesis_json_add_text (to, "sent", entry->digest);
  add_groups (to, entry->spend);
  json_builder_end_object (to);
}

/* In the order of their first release. */
static void
add_runs (JsonBuilder *to, const GenesisSpendHistory *history, double delta)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  json_builder_set_member_name (to, "runs");
  json_builder_begin_array (to);
  for (guint i = 0; i < history->entries->len; i++)
    {
      const GenesisSpendEntry *entry = g_ptr_array_index (history->entries, i);
      char *run = entry->spend->run;

      if (!g_hash_table_add (seen, run))
        continue;
      json_builder_begin_object (to);
      genesis_json_add_text (to, "run", run);
      add_spent (to, genesis_spend_history_get_spent_by (history, run), delta);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static double
get_last_budget (const GenesisSpendHistory *history)
{
  const GenesisSpendEntry *last;

  if (history->entries->len == 0)
    return NAN;
  last = g_ptr_array_index (history->entries, history->entries->len - 1);
  return last->limit;
}

static char *
describe (const GenesisSpendHistory *history, double delta, gsize torn)
{
  g_autoptr (JsonBuilder) to = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (to);
  genesis_json_add_text (to, "dataset", history->dataset);
  add_spent (to, history->spent, delta);
  genesis_json_add_number (to, "delta", delta);
  genesis_json_add_number (to, "budget", get_last_budget (history));
  genesis_json_add_count (to, "torn_bytes", torn);
  add_runs (to, history, delta);
  json_builder_set_member_name (to, "releases");
  json_builder_begin_array (to);
  for (guint i = 0; i < history->entries->len; i++)
    add_release (to, g_ptr_array_index (history->entries, i), delta);
  json_builder_end_array (to);
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *data;
  gsize size;

  if (g_file_get_contents (path, &data, &size, &reason))
    return g_bytes_new_take (data, size);
  g_set_error (error, GENESIS_ERROR,
               g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? GENESIS_ERROR_NOT_FOUND
                                                                          : GENESIS_ERROR_IO,
               "cannot read the ledger: %s", reason->message);
  return NULL;
}

/**
 * genesis_privacy_ledger_describe:
 * @path: the privacy ledger of a data set
 * @delta: at which epsilon is told; a site's privacy budget is meant at 1e-5
 * @error: return location for an error
 *
 * Reads the whole ledger and checks it: format, checksums, the chain of records, their meaning. The
 * file is not changed; torn_bytes at its end are what a killed process left of a record that was
 * never whole, and are dropped by the next run.
 *
 * Returns: (transfer full): JSON text with dataset, mu2, epsilon, delta, budget (of the last
 *   release; null: none), torn_bytes, runs (each run, mu2, epsilon) and releases (each run, round,
 *   plan, mu2, epsilon, budget, state "reserved" or "sent", digest of what was sent, groups); or
 *   %NULL with %GENESIS_ERROR_INVALID_DATA naming the first bad record
 */
char *
genesis_privacy_ledger_describe (const char *path, double delta, GError **error)
{
  g_auto (GenesisLedgerContent) content = { NULL };
  g_auto (GenesisSpendHistory) history = { NULL };
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!genesis_privacy_check_delta (delta, error))
    return NULL;
  bytes = read_file (path, error);
  genesis_spend_history_init (&history);
  if (bytes == NULL
      || !genesis_ledger_content_parse (&content, &genesis_spend_ledger_format, bytes, path, error)
      || !genesis_spend_history_read (&history, content.records, path, error))
    return NULL;
  return describe (&history, delta, g_bytes_get_size (bytes) - content.good_size);
}
