/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-tree-grower-private.h"

#include <string.h>

#include "quality/genesis-feature-bins-private.h"

/* Histogram trees, best leaf first (Ke and others 2017). With G and H the sums of gradients and
   hessians of a leaf's rows, a split gains G_l^2/H_l + G_r^2/H_r - G^2/H, and a leaf's value is
   -G/H. The histograms of the larger child are its parent's minus its sibling's. */

#define MIN_HESSIAN 1e-3
#define N_CELLS     (GENESIS_FEATURE_MAX_BINS + 1)

typedef struct
{
  double gradient, hessian;
  guint64 n;
} Sum;

typedef struct
{
  double gain;
  guint feature;
  guint8 bin;
  gboolean missing_left;
} Split;

typedef struct
{
  gsize first, n;
  Sum sum;
  Sum *cells; /* n_features x N_CELLS */
  Split split;
  guint node;
} Leaf;

struct _GenesisTreeGrower
{
  guint n_features, max_leaves, min_leaf_rows;
  Leaf *leaves;
  guint n_leaves;
  Sum *cells;
  double *gradients, *hessians; /* of a leaf's rows, in their order */
  guint32 *right;
};

GenesisTreeGrower *
genesis_tree_grower_new (guint n_features, gsize n_rows, guint max_leaves, guint min_leaf_rows)
{
  GenesisTreeGrower *self = g_new0 (GenesisTreeGrower, 1);

  self->n_features = n_features;
  self->max_leaves = max_leaves;
  self->min_leaf_rows = min_leaf_rows;
  self->leaves = g_new0 (Leaf, max_leaves);
  self->cells = g_new (Sum, (gsize)max_leaves * n_features * N_CELLS + 1);
  self->gradients = g_new (double, n_rows + 1);
  self->hessians = g_new (double, n_rows + 1);
  self->right = g_new (guint32, n_rows + 1);
  for (guint i = 0; i < max_leaves; i++)
    self->leaves[i].cells = self->cells + (gsize)i * n_features * N_CELLS;
  return self;
}

void
genesis_tree_grower_free (GenesisTreeGrower *self)
{
  g_free (self->leaves);
  g_free (self->cells);
  g_free (self->gradients);
  g_free (self->hessians);
  g_free (self->right);
  g_free (self);
}

static inline void
sum_add (Sum *self, double gradient, double hessian)
{
  self->gradient += gradient;
  self->hessian += hessian;
  self->n++;
}

static void
sum_accumulate (Sum *self, const Sum *other)
{
  self->gradient += other->gradient;
  self->hessian += other->hessian;
  self->n += other->n;
}

static Sum
sum_subtract (const Sum *whole, const Sum *part)
{
  return (Sum){ whole->gradient - part->gradient, whole->hessian - part->hessian,
                whole->n - part->n };
}

/* -- histograms -------------------------------------------------------------- */

static void
fill_cells (GenesisTreeGrower *self, const GenesisTreeRows *rows, Leaf *leaf)
{
  const guint32 *of_leaf = rows->rows + leaf->first;

  for (gsize i = 0; i < leaf->n; i++)
    {
      self->gradients[i] = rows->gradients[of_leaf[i]];
      self->hessians[i] = rows->hessians[of_leaf[i]];
    }
  memset (leaf->cells, 0, (gsize)self->n_features * N_CELLS * sizeof (Sum));
  for (guint f = 0; f < self->n_features; f++)
    {
      const guint8 *bins = rows->bins + f * rows->stride;
      Sum *cells = leaf->cells + (gsize)f * N_CELLS;

      for (gsize i = 0; i < leaf->n; i++)
        sum_add (&cells[bins[of_leaf[i]]], self->gradients[i], self->hessians[i]);
    }
}

/* What remains of the parent's histograms beside those of one child. */
static void
subtract_cells (GenesisTreeGrower *self, Leaf *parent_then_child, const Leaf *sibling)
{
  for (gsize i = 0; i < (gsize)self->n_features * N_CELLS; i++)
    parent_then_child->cells[i] = sum_subtract (&parent_then_child->cells[i], &sibling->cells[i]);
}

/* -- the best split of a leaf ------------------------------------------------- */

static double
worth (const Sum *sum)
{
  return sum->hessian > 0 ? sum->gradient * sum->gradient / sum->hessian : 0.0;
}

static gboolean
is_enough (const GenesisTreeGrower *self, const Sum *sum)
{
  return sum->n >= self->min_leaf_rows && sum->hessian >= MIN_HESSIAN;
}

static void
consider (const GenesisTreeGrower *self, Leaf *leaf, const Sum *left, const Split *at)
{
  Sum right = sum_subtract (&leaf->sum, left);
  double gain;

  if (!is_enough (self, left) || !is_enough (self, &right))
    return;
  gain = worth (left) + worth (&right) - worth (&leaf->sum);
  if (gain > leaf->split.gain)
    {
      leaf->split = *at;
      leaf->split.gain = gain;
    }
}

static void
scan_feature (const GenesisTreeGrower *self, Leaf *leaf, guint feature)
{
  const Sum *cells = leaf->cells + (gsize)feature * N_CELLS;
  const Sum *missing = &cells[GENESIS_FEATURE_MISSING];
  Sum left = { 0 }, left_with_missing;

  for (guint bin = 0; bin < GENESIS_FEATURE_MAX_BINS; bin++)
    {
      Split at = { 0, feature, (guint8)bin, FALSE };

      if (cells[bin].n == 0)
        continue;
      sum_accumulate (&left, &cells[bin]);
      consider (self, leaf, &left, &at);
      if (missing->n == 0)
        continue;
      left_with_missing = left;
      sum_accumulate (&left_with_missing, missing);
      at.missing_left = TRUE;
      consider (self, leaf, &left_with_missing, &at);
    }
}

static void
find_split (const GenesisTreeGrower *self, Leaf *leaf)
{
  leaf->split = (Split){ 0 };
  if (leaf->n < 2 * (gsize)self->min_leaf_rows)
    return;
  for (guint f = 0; f < self->n_features; f++)
    scan_feature (self, leaf, f);
}

/* -- growing ------------------------------------------------------------------ */

static gboolean
goes_left (const GenesisTreeNode *node, guint8 bin)
{
  return bin == GENESIS_FEATURE_MISSING ? node->missing_left : bin <= node->bin;
}

/* Rows of the left child first, each child's in the order they had. Returns how many are left. */
static gsize
part_rows (GenesisTreeGrower *self, const GenesisTreeRows *rows, const Leaf *leaf,
           const GenesisTreeNode *node)
{
  const guint8 *bins = rows->bins + (gsize)node->feature * rows->stride;
  guint32 *of_leaf = rows->rows + leaf->first;
  gsize n_left = 0, n_right = 0;

  for (gsize i = 0; i < leaf->n; i++)
    if (goes_left (node, bins[of_leaf[i]]))
      of_leaf[n_left++] = of_leaf[i];
    else
      self->right[n_right++] = of_leaf[i];
  memcpy (of_leaf + n_left, self->right, n_right * sizeof (guint32));
  return n_left;
}

static Leaf *
choose_leaf (GenesisTreeGrower *self)
{
  Leaf *best = &self->leaves[0];

  for (guint i = 1; i < self->n_leaves; i++)
    if (self->leaves[i].split.gain > best->split.gain)
      best = &self->leaves[i];
  return best;
}

static Sum
sum_of_feature (const Sum *cells)
{
  Sum sum = { 0 };

  for (guint i = 0; i < N_CELLS; i++)
    sum_accumulate (&sum, &cells[i]);
  return sum;
}

/* The smaller child is counted, the larger one is what remains. */
static void
split_leaf (GenesisTreeGrower *self, const GenesisTreeRows *rows, Leaf *leaf,
            GenesisRegressionTree *tree)
{
  GenesisTreeNode *node = &tree->nodes[leaf->node];
  Leaf *other = &self->leaves[self->n_leaves++];
  Sum *smaller_cells = other->cells;
  Leaf left, right;
  gsize n_left;

  *node = (GenesisTreeNode){ (gint32)leaf->split.feature, leaf->split.bin,
                             leaf->split.missing_left,    tree->n_nodes,
                             tree->n_nodes + 1,           0.0 };
  tree->n_nodes += 2;
  n_left = part_rows (self, rows, leaf, node);
  left = (Leaf){ .first = leaf->first, .n = n_left, .node = node->left };
  right = (Leaf){ .first = leaf->first + n_left, .n = leaf->n - n_left, .node = node->right };
  left.cells = left.n <= right.n ? smaller_cells : leaf->cells;
  right.cells = left.n <= right.n ? leaf->cells : smaller_cells;
  fill_cells (self, rows, left.n <= right.n ? &left : &right);
  subtract_cells (self, left.n <= right.n ? &right : &left, left.n <= right.n ? &left : &right);
  left.sum = sum_of_feature (left.cells);
  right.sum = sum_of_feature (right.cells);
  *leaf = left;
  *other = right;
  find_split (self, leaf);
  find_split (self, other);
}

static void
start (GenesisTreeGrower *self, const GenesisTreeRows *rows, GenesisRegressionTree *tree)
{
  Leaf *root = &self->leaves[0];

  tree->nodes = g_new0 (GenesisTreeNode, 2 * self->max_leaves);
  tree->n_nodes = 1;
  self->n_leaves = 1;
  root->first = 0;
  root->n = rows->n;
  root->node = 0;
  fill_cells (self, rows, root);
  root->sum = sum_of_feature (root->cells);
  find_split (self, root);
}

static void
settle_leaf (const GenesisTreeRows *rows, const Leaf *leaf, double rate, double *scores,
             GenesisTreeNode *node)
{
  double value = leaf->sum.hessian > 0 ? -rate * leaf->sum.gradient / leaf->sum.hessian : 0.0;

  *node = (GenesisTreeNode){ .feature = -1, .value = value };
  for (gsize i = 0; i < leaf->n; i++)
    scores[rows->rows[leaf->first + i]] += value;
}

void
genesis_tree_grower_grow (GenesisTreeGrower *self, const GenesisTreeRows *rows, double rate,
                          double *scores, GenesisRegressionTree *tree)
{
  start (self, rows, tree);
  while (self->n_leaves < self->max_leaves)
    {
      Leaf *leaf = choose_leaf (self);

      if (leaf->split.gain <= 0)
        break;
      split_leaf (self, rows, leaf, tree);
    }
  for (guint i = 0; i < self->n_leaves; i++)
    settle_leaf (rows, &self->leaves[i], rate, scores, &tree->nodes[self->leaves[i].node]);
}

void
genesis_regression_tree_clear (GenesisRegressionTree *self)
{
  g_clear_pointer (&self->nodes, g_free);
  self->n_nodes = 0;
}

double
genesis_regression_tree_predict (const GenesisRegressionTree *self, const guint8 *bins,
                                 gsize stride, gsize row)
{
  const GenesisTreeNode *node = self->nodes;

  while (node->feature >= 0)
    node = &self->nodes[goes_left (node, bins[(gsize)node->feature * stride + row]) ? node->left
                                                                                    : node->right];
  return node->value;
}
