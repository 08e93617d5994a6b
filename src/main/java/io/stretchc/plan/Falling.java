package io.stretchc.plan;

import io.stretchc.topology.ServerName;
import java.util.List;

/** What becomes of a stream of which servers are silent. */
sealed interface Falling {
    StreamFate fate();

    /** Why, as a sentence. */
    String why();

    /**
     * Each silent member is replaced by a server with the stream's tags.
     *
     * @param dead members that leave
     * @param before sites that it was spread over
     */
    record Remapped(StreamFate fate, List<ServerName> dead, int before, String why) implements Falling {
        public Remapped {
            dead = List.copyOf(dead);
        }
    }

    /** All of it moves to a fallback of its placement. */
    record Moved(StreamFate fate, List<ServerName> dead, List<String> tags, String why) implements Falling {
        public Moved {
            dead = List.copyOf(dead);
            tags = List.copyOf(tags);
        }
    }

    /** It stays as it is until its servers are back. */
    record Waits(StreamFate fate, String why) implements Falling {}
}
