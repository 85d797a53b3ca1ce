/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_KEY_KIND_TEXT,
  GENESIS_KEY_KIND_MARKERS,  /* text, in which escapes may stand for a tab or a line end */
  GENESIS_KEY_KIND_PATH,     /* of a file or folder */
  GENESIS_KEY_KIND_COUNT,    /* whole number in [lo, hi] */
  GENESIS_KEY_KIND_POSITIVE, /* real number > 0 */
  GENESIS_KEY_KIND_RATE,     /* real number in [0, 1] */
  GENESIS_KEY_KIND_ANSWER,   /* yes, no, true or false */
  GENESIS_KEY_KIND_STRATEGY,
  GENESIS_KEY_KIND_SHARES,     /* name=number, separated by ';' or ',' */
  GENESIS_KEY_KIND_SOURCE,     /* csv, sqlite, postgres */
  GENESIS_KEY_KIND_CONNECTION, /* path of a file that says how to reach a database */
  GENESIS_KEY_KIND_DIALECT,    /* a setting of GenesisCsvDialect, by the same name */
  GENESIS_KEY_KIND_DATE_ORDER, /* of GenesisSchemaDraft */
  GENESIS_KEY_KIND_PLUGIN,
  GENESIS_KEY_KIND_SHA256,
  GENESIS_KEY_KIND_LATER /* designed, not in this version */
} GenesisKeyKind;

/**
 * GenesisKey:
 * @group: "site:" stands for every site
 * @initial: the default as text, or NULL: none
 * @outside_run: a change does not make it another run
 *
 * One key that the program itself knows. The keys of [generator] and [aggregator] are the plugins'.
 */
typedef struct
{
  const char *group, *name;
  GenesisKeyKind kind;
  const char *initial;
  guint64 lo, hi;
  gboolean outside_run;
} GenesisKey;

/* "site:x" -> "site:", others as they are. */
const char *genesis_key_get_group_kind (const char *group);
gboolean genesis_key_is_plugin_group (const char *group);
const GenesisKey *genesis_key_list (gsize *n);
const GenesisKey *genesis_key_find (const char *group, const char *name);
/* Refuses an unknown group or key, naming the nearest. */
gboolean genesis_key_check_group (const char *group, GError **error);
const GenesisKey *genesis_key_require (const char *group, const char *name, GError **error);
/* Whether value can be what the key wants; the plugin behind a name is not looked up. */
gboolean genesis_key_check_value (const GenesisKey *self, const char *value, GError **error);
/* "a=.5;b=.5" -> a{sd}, not floating, in the order of the text */
GVariant *genesis_key_parse_shares (const char *value, GError **error);
gboolean genesis_key_parse_real (const char *value, double *real);
/* Of a value that was checked. */
gboolean genesis_key_is_yes (const char *value);

G_END_DECLS
