package io.stretchc.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stretchc.plan.Action;
import io.stretchc.resolve.Role;
import io.stretchc.topology.ServerName;
import io.stretchc.topology.SiteName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrdersTest {
    private static final Action LEADER = new Action.AwaitMetaLeader();

    @Test
    void eachServerComesFirstOnce() {
        List<Action> plan = List.of(LEADER, start("a"), start("b"), start("c"), LEADER);

        assertThat(Orders.of(plan).stream().map(Orders::plan))
                .containsExactly(
                        List.of(LEADER, start("b"), start("c"), start("a"), LEADER),
                        List.of(LEADER, start("c"), start("a"), start("b"), LEADER));
        assertThat(Orders.of(plan).stream().map(Orders::steps))
                .containsExactly(List.of(0, 2, 3, 1, 4), List.of(0, 3, 1, 2, 4));
    }

    @Test
    void everySetOfThreeServersIsMet() {
        List<Action> plan = List.of(start("a"), start("b"), start("c"));
        var all = new ArrayList<List<Action>>();
        all.add(plan);
        Orders.of(plan).forEach(o -> all.add(o.plan()));
        var met = new TreeSet<String>();
        for (List<Action> order : all) {
            var up = new TreeSet<String>();
            for (Action action : order) {
                up.add(((Action.StartServer) action).server().text());
                met.add(up.toString());
            }
        }

        assertThat(met).containsExactly("[a, b, c]", "[a, b]", "[a, c]", "[a]", "[b, c]", "[b]", "[c]");
    }

    @Test
    void anEmptyServerDoesNotComeBeforeOneThatHoldsData() {
        Action full = new Action.StartServer(new ServerName("a"), Role.SERVER, new SiteName("us"), false);

        assertThat(Orders.of(List.of(full, start("b")))).isEmpty();
    }

    @Test
    void whatStandsBetweenThemKeepsItsPlace() {
        assertThat(Orders.of(List.of(start("a"), LEADER, start("b")))).isEmpty();
    }

    private static Action start(String name) {
        return new Action.StartServer(new ServerName(name), Role.STAND_IN, new SiteName("us"), true);
    }
}
