/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-call-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-plan-check-private.h"

#define MAX_REASON 512u /* bytes of where and text together */
#define MAX_PLACE  256u /* of where alone: room is left to say what is wrong */

static __thread GenesisCall *current_call;

GenesisCall *
genesis_call_get_current (GenesisLent *lent)
{
  return current_call != NULL && current_call->lent == lent ? current_call : NULL;
}

void
genesis_call_begin (GenesisCall *self)
{
  g_mutex_init (&self->mutex);
  self->outer = current_call;
  current_call = self;
}

static void
leave (GenesisCall *self)
{
  g_assert (current_call == self);
  current_call = self->outer;
  genesis_arena_clear (&self->scratch);
  g_slist_free_full (g_steal_pointer (&self->streams), g_free);
  g_mutex_clear (&self->mutex);
}

void
genesis_call_begin_job (GenesisCall *self, GenesisCall *parent)
{
  self->lent = parent->lent;
  self->name = parent->name;
  self->plan = parent->plan;
  self->cancellable = parent->cancellable;
  self->parent = parent;
  genesis_call_begin (self);
}

void
genesis_call_end_job (GenesisCall *self)
{
  leave (self);
  g_free (self->fail_where);
  g_free (self->fail_text);
}

/* -- failing ---------------------------------------------------------------------- */

genesis_abi_status
genesis_call_fail (GenesisCall *self, genesis_abi_status code, const char *where, const char *utf8)
{
  g_autofree char *place = where != NULL ? genesis_plugin_text_clean (where, MAX_PLACE) : NULL;
  gsize left = MAX_REASON - (place != NULL ? strlen (place) : 0);
  g_autofree char *text = utf8 != NULL ? genesis_plugin_text_clean (utf8, left) : NULL;

  if (!self->has_failed)
    genesis_call_take_reason (self, g_steal_pointer (&place), g_steal_pointer (&text));
  return code;
}

/* Keeps the first that says something; takes both texts. */
void
genesis_call_take_reason (GenesisCall *self, char *where, char *text)
{
  if (self->has_failed || (where == NULL && text == NULL))
    {
      g_free (where);
      g_free (text);
      return;
    }
  self->has_failed = TRUE;
  self->fail_where = where;
  self->fail_text = text;
}

static int
find_code (genesis_abi_status status)
{
  switch (status)
    {
    case GENESIS_ABI_E_CONFIG:
      return GENESIS_ERROR_INVALID_CONFIG;
    case GENESIS_ABI_E_DATA:
    case GENESIS_ABI_E_STATE:
      return GENESIS_ERROR_INVALID_DATA;
    case GENESIS_ABI_E_UNSUPPORTED:
      return GENESIS_ERROR_UNSUPPORTED;
    case GENESIS_ABI_E_PRIVACY:
      return GENESIS_ERROR_REFUSED;
    case GENESIS_ABI_E_QUORUM:
      return GENESIS_ERROR_TOO_FEW_SITES;
    case GENESIS_ABI_E_OVERFLOW:
      return GENESIS_ERROR_OVERFLOW;
    default:
      return GENESIS_ERROR_PLUGIN;
    }
}

static const char *
name_status (genesis_abi_status status)
{
  static const char *const names[] = {
    "internal fault", "out of memory", "bad configuration",   "bad data",      "bad state",
    "unsupported",    "cancelled",     "refused for privacy", "too few sites", "a sum can overflow",
  };

  return status < 0 && status >= -(int)G_N_ELEMENTS (names) ? names[-status - 1]
                                                            : "an unknown status";
}

static gboolean
is_block_of (const char *name, GenesisPlan *plan)
{
  const genesis_abi_plan *asked = plan != NULL ? genesis_plan_get_abi (plan) : NULL;

  for (guint32 i = 0; asked != NULL && i < asked->n_specs; i++)
    if (strcmp (asked->specs[i]->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
append_call (GString *to, GenesisLent *lent, const char *name, GenesisPlan *plan)
{
  g_string_append_printf (to, "plugin %s, call %s", genesis_lent_get_plugin_id (lent), name);
  if (plan != NULL)
    g_string_append_printf (to, ", round %u", genesis_plan_get_abi (plan)->phase);
}

gboolean
genesis_call_prefix (GenesisLent *lent, const char *name, GenesisPlan *plan, GError **error)
{
  g_autoptr (GString) prefix = g_string_new (NULL);

  append_call (prefix, lent, name, plan);
  g_prefix_error (error, "%s: ", prefix->str);
  return FALSE;
}

static void
set_error (GenesisCall *self, genesis_abi_status status, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_call (text, self->lent, self->name, self->plan);
  if (self->fail_where != NULL && *self->fail_where != '\0')
    g_string_append_printf (text, ", %s'%s'",
                            is_block_of (self->fail_where, self->plan) ? "block " : "",
                            self->fail_where);
  if (self->fail_text != NULL && *self->fail_text != '\0')
    g_string_append_printf (text, ": %s", self->fail_text);
  else
    g_string_append_printf (text, ": failed with status %d (%s) and gave no reason", status,
                            name_status (status));
  /* a plugin that says so although nobody cancelled has failed */
  if (status == GENESIS_ABI_E_CANCELLED && g_cancellable_is_cancelled (self->cancellable))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, text->str);
  else
    g_set_error_literal (error, GENESIS_ERROR, find_code (status), text->str);
}

gboolean
genesis_call_end (GenesisCall *self, genesis_abi_status status, GError **error)
{
  leave (self);
  if (status < 0)
    set_error (self, status, error);
  g_clear_pointer (&self->fail_where, g_free);
  g_clear_pointer (&self->fail_text, g_free);
  return status >= 0;
}

/* -- progress ------------------------------------------------------------------------ */

void
genesis_call_progress (GenesisCall *self, double fraction, const char *what)
{
  GenesisCall *root = self->parent != NULL ? self->parent : self;
  g_autofree char *clean = what != NULL ? genesis_plugin_text_clean (what, MAX_REASON) : NULL;

  if (root->progress == NULL || !(fraction >= 0))
    return;
  g_mutex_lock (&root->mutex);
  root->progress (MIN (fraction, 1), clean, root->progress_data);
  g_mutex_unlock (&root->mutex);
}

/* -- the next state -------------------------------------------------------------------- */

static const char *
find_fault (GenesisCall *self, const char *name, guint32 dtype, guint64 n, gconstpointer data)
{
  const genesis_abi_block *old;
  gsize bytes;

  if (name == NULL || *name == '\0'
      || strnlen (name, GENESIS_BLOCK_MAX_NAME + 1) > GENESIS_BLOCK_MAX_NAME
      || !g_utf8_validate (name, -1, NULL))
    return "put_block () needs a name of valid UTF-8";
  if (n == 0)
    return NULL;
  if (dtype != GENESIS_ABI_I64 && dtype != GENESIS_ABI_F64)
    return "put_block () takes I64 or F64";
  if (data == NULL)
    return "put_block () was given no data";
  old = genesis_blocks_find (self->next, name);
  bytes = genesis_blocks_get_n_bytes (self->next) - (old != NULL ? old->n * sizeof (gint64) : 0);
  if (n > GENESIS_PLAN_MAX_CELLS - bytes / sizeof (gint64))
    return "the state would grow beyond 2^26 cells (512 MiB)";
  if (old == NULL && genesis_blocks_get_abi (self->next)->n >= GENESIS_STATE_MAX_BLOCKS)
    return "the state would have more than 65536 blocks";
  return NULL;
}

genesis_abi_status
genesis_call_put_block (GenesisCall *self, const char *name, guint32 dtype, guint64 n,
                        gconstpointer data)
{
  const char *fault;

  if (self->next == NULL)
    return genesis_call_fail (self, GENESIS_ABI_E_INTERNAL, NULL,
                              "put_block () works in absorb () only, outside parallel ()");
  fault = find_fault (self, name, dtype, n, data);
  if (fault != NULL)
    return genesis_call_fail (self, GENESIS_ABI_E_INTERNAL, name, fault);
  genesis_blocks_put (self->next, name, dtype, n, data);
  return GENESIS_ABI_OK;
}
