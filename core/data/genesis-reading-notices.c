/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-reading-notices-private.h"

#include "data/genesis-name-list-private.h"

void
genesis_reading_notices_init (GenesisReadingNotices *self)
{
  self->extra = g_ptr_array_new_with_free_func (g_free);
  self->absent = g_ptr_array_new_with_free_func (g_free);
}

void
genesis_reading_notices_clear (GenesisReadingNotices *self)
{
  g_clear_pointer (&self->extra, g_ptr_array_unref);
  g_clear_pointer (&self->absent, g_ptr_array_unref);
}

void
genesis_reading_notices_add_extra (GenesisReadingNotices *self, const char *name)
{
  g_ptr_array_add (self->extra, g_strdup (name));
}

void
genesis_reading_notices_add_absent (GenesisReadingNotices *self, const char *name)
{
  g_ptr_array_add (self->absent, g_strdup (name));
}

void
genesis_reading_notices_tell (const GenesisReadingNotices *self, GPtrArray *to)
{
  if (self->extra->len > 0)
    genesis_name_list_tell (self->extra, "columns that the schema does not know are ignored:", to);
  if (self->absent->len > 0)
    genesis_name_list_tell (
        self->absent,
        "columns that the table does not have are read as missing, as the schema says:", to);
}

static const char *
describe_rule (const GenesisField *field)
{
  gboolean has_words = field->categories != NULL;

  if (field->reading.outside == GENESIS_OUTSIDE_MISSING)
    return has_words ? "outside the vocabulary are read as missing"
                     : "outside the bounds are read as missing";
  return has_words ? "outside the vocabulary are read as <other>"
                   : "outside the bounds are read as the nearest bound";
}

void
genesis_reading_notices_tell_column (const GenesisCellParser *parser, GPtrArray *to)
{
  if (parser->n_outside == 0)
    return;
  g_ptr_array_add (to, g_strdup_printf ("column '%s': %" G_GUINT64_FORMAT
                                        " values %s, as the schema says",
                                        parser->field->name, parser->n_outside,
                                        describe_rule (parser->field)));
}
