/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-header-orders-private.h"

#include <string.h>

typedef GenesisHeaderOrder Order;

/**
 * GenesisHeaderOrders:
 * @orders: the names as one text -> Order
 */
struct _GenesisHeaderOrders
{
  GHashTable *orders;
};

static void
order_free (gpointer data)
{
  Order *self = data;

  g_strfreev (self->names);
  g_free (self->file);
  g_free (self);
}

GenesisHeaderOrders *
genesis_header_orders_new (void)
{
  GenesisHeaderOrders *self = g_new0 (GenesisHeaderOrders, 1);

  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, order_free);
  return self;
}

void
genesis_header_orders_free (GenesisHeaderOrders *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->orders);
  g_free (self);
}

/* Names may hold any character: their lengths behind them make the text one to one. */
static char *
spell (const char *const *names)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s\x1f", names[i]);
  for (gsize i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%" G_GSIZE_FORMAT ";", strlen (names[i]));
  return g_string_free (text, FALSE);
}

void
genesis_header_orders_add (GenesisHeaderOrders *self, const char *const *names, guint64 n_files,
                           const char *file)
{
  g_autofree char *text = spell (names);
  Order *order = g_hash_table_lookup (self->orders, text);

  if (order == NULL)
    {
      order = g_new0 (Order, 1);
      order->names = g_strdupv ((char **)names);
      g_hash_table_insert (self->orders, g_steal_pointer (&text), order);
    }
  order->n_files += n_files;
  if (order->file == NULL || strcmp (file, order->file) < 0)
    {
      g_free (order->file);
      order->file = g_strdup (file);
    }
}

void
genesis_header_orders_merge (GenesisHeaderOrders *self, const GenesisHeaderOrders *other)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, other->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Order *order = value;

      genesis_header_orders_add (self, (const char *const *)order->names, order->n_files,
                                 order->file);
    }
}

void
genesis_header_orders_rename (GenesisHeaderOrders *self, const char *file)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Order *order = value;

      g_free (order->file);
      order->file = g_strdup (file);
    }
}

static int
compare_orders (gconstpointer a, gconstpointer b)
{
  const Order *x = *(Order *const *)a, *y = *(Order *const *)b;
  int files = strcmp (x->file, y->file);

  for (gsize i = 0; files == 0; i++)
    {
      if (x->names[i] == NULL || y->names[i] == NULL)
        return (x->names[i] != NULL) - (y->names[i] != NULL);
      files = strcmp (x->names[i], y->names[i]);
    }
  return files;
}

GPtrArray *
genesis_header_orders_list (const GenesisHeaderOrders *self)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare_orders);
  return list;
}

const char *const *
genesis_header_orders_choose (const GenesisHeaderOrders *self)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *best_text = NULL;
  const Order *best = NULL;

  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Order *order = value;

      if (best != NULL && order->n_files < best->n_files)
        continue;
      if (best != NULL && order->n_files == best->n_files && strcmp (key, best_text) > 0)
        continue;
      best = order;
      best_text = key;
    }
  return best != NULL ? (const char *const *)best->names : NULL;
}

/* Looks at each header once, for there may be thousands of columns in as many orders. */
GHashTable *
genesis_header_orders_find_holders (GPtrArray *list)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < list->len; i++)
    {
      const Order *order = g_ptr_array_index (list, i);

      for (gsize j = 0; order->names[j] != NULL; j++)
        {
          GenesisHeaderHolders *holders = g_hash_table_lookup (all, order->names[j]);

          if (holders == NULL)
            {
              holders = g_new (GenesisHeaderHolders, 1);
              *holders = (GenesisHeaderHolders){ i, 0 };
              g_hash_table_insert (all, order->names[j], holders);
            }
          holders->n_leading += holders->n_leading == i;
        }
    }
  return all;
}
