/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

G_BEGIN_DECLS

/**
 * GenesisSiteList:
 *
 * The sites of a key file, each with the source of its rows: what somebody needs who looks at tables
 * and runs nothing. No plugin is loaded, no table is opened.
 */
#define GENESIS_TYPE_SITE_LIST (genesis_site_list_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisSiteList, genesis_site_list, GENESIS, SITE_LIST, GObject)

GENESIS_API GenesisSiteList   *genesis_site_list_load           (const char      *path,
                                                                 const char      *site,
                                                                 GError         **error);
GENESIS_API guint              genesis_site_list_get_n_sites    (GenesisSiteList *self);
GENESIS_API const char        *genesis_site_list_get_name       (GenesisSiteList *self,
                                                                 guint            index);
GENESIS_API GenesisSource     *genesis_site_list_get_source     (GenesisSiteList *self,
                                                                 guint            index);
GENESIS_API const char *const *genesis_site_list_get_missing_markers
                                                                (GenesisSiteList *self);
GENESIS_API const char        *genesis_site_list_get_date_order (GenesisSiteList *self);

G_END_DECLS
