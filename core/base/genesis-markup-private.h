/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HTML that is XML as well: what goes in is escaped, and every element is closed. */

/* The text for an element or a quoted attribute. Controls, bidirectional and zero-width marks and
   what is not UTF-8 are shown by their numbers, and do nothing. */
char *genesis_markup_escape (const char *text);
void genesis_markup_append (GString *to, const char *text);
/* <tag attributes>text</tag>; tag and attributes are literals, as "td" and "class=\"number\"". */
void genesis_markup_element (GString *to, const char *tag, const char *attributes,
                             const char *text);
/* The same with a text that is put together; all of it is escaped. */
void genesis_markup_elementf (GString *to, const char *tag, const char *attributes,
                              const char *format, ...) G_GNUC_PRINTF (4, 5);
void genesis_markup_open (GString *to, const char *tag, const char *attributes);
void genesis_markup_close (GString *to, const char *tag);

G_END_DECLS
