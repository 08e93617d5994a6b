package io.stretchc.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A free-form value of nats-server's configuration, as the author of the topology wrote it. */
public sealed interface Setting {
    /** A text. */
    record Text(String value) implements Setting {}

    /** A number or boolean, exactly as written. */
    record Literal(String value) implements Setting {}

    /** The value of an environment variable of the server: how a secret is given. */
    record Variable(String name) implements Setting {}

    /** A list. */
    record Many(List<Setting> items) implements Setting {
        public Many {
            items = List.copyOf(items);
        }
    }

    /** A block of named settings, in the order of the topology. */
    record Block(List<Named> entries) implements Setting {
        /** No settings. */
        public static final Block EMPTY = new Block(List.of());

        public Block {
            entries = List.copyOf(entries);
        }

        /** The setting with this name, in any case: nats-server compares names in lower case. */
        public @Nullable Setting get(String name) {
            for (Named n : entries) {
                if (n.name().equalsIgnoreCase(name)) {
                    return n.value();
                }
            }
            return null;
        }

        /** This block laid over another: blocks on both sides are merged, everything else is replaced. */
        public Block over(Block base) {
            var merged = new java.util.ArrayList<Named>();
            for (Named n : base.entries) {
                Setting mine = get(n.name());
                if (mine instanceof Block a && n.value() instanceof Block b) {
                    merged.add(new Named(n.name(), a.over(b)));
                } else {
                    merged.add(mine == null ? n : new Named(n.name(), mine));
                }
            }
            entries.stream().filter(n -> base.get(n.name()) == null).forEach(merged::add);
            return new Block(merged);
        }
    }

    /** A name with its value. */
    record Named(String name, Setting value) {}
}
