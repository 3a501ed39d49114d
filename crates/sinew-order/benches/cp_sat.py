"""The best plan of each instance on standard input by CP-SAT, one net value a line.

The model follows the definition in docs/theory/plan-order.md and shares nothing with the search. Time is counted in
two-hundredths of a person-day, in which all instances of the bench are whole numbers.
"""

import sys

from ortools.sat.python import cp_model

UNITS = 200


def numbers(text):
    return [int(part) for part in text.split(",") if part]


def read(lines):
    instances = []
    for line in lines:
        kind, *words = line.split(" ")
        if kind == "instance":
            budget = None if words[2] == "-" else float(words[2])
            instances.append(
                {"capacity": float(words[0]), "horizon": float(words[1]), "budget": budget,
                 "items": [], "benefits": [], "out": [], "requirements": []}
            )
            continue
        now = instances[-1]
        if kind == "item":
            effort, one_off, running, loss = map(float, words[:4])
            now["items"].append((effort, one_off, running, loss, numbers(words[4])))
        elif kind == "benefit":
            now["benefits"].append((float(words[0]), [numbers(way) for way in words[1:]]))
        elif kind == "out":
            now["out"] = numbers(words[0])
        elif kind == "requirement":
            now["requirements"].append(
                (words[0] == "1", numbers(words[1].partition("=")[2]), numbers(words[2].partition("=")[2]))
            )
    return instances


def whole(number):
    assert abs(number - round(number)) < 1e-6, number
    return round(number)


def closure(items, start):
    found = set(start)
    while True:
        more = {need for item in found for need in items[item][4]} - found
        if not more:
            return found
        found |= more


def best(instance):
    model = cp_model.CpModel()
    items = instance["items"]
    capacity = whole(instance["capacity"])
    end = whole(instance["capacity"] * instance["horizon"] * UNITS)
    # A year in units of time; the objective is money times this.
    year = 52 * capacity * UNITS
    efforts = [whole(item[0] * UNITS) for item in items]
    built = [model.new_bool_var(f"built{i}") for i in range(len(items))]
    finish = [model.new_int_var(0, end, f"finish{i}") for i in range(len(items))]
    spans = [
        model.new_optional_interval_var(finish[i] - efforts[i], efforts[i], finish[i], built[i], f"span{i}")
        for i in range(len(items))
    ]
    model.add_no_overlap(spans)
    # No break: what is built fills the time from the beginning.
    done = model.new_int_var(0, end, "done")
    model.add(done == sum(effort * flag for effort, flag in zip(efforts, built)))
    for i, item in enumerate(items):
        model.add(finish[i] >= efforts[i]).only_enforce_if(built[i])
        model.add(finish[i] <= done).only_enforce_if(built[i])
        for need in item[4]:
            model.add_implication(built[i], built[need])
            model.add(finish[need] <= finish[i] - efforts[i]).only_enforce_if(built[i])
    for i in instance["out"]:
        model.add(built[i] == 0)
    left = []
    for i in range(len(items)):
        time = model.new_int_var(0, end, f"left{i}")
        model.add(time == end - finish[i]).only_enforce_if(built[i])
        model.add(time == 0).only_enforce_if(built[i].negated())
        left.append(time)
    terms = []
    for at, (value, ways) in enumerate(instance["benefits"]):
        earned = model.new_int_var(0, end, f"earned{at}")
        none = model.new_bool_var(f"none{at}")
        model.add(earned == 0).only_enforce_if(none)
        choices = [none]
        for number, way in enumerate(ways):
            chosen = model.new_bool_var(f"way{at}-{number}")
            for i in set(way):
                model.add_implication(chosen, built[i])
                model.add(earned <= left[i]).only_enforce_if(chosen)
            choices.append(chosen)
        model.add_exactly_one(choices)
        terms.append(whole(value) * earned)
    spent = []
    for i, (_, one_off, running, loss, _) in enumerate(items):
        terms.append(-whole(one_off) * year * built[i] - whole(running + loss) * left[i])
        spent.append(whole(one_off) * year * built[i] + whole(running) * left[i])
    if instance["budget"] is not None:
        model.add(sum(spent) <= whole(instance["budget"]) * year)
    require(model, instance, built, finish, efforts, end)
    model.maximize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL, solver.status_name()
    return solver.objective_value / year


def require(model, instance, built, finish, efforts, end):
    items = instance["items"]
    impossible = {
        i for i in range(len(items))
        if set(instance["out"]) & closure(items, [i]) or sum(efforts[j] for j in closure(items, [i])) > end
    }
    firsts = []
    for at, (first, any_of, where) in enumerate(instance["requirements"]):
        model.add_bool_or([built[i] for i in any_of] + [built[i].negated() for i in where])
        if not first or where:
            continue
        met = model.new_int_var(0, end, f"met{at}")
        times = []
        for i in set(any_of):
            time = model.new_int_var(0, end, f"time{at}-{i}")
            model.add(time == finish[i]).only_enforce_if(built[i])
            model.add(time == end).only_enforce_if(built[i].negated())
            times.append(time)
        model.add_min_equality(met, times)
        firsts.append((met, closure(items, set(any_of) - impossible)))
    for j in range(len(items)):
        if not firsts:
            break
        start = finish[j] - efforts[j]
        after = model.new_bool_var(f"after{j}")
        for met, _ in firsts:
            model.add(met <= start).only_enforce_if(after)
        cases = [after]
        for at, (met, part) in enumerate(firsts):
            if j in part:
                serves = model.new_bool_var(f"serves{j}-{at}")
                model.add(met >= finish[j]).only_enforce_if(serves)
                cases.append(serves)
        model.add_bool_or(cases + [built[j].negated()])


for one in read(sys.stdin.read().splitlines()):
    print(best(one))
