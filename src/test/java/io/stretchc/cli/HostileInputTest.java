package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Hostile values in every field that the schema knows, and hostile keys in every mapping: each topology is refused with
 * readable findings, or its files say the same as with an innocent value but for the hostile one, which they carry
 * literally, as read back with a tokenizer that shares nothing with the compiler.
 */
class HostileInputTest {
    private static final int PART = 11;
    private static final int LONG = 20_000;
    private static final int MEGABYTE = 1_000_000;

    /** Where a value can stand. */
    private record Place(HostileBase base, String pointer) {
        DynamicTest test(List<String> values) {
            return DynamicTest.dynamicTest(base + pointer, () -> base.checkField(pointer, values));
        }

        String proper() {
            return base.topology().at(pointer);
        }
    }

    @Test
    void theBasesFillInEveryFieldOfTheSchema() throws IOException {
        var filled = new TreeSet<String>();
        for (HostileBase base : HostileBase.all()) {
            TopologyFields.scalars(base.topology().tree()).forEach(p -> filled.add(TopologyFields.field(p)));
        }

        assertThat(filled).containsAll(TopologyFields.of(schema()));
    }

    /**
     * The places of one kind, such as all those where a certificate's file is named, share among them the values that
     * the kind meets: what is sharp to the grammar always, the rest by turns.
     */
    @TestFactory
    Stream<DynamicTest> aHostileValueIsRefusedOrCarriedLiterally() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        Map<String, Predicate<String>> rules = TopologyFields.rules(schema());
        int turn = 0;
        for (List<Place> places : places().values()) {
            Place first = places.get(0);
            Predicate<String> passes = rules.getOrDefault(TopologyFields.field(first.pointer), v -> true);
            List<String> values = values(first.proper(), turn++, passes);
            for (int p = 0; p < places.size(); p++) {
                int from = p;
                List<String> share = Stream.iterate(
                                from, i -> i < Math.max(values.size(), from + 1), i -> i + places.size())
                        .map(i -> values.get(i % values.size()))
                        .toList();
                tests.add(places.get(p).test(share));
            }
        }
        return tests.stream();
    }

    /** In the text itself, that is, where editors see them: the reading of YAML is the same for every field. */
    @TestFactory
    Stream<DynamicTest> aHostileCharacterThatIsNotEscapedIsRefusedOrCarriedLiterally() throws IOException {
        HostileBase base = HostileBase.all().get(0);
        return HostileValues.ALL.stream()
                .filter(v -> v.codePoints().anyMatch(c -> c > 0x7e))
                .flatMap(v -> Stream.of(
                                "/defaults/extra/ping_interval", "/defaults/store_dir", "/streams/0/description")
                        .map(p -> DynamicTest.dynamicTest(p + " " + v, () -> base.checkRaw(p, "x" + v + " y"))));
    }

    /** The free-form mappings meet every key, the others some of what is sharp. */
    @TestFactory
    Stream<DynamicTest> aHostileKeyIsRefusedOrCarriedLiterally() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var kinds = new TreeSet<String>();
        for (HostileBase base : HostileBase.all()) {
            for (String pointer : TopologyFields.mappings(base.topology().tree())) {
                boolean free = pointer.equals("/defaults/extra") || pointer.endsWith("/metadata");
                if (free || pointer.startsWith("/defaults/extra/") || kinds.add(TopologyFields.field(pointer + "/"))) {
                    List<String> keys = free ? HostileValues.ALL : HostileValues.SHARP.subList(0, 5);
                    tests.add(DynamicTest.dynamicTest(base + pointer, () -> base.checkKeys(pointer, keys)));
                }
            }
        }
        return tests.stream();
    }

    /** The proper value over and over, which is the worst for a pattern, or another long text. */
    @TestFactory
    Stream<DynamicTest> aLongTextIsRefusedOrCarriedLiterally() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        Map<String, Predicate<String>> rules = TopologyFields.rules(schema());
        int turn = 0;
        for (List<Place> places : places().values()) {
            Place place = places.get(0);
            boolean formed = rules.containsKey(TopologyFields.field(place.pointer));
            String piece = HostileValues.PIECES.get(turn++ % HostileValues.PIECES.size());
            tests.add(place.test(List.of(HostileValues.repeated(formed ? place.proper() : piece, LONG))));
        }
        return tests.stream();
    }

    /** Of four kinds, in the one field that takes that much. */
    @TestFactory
    Stream<DynamicTest> aMegabyteIsRefusedOrCarriedLiterally() throws IOException {
        HostileBase base = HostileBase.all().get(0);
        return HostileValues.PIECES.stream()
                .limit(4)
                .map(piece -> DynamicTest.dynamicTest("of " + piece, () -> {
                    String value = HostileValues.repeated(piece, MEGABYTE);
                    base.checkField("/defaults/extra/ping_interval", List.of(value));
                }));
    }

    /** Of the whole corpus, what is sharp, and of the rest a part that changes from turn to turn. */
    private static List<String> values(String proper, int turn, Predicate<String> passes) {
        var chosen = new LinkedHashSet<String>();
        for (int i = 0; i < HostileValues.ALL.size(); i++) {
            String value = HostileValues.ALL.get(i);
            boolean sharp = HostileValues.SHARP.contains(value);
            String around = (i + turn) % 2 == 0 ? proper + value : value + proper;
            if (sharp && passes.test(value)) {
                chosen.add(value);
            }
            if ((sharp && i % 2 == turn % 2 && passes.test(around)) || (i + turn) % PART == 0) {
                chosen.add((i + turn) % 3 == 0 ? value : around);
            }
        }
        return List.copyOf(chosen);
    }

    /** Every place by its kind: fields of one name under one rule of the schema. */
    private static Map<String, List<Place>> places() throws IOException {
        Map<String, String> kinds = TopologyFields.kinds(schema());
        Map<String, Map<String, Place>> all = new TreeMap<>();
        for (HostileBase base : HostileBase.all()) {
            for (String pointer : TopologyFields.scalars(base.topology().tree())) {
                String field = TopologyFields.field(pointer);
                String free = pointer.replaceFirst(".*/(extra|metadata)/.*", "$1");
                String kind = field.endsWith("*") ? free : kinds.getOrDefault(field, field);
                String place = pointer.replaceAll("/[0-9]+(?=/|$)", "/[]");
                all.computeIfAbsent(kind, k -> new LinkedHashMap<>()).putIfAbsent(place, new Place(base, pointer));
            }
        }
        var lists = new TreeMap<String, List<Place>>();
        all.forEach((kind, places) -> lists.put(kind, List.copyOf(places.values())));
        return lists;
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("schema/topology.schema.json").toFile());
    }
}
