/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisKeyfileEntry:
 * @group: as written, e.g. "pipeline" or "site:cleveland"
 * @key: as written
 * @value: unescaped, without surrounding blanks
 * @line: counts from 1
 */
typedef struct
{
  char *group, *key, *value;
  guint line;
} GenesisKeyfileEntry;

/**
 * GenesisKeyfile:
 *
 * A key file as GKeyFile reads it, with what GKeyFile forgets: line numbers, and that a group or
 * key came twice (an error here). A comment may also follow a group or a value: a blank, '#', and a
 * blank or the end of the line.
 */
typedef struct
{
  char *path;         /* as given */
  GPtrArray *groups;  /* names in order; (element-type utf8) */
  GArray *lines;      /* of the groups, counted from 1; (element-type guint) */
  GPtrArray *entries; /* in order; (element-type GenesisKeyfileEntry) */
} GenesisKeyfile;

GenesisKeyfile *genesis_keyfile_load (const char *path, GError **error);
GenesisKeyfile *genesis_keyfile_parse (const char *path, const char *text, gsize size,
                                       GError **error);
void genesis_keyfile_free (GenesisKeyfile *self);
/* A relative value of the file, as seen from where the file's own path is seen. */
char *genesis_keyfile_resolve_path (GenesisKeyfile *self, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisKeyfile, genesis_keyfile_free)

G_END_DECLS
