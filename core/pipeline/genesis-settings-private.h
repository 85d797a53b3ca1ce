/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-plugin-host.h>

#include "pipeline/genesis-keyfile-private.h"

G_BEGIN_DECLS

typedef enum
{
  GENESIS_ORIGIN_DEFAULT,
  GENESIS_ORIGIN_KEYFILE,
  GENESIS_ORIGIN_ENVIRONMENT,
  GENESIS_ORIGIN_COMMAND_LINE
} GenesisOrigin;

/**
 * GenesisSetting:
 * @place: for messages: "demo.ini, line 7, group [pipeline]"
 */
typedef struct
{
  char *group, *key, *value, *place;
  GenesisOrigin origin;
} GenesisSetting;

/**
 * GenesisSettings:
 *
 * The effective settings of a pipeline: command line over environment over key file; what nobody
 * set has its default. Every group, key and value has been checked, but for the plugins' own
 * settings.
 */
typedef struct _GenesisSettings GenesisSettings;

/* overrides: "group.key" -> value, or NULL. */
GenesisSettings *genesis_settings_new (GenesisKeyfile *keyfile, GHashTable *overrides,
                                       GError **error);
/* path NULL: no key file. */
GenesisSettings *genesis_settings_load (const char *path, GHashTable *overrides, GError **error);
void genesis_settings_free (GenesisSettings *self);
GenesisKeyfile *genesis_settings_get_keyfile (GenesisSettings *self);
/* What somebody set, or NULL. */
const GenesisSetting *genesis_settings_find (GenesisSettings *self, const char *group,
                                             const char *key);
/* What somebody set, else the default, else NULL. */
const char *genesis_settings_get (GenesisSettings *self, const char *group, const char *key);
guint64 genesis_settings_get_count (GenesisSettings *self, const char *group, const char *key);
/* The markers of [schema] missing, or NULL. */
char **genesis_settings_dup_markers (GenesisSettings *self);
/* What was set, in a stable order; (element-type GenesisSetting), borrowed. */
GPtrArray *genesis_settings_list (GenesisSettings *self);
/* Names of the sites in the order of the file; (element-type utf8), borrowed. */
GPtrArray *genesis_settings_get_sites (GenesisSettings *self);
/* A group's own settings for a plugin: name -> value. */
GHashTable *genesis_settings_dup_group (GenesisSettings *self, const char *group);
/* Where the key was set, or the key file and group, for messages. */
char *genesis_settings_dup_place (GenesisSettings *self, const char *group, const char *key);
const char *genesis_origin_get_text (GenesisOrigin origin);
/* Sets an error that begins with the place; returns FALSE. */
gboolean genesis_settings_refuse (GenesisSettings *self, const char *group, const char *key,
                                  int code, GError **error, const char *format, ...)
    G_GNUC_PRINTF (6, 7);
/* (transfer full): sorted "name=value" of all that a plugin declares, but for secret settings. */
char **genesis_settings_dup_in_force (GenesisSettings *self, const char *group,
                                      GenesisPlugin *plugin);
/* Every key of every group with value and origin, the two plugins' declared settings among them. */
JsonNode *genesis_settings_to_json (GenesisSettings *self, GenesisPlugin *generator,
                                    GenesisPlugin *aggregator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSettings, genesis_settings_free)

G_END_DECLS
