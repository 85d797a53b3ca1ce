/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small pictures for a page, in SVG inside HTML. They have classes and no colours: those are the
   page's, in light and dark. They hold no text but their titles, so they may be stretched to any
   width. */

/* Of the size width x height in its own units, and as large as the class says. title: what the
   picture shows, for readers that do not see it. */
void genesis_svg_begin (GString *to, const char *class, double width, double height,
                        const char *title);
void genesis_svg_end (GString *to);
/* title: shown where a mouse rests, or NULL. */
void genesis_svg_rect (GString *to, const char *class, double x, double y, double width,
                       double height, double radius, const char *title);
void genesis_svg_line (GString *to, const char *class, double x1, double y1, double x2, double y2);
/* Counts as columns that stand side by side, the highest as high as the picture, none lower than
   can be seen but those of nothing. One that dwarfs all others is broken, so that those are seen;
   returns whether one is. titles: of each, or NULL. */
gboolean genesis_svg_columns (GString *to, const char *class, const guint64 *counts, guint n,
                              double width, double height, char *const *titles);
/* A bar from the left, of a share in [0, 1]; one that is not nothing is seen. */
void genesis_svg_bar (GString *to, const char *class, double share, double width, double height);

G_END_DECLS
