/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <math.h>
#include <stdlib.h>

#include <genesis/genesis-error.h>

#include "privacy/genesis-spend-ledger-private.h"

static char *
dup_resolved (GenesisPipeline *self, const char *group, const char *key)
{
  const char *value = genesis_settings_get (self->settings, group, key);
  GenesisKeyfile *keyfile = genesis_settings_get_keyfile (self->settings);

  return value != NULL ? genesis_keyfile_resolve_path (keyfile, value) : NULL;
}

/* -- the policy ------------------------------------------------------------- */

static gboolean
read_policy (GenesisPipeline *self, const char *group, GenesisPipelineSite *site, GError **error)
{
  g_autofree char *path = dup_resolved (self, group, "policy");
  g_autoptr (GenesisSitePolicy) policy = NULL;
  g_autoptr (GError) reason = NULL;

  if (path == NULL)
    return TRUE;
  policy = genesis_site_policy_load (path, &reason);
  if (policy == NULL)
    return genesis_settings_refuse (self->settings, group, "policy", reason->code, error, "%s",
                                    reason->message);
  genesis_site_config_set_policy (site->config, policy);
  return TRUE;
}

/* -- the ledger ------------------------------------------------------------- */

/* The canonical path of the rows' file and, in a database, their table; never what they hold: one
   added row buys no new budget. NULL: rows that are in no file. */
static char *
dup_place (GenesisPipeline *self, const char *group, const GenesisPipelineSite *site)
{
  const char *table = genesis_settings_get (self->settings, group, "table");
  g_autofree char *path = NULL;
  char *real;

  if (site->path == NULL)
    return NULL;
  real = realpath (site->path, NULL);
  path = real != NULL ? g_strdup (real) : g_canonicalize_filename (site->path, NULL);
  free (real);
  return table != NULL ? g_strconcat (path, "#", table, NULL) : g_steal_pointer (&path);
}

static char *
dup_folder (GenesisPipeline *self, const char *group)
{
  char *folder = dup_resolved (self, group, "ledger_dir");

  return folder != NULL ? folder
                        : g_build_filename (g_get_user_state_dir (), "genesis", "ledgers", NULL);
}

/* Two ledgers of one data set would be two budgets, and one cannot be held twice. */
static gboolean
check_dataset (GenesisPipeline *self, const char *group, const GenesisPipelineSite *site,
               const char *dataset, GError **error)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisPipelineSite *other = g_ptr_array_index (self->sites, i);

      if (other != site
          && g_strcmp0 (genesis_site_config_get_dataset (other->config), dataset) == 0)
        return genesis_settings_refuse (
            self->settings, group, "dataset", GENESIS_ERROR_INVALID_CONFIG, error,
            "sites '%s' and '%s' would share the privacy ledger of data set '%s'; when their rows "
            "are of different people, tell them apart with dataset=",
            other->name, site->name, dataset);
    }
  return TRUE;
}

static gboolean
read_ledger (GenesisPipeline *self, const char *group, GenesisPipelineSite *site, GError **error)
{
  g_autofree char *dataset = g_strdup (genesis_settings_get (self->settings, group, "dataset"));
  g_autofree char *folder = dup_folder (self, group);
  g_autofree char *path = NULL;

  if (dataset == NULL)
    dataset = dup_place (self, group, site);
  if (dataset == NULL && isnan (genesis_site_config_get_privacy_budget (site->config)))
    return TRUE;
  if (dataset == NULL)
    return genesis_settings_refuse (
        self->settings, group, "privacy_budget", GENESIS_ERROR_INVALID_CONFIG, error,
        "a budget needs a name for the rows that it is of, and rows in a server have no path; set "
        "dataset=, a name that stays while the rows are the same people's");
  if (genesis_settings_get (self->settings, group, "dataset") != NULL
      && !check_dataset (self, group, site, dataset, error))
    return FALSE;
  path = genesis_spend_ledger_dup_path (folder, dataset);
  genesis_site_config_set_ledger (site->config, path, dataset);
  return TRUE;
}

gboolean
genesis_pipeline_site_read_policy (GenesisPipeline *self, const char *group,
                                   GenesisPipelineSite *site, GError **error)
{
  return read_policy (self, group, site, error) && read_ledger (self, group, site, error);
}
