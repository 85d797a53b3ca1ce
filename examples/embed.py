#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library in five calls from Python: embed.py OUT.csv SITE.csv..."""

import sys

import gi

gi.require_version("Genesis", "1")
from gi.repository import Genesis  # noqa: E402


def agree_on_schema(paths):
    """What the sites' columns are is agreed once, from summaries of every file."""
    draft = Genesis.SchemaDraft.new(["?"])
    for path in paths:
        draft.add_csv(path)
    return draft.conclude()


def main(out, paths):
    schema = agree_on_schema(paths)
    host = Genesis.PluginHost.new()
    host.add_default_directories()
    sites = {path: Genesis.Table.load_csv(path, schema) for path in paths}

    generator = Genesis.create_federated_generator(host, sites, "gaussian_copula")
    result = generator.train(5, None)
    table = generator.generate(1000, Genesis.Strategy.AGGREGATED, None, None)
    table.save_csv(out)
    print(f"{result.get_n_sites()} sites, {result.get_total_samples()} rows, "
          f"model {generator.dup_model_digest()}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("embed.py: OUT.csv SITE.csv...")
    main(sys.argv[1], sys.argv[2:])
