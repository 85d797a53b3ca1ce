/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-plugin-descriptor-private.h"

#define MAX_CHOICES 1024u

/* What a plugin declares about one setting. */

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (const genesis_abi_param_spec *spec, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "declares setting '%s' %s",
               spec->name != NULL && g_utf8_validate (spec->name, -1, NULL) ? spec->name : "?",
               text);
  return FALSE;
}

gboolean
genesis_param_spec_is_name (const char *name)
{
  return name != NULL && g_ascii_islower (*name)
         && name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static gboolean
is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

gboolean
genesis_param_spec_contains (const genesis_abi_param_spec *spec, double value)
{
  gboolean above =
      (spec->flags & GENESIS_ABI_PARAM_OPEN_LO) != 0 ? value > spec->lo : value >= spec->lo;
  gboolean below =
      (spec->flags & GENESIS_ABI_PARAM_OPEN_HI) != 0 ? value < spec->hi : value <= spec->hi;

  return above && below;
}

static gboolean
check_number (const genesis_abi_param_spec *spec, GError **error)
{
  gboolean is_int = spec->type == GENESIS_ABI_PARAM_INT;

  if (isnan (spec->lo) || isnan (spec->hi) || spec->lo > spec->hi)
    return refuse (spec, error, "with a range that is empty or not a number");
  if ((spec->flags & GENESIS_ABI_PARAM_REQUIRED) != 0)
    return TRUE;
  if (!genesis_param_spec_contains (spec, spec->def))
    return refuse (spec, error, "with a default outside its range");
  if (is_int && (spec->def != floor (spec->def) || fabs (spec->def) >= 0x1p63))
    return refuse (spec, error, "with a default that is not a whole number of 64 bits");
  return TRUE;
}

static gboolean
check_choices (const genesis_abi_param_spec *spec, GError **error)
{
  if (spec->n_choices < 1 || spec->n_choices > MAX_CHOICES || spec->choices == NULL)
    return refuse (spec, error, "without choices, or with more than %u", MAX_CHOICES);
  for (guint32 i = 0; i < spec->n_choices; i++)
    {
      if (spec->choices[i] == NULL || *spec->choices[i] == '\0' || !is_text (spec->choices[i]))
        return refuse (spec, error, "with a choice %u that is empty or not UTF-8", i);
      for (guint32 k = 0; k < i; k++)
        if (strcmp (spec->choices[i], spec->choices[k]) == 0)
          return refuse (spec, error, "with choice '%s' twice", spec->choices[i]);
    }
  if ((spec->flags & GENESIS_ABI_PARAM_REQUIRED) == 0
      && !(spec->def >= 0 && spec->def < spec->n_choices && spec->def == floor (spec->def)))
    return refuse (spec, error, "with a default that is none of its %u choices", spec->n_choices);
  return TRUE;
}

gboolean
genesis_param_spec_check (const genesis_abi_param_spec *spec, GError **error)
{
  if (!genesis_param_spec_is_name (spec->name))
    return refuse (spec, error, "whose name is not of the form [a-z][a-z0-9_]*");
  if (!is_text (spec->unit) || !is_text (spec->help) || !is_text (spec->def_text))
    return refuse (spec, error, "with a text that is not UTF-8");
  switch (spec->type)
    {
    case GENESIS_ABI_PARAM_BOOL:
      if (spec->def != 0 && spec->def != 1)
        return refuse (spec, error, "with a default that is neither 0 nor 1");
      return TRUE;
    case GENESIS_ABI_PARAM_INT:
    case GENESIS_ABI_PARAM_REAL:
      return check_number (spec, error);
    case GENESIS_ABI_PARAM_CHOICE:
      return check_choices (spec, error);
    case GENESIS_ABI_PARAM_TEXT:
      return TRUE;
    default:
      return refuse (spec, error, "with unknown type %u", spec->type);
    }
}
