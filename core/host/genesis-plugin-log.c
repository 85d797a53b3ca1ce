/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plugin-log-private.h"

#include <string.h>

#define MAX_LINE 4096u

struct _GenesisPluginLog
{
  gatomicrefcount ref_count;
  GMutex
      mutex; /* held while func runs: lines come one at a time, and set () waits for the last one */
  GenesisPluginLogFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

GenesisPluginLog *
genesis_plugin_log_new (void)
{
  GenesisPluginLog *self = g_new0 (GenesisPluginLog, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  return self;
}

GenesisPluginLog *
genesis_plugin_log_ref (GenesisPluginLog *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_plugin_log_unref (GenesisPluginLog *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
genesis_plugin_log_set (GenesisPluginLog *self, GenesisPluginLogFunc func, gpointer user_data,
                        GDestroyNotify destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_mutex_lock (&self->mutex);
  old_destroy = self->destroy;
  old_data = self->user_data;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  g_mutex_unlock (&self->mutex);
  if (old_destroy != NULL)
    old_destroy (old_data);
}

/* Nobody listens: warnings can be seen with G_MESSAGES_DEBUG=Genesis, the rest is dropped. */
static void
write_default (const char *plugin_id, GLogLevelFlags level, const char *text)
{
  if (level == G_LOG_LEVEL_WARNING)
    g_debug ("plugin %s: %s", plugin_id, text);
}

void
genesis_plugin_log_write (GenesisPluginLog *self, const char *plugin_id, GLogLevelFlags level,
                          const char *text)
{
  g_autofree char *clean = genesis_plugin_text_clean (text, MAX_LINE);

  g_mutex_lock (&self->mutex);
  if (self->func != NULL)
    self->func (plugin_id, level, clean, self->user_data);
  else
    write_default (plugin_id, level, clean);
  g_mutex_unlock (&self->mutex);
}

/* What moves the cursor, begins an escape sequence (also in one character, U+009B), ends a line or
   turns the direction of writing. */
static gboolean
is_control (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

char *
genesis_plugin_text_clean (const char *text, gsize max_bytes)
{
  gsize n = strnlen (text, max_bytes + 1);
  g_autoptr (GString) clean = g_string_new (NULL);
  g_autofree char *cut = NULL;
  g_autofree char *valid = NULL;

  if (n > max_bytes)
    for (n = max_bytes; n > 0 && ((guint8)text[n] & 0xc0) == 0x80;)
      n--;
  cut = g_strndup (text, n);
  valid = g_utf8_make_valid (cut, -1); /* three bytes for each that is not UTF-8 */
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      c = is_control (c) ? ' ' : c;
      if (clean->len + (gsize)g_unichar_to_utf8 (c, NULL) > max_bytes)
        break;
      g_string_append_unichar (clean, c);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}
