package io.stretchc.render;

import io.stretchc.diag.Quote;
import io.stretchc.invariant.Finding;
import io.stretchc.invariant.Invariant;
import io.stretchc.invariant.Verdict;
import java.util.List;
import java.util.Locale;

/** Findings for a person: what is broken with its evidence and a way out, then what cannot be told, then what holds. */
public final class TextVerify {
    private static final int MOST = 10;

    private final boolean colour;

    public TextVerify(boolean colour) {
        this.colour = colour;
    }

    /** The whole text. */
    public String render(VerifyView view) {
        var text = new StringBuilder();
        for (Verdict verdict : List.of(Verdict.BROKEN, Verdict.UNKNOWN)) {
            for (Invariant invariant : Invariant.values()) {
                List<Finding> findings = view.findings().stream()
                        .filter(f -> f.verdict() == verdict && f.invariant() == invariant)
                        .toList();
                if (!findings.isEmpty()) {
                    group(invariant, verdict, findings, text);
                }
            }
        }
        for (Finding f : view.findings()) {
            if (f.verdict() == Verdict.HOLDS) {
                text.append(painted(f.verdict())).append(' ').append(f.invariant());
                text.append("  ").append(f.invariant().title()).append('\n');
            }
        }
        return text.append('\n').append(summary(view)).toString();
    }

    private void group(Invariant invariant, Verdict verdict, List<Finding> findings, StringBuilder text) {
        text.append(painted(verdict)).append(' ').append(invariant);
        text.append("  ").append(invariant.title()).append('\n');
        for (Finding f : findings.stream().limit(MOST).toList()) {
            text.append(Paragraph.of("    ", "      ", f.subject() + ": " + f.evidence()));
        }
        if (findings.size() > MOST) {
            text.append("    and ").append(findings.size() - MOST).append(" more; --format json has all\n");
        }
        if (verdict == Verdict.BROKEN) {
            text.append(Paragraph.of("    way out: ", "      ", invariant.wayOut()));
        }
        text.append('\n');
    }

    private String summary(VerifyView view) {
        return Quote.plain(view.cluster()) + ": " + view.invariants(Verdict.BROKEN) + " broken, "
                + view.invariants(Verdict.UNKNOWN) + " cannot be told, " + view.invariants(Verdict.HOLDS) + " hold\n";
    }

    private String painted(Verdict verdict) {
        String word = String.format(Locale.ROOT, "%-7s", verdict.name().toLowerCase(Locale.ROOT));
        String code = switch (verdict) {
            case BROKEN -> "31";
            case UNKNOWN -> "33";
            case HOLDS -> "32";
        };
        return colour ? "\u001b[1;" + code + "m" + word + "\u001b[0m" : word;
    }
}
