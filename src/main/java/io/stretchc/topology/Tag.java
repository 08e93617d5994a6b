package io.stretchc.topology;

import java.util.List;

/** Server tags as nats-server compares them: in lower case (all versions lower-case both sides). */
public final class Tag {
    /** A server with this tag is a member of the meta group like any other and is never given a stream (2.9 to 2.15). */
    public static final String NO_STREAMS = "!jetstream";

    private Tag() {}

    /** The form that is compared. Letters are folded one by one, as Go does. */
    public static String fold(String tag) {
        int from = 0;
        int to = tag.length();
        while (from < to && blank(tag.charAt(from))) {
            from++;
        }
        while (to > from && blank(tag.charAt(to - 1))) {
            to--;
        }
        return tag.substring(from, to)
                .codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean blank(char c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
    }

    /**
     * Whether streams that want these tags can be placed on a server: it has every one of them, none that is excluded as
     * {@code !tag} (2.12 and later), and takes streams at all.
     */
    public static boolean matches(List<String> serverTags, List<String> wanted) {
        List<String> have = serverTags.stream().map(Tag::fold).toList();
        if (have.contains(NO_STREAMS)) {
            return false;
        }
        for (String tag : wanted) {
            String folded = fold(tag);
            boolean excluded = folded.startsWith("!");
            if (have.contains(excluded ? folded.substring(1) : folded) == excluded) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a server can be lent it. What says who a server is (the unique tag) or where it is ({@code dc}, {@code region})
     * cannot, nor what excludes ({@code !tag}, 2.12).
     */
    public static boolean lendable(String tag, String uniquePrefix) {
        String folded = fold(tag);
        return !folded.startsWith("dc:")
                && !folded.startsWith("region:")
                && !folded.startsWith("!")
                && !folded.startsWith(fold(uniquePrefix));
    }
}
