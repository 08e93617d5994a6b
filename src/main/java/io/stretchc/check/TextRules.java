package io.stretchc.check;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostics;
import io.stretchc.diag.Path;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Secrets;
import io.stretchc.syntax.SourceNode;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.syntax.SourceNode.Sequence;
import java.util.List;

/**
 * Every text of the topology, whatever it is for: no character that a configuration cannot carry, and no secret. Looks
 * at the source tree, so that no field can be forgotten.
 */
final class TextRules {
    private static final List<String> INCLUDED = List.of("include", "file");
    private static final List<String> FREE = List.of("description", "metadata", "reason");

    private TextRules() {}

    static void check(SourceNode root, Diagnostics found) {
        walk(root, Path.ROOT, found);
    }

    private static void walk(SourceNode node, Path at, Diagnostics found) {
        if (node instanceof Mapping mapping) {
            for (var e : mapping.entries()) {
                Path child = at.child(e.key().text());
                character(e.key().text(), child.key(), found);
                walk(e.value(), child, found);
            }
        } else if (node instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                walk(sequence.items().get(i), at.at(i), found);
            }
        } else if (node instanceof Scalar scalar) {
            text(scalar.text(), at, found);
        }
    }

    private static void text(String text, Path at, Diagnostics found) {
        boolean free = FREE.contains(at.segment())
                || (at.parent() != null && FREE.contains(at.parent().segment()));
        if (!free) {
            character(text, at, found);
        }
        if (Secrets.looksSecret(text)) {
            found.add(
                    Code.AC105,
                    at,
                    "A secret stands in plain text in " + Quote.of(named(at)) + ".",
                    "Name the file or environment variable that holds it; an nkey is given by its public part.");
        }
        boolean included = included(at);
        if (included && (text.contains("\"") || text.contains("'"))) {
            found.add(
                    Code.TP109,
                    at,
                    "The path " + Quote.of(text) + " has a quote, which an include of nats-server cannot carry.",
                    "Rename the file.");
        }
        if (included && text.startsWith("/")) {
            found.add(
                    Code.TP109,
                    at,
                    "The path " + Quote.of(text)
                            + " is absolute, but nats-server takes every include as relative to the including file.",
                    "Give the path relative to the generated `accounts.conf`.");
        }
    }

    /** Whether the text is the path of a file that the configuration includes: an operator, a password, a seed. */
    private static boolean included(Path at) {
        Path parent = at.parent();
        if (parent == null) {
            return false;
        }
        boolean ofRemote = at.segment().equals("nkey_file")
                && parent.parent() != null
                && parent.parent().segment().equals("remotes");
        return ofRemote
                || (INCLUDED.contains(at.segment())
                        && List.of("operator", "password").contains(parent.segment()));
    }

    private static void character(String text, Path at, Diagnostics found) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lone = Character.isSurrogate(c) && !paired(text, i);
            if (Character.isISOControl(c) || lone || c == '\uFFFE' || c == '\uFFFF') {
                found.add(
                        Code.TP109,
                        at,
                        String.format(
                                "The text of %s has the %s U+%04X at position %d.",
                                Quote.of(named(at)), lone ? "half character" : "control character", (int) c, i + 1),
                        "Remove the character.");
                return;
            }
        }
    }

    /** The key that a value belongs to; for an entry of a list, the list with the index. */
    private static String named(Path at) {
        Path list = at.parent();
        return list != null && at.segment().matches("[0-9]+") ? named(list) + "[" + at.segment() + "]" : at.segment();
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
