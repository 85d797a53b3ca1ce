# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library seen from Python: test-introspection.py GIR PLUGIN_FOLDER, TAP on standard output."""

import re
import sys
import xml.etree.ElementTree as ElementTree

import claims

GIR, PLUGINS = sys.argv[1:3]
NAMESPACE = {"c": "http://www.gtk.org/introspection/core/1.0", "i": "http://www.gtk.org/introspection/c/1.0"}
IDENTIFIER = "{http://www.gtk.org/introspection/c/1.0}identifier"

try:
    import gi
    gi.require_version("Genesis", "1")
    from gi.repository import Gio, GLib, Genesis
except (ImportError, ValueError) as problem:
    print(f"1..0 # SKIP no Python with gi and the typelib: {problem}")
    sys.exit(0)

def functions():
    root = ElementTree.parse(GIR).getroot()
    return [node for kind in ("function", "method", "constructor") for node in root.iter(f"{{{NAMESPACE['c']}}}{kind}")]


def every_function_is_bound(_):
    bad = [node.get(IDENTIFIER) for node in functions() if node.get("introspectable") == "0"]
    assert not bad, bad


def every_function_is_documented(_):
    bare = [node.get(IDENTIFIER) for node in functions()
            if next(node.iter(f"{{{NAMESPACE['c']}}}doc"), None) is None]
    bare = sorted({name for name in bare if not name.endswith(("_ref", "_unref", "_quark"))})
    assert not bare, bare


def a_table(shift=0, rows=400):
    """Two columns; the second follows the first."""
    fields = [Genesis.Field.new_integer("age", 0, 0, 120), Genesis.Field.new_category("group", ["a", "b"])]
    schema = Genesis.Schema.new(fields)
    table = Genesis.Table.new(schema, rows)
    ages = [20 + shift + (i * 37) % 50 for i in range(rows)]
    table.set_column_integers(0, ages)
    table.set_column_text(1, ["a" if age < 45 + shift else "b" for age in ages])
    return table


def a_generator(*tables):
    host = Genesis.PluginHost.new()
    host.add_directory(PLUGINS)
    sites = {f"site{i}": table for i, table in enumerate(tables)}
    return Genesis.create_federated_generator(host, sites, "gaussian_copula")


def arrays_come_back(_):
    table = a_table()
    assert table.get_n_rows() == 400
    assert [table.get_integer(0, i) for i in range(3)] == [20, 57, 44]
    assert table.dup_text(1, 1) == "b"
    table.set_missing(0, 1)
    assert table.is_missing(0, 1) and not table.is_missing(0, 0)


def errors_have_the_domain(folder):
    try:
        Genesis.Schema.load(f"{folder}/absent.json")
    except GLib.Error as error:
        assert error.domain == "genesis-error-quark", error.domain
        assert error.matches(Genesis.error_quark(), Genesis.Error.NOT_FOUND), error.code
        assert "absent.json" in error.message and not re.match("[A-Z]", error.message), error.message
    else:
        raise AssertionError("no error")


def train_and_generate(folder):
    rounds, generator = [], a_generator(a_table(), a_table(10))
    generator.connect("round-finished", lambda _, info: rounds.append((info.get_number(), info.get_sites())))
    result = generator.train(10, None)
    assert result.get_n_sites() == 2 and result.get_total_samples() == 800 and result.get_finished()
    assert [number for number, _ in rounds] == list(range(1, result.get_n_rounds() + 1)), rounds
    assert sorted(rounds[0][1]) == ["site0", "site1"], rounds
    table = generator.generate(500, Genesis.Strategy.UNIFORM, None, None)
    assert table.get_n_rows() == 500
    assert {table.dup_text(1, i) for i in range(500)} == {"a", "b"}
    assert all(20 <= table.get_integer(0, i) <= 79 for i in range(500))
    table.save_csv(f"{folder}/rows.csv")
    with open(f"{folder}/rows.csv", encoding="utf-8") as file:
        assert sum(1 for _ in file) == 501


def weights_are_a_dictionary(_):
    generator = a_generator(a_table(rows=300), a_table(40, rows=300))
    weights = GLib.Variant("a{sd}", {"site0": 0.25, "site1": 0.75})
    generator.train(10, None)
    for given in (weights, None):
        if given is None:
            generator.set_site_weights(weights)
        table = generator.generate(400, Genesis.Strategy.WEIGHTED, given, None)
        # Ages of site1 start at 60, those of site0 end at 69.
        ages = [table.get_integer(0, i) for i in range(400)]
        assert sum(age < 60 for age in ages) <= 100 and sum(age > 69 for age in ages) <= 300, ages
        assert sum(age >= 60 for age in ages) >= 300, ages
    for wrong in (GLib.Variant("a{ss}", {"site0": "1"}), GLib.Variant("a{sd}", {"siteO": 1.0})):
        try:
            generator.generate(1, Genesis.Strategy.WEIGHTED, wrong, None)
        except GLib.Error as error:
            assert error.matches(Genesis.error_quark(), Genesis.Error.INVALID_CONFIG), error.code
        else:
            raise AssertionError("no error")


def asynchronous_train(_):
    generator, loop, results = a_generator(a_table(), a_table(10)), GLib.MainLoop(), []

    def finish(source, answer):
        results.append(source.train_finish(answer))
        loop.quit()

    generator.train_async(10, None, finish)
    loop.run()
    assert results[0].get_total_samples() == 800
    plain = a_generator(a_table(), a_table(10))
    plain.train(10, None)
    assert plain.dup_model_digest() == generator.dup_model_digest() is not None


def cancelled_train(_):
    cancellable = Gio.Cancellable()
    cancellable.cancel()
    try:
        a_generator(a_table()).train(10, cancellable)
    except GLib.Error as error:
        assert error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED), (error.domain, error.code)
    else:
        raise AssertionError("went on")


def model_travels(folder):
    generator = a_generator(a_table(), a_table(10))
    generator.train(10, None)
    generator.save_model(f"{folder}/model.genesis")
    model = Genesis.Model.load(f"{folder}/model.genesis")
    assert model.get_digest() == generator.dup_model_digest()
    assert model.get_generator() == "genesis.gaussian_copula"
    assert model.get_schema().get_n_fields() == 2


claims.run([
    ("/introspection/functions/every-one-is-bound", every_function_is_bound),
    ("/introspection/functions/every-one-is-documented", every_function_is_documented),
    ("/introspection/table/arrays-come-back", arrays_come_back),
    ("/introspection/errors/have-the-domain", errors_have_the_domain),
    ("/introspection/generator/trains-and-draws", train_and_generate),
    ("/introspection/generator/weights-are-a-dictionary", weights_are_a_dictionary),
    ("/introspection/generator/trains-asynchronously", asynchronous_train),
    ("/introspection/generator/can-be-cancelled", cancelled_train),
    ("/introspection/model/is-what-was-trained", model_travels),
])
