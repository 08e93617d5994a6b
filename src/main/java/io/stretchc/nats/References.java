package io.stretchc.nats;

import io.stretchc.diag.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** What contexts of the {@code nats} CLI write in the place of a secret: {@code env://NAME}, a file, {@code data:}. */
final class References {
    private final String context;
    private final Map<String, String> environment;

    References(String context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    /** A value, or what it refers to. */
    String value(String field, String reference) throws LoginFault {
        return switch (scheme(reference)) {
            case "env" -> variable(field, reference.substring("env://".length()));
            case "file" -> TextFile.read(field + " file", path(reference)).stripTrailing();
            case "data" -> data(field, reference).stripTrailing();
            case "op", "nsc" -> throw elsewhere(field, scheme(reference));
            default -> reference;
        };
    }

    /** What stands in a file that a field names, or in what it refers to. */
    String file(String what, String field, String reference) throws LoginFault {
        return switch (scheme(reference)) {
            case "" -> TextFile.read(what, TextFile.expand(reference, environment));
            default -> value(field, reference);
        };
    }

    /** The reference as a message may show it. */
    static String shown(String reference) {
        return reference.regionMatches(true, 0, "data:", 0, 5) ? "data:..." : reference;
    }

    private String path(String reference) {
        return TextFile.expand(reference.substring("file://".length()), environment);
    }

    private String variable(String field, String name) throws LoginFault {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw Contexts.odd(
                    context, "its " + field + " is in the variable " + Quote.of(name) + ", which is not set here");
        }
        return value;
    }

    private String data(String field, String reference) throws LoginFault {
        String head = "data:;base64,";
        try {
            if (reference.regionMatches(true, 0, head, 0, head.length())) {
                return new String(
                        Base64.getMimeDecoder().decode(reference.substring(head.length())), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw Contexts.odd(context, "its " + field + " is not Base64");
        }
        throw Contexts.odd(context, "its " + field + " is in a form that stretchc does not read");
    }

    private LoginFault elsewhere(String field, String scheme) {
        return Contexts.odd(
                context,
                "its " + field + " is kept in another program (" + scheme
                        + "://), which stretchc does not ask; give the login by flags");
    }

    private static String scheme(String reference) {
        String text = reference.toLowerCase(Locale.ROOT);
        for (String known : new String[] {"env", "file", "op", "nsc"}) {
            if (text.startsWith(known + "://")) {
                return known;
            }
        }
        return text.startsWith("data:") ? "data" : "";
    }
}
