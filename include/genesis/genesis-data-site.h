/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>
#include <genesis/genesis-site-config.h>
#include <genesis/genesis-source.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_DATA_SITE (genesis_data_site_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisDataSite, genesis_data_site, GENESIS, DATA_SITE, GObject)

/* config may be NULL: GenesisSiteConfig's defaults. The site's name is the config's when it has one. */
GENESIS_API GenesisDataSite   *genesis_data_site_new            (const char         *name,
                                                                 GenesisTable       *table,
                                                                 GenesisSiteConfig  *config);
GENESIS_API GenesisDataSite   *genesis_data_site_new_for_source (const char         *name,
                                                                 GenesisSource      *source,
                                                                 GenesisSchema      *schema,
                                                                 GenesisSiteConfig  *config);
GENESIS_API const char        *genesis_data_site_get_name       (GenesisDataSite    *self);
GENESIS_API GenesisSiteConfig *genesis_data_site_get_config     (GenesisDataSite    *self);
GENESIS_API GenesisSchema     *genesis_data_site_get_schema     (GenesisDataSite    *self);
/* -1 with an error when the source cannot be read. Counted once, then remembered. */
GENESIS_API gint64             genesis_data_site_get_n_samples  (GenesisDataSite    *self,
                                                                 GError            **error);
/* For people who drive a site by hand: method is a generator id or bare name. */
GENESIS_API gboolean           genesis_data_site_initialize     (GenesisDataSite    *self,
                                                                 GenesisPluginHost  *host,
                                                                 const char         *method,
                                                                 GHashTable         *settings,
                                                                 GError            **error);
/* The canonical bytes of the site's partial for the current plan; exact, not for release. */
GENESIS_API GBytes            *genesis_data_site_train_local    (GenesisDataSite    *self,
                                                                 GCancellable       *cancellable,
                                                                 GError            **error);

G_END_DECLS
