package io.stretchc.topology;

import java.util.List;
import java.util.Locale;

/** Server tags as nats-server compares them: in lower case (all versions lower-case both sides). */
public final class Tag {
    private Tag() {}

    /** The form that is compared. */
    public static String fold(String tag) {
        return tag.toLowerCase(Locale.ROOT).strip();
    }

    /** Whether a server with these tags satisfies every wanted tag; {@code !tag} excludes (2.12 and later). */
    public static boolean matches(List<String> serverTags, List<String> wanted) {
        List<String> have = serverTags.stream().map(Tag::fold).toList();
        for (String tag : wanted) {
            String folded = fold(tag);
            boolean excluded = folded.startsWith("!");
            if (have.contains(excluded ? folded.substring(1) : folded) == excluded) {
                return false;
            }
        }
        return true;
    }
}
