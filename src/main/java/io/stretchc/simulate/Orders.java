package io.stretchc.simulate;

import io.stretchc.plan.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * Other orders of a plan: servers that follow each other in it are called in turn, and come up, or go, in any order. In each
 * of these orders another one of them comes first, so that with the order of the plan each is once the only one, and once
 * missing; with three, as many as a site has most often, every set of them is met.
 *
 * @param plan the steps in another order
 * @param steps for each of these, its index in the plan
 */
record Orders(List<Action> plan, List<Integer> steps) {
    Orders {
        plan = List.copyOf(plan);
        steps = List.copyOf(steps);
    }

    static List<Orders> of(List<Action> plan) {
        var orders = new ArrayList<Orders>();
        int from = 0;
        while (from < plan.size()) {
            int to = from + 1;
            while (to < plan.size() && alike(plan.get(from), plan.get(to))) {
                to++;
            }
            for (int first = from + 1; first < to; first++) {
                orders.add(turned(plan, from, first, to));
            }
            from = to;
        }
        return orders;
    }

    private static boolean alike(Action one, Action next) {
        return (one instanceof Action.StartServer a && next instanceof Action.StartServer b && a.blank() == b.blank())
                || (one instanceof Action.StopServer && next instanceof Action.StopServer);
    }

    /** Those from the first to the last, and then the ones before the first. */
    private static Orders turned(List<Action> plan, int from, int first, int to) {
        var steps = new ArrayList<Integer>();
        for (int i = 0; i < plan.size(); i++) {
            int at = i < from || i >= to ? i : i + first - from;
            steps.add(at >= to && i < to ? at - (to - from) : at);
        }
        return new Orders(steps.stream().map(plan::get).toList(), steps);
    }
}
