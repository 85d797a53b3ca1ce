/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The orders in which files have the same columns, and how many files have each: mergeable. */
typedef struct _GenesisHeaderOrders GenesisHeaderOrders;

GenesisHeaderOrders *genesis_header_orders_new (void);
void genesis_header_orders_free (GenesisHeaderOrders *self);
/* file: the first of their names, for messages. */
void genesis_header_orders_add (GenesisHeaderOrders *self, const char *const *names,
                                guint64 n_files, const char *file);
void genesis_header_orders_merge (GenesisHeaderOrders *self, const GenesisHeaderOrders *other);
/* Says that all files so far are called so. */
void genesis_header_orders_rename (GenesisHeaderOrders *self, const char *file);

/* One of them. */
typedef struct
{
  GStrv names;
  guint64 n_files;
  char *file;
} GenesisHeaderOrder;

/* GenesisHeaderOrder, sorted by the first file and then by names; borrowed. */
GPtrArray *genesis_header_orders_list (const GenesisHeaderOrders *self);
/**
 * GenesisHeaderHolders:
 * @first: the place in a list of the first order that has the column
 * @n_leading: so many orders from the list's beginning on have it: all, or up to the first that
 *   lacks it
 *
 * Which orders have a column.
 */
typedef struct
{
  guint first, n_leading;
} GenesisHeaderHolders;

/* Name of a column -> GenesisHeaderHolders, for a list of orders that lives longer. */
GHashTable *genesis_header_orders_find_holders (GPtrArray *list);
/* The order that most files have, the first by bytes among equals; NULL when there is none. */
const char *const *genesis_header_orders_choose (const GenesisHeaderOrders *self);

G_END_DECLS
