package io.stretchc.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message of a load says of itself. */
public record Payload(String run, String writer, long counter) {
    private static final Pattern FORM = Pattern.compile("load ([a-z0-9]{1,40}) ([a-z0-9]{1,40}) ([1-9][0-9]{0,17})");

    /** As it is sent. */
    public String text() {
        return "load " + run + " " + writer + " " + counter;
    }

    /** Its {@code Nats-Msg-Id}, the same for every attempt. */
    public String messageId() {
        return run + "-" + writer + "-" + counter;
    }

    /**
     * The token of its subject in a {@link Kind#LATEST} stream, which is its key.
     *
     * @param keys how many each writer has, at least one
     */
    public String key(int keys) {
        return writer + "-" + counter % keys;
    }

    /** Reads one; nothing when the message is of somebody else. */
    public static Optional<Payload> parse(String text) {
        Matcher m = FORM.matcher(text);
        return m.matches()
                ? Optional.of(new Payload(m.group(1), m.group(2), Long.parseLong(m.group(3))))
                : Optional.empty();
    }
}
